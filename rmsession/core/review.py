"""Read models: what people look at afterwards, each a function of a folded session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rmsession.core.text import UserText


@dataclass(frozen=True, slots=True)
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
    """Captures other than actions that stand and are shared."""
    actions: int
    open_actions: int
    pending: tuple[str, ...]
    """What an ended session still waits for: ``read-back``, ``next date``, ``mentee form``, ``mentor form``."""
    next_date: datetime | None


@dataclass(frozen=True, slots=True)
class OpenAction:
    """One action item that waits to be done."""

    session: str
    capture: str
    pair: str
    text: UserText
    owner: UserText | None
    due: str | None
    when: datetime
    """When it was captured."""
    private: bool = False
