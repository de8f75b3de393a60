"""The report: every figure of a programme that may be shown, for the waves and the time that were asked for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Final

from rmsession.core.figures import PairFigures
from rmsession.core.frozen import frozen
from rmsession.core.outcomes import Change
from rmsession.core.programme import Programme
from rmsession.core.report.activity import activity, held
from rmsession.core.report.behaviour import behaviour
from rmsession.core.report.family import Family
from rmsession.core.report.learning import learning
from rmsession.core.report.material import Material, material, wave_key, wave_names
from rmsession.core.report.protect import plan
from rmsession.core.report.reaction import reaction
from rmsession.core.report.results import results
from rmsession.core.report.running import running
from rmsession.core.report.showing import figures_in
from rmsession.core.report.values import Asked, Figure, Part, Report, Section, Share
from rmsession.core.text import UserText
from rmsession.core.uniting import later

SECTIONS: Final[tuple[tuple[str, str, Callable[[Material], Iterator[Family]]], ...]] = (
    ("activity", "Activity", activity),
    ("running", "Running", running),
    ("reaction", "Reaction", reaction),
    ("learning", "Learning", learning),
    ("behaviour", "Behaviour", behaviour),
    ("results", "Results", results),
)
"""Id, title and families of each section, in the order in which they are read."""


@frozen
class _Counted:
    """From which day on sessions count."""

    cuts: frozenset[date] = frozenset()
    """The days from which on a report of this programme can count."""
    since: date | None = None
    """The one of them that is asked for; None where everything counts."""
    moved: bool = False


_MOST_MONTHS: Final = 1200
"""A clock that was wrong once makes a session in another age, and every month between costs."""


def report(
    programme: Programme, figures: Sequence[PairFigures], asked: Asked, today: date, *, files: bool = False
) -> Report:
    """What a programme did, as of today.

    Args:
        programme: what the programme lead knows of people, pairs and outcomes.
        figures: what is told of each pair's sessions.
        asked: which waves, and from which day on.
        today: what is overdue, and how long ago they met, is as of this day.
        files: whether the figures were sent, so that it is to be said how many pairs' did not come.
    """
    with _undisturbed():
        return _report(programme, figures, asked, today, files)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Nobody looks for unreachable values meanwhile: here are none, and it is 0.7 of 1.8 s with 10,000 sessions."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _report(programme: Programme, figures: Sequence[PairFigures], asked: Asked, today: date, files: bool) -> Report:
    unknown = {each.pair for each in strangers(programme, figures)} if files else set()
    if programme.pairs:
        figures = [each for each in figures if each.pair not in unknown]
    whole = material(programme, figures, today)
    counted = _counted(whole, asked.since)
    log = _log(programme, figures, counted.since)
    names = wave_names(programme.arrangements)
    waves = _waves(asked, whole, names)
    sections = _sections(replace(whole, since=counted.since), waves, counted)
    return Report(
        as_of=today,
        reporting=_reporting(programme, figures, whole) if files else None,
        unknown=len(unknown),
        latest=max((each.made.date() for each in figures), default=None),
        since=counted.since if counted.moved else asked.since,
        moved=counted.moved,
        parts=tuple(
            Part(
                None if wave is None else names.get(wave, UserText()),
                sections[wave],
                _of_wave(log, whole, wave),
            )
            for wave in waves
        ),
    )


def _counted(whole: Material, since: date | None) -> _Counted:
    """The day that was asked for, moved back to the first of a month from which on no few people's meetings count."""
    if since is None:
        return _Counted()
    meetings = held(whole)
    days = sorted(each.day for each in meetings.samples if each.day)
    if not days or since <= days[0]:
        return _Counted()
    cuts = plan(meetings.samples, _months(days[0], days[-1])).cuts
    earlier = max((day for day in cuts if day <= since), default=None)
    return _Counted(cuts, earlier, earlier != since)


def _months(first: date, last: date) -> Iterator[date]:
    """The first day of each month after the one day, up to the other; of an age, those of its last part."""
    end = last.year * 12 + last.month
    for number in range(max(first.year * 12 + first.month, end - _MOST_MONTHS), end):
        yield date(number // 12, number % 12 + 1, 1)


def _sections(
    whole: Material, waves: Sequence[str | None], counted: _Counted
) -> Mapping[str | None, tuple[Section, ...]]:
    """The sections of each wave that is asked for."""
    sections: dict[str | None, list[Section]] = {wave: [] for wave in waves}
    for section, title, of in SECTIONS:
        figures: dict[str | None, list[Figure]] = {wave: [] for wave in waves}
        # One family after the other: all together are a hundred thousand samples that wait for each other.
        for family in of(whole):
            may = plan(family.samples, counted.cuts)
            for wave in waves:
                figures[wave] += figures_in(family, may, wave, counted.since)
        for wave in waves:
            sections[wave].append(Section(section, title, tuple(figures[wave])))
    return {wave: tuple(several) for wave, several in sections.items()}


def _waves(asked: Asked, whole: Material, names: Iterable[str]) -> tuple[str | None, ...]:
    """Those that were asked for and have pairs, as the programme names them; those of no wave last."""
    there = {each.wave for each in whole.pairs}
    if asked.wave is not None:
        return (wave_key(asked.wave),) if wave_key(asked.wave) in there else ()
    if asked.pool:
        return (None,)
    named = tuple(wave for wave in names if wave in there and wave)
    return (*named, "") if "" in there else named


def strangers(programme: Programme, figures: Iterable[PairFigures]) -> tuple[PairFigures, ...]:
    """The figures of pairs that the programme does not know: they are left out, unless it knows none at all."""
    known = {each.id for each in programme.pairs}
    known |= {each.known_as.pair for each in programme.arrangements if each.known_as and each.pair in known}
    return tuple(each for each in figures if each.pair not in known)


def _reporting(programme: Programme, figures: Iterable[PairFigures], whole: Material) -> Share | None:
    """How many of the pairs that the programme knows sent figures."""
    known = {whole.known(each.id) for each in programme.pairs}
    return Share(len(known & {each.pair for each in figures}), len(known)) if known else None


def _log(programme: Programme, figures: Iterable[PairFigures], since: date | None) -> tuple[Change, ...]:
    """The entries that both of a pair agreed to, the earliest first."""
    latest: dict[str, Change] = {}
    for change in (*programme.changes, *(each for told in figures for each in told.changes)):
        latest[change.id] = later(latest[change.id], change) if change.id in latest else change
    log = (each for each in latest.values() if each.for_report and (since is None or each.on >= since))
    return tuple(sorted(log, key=lambda each: (each.on, each.id)))


def _of_wave(log: Iterable[Change], whole: Material, wave: str | None) -> tuple[Change, ...]:
    pairs = {each.pair for each in whole.pairs if wave is None or each.wave == wave}
    return tuple(change for change in log if whole.known(change.pair) in pairs)
