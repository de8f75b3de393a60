"""People and pairs: who mentors whom, with ids from the first session on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import TYPE_CHECKING

from rmsession.core.frozen import frozen
from rmsession.core.text import UserText

if TYPE_CHECKING:
    # A session needs to know who is in the room, and none of what a programme knows of them.
    from rmsession.core.arrangement import Arrangement, Profile
    from rmsession.core.outcomes import Change, Milestone


@frozen
class Person:
    """Somebody who mentors or is mentored."""

    id: str
    name: UserText


@frozen
class Pair:
    """A mentor and a mentee who meet."""

    id: str
    mentor: Person
    mentee: Person


@frozen
class Programme:
    """Everybody known here, as values; the store keeps them."""

    people: tuple[Person, ...] = ()
    pairs: tuple[Pair, ...] = field(default=())
    profiles: tuple[Profile, ...] = ()
    """At most one for a person."""
    arrangements: tuple[Arrangement, ...] = ()
    """At most one for a pair."""
    milestones: tuple[Milestone, ...] = ()
    changes: tuple[Change, ...] = ()
    """The business-change log."""


def same_name(one: UserText, other: UserText) -> bool:
    """Whether two names are the same but for case and spacing."""
    return " ".join(one.raw.casefold().split()) == " ".join(other.raw.casefold().split())


def person_named(people: Iterable[Person], name: UserText) -> Person | None:
    """The first person of that name."""
    return next((person for person in people if same_name(person.name, name)), None)


def pair_of(pairs: Iterable[Pair], mentor: UserText, mentee: UserText) -> Pair | None:
    """The pair of these two names, mentor first."""
    return next(
        (pair for pair in pairs if same_name(pair.mentor.name, mentor) and same_name(pair.mentee.name, mentee)), None
    )


def person_here(pair: Pair, me: UserText | None) -> Person:
    """Whoever of the pair sits at this program, by name; the mentor where neither does, whose disk it is as a rule."""
    return next((each for each in (pair.mentor, pair.mentee) if me and same_name(each.name, me)), pair.mentor)
