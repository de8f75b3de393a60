"""Which pair of the demo meets when, and about what: all else follows from it and the seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.programme import Pair, Person
from rmsession.demo.course import uuid_of
from rmsession.demo.people import ME, Crowd, Known

CORE: Final = (1, 2, 3, 4, 5, 7, 10)
EIGHT: Final = (1, 2, 3, 5, 6, 4, 7, 10)
ALL: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
"""The agendas of a round of seven, eight and ten sessions."""
WAVE_ONE, WAVE_TWO = 1, 2
_LONG_AGO: Final = 610
"""Days since wave one began: it is over, and a year has passed since."""


class Way(Enum):
    """How it goes with a pair."""

    REGULAR = "regular"
    EARLY = "ended early"
    CANCELLED = "two dates cancelled in a row"
    QUIET = "nothing agreed"
    AT_THE_TABLE = "a session under way"


@frozen
class Size:
    """How many pairs there are in each wave."""

    first: int = 12
    second: int = 38


@frozen
class Plan:
    """One pair's round."""

    seed: str
    pair: Pair
    wave: int
    agendas: tuple[int, ...]
    """Every session planned, by the number of its agenda."""
    interval: int
    """Days from one to the next."""
    minutes: int
    days: tuple[date, ...]
    """When the sessions so far were, the earliest first."""
    next: date | None = None
    way: Way = Way.REGULAR

    @property
    def mine(self) -> bool:
        """Whether it is a pair of whoever sits at the demo."""
        return self.pair.mentor.name.raw == ME

    @property
    def over(self) -> bool:
        """Whether nothing more is to come."""
        return self.next is None and self.way in (Way.REGULAR, Way.EARLY)


def plans(size: Size, now: datetime, seed: int) -> tuple[tuple[Plan, ...], tuple[Known, ...]]:
    """Every pair's round as of a moment, and everybody in them."""
    lot = Random(f"plan {seed}")
    crowd = Crowd(lot)
    me = crowd.mentor(ME)
    known = [me]

    def pair(mentor: Known | None) -> Pair:
        mentor = mentor or crowd.mentor()
        mentee = crowd.mentee()
        known.extend(each for each in (mentor, mentee) if each not in known)
        return Pair(uuid_of(lot), mentor.person, mentee.person)

    today = now.date()
    first = [_over(pair(me if not place else None), place, lot, today, seed) for place in range(size.first)]
    own = [_tomorrow(pair(me), lot, today, seed), _at_the_table(pair(me), today, seed)][: size.second]
    again = [each for each in known if any(each.person == one.pair.mentor for one in first[1:])][:4]
    others = (pair(again[place] if place < len(again) else None) for place in range(size.second - len(own)))
    second = [_under_way(each, place, lot, today, seed) for place, each in enumerate(others)]
    return (*first, *own, *second), tuple(known)


def people(made: tuple[Plan, ...]) -> Iterator[Person]:
    """The mentors and the mentees of these rounds, each once."""
    seen: set[str] = set()
    for each in made:
        for person in (each.pair.mentor, each.pair.mentee):
            if person.id not in seen:
                seen.add(person.id)
                yield person


def workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _over(pair: Pair, place: int, lot: Random, today: date, seed: int) -> Plan:
    """One of wave one, which ended more than a year ago."""
    agendas = CORE if place % 2 else ALL
    begins = today - timedelta(days=_LONG_AGO + lot.randint(0, 12))
    interval = 21
    days = [workday(begins + timedelta(days=interval * number + lot.randint(0, 2))) for number in range(len(agendas))]
    return Plan(f"{seed} first {place}", pair, WAVE_ONE, agendas, interval, 45, tuple(days))


def _tomorrow(pair: Pair, lot: Random, today: date, seed: int) -> Plan:
    """Mine, beyond half-way: we meet again tomorrow."""
    days = [workday(today - timedelta(days=20 + 21 * back + lot.randint(0, 1))) for back in reversed(range(7))]
    return Plan(f"{seed} mine 1", pair, WAVE_TWO, ALL, 21, 45, tuple(days), today + timedelta(days=1))


def _at_the_table(pair: Pair, today: date, seed: int) -> Plan:
    """Mine, at the table today: the session is paused."""
    days = [*(workday(today - timedelta(days=21 * back)) for back in reversed(range(1, 6))), today]
    return Plan(f"{seed} mine 2", pair, WAVE_TWO, CORE, 21, 60, tuple(days), way=Way.AT_THE_TABLE)


def _under_way(pair: Pair, place: int, lot: Random, today: date, seed: int) -> Plan:
    """One of wave two: each began when it could, and some meet more often than others."""
    agendas, interval = lot.choice((CORE, EIGHT, EIGHT, ALL, ALL)), lot.choice((14, 21, 21, 21, 28))
    begins = today - timedelta(days=lot.randint(60, 150))
    number = min((today - begins).days // interval + 1, len(agendas) - 1)
    days = [workday(begins + timedelta(days=interval * each + lot.randint(0, 2))) for each in range(number)]
    days = [day for day in days if day < today]
    following = max(workday(days[-1] + timedelta(days=interval)), today + timedelta(days=1 + place % 5))
    made = Plan(f"{seed} second {place}", pair, WAVE_TWO, agendas, interval, 45, tuple(days), following)
    return _odd(made, place)


def _odd(plan: Plan, place: int) -> Plan:
    """Of some pairs of wave two there is something to be asked."""
    match place:
        case 3:
            return replace(plan, days=plan.days[:2], next=None, way=Way.EARLY)
        case 6 | 17:
            return replace(plan, days=plan.days[:-1], way=Way.CANCELLED)
        case 11 | 23:
            return replace(plan, days=plan.days[:-2], next=None, way=Way.QUIET)
        case _:
            return plan
