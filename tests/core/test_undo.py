"""Undo and redo: what they take back and bring again, and where they end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.building import MENTEE, MENTOR, Play, content, fact, fact_id

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.commands_sitting import SetMustEnd, SetPrepared
from rmsession.core.fold import apply
from rmsession.core.session import Session
from rmsession.core.terms import Audience, Kind, Phase, Role
from rmsession.core.text import UserText
from rmsession.core.undo import last_undoable, last_undone


@pytest.fixture
def play():
    play = Play()
    play.start()
    return play


def bare(session: Session) -> Session:
    """What a session says, without the facts and the time of the last one."""
    return replace(session, record=replace(session.record, facts=()), out=frozenset(), last_at=0.0)


# What undo takes back, one request each, from a running session in its second topic.
UNDOABLE = [
    asked.Next(), asked.Back(), asked.Extend(5), asked.Park(), asked.Close(), asked.Pause(), SetMustEnd(None),
    SetPrepared(prepared=True), asked.SetNextDate(None, "UTC"), asked.AddTopic(UserText("Phones"), 5),
    asked.Keep(Kind.NOTE, content("x")), asked.Finish(fact_id(2)), asked.Withdraw(fact_id(2)),
    asked.Drop(fact_id(2)), asked.Accept(fact_id(2)), asked.Reclassify(fact_id(2), Kind.IDEA),
    asked.Amend(fact_id(2), content("y")), asked.SetAudience(fact_id(2), Audience.MENTOR),
]  # fmt: skip


@pytest.mark.parametrize("ask", UNDOABLE, ids=lambda ask: type(ask).__name__)
def test_undo_takes_it_back_and_redo_brings_it_again(play, ask):
    play.keep("Send the draft", Kind.ACTION)
    play.do(asked.Next())
    before = play.session
    play.do(ask)
    after = play.session
    play.wait(seconds=20)
    play.do(asked.Undo())
    assert bare(play.session) == bare(before)
    play.wait(seconds=20)
    play.do(asked.Redo())
    assert bare(play.session) == bare(after)


def test_time_that_passed_since_belongs_to_where_undo_returns(play):
    play.wait(minutes=1)
    play.do(asked.Next())
    play.wait(minutes=2)
    play.do(asked.Undo())
    play.wait(minutes=1)
    assert (play.spent("Hello"), play.spent("Ground")) == (240.0, 0.0)


def test_several_undos_are_redone_in_turn(play):
    for text in ("One", "Two", "Three"):
        play.keep(text)
    for _ in range(3):
        play.do(asked.Undo())
    seen = []
    for _ in range(3):
        play.do(asked.Redo())
        seen.append(play.texts())
    assert seen == [["One"], ["One", "Two"], ["One", "Two", "Three"]]
    assert play.refusal(asked.Redo()) == "There is nothing to redo."
    play.do(asked.Undo())
    assert play.texts() == ["One", "Two"]
    play.do(asked.Redo())
    assert play.texts() == ["One", "Two", "Three"]


def test_a_new_step_ends_what_can_be_redone(play):
    play.keep("One")
    play.do(asked.Undo())
    play.keep("Two")
    assert play.refusal(asked.Redo()) == "There is nothing to redo."
    play.do(asked.Undo())
    assert last_undone(play.session, MENTOR.id).what.target == fact_id(4)
    play.do(asked.Next())
    assert play.refusal(asked.Redo()) == "There is nothing to redo."


def test_undo_ends_at_the_start(play):
    assert play.refusal(asked.Undo()) == "There is nothing to undo."
    play.do(asked.GoOffRecord(on=True))
    play.do(asked.SkipFeedback(Role.MENTOR))
    assert last_undoable(play.session, MENTOR.id) is None


def test_after_the_end_only_corrections_are_undone_or_redone(play):
    play.keep("One")
    play.do(asked.Next())
    play.do(asked.Extend(5))
    play.do(asked.Undo())
    play.do(asked.End())
    assert play.refusal(asked.Redo()) == "There is nothing to redo."
    play.do(asked.Undo())
    assert play.texts() == []
    assert play.session.topic.title.raw == "Ground rules"
    play.do(asked.Redo())
    assert play.texts() == ["One"]


def test_the_course_of_an_earlier_sitting_stands(play):
    play.do(asked.Next())
    play.do(asked.Pause())
    play.come_back(hours=20)
    assert play.refusal(asked.Undo()) == "There is nothing to undo."
    play.do(asked.Next())
    play.do(asked.Undo())
    assert play.session.phase is Phase.RUNNING
    assert play.session.topic.title.raw == "Ground rules"


def test_a_line_kept_after_the_end_can_be_corrected_in_the_next_sitting(play):
    play.do(asked.End())
    line = play.keep("Forgot this", Kind.ACTION)
    play.do(asked.Finish(line))
    play.come_back(hours=1)
    play.do(asked.ReopenAction(line))
    assert play.session.captures[line].is_open_action
    play.do(asked.Amend(line, content("Said better")))
    assert (play.texts(), play.session.captures[line].rivals) == (["Said better"], ())
    play.do(asked.Withdraw(line))
    assert play.texts() == []


def test_redo_works_after_the_end_though_the_clock_was_set_back(play):
    line = play.keep("One")
    play.do(asked.End())
    play.do(asked.Undo())
    play.clock.set_wall(-3600)
    play.do(asked.Redo())
    assert play.texts() == ["One"]
    play.do(asked.Amend(line, content("Two")))
    play.clock.set_wall(-3600)
    play.do(asked.Amend(line, content("Three")))
    assert play.texts() == ["Three"]


@pytest.mark.parametrize(
    "elsewhere", [{"by": MENTEE.id, "at": 1.0}, {"at": None}], ids=["another's", "another program's"]
)
def test_what_came_from_elsewhere_is_no_step_to_undo(play, elsewhere):
    play.keep("Send the draft", Kind.ACTION)
    mine = play.keep("mine")
    by, at = elsewhere.get("by", MENTOR.id), elsewhere["at"]
    done = fact(happened.ActionDone(fact_id(2)), 50, at, by=by)
    play.session = apply(play.session, done)
    play.do(asked.Undo())
    assert play.session.facts[-1].what == happened.Undone(mine)
    assert done.id not in play.session.out
