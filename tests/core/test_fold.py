"""Facts into a session: any of them, in any order, and what makes no sense has no effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from support.building import BEGIN, Play, agenda, content, fact, fact_id, kick_off, record, topic
from support.steps import steps

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.facts import Allotment
from rmsession.core.fold import apply, session_of, undone
from rmsession.core.pace import allot
from rmsession.core.session import Session
from rmsession.core.terms import Kind, Phase

PLAN = agenda("A", "B", "C")
A, B, C = (each.id for each in PLAN.topics)
STARTED = happened.Started(A, allot(PLAN, None))


def folded(*whats: tuple[float | None, happened.Event], plan=PLAN) -> Session:
    """The fold of these events, each with its session seconds, one seq after the other."""
    facts = (fact(what, seq, at, wall=BEGIN + timedelta(seconds=seq)) for seq, (at, what) in enumerate(whats, 1))
    return session_of(record(plan, facts=tuple(facts)))


def test_the_same_fact_twice_is_once():
    session = folded((0.0, STARTED))
    assert apply(session, session.facts[0]) is session
    other = replace(session.facts[0], what=happened.Ended())
    assert apply(session, other) is session


def test_what_a_replay_made_stays_when_more_facts_come():
    """A replay changes its own session in place; behind its last fact nothing does any more."""
    before = folded((0.0, STARTED), (5.0, happened.Captured(Kind.NOTE, A, content("x"))))
    same = folded((0.0, STARTED), (5.0, happened.Captured(Kind.NOTE, A, content("x"))))
    after = apply(
        before, fact(happened.Captured(Kind.NOTE, A, content("y")), 9, 9.0, wall=BEGIN + timedelta(seconds=9))
    )
    assert type(before) is Session
    assert before == same
    assert len(after.captures) == len(before.captures) + 1


def test_a_fact_that_comes_late_finds_its_place():
    first, second, third = (
        fact(what, seq, at)
        for seq, (at, what) in enumerate(
            ((0.0, STARTED), (60.0, happened.TopicEntered(B)), (90.0, happened.TopicEntered(C))), 1
        )
    )
    session = session_of(record(PLAN))
    for each in (first, third, second):
        session = apply(session, each)
    assert session == session_of(record(PLAN, facts=(first, second, third)))
    assert session.times(100.0) == {A: 60.0, B: 30.0, C: 10.0}


def test_an_undo_may_come_before_what_it_undoes():
    start, note = fact(STARTED, 1, 0.0), fact(happened.Captured(Kind.NOTE, A, content("x")), 3, 5.0)
    undo = fact(happened.Undone(note.id), 2, 4.0, device="lap")
    session = session_of(record(PLAN))
    for each in (start, undo, note):
        session = apply(session, each)
    assert session == session_of(record(PLAN, facts=(start, undo, note)))
    assert not session.captures


def test_undone_facts_and_undone_undos():
    facts = (
        fact(STARTED, 1, 0.0),
        fact(happened.TopicEntered(B), 2, 1.0),
        fact(happened.Undone(fact_id(2)), 3, 2.0),
        fact(happened.Undone(fact_id(3)), 4, 3.0),
        fact(happened.Undone(fact_id(4)), 5, 4.0),
    )
    assert [sorted(undone(facts[:count])) for count in range(2, 6)] == [
        [], [fact_id(2)], [fact_id(3)], [fact_id(2), fact_id(4)],
    ]  # fmt: skip


def test_an_undo_of_itself_or_of_nothing_is_harmless():
    session = folded((0.0, STARTED), (1.0, happened.Undone(fact_id(2))), (2.0, happened.Undone("nothing")))
    assert session.phase is Phase.RUNNING


@pytest.mark.parametrize(
    "what",
    [
        happened.TopicEntered(B),
        happened.Paused(0.0),
        happened.Resumed(),
        happened.ClosingBegan(),
        happened.ClosingLeft(),
        happened.Ended(),
        happened.SittingOpened(),
        happened.Started("nonsense", ()),
        happened.Extended("nonsense", 60.0),
        happened.Amended("x", "x", content("x")),
        happened.ActionDone("x"),
        happened.GapSettled(60.0, counted=True),
        happened.Unknown("Danced", "{}"),
        happened.Withdrawn("x"),
        happened.Erased("x", "Amended", "p", BEGIN),
        happened.TopicUnparked("nonsense"),
    ],
    ids=lambda what: type(what).__name__,
)
def test_before_the_start_it_has_no_effect(what):
    before, after = folded(), folded((0.0, what))
    assert replace(after, record=before.record) == before


@pytest.mark.parametrize(
    "what",
    [
        STARTED, happened.TopicEntered("nonsense"), happened.TopicParked("nonsense"), happened.Resumed(),
        happened.ClosingLeft(), happened.TopicAdded(topic("A"), 60.0, None), happened.Extended(A, float("nan")),
        happened.Extended(A, float("inf")), happened.Fitted((Allotment(B, float("-inf")),), ("nonsense",)),
        happened.MustEndSet(BEGIN.replace(tzinfo=None)),
    ],
    ids=lambda what: type(what).__name__,
)  # fmt: skip
def test_in_a_running_session_it_has_no_effect(what):
    before, after = folded((0.0, STARTED)), folded((0.0, STARTED), (0.0, what))
    assert replace(after, record=before.record) == before


@pytest.mark.parametrize("at", [float("nan"), float("inf"), 1e300, -5.0, 10.0])
def test_a_time_that_cannot_be_leaves_the_clock_where_it_was(at):
    assert folded((0.0, STARTED), (60.0, happened.TopicEntered(B)), (at, happened.TopicEntered(C))).last_at == 60.0


@pytest.mark.parametrize(
    ("since", "run"),
    [(90.0, 90.0), (120.0, 120.0), (999.0, 120.0), (30.0, 70.0), (-1e6, 70.0), (float("nan"), 70.0), (1e300, 70.0)],
)
def test_a_pause_begins_after_the_pause_before_it_and_not_in_the_future(since, run):
    first = ((40.0, happened.Paused(20.0)), (70.0, happened.Resumed()))
    session = folded((0.0, STARTED), *first, (120.0, happened.Paused(since)))
    # From 20 to 70 stood still already, and between 70 and 120 lie fifty seconds at most to take back.
    assert session.run(500.0) == pytest.approx(run - 50.0)


def test_a_pause_does_not_reach_into_the_sitting_before():
    session = folded(
        (0.0, STARTED),
        (300.0, happened.Ended()),
        (300.0, happened.SittingOpened()),
        (360.0, happened.Paused(100.0)),
    )
    assert session.run(900.0) == 300.0
    assert session.pauses[-1].start == 300.0


def test_whatever_a_reopening_says_of_the_time_nothing_since_the_end_counts():
    session = folded((0.0, STARTED), (300.0, happened.Ended()), (500.0, happened.SittingOpened()))
    assert (session.run(510.0), session.times(510.0)) == (310.0, {A: 310.0})


def test_after_the_end_there_is_no_record_to_be_off():
    session = folded((0.0, STARTED), (1.0, happened.Ended()), (None, happened.OffRecordSet(on=True)))
    assert not session.off_record


def test_reordering_keeps_what_it_does_not_know_behind_in_its_order():
    added = happened.TopicAdded(topic("D"), 60.0, A)
    session = folded((0.0, STARTED), (1.0, added), (2.0, happened.Reordered((C, "nonsense", B))))
    assert [each.title.raw for each in session.topics] == ["C", "B", "A", "D"]


@pytest.mark.parametrize(("after", "order"), [(A, "ADBC"), (C, "ABCD"), (None, "DABC"), ("nonsense", "DABC")])
def test_an_added_topic_stands_behind_the_one_it_names(after, order):
    session = folded((0.0, STARTED), (1.0, happened.TopicAdded(topic("D"), 60.0, after)))
    assert "".join(each.title.raw for each in session.topics) == order
    assert session.budgets[topic("D").id] == 60.0


def test_a_budget_is_never_negative():
    session = folded((0.0, STARTED), (1.0, happened.Extended(A, -1e6)), (2.0, happened.Extended(A, 30.0)))
    assert session.budgets[A] == 30.0


def test_a_topic_brought_back_from_far_in_front_comes_next_and_one_to_come_stays():
    parked = ((1.0, happened.TopicParked(A, B)), (2.0, happened.TopicParked(C)))
    session = folded((0.0, STARTED), *parked, (3.0, happened.TopicUnparked(A)), (4.0, happened.TopicUnparked(C)))
    assert [each.title.raw for each in session.topics] == ["B", "A", "C"]
    assert not session.parked


def test_a_finished_topic_that_is_parked_is_no_longer_done():
    session = folded((0.0, STARTED), (1.0, happened.TopicEntered(B, done=True)), (2.0, happened.TopicParked(A)))
    assert (session.done, session.parked) == (frozenset(), {A})


def test_a_prompt_is_ticked_and_unticked():
    prompt = kick_off().topics[0].prompts[0].id
    ticks = ((1.0, happened.Ticked(prompt)), (2.0, happened.Ticked(prompt, done=False)))
    started = (0.0, happened.Started(kick_off().topics[0].id, ()))
    assert folded(started, ticks[0], plan=kick_off()).ticked == {prompt}
    assert folded(started, *ticks, plan=kick_off()).ticked == frozenset()


def test_a_thousand_facts_and_one_more_cost_little():
    play, work = Play(), {}
    play.start()
    more = fact(happened.Captured(Kind.NOTE, None, content("x")), 5000, 5000.0)
    for number in range(1, 1000):
        play.keep(f"Line {number}")
        if number in (499, 999):
            session = play.session
            work[number] = steps(partial(apply, session, more)), steps(partial(session_of, session.record))
    (one_more, replay), (one_more_at_last, replay_at_last) = work.values()
    # Where it was measured: 0.08 ms and 25 ms, the latter for every undo.
    # In steps: two for each fact that there is at most, and for one of many that are replayed less than a hundred.
    assert one_more_at_last < one_more + 2 * 500 < 3000
    assert replay_at_last < 2.1 * replay
    assert replay_at_last < 1000 * 100
    assert len(play.do(asked.Undo()).what.target) == 36
