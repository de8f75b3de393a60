"""Which figures may be shown, so that neither they nor any sum or difference of them tells of fewer than five people.

The law. A family's samples are cut into blocks, and every figure that any report can show of it is made of whole
blocks. In each block are at least five people; and at least five of whom something is known, or none of whom anything
is. So whatever is added to or subtracted from whatever else, from reports of each wave, of all together, from any day
on, with each part of a breakdown, it weighs all samples of a block alike. What is left after that is nothing, or rests
on whole blocks, and so on five people or more.

The blocks. Each wave that is shown makes a row. Those of too few are hidden: where they are enough together, they make
one row more; where they are not, no figure counts them, that of all waves together says so, and what is shown of the
others stays. In each row the parts of the breakdown are hidden: each part of too few, and with it the next smallest
until those hidden are enough together. Each part that is shown is a block, and those hidden make one together. Of all
waves together a part is shown where it is a block of each row that has it. A day from which on a report can count cuts
the blocks: it is left out for a family unless every block, between it and the next such day, stays large enough or
empty.

All of it is decided from the whole family before anybody asks, so that no two questions have two answers; it looks at
who, wave, day and part, and never at what was said. What is read from the same samples is one family, and no answer is
in two families that take it apart in two ways: what is asked about the whole programme stands under its results alone.

It does not hide that a group is of one mind (``0/6``); how many of a shown group said nothing, as a figure's n beside
another's tells; that there are few where something is hidden; or what changed between reports of two days. Nor can it
keep anything from somebody who has the records, or who asks the others of a group what they said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.report.family import LEAST_PEOPLE, Sample

_LAST: Final = date.max
"""Where samples without a day belong: they count from whatever day on."""


class Group:
    """The people of some samples."""

    __slots__ = ("everybody", "known")

    def __init__(self) -> None:
        self.everybody: set[str] = set()
        self.known: set[str] = set()
        """Of whom something is known."""

    def take(self, who: str, value: object) -> None:
        """Count somebody in."""
        self.everybody.add(who)
        if value is not None:
            self.known.add(who)

    def join(self, other: Group) -> None:
        """Count others in."""
        self.everybody |= other.everybody
        self.known |= other.known

    @property
    def small(self) -> bool:
        """Whether it would tell on few."""
        return 0 < len(self.everybody) < LEAST_PEOPLE or 0 < len(self.known) < LEAST_PEOPLE


@frozen
class Plan:
    """What may be shown of a family."""

    waves: frozenset[str]
    """Each by itself."""
    pooled: bool
    """Whether all waves together."""
    together: frozenset[str]
    """The waves that count in that."""
    cells: Mapping[str | None, frozenset[str]]
    """Which parts of the breakdown, of each wave that is shown and (None) of all together."""
    cuts: frozenset[date]
    """From which days on it may be counted."""

    def shows(self, wave: str | None, since: date | None = None) -> bool:
        """Whether the figure of a wave (None: of all together) may be shown, counted from that day on."""
        there = self.pooled if wave is None else wave in self.waves
        return there and (since is None or since in self.cuts)

    def shows_cell(self, wave: str | None, cell: str, since: date | None = None) -> bool:
        """The same of a part of its breakdown."""
        return self.shows(wave, since) and cell in self.cells.get(wave, ())


def plan(samples: Sequence[Sample], days: Iterable[date] = ()) -> Plan:
    """What may be shown of a family, and from which of these days on it may be counted."""
    groups = _groups(samples)
    waves = frozenset(wave for wave, cells in groups.items() if not _union(cells.values()).small)
    hidden = _union(group for wave in groups if wave not in waves for group in groups[wave].values())
    counted = {wave: cells for wave, cells in groups.items() if wave in waves or not hidden.small}
    rows = _rows(counted, waves)
    cells = {row: _shown(cells) for row, cells in rows.items()}
    pooled = bool(counted) or not groups
    together = {
        cell
        for row in rows.values()
        for cell in row
        if all(cell in cells[other] or cell not in rows[other] for other in rows)
    }
    shown: dict[str | None, frozenset[str]] = {wave: cells[wave] for wave in waves}
    shown[None] = frozenset(together) if pooled else frozenset()
    cuts = _cuts([each for each in samples if each.wave in counted], days, cells) if pooled else frozenset()
    return Plan(waves, pooled, frozenset(counted), shown, cuts)


def _groups(samples: Iterable[Sample]) -> dict[str, dict[str, Group]]:
    """The people of each part of each wave."""
    groups: dict[str, dict[str, Group]] = {}
    for who, wave, _, value, _, cell in samples:
        cells = groups.get(wave)
        if cells is None:
            cells = groups[wave] = {}
        group = cells.get(cell)
        if group is None:
            group = cells[cell] = Group()
        group.take(who, value)
    return groups


def _rows(groups: Mapping[str, Mapping[str, Group]], waves: frozenset[str]) -> dict[str | None, dict[str, Group]]:
    """The parts of each wave that is shown, and (None) of all that are hidden as if they were one."""
    rows: dict[str | None, dict[str, Group]] = {}
    for wave, cells in groups.items():
        row = rows.setdefault(wave if wave in waves else None, {})
        for cell, group in cells.items():
            row.setdefault(cell, Group()).join(group)
    return rows


def _shown(groups: Mapping[str, Group]) -> frozenset[str]:
    """Which groups may be shown beside their sum: the hidden ones are many enough together, or there are none."""
    hidden = Group()
    by_size = sorted(groups, key=lambda name: (not groups[name].small, len(groups[name].everybody), name))
    for place, name in enumerate(by_size):
        if not groups[name].small and not hidden.small:
            return frozenset(by_size[place:])
        hidden.join(groups[name])
    return frozenset()


def _union(groups: Iterable[Group]) -> Group:
    union = Group()
    for group in groups:
        union.join(group)
    return union


_Span = dict[tuple[str | None, str | None], Group]
"""The people of each block (its row, and its part or None for those hidden) in a stretch of time."""


def _cuts(
    samples: Iterable[Sample], days: Iterable[date], cells: Mapping[str | None, frozenset[str]]
) -> frozenset[date]:
    """The days that leave each block, between one of them and the next, large enough or empty."""
    in_order = sorted(set(days))
    if not in_order:
        return frozenset()
    spans = _spans(samples, in_order, cells)
    # From either end, for few at the one may cost days at the other; the same for everybody who asks.
    places = [len(spans) - place for place in _parted(spans[::-1])]
    if len(places) < len(in_order):
        places = max(places, _parted(spans), key=len)
    return frozenset(in_order[place - 1] for place in places)


def _parted(spans: Sequence[_Span]) -> list[int]:
    """Before which of the stretches of time it may be cut, each as soon as what is behind is large enough or empty."""
    places: list[int] = []
    behind: list[_Span] = []
    run = _Span()
    for place, span in enumerate(spans):
        if place and not _small(run):
            places.append(place)
            behind.append(run)
            run = _Span()
        run = _joined(run, span) if run else span
    # What is left at the end must stand on its own too, or the last cut goes.
    while places and _small(run):
        places.pop()
        run = _joined(behind.pop(), run)
    return places


def _small(span: _Span) -> bool:
    return any(group.small for group in span.values())


def _joined(one: _Span, other: _Span) -> _Span:
    """The people of two stretches of time."""
    return one | other | {block: _union((one[block], other[block])) for block in one.keys() & other.keys()}


def _spans(
    samples: Iterable[Sample], days: Sequence[date], cells: Mapping[str | None, frozenset[str]]
) -> Sequence[_Span]:
    """The people of each block before the first of these days, and from each of them to the next."""
    spans = [_Span() for _ in range(len(days) + 1)]
    for who, wave, day, value, _, cell in samples:
        row = wave if wave in cells else None
        block = row, cell if cell in cells[row] else None
        span = spans[bisect_right(days, day or _LAST)]
        if block not in span:
            span[block] = Group()
        span[block].take(who, value)
    return spans
