"""Requests about what one session leaves to the next; the others are in `rmsession.core.commands`."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from rmsession.core.agenda import Prompt
from rmsession.core.between import ActionRef
from rmsession.core.commands import Command
from rmsession.core.frozen import frozen
from rmsession.core.terms import Fate, Outcome
from rmsession.core.text import UserText


@frozen
class OpenLastTime(Command):
    """Say what was open when this session began, to be looked at under `topic`."""

    topic: str
    actions: tuple[ActionRef, ...]


@frozen
class Review(Command):
    """Say what an earlier session's action item came to."""

    action: ActionRef
    outcome: Outcome


@frozen
class ReviewAgain(Command):
    """Let an earlier session's action item wait again: what was said of it here does not count."""

    action: ActionRef


@frozen
class Carry(Command):
    """Take an action item on to the session `into`."""

    target: str
    into: str
    reason: UserText = field(default_factory=UserText)


@frozen
class Split(Command):
    """Let smaller action items, captures of the session `into`, take an action item's place."""

    target: str
    into: str
    parts: tuple[str, ...]


@frozen
class BringQuestion(Command):
    """Ask here what no earlier session asked."""

    prompt: Prompt
    topic: str


@frozen
class LetGoOf(Command):
    """Stop offering what an earlier session left: a topic, a prompt, a parked line."""

    origin: str


@frozen
class SettleNextDate(Command):
    """Say what became of the agreed date; `when` is the new one if it was moved."""

    fate: Fate
    when: datetime | None
    zone: str
