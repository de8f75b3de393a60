"""A family's figures for one wave and a time, each shown or hidden as its plan says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rmsession.core.report.family import Family, Reading, Sample
from rmsession.core.report.protect import Plan
from rmsession.core.report.values import Cell, Figure, Hidden, Missing, Value


def figures_in(family: Family, plan: Plan, wave: str | None, since: date | None) -> Iterator[Figure]:
    """The family's figures of a wave, or (None) of all waves together, counted from that day on."""
    there = [each for each in family.samples if wave is None or each.wave == wave]
    shown = plan.shows(wave, since) or not there
    samples = _from(there, since) if shown else []
    parts = _parts(family, plan, wave, since, there)
    for reading in family.readings:
        value: Value = _value(reading, samples) if shown else Hidden()
        cells = tuple(_cell(reading, label, some) for label, some in parts) if reading.cells else ()
        note = reading.note(samples) if reading.note and samples else ""
        yield Figure(reading.id, reading.label, value, cells, _sources(samples), note)


def _parts(
    family: Family, plan: Plan, wave: str | None, since: date | None, there: Iterable[Sample]
) -> list[tuple[str, list[Sample] | None]]:
    """The parts of the breakdown that have anything in them, in order: its samples, or None where they are hidden."""
    parts: dict[str, list[Sample]] = {}
    for each in there if family.order else ():
        parts.setdefault(each.cell, []).append(each)
    return [
        (label, _from(parts[cell], since) if plan.shows_cell(wave, cell, since) else None)
        for cell, label in family.order
        if cell in parts
    ]


def _cell(reading: Reading, label: str, samples: list[Sample] | None) -> Cell:
    return Cell(label, Hidden()) if samples is None else Cell(label, _value(reading, samples), _sources(samples))


def _sources(samples: Iterable[Sample]) -> tuple[str, ...]:
    """The records that say it; their order tells nothing of who said what."""
    return tuple(sorted({each.source for each in samples if each.value is not None}))


def _value(reading: Reading, samples: Sequence[Sample]) -> Value:
    known = [each for each in samples if each.value is not None]
    return reading.measure(known) if known else Missing()


def _from(samples: list[Sample], since: date | None) -> list[Sample]:
    return samples if since is None else [each for each in samples if each.day is None or each.day >= since]
