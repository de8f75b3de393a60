"""Which records a figure of the report came from, for whoever has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rmsession.cli.ground import NothingMatched
from rmsession.cli.talk import table
from rmsession.core.figures import PairFigures
from rmsession.core.frozen import frozen
from rmsession.core.idents import shortest
from rmsession.core.outcomes import Milestone
from rmsession.core.programme import Programme
from rmsession.core.report.explain import Explained, explain, nearest
from rmsession.core.report.values import Hidden, Missing, Part, Report
from rmsession.core.text import clean, shortened
from rmsession.export.figure_words import said
from rmsession.export.report_head import part_title

_MOST_SAID = 60
"""Characters of what was asked that a message repeats."""


@frozen
class _Session:
    """A session that has figures."""

    day: date | None
    pair: str


@frozen
class _Records:
    """What there is that a figure can come from."""

    sessions: Mapping[str, _Session]
    milestones: Mapping[str, Milestone]
    short: Mapping[str, str]
    """As much of each id as tells it from the others."""


def explained(report: Report, figure: str, programme: Programme, figures: Iterable[PairFigures]) -> Iterator[str]:
    """What a figure is and the records it came from, in each wave of the report. Raises `NothingMatched`."""
    found = explain(report, figure)
    if not found:
        near = nearest(report, figure)
        instead = f"the nearest are {', '.join(near)}" if near else "`rmsession report -f csv` has the ids"
        raise NothingMatched(f"no figure is called {shortened(clean(figure), _MOST_SAID)!r}: {instead}")
    records = _records(programme, tuple(figures))
    for place, each in enumerate(found):
        if place:
            yield ""
        yield from _one(each, records)


def _records(programme: Programme, figures: tuple[PairFigures, ...]) -> _Records:
    sessions = {each.session: _Session(each.started, told.pair) for told in figures for each in told.sessions}
    milestones = {each.id: each for each in programme.milestones}
    pairs = {each.id for each in programme.pairs} | {each.pair for each in figures}
    short = {**shortest(sessions), **shortest(milestones), **shortest(pairs)}
    return _Records(sessions, milestones, short)


def _one(it: Explained, records: _Records) -> Iterator[str]:
    yield f"{part_title(Part(it.wave, ())).line}, {it.section}"
    yield f"{it.figure.label}: {said(it.figure.value)}"
    match it.figure.value:
        case Hidden():
            yield "Which records are behind it is not told either, for that would tell whose they are."
        case Missing():
            yield "No record says anything of it."
        case _:
            yield from [it.figure.note] if it.figure.note else []
            yield from _sources(it.figure.sources, records)


def _sources(sources: Iterable[str], records: _Records) -> Iterator[str]:
    """How many records of how many pairs or people, and a line for each: what it is, its id, its day, its pair."""
    sessions = sorted((_on(held.day), held.pair, each) for each in sources if (held := records.sessions.get(each)))
    outcomes = [records.milestones[each] for each in sources if each in records.milestones]
    pairs = [each for each in sources if each not in records.sessions and each not in records.milestones]
    if sessions:
        of = len({pair for _, pair, _ in sessions})
        yield f"From {_counted(len(sessions), 'session')} of {_counted(of, 'pair')}:"
    if outcomes:
        of = len({each.person for each in outcomes})
        yield f"From {_counted(len(outcomes), 'outcome')} of {_counted(of, 'person', 'people')}:"
    if pairs:
        yield f"From {_counted(len(pairs), 'pair')}:"
    short = records.short
    rows = [("session", short[each], started, f"pair {short[pair]}") for started, pair, each in sessions]
    rows += [("outcome", short[each.id], _on(each.on), "") for each in outcomes]
    rows += [("pair", short.get(each, each), "", "") for each in pairs]
    yield from (f"  {line}" for line in table(rows))


def _on(when: date | None) -> str:
    return when.isoformat() if when else ""


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
