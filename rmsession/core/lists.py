"""What lists show of sessions, action items and dates: plain values, apart from what makes them of a record."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from rmsession.core.frozen import frozen
from rmsession.core.terms import ActionStatus, Fate
from rmsession.core.text import UserText


@frozen
class Meeting:
    """A date that the pair agreed, and what became of it."""

    when: datetime
    """Local to the IANA zone."""
    zone: str
    fate: Fate | None = None
    """None while it lies ahead, or nobody has said."""


@frozen
class Summary:
    """One session in a list."""

    id: str
    pair: str
    agenda: str
    """The agenda's id."""
    title: UserText
    mentor: UserText
    mentee: UserText
    created: datetime
    started: datetime | None
    ended: datetime | None
    phase: str
    """A `Phase` value."""
    topic: UserText
    """The current or last topic's title; empty before the start, and when that topic is private."""
    planned_seconds: float
    spent_seconds: float
    """Up to the last fact."""
    notes: int
    """Captures other than actions that stand and are shared; as with actions, a count of private ones would tell."""
    actions: int
    open_actions: int
    pending: tuple[str, ...]
    """What an ended session still waits for: ``read-back``, ``next date``, ``mentee form``, ``mentor form``."""
    next_date: datetime | None
    meetings: tuple[Meeting, ...] = ()
    """The dates agreed for the next meeting, and what became of them."""


@frozen
class ActionItem:
    """One action item in a list over sessions."""

    session: str
    capture: str
    pair: str
    text: UserText
    owner: UserText | None
    due: str | None
    when: datetime
    """When it was captured."""
    private: bool = False
    topic: UserText = field(default_factory=UserText)
    """The title of the topic under which it was captured; empty without one, and of a private one."""
    at: float | None = None
    """Session seconds at which it was captured."""
    status: ActionStatus = ActionStatus.OPEN
    settled: datetime | None = None
    """When it was done, dropped or split."""
    reason: UserText = field(default_factory=UserText)
    """Why it was dropped, or carried the last time."""
    carried: int = 0
    """Into how many sessions it was carried."""
    confidence: int | None = None
    """How sure its owner was, 1 to 5."""
    title: UserText = field(default_factory=UserText)
    """The session's title, so that a list can say from where without asking for the session."""
    tags: tuple[str, ...] = ()
