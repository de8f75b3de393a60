"""Copies of what a programme knows, made one: the one revised later counts, on whichever machine it was written.

Uniting is commutative and idempotent for what says when it was `revised`: a lead and a pair come to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import TypeVar

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.outcomes import Change, Milestone
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.text import UserText

Revised = Profile | Arrangement | Milestone | Change
"""What says when it was revised."""
Known = Revised | Person | Pair
"""Whatever a programme may know."""

T = TypeVar("T", Profile, Arrangement, Milestone, Change)

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LEAST = timedelta(microseconds=1)


def key_of(value: Known) -> str:
    """What a value is known by among its like: its id, or the id of whom it is about."""
    match value:
        case Profile():
            return value.person
        case Arrangement():
            return value.pair
        case Milestone() | Change() | Person() | Pair():
            return value.id


def later(one: T, other: T) -> T:
    """Of two copies the one revised later; of two revised at one moment the same one, whichever is asked first."""
    return max(one, other, key=lambda each: (each.revised or _EARLIEST, _spelled(each)))


def revised_after(before: Revised | None, now: datetime) -> datetime:
    """A moment for a revision which counts over `before`, also where the clock of whoever wrote that was ahead."""
    if before is None or before.revised is None or before.revised < now:
        return now
    return before.revised + _LEAST


def with_known(programme: Programme, values: Iterable[Known]) -> Programme:
    """A programme that knows these too: people and pairs replace those with their ids, of the rest the later counts."""
    people = {each.id: each for each in programme.people}
    pairs = {each.id: (each.mentor.id, each.mentee.id) for each in programme.pairs}
    profiles = {each.person: each for each in programme.profiles}
    arrangements = {each.pair: each for each in programme.arrangements}
    milestones = {each.id: each for each in programme.milestones}
    changes = {each.id: each for each in programme.changes}
    for value in values:
        match value:
            case Person():
                people[value.id] = value
            case Pair():
                people |= {value.mentor.id: value.mentor, value.mentee.id: value.mentee}
                pairs[value.id] = (value.mentor.id, value.mentee.id)
            case Profile():
                _put(profiles, value)
            case Arrangement():
                _put(arrangements, value)
            case Milestone():
                _put(milestones, value)
            case Change():
                _put(changes, value)
    return Programme(
        tuple(people.values()),
        tuple(Pair(key, people[mentor], people[mentee]) for key, (mentor, mentee) in pairs.items()),
        tuple(profiles.values()),
        tuple(arrangements.values()),
        tuple(milestones.values()),
        tuple(changes.values()),
    )


def everything_in(programme: Programme) -> Sequence[Known]:
    """All that a programme knows, value by value."""
    return [
        *programme.people,
        *programme.pairs,
        *programme.profiles,
        *programme.arrangements,
        *programme.milestones,
        *programme.changes,
    ]


def lacking(here: Programme, theirs: Programme) -> Sequence[Known]:
    """What another copy knows and this one does not, or knows later; people and pairs here stay as they are."""
    known = {(type(each), key_of(each)): each for each in everything_in(here)}
    people = {each.id: each for each in here.people}
    return [
        _with_people_of(people, each)
        for each in everything_in(theirs)
        if _comes_in(each, known.get((type(each), key_of(each))))
    ]


def _with_people_of(people: Mapping[str, Person], value: Known) -> Known:
    """A pair with the names that its people have here; anything else as it is."""
    if not isinstance(value, Pair):
        return value
    mentor, mentee = (people.get(each.id, each) for each in (value.mentor, value.mentee))
    return Pair(value.id, mentor, mentee)


def _comes_in(value: Known, here: Known | None) -> bool:
    if here is None:
        return True
    if isinstance(value, Person | Pair) or here == value:
        return False
    return later(here, value) == value  # type: ignore[type-var]  # both are of one kind


def _put(known: dict[str, T], value: T) -> None:
    key = key_of(value)
    known[key] = later(known[key], value) if key in known else value


def _spelled(value: object) -> tuple[object, ...]:
    """A value as texts in one order, to tell two apart alike on every machine."""
    match value:
        case UserText():
            return ("text", value.raw)
        case Enum():
            return ("enum", str(value.value))
        case date():
            return ("date", value.isoformat())
        case tuple():
            return ("tuple", tuple(_spelled(each) for each in value))
        case _ if is_dataclass(value):
            return ("value", tuple(_spelled(getattr(value, each.name)) for each in fields(value)))
        case _:
            return (type(value).__name__, value if isinstance(value, int) else str(value))
