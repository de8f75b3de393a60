"""Lines that went on as topics of a later session: what an erasure takes from that, what it leaves, what may leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from support.building import BEGIN, MENTEE, HandClock, Play, agenda, fact, fact_id, prompt, record, topic

from rmsession.core import commands as asked
from rmsession.core.agenda import PromptKind
from rmsession.core.between import QuestionBrought
from rmsession.core.facts import Captured, Content, Erased
from rmsession.core.fold import session_of
from rmsession.core.last_time import opened
from rmsession.core.leftovers import leftovers, offers
from rmsession.core.record import erased_captures, merge, redacted, with_fact
from rmsession.core.shared import shared
from rmsession.core.stand_ins import stand_ins
from rmsession.core.store_errors import Conflict
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.core.tombstones import ERASED_TITLE

LATER = BEGIN + timedelta(days=7)
WHY = prompt("Why does it cost so much?", PromptKind.QUESTION)


def first():
    """A session that left a line for both and one of the mentor's own in the parking lot."""
    play = Play(record(agenda("Hello")), ids=count(1))
    play.start()
    lines = play.keep("the cloud bill", Kind.PARKED), play.keep("a worry", Kind.PARKED, private=True)
    play.do(asked.End())
    return play.session, *lines


FIRST, SHARED, PRIVATE = first()


def later(*, reached=True):
    """The next session, which took both; of the first of them it talked, if it reached that."""
    taken = tuple(each.topic for each in leftovers([FIRST]).lines)
    plan = opened(agenda("Last time", "Close", stated_minutes=45.0), 0, taken).agenda
    play = Play(record(plan, number=2, created=LATER), clock=HandClock(LATER), ids=count(100))
    play.start()
    play.happen(QuestionBrought(WHY, SHARED))
    play.wait(minutes=2)
    if reached:
        play.do(asked.Next())
        play.wait(minutes=3)
        play.keep("ask finance")
    play.do(asked.End())
    return play.session


def erased(session, line=SHARED):
    return redacted(session.record, line, by="x", wall=LATER + timedelta(days=1))


def test_times_lines_and_questions_of_the_session_stay():
    before = later()
    after = session_of(erased(before))
    assert [(each.title.raw, each.minutes, each.carried) for each in after.topics] == [
        ("Last time", 10.0, None),
        ("(erased)", 5.0, "2026-11-21"),
        ("a worry", 5.0, "2026-11-21"),
        ("Close", 10.0, None),
    ]
    assert after.times(after.last_at) == before.times(before.last_at)
    assert (after.captures, after.budgets, after.spans) == (before.captures, before.budgets, before.spans)
    assert [each.text.raw for each in after.topics[1].prompts] == [WHY.text.raw]
    assert after.topics[2].private


def test_what_is_erased_is_not_offered_again_but_the_question_under_it_is():
    session = later(reached=False)
    plan = agenda("Plan")
    found = [each.id for each in offers(leftovers([FIRST, session]), plan, Role.MENTOR)]
    assert SHARED in found
    assert WHY.id not in found  # it would come with its topic
    found = [each.id for each in offers(leftovers([FIRST, session_of(erased(session))]), plan, Role.MENTOR)]
    assert SHARED not in found
    assert {PRIVATE, WHY.id} <= {*found}


def test_a_copy_says_that_a_topic_was_erased_and_nothing_of_a_private_one():
    session = later()
    earlier = shared(session)
    after = session_of(redacted(erased(session), PRIVATE, by="x", wall=LATER))
    copy = shared(after)
    assert [each.what.target for each in copy.facts if isinstance(each.what, Erased)] == [SHARED]
    assert PRIVATE not in repr(copy)
    for both in (merge(earlier, copy), merge(copy, earlier)):
        assert session_of(both).topic_by_id(SHARED).title == ERASED_TITLE
        assert shared(session_of(both)) == both
    assert merge(after.record, copy) == after.record
    assert merge(session.record, copy).agenda.topics[1].title == ERASED_TITLE
    assert stand_ins(after.record) == stand_ins(session.record)


def test_both_sides_make_the_same_tombstone():
    session = later()
    stones = [
        next(each for each in redacted(one, SHARED, by=by, wall=LATER).facts if isinstance(each.what, Erased))
        for one, by in ((session.record, "x"), (shared(session), MENTEE.id))
    ]
    assert len({each.id for each in stones}) == 1
    both = merge(redacted(session.record, SHARED, by="x", wall=LATER), erased(session))
    assert both == redacted(session.record, SHARED, by="x", wall=LATER)


@pytest.mark.parametrize("target", ["an agenda's own", "", "nobody's"])
def test_a_forged_tombstone_takes_no_title_and_no_fact(target):
    session = later()
    target = {"an agenda's own": session.topics[0].id}.get(target, target)
    stone = fact(Erased(target, "Topic", "x", LATER), 900, id=fact_id(900), wall=LATER)
    after = merge(session.record, replace(session.record, facts=(stone,)))
    assert after.agenda == session.record.agenda
    assert {*after.facts} == {*session.facts, stone}


def test_whoever_takes_its_tombstones_id_beforehand_does_not_keep_the_words():
    session = later()
    (stone,) = (each for each in erased(session).facts if isinstance(each.what, Erased))
    forged = fact(Captured(Kind.NOTE, None, Content(UserText("mine"))), 900, id=stone.id)
    after = redacted(with_fact(session.record, forged), SHARED, by="x", wall=LATER)
    assert session_of(after).topic_by_id(SHARED).title == ERASED_TITLE
    assert erased_captures(after) == {SHARED}
    assert len({each.id for each in after.facts}) == len(after.facts)
    with pytest.raises(Conflict):
        merge(after, erased(session))


def test_a_topic_that_waits_under_another_agenda_is_left_alone():
    """The line was erased before anybody took it, or where nobody did."""
    other = record(agenda("Hello", topic("Own", carried="2026-11-21")), number=3)
    assert redacted(other, SHARED, by="x", wall=LATER) == other
