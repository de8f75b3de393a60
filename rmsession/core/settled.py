"""What became of an action item: where it went on to, and what somebody made of it."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from rmsession.core.frozen import frozen
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText


@frozen
class Carry:
    """An action item was taken on to another session."""

    into: str
    """That session's id."""
    wall: datetime
    reason: UserText = field(default_factory=UserText)


@frozen
class Settlement:
    """Somebody settled an action item."""

    status: ActionStatus
    by: str
    """A person's id."""
