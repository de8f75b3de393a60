"""What a figure is computed from: samples, each of somebody, and how they make a value.

A family has the samples of all waves at once, for whether one wave's figure may be shown depends on the others'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rmsession.core.report.values import Value

LEAST_PEOPLE: Final = 5
"""Figures of fewer people are hidden, and whatever would give them back."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing that is known of somebody."""

    who: str
    """Whose it is: the id of the person who answered, or of the pair. Group sizes count these, each once."""
    wave: str
    """Casefolded name of the wave; empty for none."""
    day: date | None
    """When it was; None for what has no day, which counts whatever the day asked for."""
    value: object
    """What `Family.measure` makes of many: a bool, a number, a pair of numbers."""
    source: str
    """The id of the session, the milestone or the pair that says so."""
    cell: str = ""
    """Which part of a breakdown it belongs to; empty where the figure has none."""


@dataclass(frozen=True, slots=True)
class Family:
    """One figure in all waves."""

    section: str
    id: str
    label: str
    measure: Callable[[Sequence[Sample]], Value]
    """`Missing` of none."""
    samples: tuple[Sample, ...]
    order: tuple[tuple[str, str], ...] = ()
    """The parts of the breakdown, in their order: what `Sample.cell` says, and what it is called."""
    notes: Callable[[str], str] | None = None
    """What to say beside it for a wave (or ``""`` for those of none; None stands for all together)."""
