"""What a programme lead gives a pair's laptop: who the two are and how they mean to work, so that ids match.

A pair that is here already keeps its own ids, for its sessions hold them; it is noted how the lead knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rmsession.core.arrangement import Arrangement, KnownAs, Profile
from rmsession.core.frozen import frozen
from rmsession.core.pair_fields import Entry, Field, told
from rmsession.core.programme import Pair, Person, Programme, pair_of, same_name
from rmsession.core.roster import Difference, differences, entry_of
from rmsession.core.uniting import Known, later, revised_after


@frozen
class Card:
    """One pair, as its programme lead knows it."""

    pair: Pair
    mentor: Profile
    mentee: Profile
    arrangement: Arrangement
    made: datetime
    """When the card was written."""


@frozen
class Taken:
    """What a card changes here."""

    entry: Entry
    """The pair as it is known here afterwards."""
    new: bool
    """Whether it was not known here."""
    differences: tuple[Difference, ...]
    values: tuple[Known, ...]
    """What is to be kept; nothing where the card says nothing new."""
    known_as: KnownAs
    """The lead's ids of the pair and its people."""


def card_of(entry: Entry, made: datetime) -> Card:
    """The card of a pair: how a lead knows it is nobody else's, and stays here."""
    return Card(entry.pair, entry.mentor, entry.mentee, replace(entry.arrangement, known_as=None), made)


def told_by(card: Card) -> list[tuple[str, str]]:
    """What a card says, field by field, and the ids that it is for."""
    entry = Entry(card.pair, card.mentor, card.mentee, card.arrangement)
    rows = [(each.value, told(entry, each).line) for each in Field if told(entry, each)]
    early = [("ended early", "yes")] if card.arrangement.early else []
    ids = [("mentor's id", card.pair.mentor.id), ("mentee's id", card.pair.mentee.id)]
    return [*rows, *early, *ids, ("made", f"{card.made:%Y-%m-%d %H:%M}")]


def taken(known: Programme, card: Card) -> Taken:
    """What a card changes in a programme; of card and programme whatever was revised later counts."""
    theirs = KnownAs(card.pair.id, card.pair.mentor.id, card.pair.mentee.id)
    here = _pair_here(known, card.pair)
    if here is None:
        mentor, mentee = (_person_here(known, each) for each in (card.pair.mentor, card.pair.mentee))
        before = entry_of(known, Pair(card.pair.id, mentor, mentee))
    else:
        before = entry_of(known, here)
    after = _united(before, card, theirs, is_ours=here is not None and here.id == card.pair.id)
    return Taken(after, here is None, differences(before, after), _values(before, after, new=here is None), theirs)


def _united(before: Entry, card: Card, theirs: KnownAs, *, is_ours: bool) -> Entry:
    """The pair afterwards; `is_ours` where it has the lead's own id here already."""
    ours = before.arrangement
    coming = replace(card.arrangement, pair=ours.pair, known_as=ours.known_as)
    arrangement = later(ours, coming)
    same = KnownAs(ours.pair, before.pair.mentor.id, before.pair.mentee.id) == theirs
    # On the lead's own machine a card tells nothing new; elsewhere even equal ids are noted, as those of the lead.
    if arrangement.known_as != theirs and not (is_ours and same):
        kept = ours.known_as is not None and arrangement is ours  # of two cards of one pair the later counts
        moment = arrangement.revised if arrangement is coming or not ours.revised else revised_after(ours, ours.revised)
        arrangement = arrangement if kept else replace(arrangement, known_as=theirs, revised=moment)
    pair = before.pair
    if later(ours, coming) == coming:  # then the names are the later ones too
        pair = Pair(pair.id, replace(card.pair.mentor, id=pair.mentor.id), replace(card.pair.mentee, id=pair.mentee.id))
    return Entry(
        pair,
        later(before.mentor, replace(card.mentor, person=pair.mentor.id)),
        later(before.mentee, replace(card.mentee, person=pair.mentee.id)),
        arrangement,
    )


def _values(before: Entry, after: Entry, *, new: bool) -> tuple[Known, ...]:
    values: list[Known] = [after.pair] if new or after.pair != before.pair else []
    profiles = ((before.mentor, after.mentor), (before.mentee, after.mentee))
    values += [mine for old, mine in profiles if mine != old]
    values += [after.arrangement] if new or after.arrangement != before.arrangement else []
    return tuple(values)


def _pair_here(known: Programme, card: Pair) -> Pair | None:
    """The pair of a card: by the lead's id, by what an earlier card said, or by the names of the two."""
    pairs = {each.id: each for each in known.pairs}
    if card.id in pairs:
        return pairs[card.id]
    renamed = (each for each in known.arrangements if each.known_as and each.known_as.pair == card.id)
    found = next((pairs[each.pair] for each in renamed if each.pair in pairs), None)
    return found or pair_of(known.pairs, card.mentor.name, card.mentee.name)


def _person_here(known: Programme, theirs: Person) -> Person:
    """Somebody of a card: as known here by the lead's id, else by name unless the lead knows that one by another id."""
    people = {each.id: each for each in known.people}
    ids = _lead_ids(known)
    mine = next((each for each, lead in ids if lead == theirs.id and each in people), None)
    if mine is not None:
        return people[mine]
    if theirs.id in people:
        return people[theirs.id]
    of_the_lead = {each for each, _ in ids}
    named = (each for each in known.people if each.id not in of_the_lead and same_name(each.name, theirs.name))
    return next(named, theirs)


def _lead_ids(known: Programme) -> Sequence[tuple[str, str]]:
    """Each person's id here with the one that the lead has for them, as far as cards said it."""
    pairs = {each.id: each for each in known.pairs}
    found: list[tuple[str, str]] = []
    for each in known.arrangements:
        if each.known_as and each.pair in pairs:
            pair = pairs[each.pair]
            found += [(pair.mentor.id, each.known_as.mentor), (pair.mentee.id, each.known_as.mentee)]
    return found
