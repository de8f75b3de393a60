"""A programme of 12 and 38 pairs, made of facts alone: each session is run through the engine, request by request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TypeVar

from support.fifty_sessions import BEGINS, ONE, TODAY, TWO, Making, met

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.facts import Event
from rmsession.core.figures import PairFigures, figures_of
from rmsession.core.fold import session_of
from rmsession.core.outcomes import Change, Milestone, Step
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.record import Record
from rmsession.core.report.build import report
from rmsession.core.report.values import Asked, Figure
from rmsession.core.telling import by_pair
from rmsession.core.terms import Role
from rmsession.core.text import UserText

E = TypeVar("E", bound=Event)
_STATES = ("CT", "TX", "NY", "FL", "MN", "AZ", "IL")


@dataclass
class Fifty:
    """The whole programme: what its lead knows, and every record."""

    programme: Programme
    records: tuple[Record, ...]
    wave_of: dict[str, str]
    """The wave of each pair, by the pair's id."""

    def figures(self) -> tuple[PairFigures, ...]:
        """What the records come to."""
        return _figures()


@cache
def _figures() -> tuple[PairFigures, ...]:
    whole = fifty()
    noon = datetime.combine(TODAY, time(12), UTC)
    return by_pair(whole.programme, [figures_of(session_of(each)) for each in whole.records], noon)


@cache
def fifty() -> Fifty:
    """The programme; made once, as nothing can change it."""
    making = Making()
    pairs = [_pair(number) for number in range(50)]
    wave_of = {pair.id: ONE if number < 12 else TWO for number, pair in enumerate(pairs)}
    plays = [play for pair in pairs for play in met(making, pair, wave_of[pair.id], int(pair.id[-2:]))]
    people = {person.id: person for pair in pairs for person in (pair.mentor, pair.mentee)}
    programme = Programme(
        people=tuple(people.values()),
        pairs=tuple(pairs),
        profiles=tuple(
            Profile(person, location=UserText(f" {_STATES[place % len(_STATES)]} "))
            for place, person in enumerate(people)
            if place % 9
        ),
        arrangements=tuple(_arrangement(pair, wave_of[pair.id], number) for number, pair in enumerate(pairs)),
        milestones=tuple(_milestones(pairs)),
        changes=tuple(_changes(pairs)),
    )
    return Fifty(programme, tuple(play.record for play in plays), wave_of)


def _pair(number: int) -> Pair:
    """Everybody is in one pair, but for the mentor of the last two."""
    mentor = min(number, 48)
    return Pair(
        f"pair-{number:02}",
        Person(f"mentor-{mentor:02}", UserText(f"Mentor {mentor}")),
        Person(f"mentee-{number:02}", UserText(f"Mentee {number}")),
    )


def _arrangement(pair: Pair, wave: str, number: int) -> Arrangement:
    # The same wave, spelled as people spell; some begin on paper before they meet.
    spelled = wave if number % 4 else f" {wave.upper().replace(' ', '  ')}"
    starts = BEGINS[wave] - timedelta(days=7) if number % 3 == 0 else None
    ended = date(2026, 3, 1) if number == 5 else None
    planned = None if number % 10 == 9 else 4 if wave == ONE else 7
    return Arrangement(
        pair.id, wave=UserText(spelled if number else wave), sessions=planned, starts=starts, ended=ended
    )


def _milestones(pairs: list[Pair]) -> Iterator[Milestone]:
    """Eleven of the twelve mentors of wave one were promoted within the year; of wave two some is known."""

    def milestone(person: str, step: Step, happened: bool, on: date, **more: object) -> Milestone:
        return Milestone(f"{person} {step.value} {on}", person, step, happened, on, **more)  # type: ignore[arg-type]

    for number, pair in enumerate(pairs[:12]):
        if number != 7:
            yield milestone(pair.mentor.id, Step.PROMOTED, True, date(2026, 1, 10) + timedelta(days=10 * number))
        else:
            yield milestone(pair.mentor.id, Step.PROMOTED, False, date(2026, 10, 1))
        yield milestone(pair.mentor.id, Step.RETAINED, True, date(2026, 2, 1))
        yield milestone(pair.mentor.id, Step.RETAINED, number != 3, date(2026, 10, 1 + number))
    # Promoted too late, looked up too early, taken back, promoted before: none of them counts as within the year.
    yield milestone(pairs[0].mentee.id, Step.PROMOTED, True, date(2026, 10, 30))
    yield milestone(pairs[1].mentee.id, Step.PROMOTED, False, date(2026, 3, 1))
    yield milestone(pairs[2].mentee.id, Step.PROMOTED, True, date(2026, 2, 1), withdrawn=True)
    yield milestone(pairs[3].mentee.id, Step.PROMOTED, True, date(2025, 1, 1))
    for pair in pairs[4:9]:
        yield milestone(
            pair.mentee.id, Step.PROMOTED, pair.id != "pair-06", date(2026, 9, 15 if pair.id == "pair-06" else 1)
        )
    for pair in pairs[12:18]:
        yield milestone(pair.mentor.id, Step.PROMOTED, True, date(2026, 8, 1))


def _changes(pairs: list[Pair]) -> Iterator[Change]:
    both = (Role.MENTEE, Role.MENTOR)
    for number, (agreed, withdrawn) in enumerate(((both, False), ((Role.MENTOR,), False), (both, True), (both, False))):
        pair = pairs[number * 5]
        yield Change(
            f"change-{number}", pair.id, date(2026, 7, 10 - number), UserText("x"), agreed=agreed, withdrawn=withdrawn
        )


WAVES = (ONE, TWO, None)
"""Each wave, and all together."""


def told(wave: str | None) -> dict[str, Figure]:
    """The figures of a report on a wave, or (None) on all together, by id."""
    return _told()[wave]


@cache
def _told() -> dict[str | None, dict[str, Figure]]:
    whole, figures = fifty(), fifty().figures()
    asked_for = {wave: Asked(wave=UserText(wave)) if wave else Asked(pool=True) for wave in WAVES}
    reports = {wave: report(whole.programme, figures, asked, TODAY) for wave, asked in asked_for.items()}
    return {
        wave: {figure.id: figure for section in made.parts[0].sections for figure in section.figures}
        for wave, made in reports.items()
    }


def records_of(wave: str | None) -> list[Record]:
    """The records of a wave, the earliest of each pair first."""
    whole = fifty()
    return [each for each in whole.records if wave is None or whole.wave_of[each.pair.id] == wave]


def facts_of(record: Record, kind: type[E]) -> list[E]:
    """What happened in a session, of one kind, in order."""
    return [fact.what for fact in record.facts if isinstance(fact.what, kind)]
