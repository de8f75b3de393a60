"""What each line of a table of pairs would change in a programme: added, changed, unchanged, or refused and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Final

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.csv_rows import Row
from rmsession.core.frozen import frozen
from rmsession.core.pair_fields import PROFILED, Entry, Field, Unclear, name_of, told
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.roster import Difference, differences, entries_of, reworked, to_keep
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.core.uniting import Known

_NAMES: Final = (Field.PAIR, Field.MENTOR, Field.MENTEE)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Verdict(Enum):
    """What becomes of a line."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@frozen
class Line:
    """One line of a table, judged."""

    number: int
    verdict: Verdict
    mentor: UserText
    mentee: UserText
    differences: tuple[Difference, ...] = ()
    why: str = ""


@frozen
class Judged:
    """A whole table, judged."""

    lines: tuple[Line, ...]
    values: tuple[Known, ...]
    """What is to be kept, if no line is refused."""

    def count(self, verdict: Verdict) -> int:
        """How many lines have it."""
        return sum(each.verdict is verdict for each in self.lines)


@frozen
class Spelling:
    """How our own tables spell a text, in which a spreadsheet must not find a formula."""

    cell: Callable[[UserText], str]
    meant: Callable[[str], str]
    """What a cell that was spelled so means, as far as can be told."""


@dataclass(slots=True)
class _Known:
    """The programme with the lines before, by what the next line may name."""

    entries: dict[str, Entry] = field(default_factory=dict)
    """By the pair's id."""
    named: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """Ids of pairs by their people's names."""
    people: dict[str, Person] = field(default_factory=dict)
    """By name."""
    profiles: dict[str, Profile] = field(default_factory=dict)
    """By the person's id, as the lines before left them."""
    said: dict[tuple[str, Field], tuple[str, int]] = field(default_factory=dict)
    """What a line said of somebody, and which: another may not say something else."""
    seen: dict[str, int] = field(default_factory=dict)
    """In which line a pair was."""


def judged(
    known: Programme, rows: Iterable[Row], now: datetime, *, new_id: Callable[[], str], spelling: Spelling
) -> Judged:
    """Judge every line by the programme and the lines before it; days are read on the day of `now`."""
    state, lines = _known(known, spelling), list[Line]()
    values: list[Known] = []
    for row in rows:
        mentor, mentee = (row.cells.get(each, UserText()) for each in (Field.MENTOR, Field.MENTEE))
        try:
            new, entry = _meant(row, state, new_id, spelling)
            after = reworked(entry, _news(row, entry, spelling), now.date())
            _insist_on_one_word(row, after, state)
        except Unclear as wrong:
            lines.append(Line(row.number, Verdict.REFUSED, mentor, mentee, why=str(wrong)))
            continue
        _remember(row, after, state)
        changes = differences(entry, after)
        verdict = Verdict.ADDED if new else Verdict.CHANGED if changes else Verdict.UNCHANGED
        lines.append(Line(row.number, verdict, after.pair.mentor.name, after.pair.mentee.name, changes))
        values += to_keep(entry, after, now, new=new) if new or changes else ()
    return Judged(tuple(lines), tuple(values))


def _known(known: Programme, spelling: Spelling) -> _Known:
    state = _Known()
    for person in known.people:
        for name in _keys(person.name, spelling):
            state.people.setdefault(name, person)
    for entry in entries_of(known):
        _put(entry, state, spelling)
    state.profiles = {each.person: each for each in known.profiles}
    return state


def _put(entry: Entry, state: _Known, spelling: Spelling) -> None:
    pair = entry.pair
    state.entries[pair.id] = entry
    for key in {*zip(_keys(pair.mentor.name, spelling), _keys(pair.mentee.name, spelling), strict=True)}:
        state.named.setdefault(key, []).append(pair.id)


