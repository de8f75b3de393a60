"""Requests about the sitting: who sits there, how prepared, until when; others are in `rmsession.core.commands`."""

from __future__ import annotations

from datetime import datetime

from rmsession.core.commands import Command
from rmsession.core.frozen import frozen
from rmsession.core.text import UserText


@frozen
class OpenSitting(Command):
    """Take the session up again: on another day, or after its end."""

    must_end: datetime | None = None


@frozen
class SetMustEnd(Command):
    """Change the time by which the session must be over."""

    must_end: datetime | None


@frozen
class SetPrepared(Command):
    """Say whether the mentee came prepared."""

    prepared: bool | None


@frozen
class CorrectPair(Command):
    """Say who the session was really with."""

    pair: str
    mentor: str
    mentee: str
    mentor_name: UserText
    mentee_name: UserText
