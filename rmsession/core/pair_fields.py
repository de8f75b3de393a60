"""What can be said of a pair, by the name that a column or an option has: read from typed words, and told in them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Final

from rmsession.core.arrangement import Arrangement, Objective, Profile
from rmsession.core.days import date_at
from rmsession.core.frozen import frozen
from rmsession.core.programme import Pair, Person
from rmsession.core.terms import Role
from rmsession.core.text import UserText, shortened

LONGEST: Final = 500
"""Characters of what can be said in words of one's own; a name has fewer."""
LONGEST_NAME: Final = 120
INTERVALS: Final = range(1, 367)
SESSIONS: Final = range(1, 100)
MINUTES: Final = range(5, 481)
USUAL: Final = range(5, 8)
"""So many sessions programmes in the literature run."""

_SHOWN: Final = 40
_WEEK: Final = 7
_COUNT: Final = re.compile(r"(?:every\s+)?(?P<count>\d{1,4})?\s*(?P<unit>d|days?|w|weeks?)?", re.IGNORECASE | re.ASCII)
_NUMBER: Final = re.compile(r"(?P<count>\d{1,4})(?:\s*(?:m|mins?|minutes?|sessions?))?", re.IGNORECASE | re.ASCII)


class Field(Enum):
    """One thing that can be said of a pair; its value heads a column."""

    PAIR = "pair"
    """The beginning of its line: the pair's id."""
    MENTOR = "mentor"
    MENTEE = "mentee"
    WAVE = "wave"
    MENTOR_ROLE = "mentor role"
    MENTOR_LOCATION = "mentor location"
    MENTOR_LEVEL = "mentor level"
    MENTEE_ROLE = "mentee role"
    MENTEE_LOCATION = "mentee location"
    MENTEE_LEVEL = "mentee level"
    AGENDA_OWNER = "agenda owner"
    EVERY = "every"
    SESSIONS = "sessions"
    MINUTES = "minutes"
    STARTS = "starts"
    ENDS = "ends"
    OBJECTIVE = "objective"
    ENDED = "ended"


PROFILED: Final = {
    Field.MENTOR_ROLE: (Role.MENTOR, "role"),
    Field.MENTOR_LOCATION: (Role.MENTOR, "location"),
    Field.MENTOR_LEVEL: (Role.MENTOR, "level"),
    Field.MENTEE_ROLE: (Role.MENTEE, "role"),
    Field.MENTEE_LOCATION: (Role.MENTEE, "location"),
    Field.MENTEE_LEVEL: (Role.MENTEE, "level"),
}
"""What is said of a person, whichever pair they are in."""
OBJECTIVES: Final = {
    Objective.CUSTOMERS: "customers",
    Objective.WORKPLACE: "workplace",
    Objective.RESULT: "result",
}
"""The words that stand for the objectives which are named beforehand."""
_ARRANGED: Final = {
    Field.WAVE: "wave",
    Field.AGENDA_OWNER: "agenda_owner",
    Field.EVERY: "interval_days",
    Field.SESSIONS: "sessions",
    Field.MINUTES: "minutes",
    Field.STARTS: "starts",
    Field.ENDS: "ends",
    Field.ENDED: "ended",
}


class Unclear(Exception):
    """What was typed for a field cannot be meant; the message says what, and how to write it."""


@frozen
class Entry:
    """Everything that is known of one pair and its people."""

    pair: Pair
    mentor: Profile
    mentee: Profile
    arrangement: Arrangement


def told(entry: Entry, field: Field) -> UserText:
    """What is known of a pair under one name, in words that `with_said` reads as the same; empty for nothing."""
    match field:
        case Field.PAIR:
            return UserText(entry.pair.id)
        case Field.MENTOR:
            return entry.pair.mentor.name
        case Field.MENTEE:
            return entry.pair.mentee.name
        case Field.OBJECTIVE:
            known = entry.arrangement.objective
            return UserText(OBJECTIVES[known]) if known in OBJECTIVES else entry.arrangement.objective_words
        case _ if field in PROFILED:
            role, name = PROFILED[field]
            text: UserText = getattr(entry.mentor if role is Role.MENTOR else entry.mentee, name)
            return text
        case _:
            return _spelled(field, getattr(entry.arrangement, _ARRANGED[field]))


