"""Making and mending a pair from typed words: who it is of, whom it may not become, and what in a form is unclear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from rmsession.core.pair_fields import Entry, Field, Unclear, name_of, with_said
from rmsession.core.programme import Pair, Person, Programme, pair_of, person_named, same_name
from rmsession.core.roster import Said, entry_of, reworked
from rmsession.core.text import UserText

NAMES: Final = (Field.MENTOR, Field.MENTEE)
FORM: Final = (
    Field.MENTOR, Field.MENTOR_ROLE, Field.MENTOR_LOCATION, Field.MENTOR_LEVEL,
    Field.MENTEE, Field.MENTEE_ROLE, Field.MENTEE_LOCATION, Field.MENTEE_LEVEL,
    Field.WAVE, Field.AGENDA_OWNER, Field.EVERY, Field.SESSIONS, Field.MINUTES, Field.STARTS, Field.ENDS,
    Field.OBJECTIVE,
)  # fmt: skip
"""What a form asks of a pair, in the order in which people say it."""


class Taken(Unclear):
    """Somebody else stands there already: those two are a pair, or that name is another person's."""


def begun(known: Programme, said: Said, new_id: Callable[[], str]) -> Entry:
    """The pair of these two as it would be known before anything else is said; whoever has the name is the same person.

    Raises:
        Unclear: a name is missing.
        Taken: the two are a pair already.
    """
    mentor, mentee = (name_of(field, said.get(field, UserText()).raw) for field in NAMES)
    if there := pair_of(known.pairs, mentor, mentee):
        raise Taken(f"{there.mentor.name.line}, {there.mentee.name.line} are a pair already ({there.id[:8]})")
    people = [person_named(known.people, name) or Person(new_id(), name) for name in (mentor, mentee)]
    return entry_of(known, Pair(new_id(), people[0], people[1]))


def made(known: Programme, said: Said, today: date, new_id: Callable[[], str]) -> tuple[Entry, Entry]:
    """A new pair, before and after what was said beside its names. Raises `Unclear`."""
    before = begun(known, said, new_id)
    return before, reworked(before, {each: typed for each, typed in said.items() if each not in NAMES}, today)


def mended(known: Programme, before: Entry, said: Said, today: date) -> Entry:
    """A pair after what was said of it; nobody takes the name of somebody else, whose sessions they would get.

    Raises:
        Unclear: something of it cannot be meant.
        Taken: a name is somebody else's.
    """
    after = reworked(before, said, today)
    for old, new in ((before.pair.mentor, after.pair.mentor), (before.pair.mentee, after.pair.mentee)):
        others = (each for each in known.people if each.id != new.id)
        if not same_name(old.name, new.name) and any(same_name(each.name, new.name) for each in others):
            raise Taken(f"{new.name.line} is somebody else here, who makes another pair")
    return after


def flaws(known: Programme, before: Entry | None, said: Said, today: date) -> dict[Field, str]:
    """What of a form cannot be meant, by its field; `before` is the pair that is mended, None where one is added.

    What each field says is told first; what the fields come to together, once each makes sense by itself.
    """
    blank = before or entry_of(known, Pair("", Person("", UserText("?")), Person("", UserText("?"))))
    wanted = dict(said) if before else {each: UserText() for each in NAMES} | dict(said)
    found: dict[Field, str] = {}
    for field, typed in wanted.items():
        try:
            with_said(blank, field, typed, today)
        except Unclear as wrong:
            found[field] = str(wrong).removeprefix(f"{field.value}: ")
    if found:
        return found
    try:
        if before:
            mended(known, before, said, today)
        else:
            made(known, said, today, lambda: "new")
    except Unclear as wrong:
        return {_about(wanted, str(wrong), before): str(wrong)}
    return {}


def _about(said: Said, words: str, before: Entry | None) -> Field:
    """Beside which field it stands what two of them come to: the later one that was typed."""
    if words.startswith("it ends"):
        return Field.ENDS if Field.ENDS in said else Field.STARTS
    named = [each for each in NAMES if each in said]
    mine = [each for each in named if said[each].line.strip() and words.startswith(said[each].line.strip())]
    return (mine if before and mine else named or [Field.MENTEE])[-1]
