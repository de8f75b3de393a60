"""The laws of records: merging copies, adding facts, erasing text."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import BEGIN, content, fact, fact_id, kick_off, record, topic

from rmsession.core.facts import ActionDone, ActionDropped, Amended, Captured, Erased, Unknown
from rmsession.core.record import in_order, lost_texts, merge, redacted, with_fact
from rmsession.core.store_errors import Conflict
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.core.tombstones import ERASED_TITLE

CAPTURES = [fact_id(number) for number in range(1, 5)]
SECRETS = [f"secret {number}" for number in range(1, 5)]
LINES = [fact_id(101), fact_id(102), CAPTURES[0]]
"""Of earlier sessions, that are topics of some headings here; the last is also a capture here: somebody forged it."""


def _pool():
    """Captures 1 to 4, and for each an amendment, a drop and a tick that hold or name its text."""
    for number, (id_, text) in enumerate(zip(CAPTURES, SECRETS, strict=True), 1):
        yield fact(Captured(Kind.ACTION, None, content(text)), number, float(number))
        yield fact(Amended(id_, id_, content(f"{text} amended")), number + 4, float(number + 4))
        yield fact(ActionDropped(id_, UserText(f"{text} dropped")), number + 8, None, device="lap")
        yield fact(ActionDone(id_), number + 12, None)


POOL = list(_pool())


def _part(whole, topic=None):
    """What a shared copy has in the place of a fact: less, and not always under the same topic."""
    what = whole.what
    if isinstance(what, Captured):
        what = replace(what, topic=topic)
    return replace(whole, partial=True, what=replace(what, content=content("")))


PARTS = [_part(each, topic) for each in POOL if isinstance(each.what, Captured | Amended) for topic in (None, "x")]


def _taken(*titles, **more):
    """A heading with the lines of earlier sessions as topics; where a title is empty, without that one."""
    taken = (topic(each, carried="2026-11-07") for each in titles)
    lines = (replace(each, id=line) for line, each in zip(LINES, taken, strict=True) if each.title)
    return record(replace(kick_off(), topics=(*kick_off().topics[:1], *lines)), **more)


HEADS = [
    _taken("parked b", "parked p", ""),
    _taken("parked a", "parked q", "", zone="Asia/Tokyo"),
    _taken("parked a", "parked q", ""),
    _taken("parked c", "parked d", "parked e", partial=True),
    record(),
    record(zone="Asia/Tokyo"),
    record(created=BEGIN + timedelta(seconds=1)),
    record(planned_start=BEGIN),
    record(replace(kick_off(), title=UserText("Kick-off, amended"))),
    record(partial=True),
    record(partial=True, created=BEGIN - timedelta(seconds=1)),
]
WALLS = [BEGIN + timedelta(days=days) for days in (1, 2)]

facts_chosen = st.sampled_from(POOL + PARTS)
redactions = st.tuples(st.sampled_from(CAPTURES + LINES), st.sampled_from(["robin", "alex"]), st.sampled_from(WALLS))


@st.composite
def copies(draw):
    """A copy of one record, grown by facts and redactions in any order."""
    copy = draw(st.sampled_from(HEADS))
    for step in draw(st.lists(facts_chosen | redactions, max_size=12)):
        if isinstance(step, tuple):
            target, by, wall = step
            copy = redacted(copy, target, by=by, wall=wall)
        else:
            copy = with_fact(copy, step)
    return copy


def says(one):
    """Every text in a record's facts, and in topics of its heading that were lines of earlier sessions."""
    return [each.title.raw for each in one.agenda.topics if each.carried] + [
        text.raw
        for each in one.facts
        for text in (getattr(getattr(each.what, "content", None), "text", None), getattr(each.what, "reason", None))
        if text
    ]


@given(copies(), copies())
def test_merge_is_commutative(one, other):
    assert merge(one, other) == merge(other, one)


@given(copies(), copies(), copies())
def test_merge_is_associative(one, two, three):
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(copies(), copies())
def test_merge_is_idempotent(one, other):
    both = merge(one, other)
    assert merge(one, one) == one
    assert merge(both, one) == both
    assert merge(both, other) == both


@given(copies(), copies())
def test_merge_holds_every_fact_once_and_in_order(one, other):
    both = merge(one, other)
    ids = [each.id for each in both.facts]
    assert sorted(ids) == sorted({each.id for each in (*one.facts, *other.facts)})
    assert both.facts == in_order(both.facts)


@given(copies(), copies(), st.sampled_from(list(zip(CAPTURES, SECRETS, strict=True))))
def test_erased_wins(one, other, chosen):
    """What one copy redacted is said by no fact of the merged record, whatever the other copy still held."""
    target, secret = chosen
    one = redacted(with_fact(one, POOL[4 * CAPTURES.index(target)]), target, by="robin", wall=WALLS[0])
    for both in (merge(one, other), merge(other, one)):
        assert not [text for text in says(both) if secret in text]


@given(copies(), copies(), st.sampled_from(HEADS[:4]), st.sampled_from(LINES[:2]))
def test_an_erased_topic_says_nothing_in_any_copy(one, other, head, line):
    """Whichever heading stays: what one copy erased is erased in all, with its place, its time and its flags kept."""
    erased = redacted(replace(head, facts=one.facts), line, by="robin", wall=WALLS[0])
    for both in (merge(erased, other), merge(other, erased), merge(merge(other, one), erased)):
        for each in (each for each in both.agenda.topics if each.id == line):
            assert each == replace(topic("x", carried="2026-11-07"), id=line, title=ERASED_TITLE)