def with_said(entry: Entry, field: Field, typed: UserText, today: date) -> Entry:
    """The pair with what somebody typed; nothing typed takes away what was known.

    Raises:
        Unclear: it cannot be meant.
    """
    raw, pair = typed.raw.strip(), entry.pair
    match field:
        case Field.PAIR:
            after = entry
        case Field.MENTOR:
            after = replace(entry, pair=replace(pair, mentor=Person(pair.mentor.id, name_of(field, raw))))
        case Field.MENTEE:
            after = replace(entry, pair=replace(pair, mentee=Person(pair.mentee.id, name_of(field, raw))))
        case _ if field in PROFILED and PROFILED[field][0] is Role.MENTOR:
            after = replace(entry, mentor=_profiled(entry.mentor, field, _text(field, raw)))
        case _ if field in PROFILED:
            after = replace(entry, mentee=_profiled(entry.mentee, field, _text(field, raw)))
        case _:
            after = replace(entry, arrangement=_arranged(entry.arrangement, field, raw, today))
    return after


def name_of(field: Field, raw: str) -> UserText:
    """A person's name, of one line. Raises `Unclear`."""
    text = UserText(" ".join(raw.split()))
    if not text.line.strip():
        raise Unclear(f"{field.value}: a name is needed")
    if len(text.raw) > LONGEST_NAME:
        raise Unclear(f"{field.value}: a name has up to {LONGEST_NAME} characters")
    return text


def _profiled(profile: Profile, field: Field, text: UserText) -> Profile:
    match PROFILED[field][1]:
        case "role":
            return replace(profile, role=text)
        case "location":
            return replace(profile, location=text)
        case _:
            return replace(profile, level=text)


def _arranged(known: Arrangement, field: Field, raw: str, today: date) -> Arrangement:
    match field:
        case Field.WAVE:
            after = replace(known, wave=_text(field, raw))
        case Field.OBJECTIVE:
            objective, words = _objective(raw)
            after = replace(known, objective=objective, objective_words=words)
        case Field.AGENDA_OWNER:
            after = replace(known, agenda_owner=_role(raw) if raw else None)
        case Field.EVERY:
            after = replace(known, interval_days=_interval(raw) if raw else None)
        case Field.SESSIONS:
            after = replace(known, sessions=_number(field, raw, SESSIONS) if raw else None)
        case Field.MINUTES:
            after = replace(known, minutes=_number(field, raw, MINUTES) if raw else None)
        case Field.STARTS:
            after = replace(known, starts=_day(field, raw, today) if raw else None)
        case Field.ENDS:
            after = replace(known, ends=_day(field, raw, today) if raw else None)
        case _:
            after = replace(known, ended=_day(field, raw, today) if raw else None)
    return after


def _spelled(field: Field, value: object) -> UserText:
    match value:
        case None:
            return UserText()
        case UserText():
            return value
        case Role():
            return UserText(value.value)
        case int() if field is Field.EVERY:
            return UserText(f"{value}d" if value % _WEEK else f"{value // _WEEK}w")
        case _:
            return UserText(str(value))


def _text(field: Field, raw: str) -> UserText:
    if len(raw) > LONGEST:
        raise Unclear(f"{field.value}: up to {LONGEST} characters, not {len(raw):,}")
    return UserText(raw)


def _objective(raw: str) -> tuple[Objective | None, UserText]:
    """One of those with a name, by that or by what it says; else it is in own words."""
    words = " ".join(raw.casefold().split())
    for known, name in OBJECTIVES.items():
        if words in (name, known.value):
            return known, UserText()
    return (Objective.OWN if words else None), _text(Field.OBJECTIVE, raw)


def _role(raw: str) -> Role:
    for role in Role:
        if raw.casefold() == role.value:
            return role
    raise Unclear(f"{Field.AGENDA_OWNER.value}: {shown(raw)} is neither mentor nor mentee")


def _interval(raw: str) -> int:
    found = _COUNT.fullmatch(raw)
    if not found or not (found["count"] or found["unit"]):
        raise Unclear(f"every: {shown(raw)} is no number of days or weeks; write 3w, or 10d")
    weeks = (found["unit"] or "d")[0].lower() == "w"
    days = int(found["count"] or 1) * (_WEEK if weeks else 1)
    if days not in INTERVALS:
        raise Unclear(f"every: {shown(raw)} is no interval; write {INTERVALS[0]} to {INTERVALS[-1]} days")
    return days


def _number(field: Field, raw: str, within: range) -> int:
    found = _NUMBER.fullmatch(raw)
    if not found or int(found["count"]) not in within:
        raise Unclear(f"{field.value}: {shown(raw)} is no number from {within[0]} to {within[-1]}")
    return int(found["count"])


def _day(field: Field, raw: str, today: date) -> date:
    found = date_at(raw, 0, today)
    if found is None or found[0] is None or found[1] != len(raw):
        raise Unclear(f"{field.value}: {shown(raw)} is no day; write it as {today}")
    return found[0]


def shown(raw: str) -> str:
    """What somebody typed, within a message of one line."""
    line = UserText(raw).line
    return f"“{shortened(line, _SHOWN)}”"
