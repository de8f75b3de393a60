"""What a figure is computed from: samples, each of somebody, and how they make a value.

A family has the samples of all waves at once, for whether one wave's figure may be shown depends on the others'.
What is read from the same samples is one family, for it is shown or hidden together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from rmsession.core.frozen import frozen
from rmsession.core.report.values import Value

LEAST_PEOPLE: Final = 5
"""Figures of fewer people are hidden, and whatever would give them back."""


class Sample(NamedTuple):
    """One thing that is known, or not, of somebody; a tuple, for a report makes hundreds of thousands."""

    who: str
    """Whose it is: the id of the person who answered, or of the pair. Group sizes count these, each once."""
    wave: str
    """The wave's `wave_key`; empty for none."""
    day: date | None
    """When it was; None for what has no day, which counts whatever the day asked for."""
    value: object
    """What `Reading.measure` makes of many: a bool, a number, a pair of numbers. None: nothing is known, which a
    note may say; no measure is given it."""
    source: str = ""
    """The id of the session, the milestone or the pair that says so."""
    cell: str = ""
    """Which part of a breakdown it belongs to; empty where the figure has none."""


Measure = Callable[[Sequence[Any]], Value]
"""What the values of samples come to, of those of which something is known; there is at least one."""
Note = Callable[[Sequence[Sample]], str]
"""What to say of samples, those of which nothing is known among them; empty for nothing."""


@frozen
class Reading:
    """One figure that a family's samples give."""

    id: str
    label: str
    measure: Measure
    cells: bool = False
    """Whether it is told for each part of the breakdown too."""
    note: Note | None = None
    """What to say beside it."""
    nobody: str = ""
    """What is so where there is nobody whom it could be of; empty where all that can be said is that nobody said."""


@frozen
class Family:
    """What is read from one set of samples, in all waves."""

    samples: tuple[Sample, ...]
    readings: tuple[Reading, ...]
    order: tuple[tuple[str, str], ...] = ()
    """The parts of the breakdown, in their order: what `Sample.cell` says, and what it is called."""