def _keys(name: UserText, spelling: Spelling) -> tuple[str, str]:
    """What a name is looked up by: as it is, and as our own tables spell it."""
    return _plain(name.raw), _plain(spelling.cell(name))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _meant(row: Row, state: _Known, new_id: Callable[[], str], spelling: Spelling) -> tuple[bool, Entry]:
    """Whether the pair of a line is new, and what is known of it before the line."""
    if row.wrong:
        raise Unclear(row.wrong)
    names = [row.cells.get(each, UserText()) for each in (Field.MENTOR, Field.MENTEE)]
    ident = row.cells.get(Field.PAIR, UserText()).raw
    found = [ident] if ident in state.entries else _ids_named(names, state, spelling)
    if len(found) > 1:
        raise Unclear(f"{len(found)} pairs have these names; write the id of one into the column “pair”")
    if found:
        entry = state.entries[found[0]]
        if found[0] in state.seen:
            raise Unclear(f"this pair is in line {state.seen[found[0]]} already")
        _insist_on_names(names, entry, spelling)
        profiles = [state.profiles.get(each.person, each) for each in (entry.mentor, entry.mentee)]
        entry = replace(entry, mentor=profiles[0], mentee=profiles[1])
        return False, entry
    if ident and not _UUID.fullmatch(ident):
        raise Unclear("no pair here has that id; leave the column “pair” empty to add this one")
    return True, _new(names, ident or new_id(), state, new_id, spelling)


def _ids_named(names: Sequence[UserText], state: _Known, spelling: Spelling) -> list[str]:
    mentor, mentee = names
    keys = {(_plain(one(mentor)), _plain(one(mentee))) for one in (lambda name: name.raw, _meaning(spelling))}
    return list(dict.fromkeys(each for key in keys for each in state.named.get(key, ())))


def _meaning(spelling: Spelling) -> Callable[[UserText], str]:
    return lambda name: spelling.meant(name.raw)


def _new(names: Sequence[UserText], ident: str, state: _Known, new_id: Callable[[], str], spelling: Spelling) -> Entry:
    meant = [
        name_of(field, spelling.meant(name.raw))
        for field, name in zip((Field.MENTOR, Field.MENTEE), names, strict=True)
    ]
    mentor, mentee = (state.people.get(_plain(name.raw)) or Person(new_id(), name) for name in meant)
    profiles = [state.profiles.get(each.id, Profile(each.id)) for each in (mentor, mentee)]
    return Entry(Pair(ident, mentor, mentee), profiles[0], profiles[1], Arrangement(ident))


def _insist_on_names(names: Sequence[UserText], entry: Entry, spelling: Spelling) -> None:
    """Refuse to make somebody else of a person: another mentor makes another pair."""
    for typed, person in zip(names, (entry.pair.mentor, entry.pair.mentee), strict=True):
        if typed and {_plain(typed.raw), _plain(spelling.meant(typed.raw))}.isdisjoint(_keys(person.name, spelling)):
            raise Unclear(
                "another person makes another pair; leave the column “pair” empty to add it, or mend a name with "
                "`rmsession pair edit`"
            )


def _news(row: Row, entry: Entry, spelling: Spelling) -> dict[Field, UserText]:
    """What the line says beside what is known: a cell that is spelled as our own tables would says nothing new."""
    return {
        each: UserText(spelling.meant(cell.raw))
        for each, cell in row.cells.items()
        if each not in _NAMES and cell.raw != spelling.cell(told(entry, each))
    }


def _insist_on_one_word(row: Row, after: Entry, state: _Known) -> None:
    for each, text in _of_people(row, after):
        known = state.said.get(each)
        if known and known[0] != text:
            raise Unclear(f"{each[1].value}: line {known[1]} says something else of the same person")


def _remember(row: Row, after: Entry, state: _Known) -> None:
    for each, text in _of_people(row, after):
        state.said.setdefault(each, (text, row.number))
    for person, profile in ((after.pair.mentor, after.mentor), (after.pair.mentee, after.mentee)):
        state.people.setdefault(_plain(person.name.raw), person)
        state.profiles[person.id] = profile
    key = (_plain(after.pair.mentor.name.raw), _plain(after.pair.mentee.name.raw))
    if after.pair.id not in state.entries:
        state.named.setdefault(key, []).append(after.pair.id)
    state.entries[after.pair.id] = after
    state.seen[after.pair.id] = row.number


def _of_people(row: Row, after: Entry) -> list[tuple[tuple[str, Field], str]]:
    """What the line says of its people, which stands in every pair that they are in."""
    found = []
    for each, (role, name) in PROFILED.items():
        if each in row.cells:
            person = after.pair.mentor if role is Role.MENTOR else after.pair.mentee
            as_whom = Field(f"mentor {name}")  # one name for both sides: somebody may mentor, and be mentored
            found.append(((person.id, as_whom), told(after, each).raw))
    return found
