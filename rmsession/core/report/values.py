"""What a figure of the report can be. None of them is a bare percentage, and what nobody said is not zero."""

from __future__ import annotations

from datetime import date

from rmsession.core.frozen import frozen
from rmsession.core.outcomes import Change
from rmsession.core.text import UserText


@frozen
class Count:
    """How many; `of` is how many there should be, where that was planned."""

    k: int
    of: int | None = None


@frozen
class Share:
    """`k` of `n`; n is at least 1."""

    k: int
    n: int


@frozen
class Mean:
    """The mean of `n` scores on a scale; never shown as a percentage."""

    mean: float
    n: int
    lowest: int
    highest: int


@frozen
class Median:
    """The middle of `n` numbers."""

    median: float
    n: int
    unit: str
    """``days``, ``minutes``."""


@frozen
class Spread:
    """How many answers fell on each of the possible ones, in their order."""

    counts: tuple[tuple[str, int], ...]
    """Each answer's own words (ours, never a person's) and its count."""

    @property
    def n(self) -> int:
        """How many answers there are."""
        return sum(count for _, count in self.counts)


@frozen
class Shift:
    """The mean of `n` scores before and now, of those who gave both."""

    before: float
    now: float
    n: int
    lowest: int
    highest: int


@frozen
class Recommend:
    """Promoters (9, 10), passives and detractors (0 to 6) among `n` who said how likely they are to recommend it."""

    promoters: int
    detractors: int
    n: int

    @property
    def score(self) -> int:
        """Promoters less detractors per hundred, −100 to 100; no percentage of anything."""
        return round(100 * (self.promoters - self.detractors) / self.n)


@frozen
class Pace:
    """Seconds planned and taken, on the median of `n` sessions."""

    planned: float
    taken: float
    n: int


@frozen
class Missing:
    """Nobody said anything; it is not zero."""

    why: str = ""
    """What is so instead, where there is nobody who could have said anything."""


@frozen
class Hidden:
    """There is something, of too few people to be shown; or of enough, from which the few could be told."""


Value = Count | Share | Mean | Median | Spread | Shift | Recommend | Pace | Missing | Hidden


@frozen
class Cell:
    """A figure for a part of what it is about: one session number, one topic."""

    label: str
    value: Value
    sources: tuple[str, ...] = ()


@frozen
class Figure:
    """One figure of the report."""

    id: str
    """Stable: ``reaction.frank.mentee.top-two``; `--explain` takes it."""
    label: str
    """What it is, in our words."""
    value: Value
    cells: tuple[Cell, ...] = ()
    """The same by session number, topic or agenda; those hidden too."""
    sources: tuple[str, ...] = ()
    """The ids of the sessions, milestones or pairs that it came from; none of what is hidden."""
    note: str = ""
    """What must be known to read it rightly: ``as of their own words``, ``2 not yet a year in``."""


@frozen
class Section:
    """Figures that belong together."""

    id: str
    """``activity``, ``running``, ``reaction``, ``learning``, ``behaviour``, ``results``."""
    title: str
    figures: tuple[Figure, ...]


@frozen
class Part:
    """One wave, or all together where that was asked for."""

    wave: UserText | None
    """None: all waves together; empty: the pairs of no wave."""
    sections: tuple[Section, ...]
    log: tuple[Change, ...] = ()
    """What changed in the business, as both of each pair agreed that it may be told."""


@frozen
class Report:
    """What a programme did, as of a day."""

    as_of: date
    reporting: Share | None
    """How many of the pairs sent figures; None where the sessions lie here. An empty programme has none."""
    latest: date | None
    """The day of the latest figures in it."""
    since: date | None
    """From which day on sessions count; it may be earlier than the day that was asked for (`moved`)."""
    moved: bool
    """Whether `since` was moved back so that no few people's answers can be told by a difference."""
    parts: tuple[Part, ...]
    made_up: bool = False
    """Whether nobody in it is real: it is of a demo."""
    unknown: int = 0
    """How many pairs sent figures that the programme does not know: they are left out, where it knows any pair."""


@frozen
class Asked:
    """What somebody wants reported."""

    wave: UserText | None = None
    """One wave alone."""
    since: date | None = None
    pool: bool = False
    """All waves together, and not each."""