@pytest.mark.parametrize("line", LINES[:2])
def test_an_erasure_shows_no_order_in_which_headings_met(line):
    """Of these two headings another would be the first by its words, once the words of one topic are gone from both."""
    heads = HEADS[0], HEADS[2], redacted(HEADS[2], line, by="robin", wall=WALLS[0])
    merged = [merge(merge(one, two), three) for one, two, three in permutations(heads)]
    assert [each for each in merged if each != merged[0]] == []


@given(copies(), copies())
def test_the_whole_wins_over_a_part(one, other):
    """Nothing that a copy left out is lost where another has it, unless it was erased."""
    both = {each.id: each for each in merge(one, other).facts}
    for each in (*one.facts, *other.facts):
        if not each.partial:
            assert not both[each.id].partial
    assert merge(one, other).partial == (one.partial and other.partial)


def test_of_two_parts_the_one_that_says_more_stays():
    (whole, *_), more = POOL, replace(POOL[0], partial=True)
    less = _part(whole, "x")
    for one, other in permutations([more, less]):
        assert merge(record(facts=(one,)), record(facts=(other,))).facts == (more,)


@given(copies(), facts_chosen)
def test_a_fact_comes_in_as_by_a_merge(copy, new):
    assert with_fact(copy, new) == merge(copy, replace(copy, facts=(new,)))
    assert with_fact(with_fact(copy, new), new) == with_fact(copy, new)


@given(copies(), redactions)
def test_redacting_again_changes_nothing(copy, chosen):
    target, by, wall = chosen
    once = redacted(copy, target, by=by, wall=wall)
    assert redacted(once, target, by="alex", wall=WALLS[1]) == once


@given(copies(), redactions)
def test_redacting_leaves_every_other_fact_alone(copy, chosen):
    target, by, wall = chosen
    after = redacted(copy, target, by=by, wall=wall)
    known = {each.id: each for each in copy.facts}
    for new in after.facts:
        old = known.pop(new.id, None)
        assert old == new or isinstance(new.what, Erased)
        assert old is None or replace(old, what=new.what) == new
    assert not known
    said = [text.raw for text in lost_texts(copy, after)]
    assert sorted(said) == sorted(set(says(copy)) - set(says(after)) - {ERASED_TITLE.raw})


def test_a_tombstone_tells_what_stood_there():
    copy = redacted(record(facts=tuple(POOL[:4])), CAPTURES[0], by="alex", wall=WALLS[0])
    assert [each.what for each in copy.facts] == [
        Erased(CAPTURES[0], "Captured", "alex", WALLS[0], Kind.ACTION, None),
        Erased(CAPTURES[0], "Amended", "alex", WALLS[0]),
        Erased(CAPTURES[0], "ActionDropped", "alex", WALLS[0]),
        ActionDone(CAPTURES[0]),
    ]


def test_a_later_amendment_of_an_erased_capture_comes_in_erased():
    copy = redacted(record(facts=(POOL[0],)), CAPTURES[0], by="alex", wall=WALLS[0])
    after = with_fact(copy, POOL[1])
    assert [type(each.what) for each in after.facts] == [Erased, Erased]
    assert lost_texts(copy, after, POOL[1]) == (UserText("secret 1 amended"),)


def test_an_erased_amendment_erases_the_capture_that_another_copy_brings():
    """A copy may hold the amendment alone: what was shared leaves out what is private."""
    one = redacted(record(facts=(POOL[1],)), CAPTURES[0], by="alex", wall=WALLS[0])
    assert not says(merge(one, record(facts=(POOL[0],))))


def test_the_earliest_tombstone_stands_in_whatever_order_copies_meet():
    base = record(facts=tuple(POOL[:4]))
    stones = [redacted(base, CAPTURES[0], by=by, wall=wall) for by, wall in (("robin", WALLS[1]), ("alex", WALLS[0]))]
    for order in permutations([*stones, base]):
        merged = merge(merge(order[0], order[1]), order[2])
        assert {(each.what.by, each.what.wall) for each in merged.facts if isinstance(each.what, Erased)} == {
            ("alex", WALLS[0])
        }


def test_one_id_with_two_contents_is_a_conflict():
    other = replace(POOL[0], what=Captured(Kind.NOTE, None, content("something else")))
    with pytest.raises(Conflict):
        with_fact(record(facts=(POOL[0],)), other)
    with pytest.raises(Conflict):
        merge(record(facts=(POOL[0],)), record(facts=(other,)))


@pytest.mark.parametrize("place", [2, 3], ids=["another capture's", "of no text"])
def test_a_tombstone_takes_the_place_of_nothing_but_what_was_said_of_its_capture(place):
    """A forged copy could else take away the course of a session, fact by fact."""
    known = POOL[place]
    stone = replace(known, what=Erased(CAPTURES[1], "Captured", "alex", WALLS[0]))
    for one, other in permutations([known, stone]):
        with pytest.raises(Conflict):
            merge(record(facts=(one,)), record(facts=(other,)))
    later = replace(known, what=Unknown("Danced", "{}"))  # of what it speaks only a later program knows
    assert merge(record(facts=(later,)), record(facts=(stone,))).facts[0].what.target == CAPTURES[1]


def test_two_sessions_do_not_merge():
    with pytest.raises(Conflict):
        merge(record(number=1), record(number=2))
