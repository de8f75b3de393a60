"""What somebody says of a pair, and what that changes: pure functions under the options and the lines of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.frozen import frozen
from rmsession.core.pair_fields import USUAL, Entry, Field, Unclear, told, with_said
from rmsession.core.programme import Pair, Programme, same_name
from rmsession.core.text import UserText
from rmsession.core.uniting import Known, revised_after

Said = Mapping[Field, UserText]
"""What was said, as it was typed; a field that is not in it stays as it is, an empty one is taken away."""


@frozen
class Difference:
    """One field that is to be another than it is."""

    field: Field
    before: UserText
    after: UserText


def entry_of(known: Programme, pair: Pair) -> Entry:
    """What is known of one pair, empty where nothing is."""
    profiles = {each.person: each for each in known.profiles}
    arranged = next((each for each in known.arrangements if each.pair == pair.id), None)
    return Entry(
        pair,
        profiles.get(pair.mentor.id, Profile(pair.mentor.id)),
        profiles.get(pair.mentee.id, Profile(pair.mentee.id)),
        arranged or Arrangement(pair.id),
    )


def entries_of(known: Programme) -> tuple[Entry, ...]:
    """What is known of every pair."""
    profiles = {each.person: each for each in known.profiles}
    arranged = {each.pair: each for each in known.arrangements}
    return tuple(
        Entry(
            each,
            profiles.get(each.mentor.id, Profile(each.mentor.id)),
            profiles.get(each.mentee.id, Profile(each.mentee.id)),
            arranged.get(each.id, Arrangement(each.id)),
        )
        for each in known.pairs
    )


def reworked(before: Entry, said: Said, today: date) -> Entry:
    """A pair after what was said of it.

    Raises:
        Unclear: something of it cannot be meant.
    """
    after = before
    for field, typed in said.items():
        after = with_said(after, field, typed, today)
    if same_name(after.pair.mentor.name, after.pair.mentee.name):
        raise Unclear("mentor and mentee have one name; two people make a pair")
    starts, ends = after.arrangement.starts, after.arrangement.ends
    if starts and ends and ends < starts and after.arrangement != before.arrangement:
        raise Unclear(f"it ends on {ends}, before it starts on {starts}")
    return after


def differences(before: Entry, after: Entry) -> tuple[Difference, ...]:
    """What is another afterwards, field by field."""
    pairs = ((field, told(before, field), told(after, field)) for field in Field)
    return tuple(Difference(*each) for each in pairs if each[1] != each[2])


def to_keep(before: Entry, after: Entry, now: datetime, *, new: bool = False) -> Sequence[Known]:
    """What is to be kept, so that a pair is known as it is afterwards; nothing where nothing changed.

    A `new` pair is kept itself; `before` is then what was known of its people.
    """
    return list(_to_keep(before, after, now, renamed=new or before.pair != after.pair))


def _to_keep(before: Entry, after: Entry, now: datetime, *, renamed: bool) -> Iterator[Known]:
    if renamed:
        yield after.pair
    for old, new in ((before.mentor, after.mentor), (before.mentee, after.mentee)):
        if new != old:
            yield replace(new, revised=revised_after(old, now))
    if renamed or after.arrangement != before.arrangement:
        # With a new name too: whoever has the pair on a card of before takes the later one for true.
        yield replace(after.arrangement, revised=revised_after(before.arrangement, now))


def hints(said: Said, after: Entry) -> list[str]:
    """What is worth a second look in what was said, and is kept all the same."""
    count = after.arrangement.sessions
    if Field.SESSIONS in said and count is not None and count not in USUAL:
        return [f"most programmes run {USUAL[0]} to {USUAL[-1]} sessions; {count} are kept as you say"]
    return []
