"""What the preview settles before a session starts."""

from __future__ import annotations

from datetime import datetime

from rmsession.core.agenda import Agenda, Prompt, Topic
from rmsession.core.frozen import frozen
from rmsession.core.text import UserText


@frozen
class Plan:
    """An agenda, who will sit at the table, and until when."""

    agenda: Agenda
    mentor: UserText
    mentee: UserText
    prepared: bool | None = None
    planned_start: datetime | None = None
    must_end: datetime | None = None
    """Aware; None is an open end."""
    duration_minutes: float | None = None
    """The length to share out among topics without a time-box; None: as the agenda states."""
    taken: tuple[Topic, ...] = ()
    """Topics that earlier sessions left and that this one takes up."""
    questions: tuple[Prompt, ...] = ()
    """Questions that earlier sessions did not ask and that this one is to."""
    let_go: tuple[str, ...] = ()
    """Ids of what earlier sessions left and nobody wants to be offered again."""
