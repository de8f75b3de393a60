"""Time away, in words: how long, when it was noticed last that somebody is here, and the question whether it counts."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from rmsession.core.clock import Gap
from rmsession.core.due import shown
from rmsession.tui.screens.dialogs import Ask, Choice

_COUNT = "count"


def ask_about(gap: Gap) -> Ask:
    """The question whether time away counts; `counted` reads its answer."""
    choices = [
        Choice("leave", Content("Don't count it: we were not at it"), "d"),
        Choice(_COUNT, Content("Count it: the session went on"), "c"),
    ]
    return Ask(title(gap), says(gap), choices)


def counted(answer: str | None) -> bool:
    """Whether the answer is to count it; who gives none has not asked for it."""
    return answer == _COUNT


def title(gap: Gap) -> Content:
    """``14 min away (ended 10:42): count it or not?``, with the day when it was another."""
    return Content(f"{_length(gap.seconds)} away (ended {_moment(gap.left, gap.back)}): count it or not?")


def says(gap: Gap) -> Content:
    """What became of the clock, and of what was typed."""
    left, back = _moment(gap.left, gap.back), f"{gap.back:%H:%M}"
    return Content(f"The clock stood still from {left} to {back}. Nothing that was kept or typed is lost.")


def _length(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def _moment(when: datetime, seen: datetime) -> str:
    return f"{when:%H:%M}" if when.date() == seen.date() else f"{shown(when.date(), seen.date())} {when:%H:%M}"
