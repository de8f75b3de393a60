"""A family's figures for one wave and a time, each shown or hidden as its plan says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.report.family import Family, Reading, Sample
from rmsession.core.report.notes import left_out, together
from rmsession.core.report.protect import Plan
from rmsession.core.report.values import Cell, Figure, Hidden, Missing, Value


@frozen
class _Told:
    """Samples that may be shown, all or of one part of the breakdown."""

    samples: Sequence[Sample]
    known: Sequence[object]
    """The values, of those of which something is known."""
    sources: tuple[str, ...]
    """The records that say it; their order tells nothing of who said what."""

    def value(self, reading: Reading) -> Value:
        """What they come to."""
        return reading.measure(self.known) if self.known else Missing()


_NONE: Final = _Told((), (), ())


def figures_in(family: Family, plan: Plan, wave: str | None, since: date | None) -> Iterator[Figure]:
    """The family's figures of a wave, or (None) of all waves together, counted from that day on."""
    asked = [each for each in family.samples if wave is None or each.wave == wave]
    there = [each for each in asked if wave is not None or each.wave in plan.together]
    shown = plan.shows(wave, since) or not asked
    told = _told(there, since) if shown else _NONE
    without = left_out({each.wave for each in asked} - {each.wave for each in there}) if told.known else ""
    parts = _parts(family, plan, wave, since, there)
    for reading in family.readings:
        value: Value = told.value(reading) if shown else Hidden()
        if not asked:
            value = Missing(reading.nobody)
        cells = tuple(_cell(reading, label, part) for label, part in parts) if reading.cells else ()
        note = reading.note(told.samples) if reading.note and told.samples else ""
        yield Figure(reading.id, reading.label, value, cells, told.sources, together(note, without))


def _parts(
    family: Family, plan: Plan, wave: str | None, since: date | None, there: Iterable[Sample]
) -> list[tuple[str, _Told | None]]:
    """The parts of the breakdown that have anything in them, in order: their samples, or None where they are hidden."""
    parts: dict[str, list[Sample]] = {}
    for each in there if family.order else ():
        parts.setdefault(each.cell, []).append(each)
    return [
        (label, _told(parts[cell], since) if plan.shows_cell(wave, cell, since) else None)
        for cell, label in family.order
        if cell in parts
    ]


def _cell(reading: Reading, label: str, told: _Told | None) -> Cell:
    return Cell(label, told.value(reading), told.sources) if told else Cell(label, Hidden())


def _told(samples: Sequence[Sample], since: date | None) -> _Told:
    if since is not None:
        samples = [each for each in samples if each.day is None or each.day >= since]
    known = [each for each in samples if each.value is not None]
    sources = {each.source for each in known}
    return _Told(samples, [each.value for each in known], tuple(sorted(sources)))
