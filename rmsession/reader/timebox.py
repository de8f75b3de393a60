"""A time-box as a line states it, and the forms in which people write it."""

from __future__ import annotations

from enum import Enum

from rmsession.core.frozen import frozen
from rmsession.reader.clocks import Slot
from rmsession.reader.durations import Duration


class Form(Enum):
    """How a time-box is written; siblings that share a form bear each other out."""

    BRACKET = "bracket"
    FIRST = "first"
    LAST = "last"
    LOOSE_FIRST = "loose first"
    """``5 min Welcome``: nothing parts the time from the title."""
    LOOSE_LAST = "loose last"
    RANGE = "range"
    """``9:00 - 9:30 Title``."""
    RANGE_LAST = "range last"
    START = "start"
    """``9:00 Title``: it ends where the next begins."""
    NUMBER = "number"
    """``Title (10)``, where several do so."""
    COLUMN = "column"
    BELOW = "below"
    """On a line of its own under the title."""
    BELOW_PROSE = "below, in prose"
    """``Take 30 minutes to …`` under a heading."""


LOOSE = frozenset({Form.LOOSE_FIRST, Form.LOOSE_LAST, Form.START, Form.NUMBER})
"""Forms that need a sibling of the same kind before they are believed."""
CLOCKS = frozenset({Form.RANGE, Form.RANGE_LAST, Form.START})


@frozen
class TimeBox:
    """A time-box found in a line: a duration, a slot of the day, or both."""

    form: Form
    title: str
    duration: Duration | None = None
    slot: Slot | None = None
    beside: tuple[str, ...] = ()
    """What else stood in the bracket: an owner, ``if there is time``."""
    at_most: bool = False
    """``≤30m``: a limit."""
    detail: str = ""
    """What follows the title behind its time: ``Check-in (5 min): how was your week``."""
