"""Sessions as a mentor lives them: what the clock says, which topic has the floor, what stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.building import BEGIN, MENTEE, MENTOR, PAIR, Play, agenda, content, topic

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind
from rmsession.core.clock import Gap
from rmsession.core.commands_sitting import CorrectPair, SetPrepared
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Via, Visibility
from rmsession.core.pace import pace
from rmsession.core.terms import Audience, Kind, Phase, Role, TopicState
from rmsession.core.text import UserText

S = TopicState


@pytest.fixture
def play():
    play = Play()
    play.start()
    return play


def states(play: Play) -> list[TopicState]:
    return [play.session.state(each.id) for each in play.session.topics]


def test_a_kick_off_from_hello_to_the_forms():
    play = Play()
    play.do(SetPrepared(prepared=True))
    play.start(must_end=BEGIN + timedelta(minutes=50))
    play.do(asked.Tick(play.session.topic.prompts[0].id))
    play.wait(minutes=4)
    play.do(asked.Next())
    note = play.keep("Wants fewer dashboards")
    play.wait(minutes=10)
    play.do(asked.Extend(5))
    play.wait(minutes=2)
    play.do(asked.Park(play.id_of("Where")))
    play.do(asked.Next())
    assert play.session.topic.title.raw == "Pick two or three goals"
    play.wait(minutes=3)
    play.do(asked.Jump(play.id_of("Ground")))
    play.wait(minutes=1)
    assert states(play) == [S.DONE, S.NOW, S.PARKED, S.OPEN, S.TO_COME]
    assert play.session.remaining(play.id_of("Ground"), play.at) == 120.0
    play.do(asked.Pause())
    play.wait(minutes=9)
    play.do(asked.Resume())
    play.do(asked.Jump(play.id_of("First action")))
    action = play.keep("Send the draft", Kind.ACTION, owner="Alex", due="2026-11-28")
    play.wait(minutes=8)
    play.do(asked.Next())
    assert play.session.phase is Phase.CLOSING
    play.wait(minutes=2)
    play.do(asked.End())
    assert {each.title.raw: play.spent(each.title.raw) / 60 for each in play.session.topics} == {
        "Hello and role swap": 4,
        "Ground rules": 13,
        "Where you start": 0,
        "Pick two or three goals": 3,
        "First action and feedback": 10,
    }
    assert play.session.run(play.at) == 30 * 60
    assert states(play) == [S.DONE, S.OPEN, S.PARKED, S.OPEN, S.DONE]
    assert play.session.ended == BEGIN + timedelta(minutes=39)
    assert list(play.session.captures) == [note, action]
    assert play.session.captures[note].topic == play.id_of("Ground")
    assert play.session.pending() == ("read-back", "next date", "mentee form", "mentor form")


def test_the_clock_stands_still_after_the_end(play):
    play.wait(minutes=3)
    play.do(asked.End())
    play.wait(minutes=30)
    assert (play.session.run(play.at), play.spent("Hello")) == (180.0, 180.0)
    assert play.session.state(play.id_of("Hello")) is S.OPEN


def test_a_pause_may_begin_before_it_was_thought_of_even_in_an_earlier_topic(play):
    play.wait(minutes=4)
    play.do(asked.Next())
    play.wait(minutes=4)
    play.do(asked.Pause(minutes_ago=6))
    play.wait(minutes=10)
    assert (play.spent("Hello"), play.spent("Ground")) == (120.0, 0.0)
    play.do(asked.Resume())
    play.wait(minutes=1)
    assert (play.spent("Hello"), play.spent("Ground"), play.session.run(play.at)) == (120.0, 60.0, 180.0)


def test_an_overrun_is_a_negative_number_and_an_extension_a_larger_budget(play):
    play.wait(minutes=7, seconds=30)
    topic_id = play.id_of("Hello")
    assert play.session.remaining(topic_id, play.at) == -150.0
    play.do(asked.Extend(5))
    assert play.session.remaining(topic_id, play.at) == 150.0
    assert play.session.allotted[topic_id] == 300.0


def test_while_paused_the_topics_can_be_walked_through_uncharged(play):
    play.do(asked.Pause())
    play.wait(minutes=2)
    play.do(asked.Next())
    assert play.session.phase is Phase.PAUSED
    play.wait(minutes=2)
    play.do(asked.Resume())
    play.wait(minutes=1)
    assert (play.spent("Hello"), play.spent("Ground")) == (0.0, 60.0)


def test_a_pause_is_taken_from_the_topic_in_which_it_was(play):
    for title in ("Hello", "Ground", "Where"):
        play.wait(minutes=1)
        play.do(asked.Pause())
        play.wait(minutes=3)
        play.do(asked.Resume())
        play.wait(minutes=1)
        assert play.spent(title) == 120.0
        play.do(asked.Next())
    assert play.session.times(play.at)[play.id_of("Hello")] == 120.0


def test_closing_goes_on_the_last_topics_time_and_back_again(play):
    play.do(asked.Jump(play.id_of("First action")))
    play.wait(minutes=6)
    play.do(asked.Close())
    play.wait(minutes=3)
    assert play.session.remaining(play.id_of("First action"), play.at) == -60.0
    play.do(asked.Back())
    assert (play.session.phase, play.session.topic.title.raw) == (Phase.RUNNING, "First action and feedback")
    play.do(asked.Close())
    play.do(asked.Jump(play.id_of("First action")))
    assert (play.session.phase, play.session.topic.title.raw) == (Phase.RUNNING, "First action and feedback")
    play.do(asked.Close())
    play.do(asked.Jump(play.id_of("Pick")))
    assert play.session.phase is Phase.RUNNING
    assert play.session.state(play.id_of("First action")) is S.OPEN


def test_a_closing_from_the_middle_runs_on_the_closing_topics_time(play):
    feelings, last = play.id_of("Where"), play.id_of("First action")
    play.do(asked.Jump(feelings))
    play.wait(minutes=4)
    play.do(asked.Close())
    assert (play.session.topic.id, play.session.state(feelings), play.session.state(last)) == (last, S.DONE, S.NOW)
    assert pace(play.session, play.at, play.now.wall).ends == play.now.wall + timedelta(minutes=8)
    note = play.keep("One more thing")
    play.wait(minutes=3)
    assert (play.spent("Where"), play.spent("First action")) == (240.0, 180.0)
    play.do(asked.Back())
    assert (play.session.phase, play.session.topic.id, play.session.state(feelings)) == (Phase.RUNNING, feelings, S.NOW)
    play.wait(minutes=1)
    play.do(asked.Close())
    play.wait(minutes=1)
    play.do(asked.Undo())
    assert (play.session.phase, play.spent("Where"), play.spent("First action")) == (Phase.RUNNING, 360.0, 180.0)
    play.do(asked.Close())
    play.wait(minutes=2)
    play.do(asked.End())
    assert (play.spent("Where"), play.spent("First action"), play.session.run(play.at)) == (360.0, 300.0, 660.0)
    assert (play.session.state(feelings), play.session.state(last)) == (S.DONE, S.DONE)
    assert play.session.captures[note].topic == last


@pytest.mark.parametrize(
    ("marked", "done"), [((), ()), (("Two",), ("Two",))], ids=["no closing topic", "one that is done"]
)
def test_without_a_closing_topic_to_come_it_runs_on_the_time_of_the_one_that_has_the_floor(marked, done):
    play = Play(agenda(*(topic(title, protected=title in marked) for title in ("One", "Two", "Three"))))
    play.start()
    for title in done:
        play.do(asked.Jump(play.id_of(title)))
        play.do(asked.Next())
    at = play.session.topic
    play.do(asked.Close())
    play.wait(minutes=2)
    assert (play.session.topic, play.spent(at.title.raw)) == (at, 120.0)
    play.do(asked.Back())
    assert (play.session.topic, play.session.state(at.id)) == (at, S.NOW)


def test_closing_ends_a_pause(play):
    play.do(asked.Pause())
    play.wait(minutes=2)
    play.do(asked.Close())
    play.wait(minutes=1)
    assert play.session.run(play.at) == 60.0


def test_an_end_within_a_pause_charges_nothing_of_it(play):
    play.wait(minutes=1)
    play.do(asked.Pause())
    play.wait(minutes=8)
    play.do(asked.End())
    assert play.session.run(play.at) == 60.0


@pytest.mark.parametrize(("counted", "charged"), [(True, 840.0), (False, 0.0)])
def test_time_away_is_charged_as_the_mentor_says(play, counted, charged):
    play.wait(minutes=1)
    play.clock.suspend(840)
    gap = play.tick()
    assert isinstance(gap, Gap)
    assert play.session.run(play.at) == 60.0
    play.settle(gap, counted=counted)
    play.wait(minutes=1)
    assert play.session.run(play.at) == 120.0 + charged
    play.do(asked.Next())
    assert play.spent("Hello") == 120.0 + charged


def test_following_skips_what_is_done_or_parked_and_preceding_only_what_is_parked():
    play = Play(agenda("A", "B", "C", "D", "E"))
    play.start()
    play.do(asked.Park(play.id_of("B")))
    play.do(asked.Jump(play.id_of("D")))
    play.do(asked.Next())
    play.do(asked.Jump(play.id_of("C")))
    session = play.session
    assert session.following(play.id_of("C")).title.raw == "E"
    assert session.following(play.id_of("E")) is None
    assert session.preceding(play.id_of("C")).title.raw == "A"
    assert session.preceding(play.id_of("E")).title.raw == "D"
    assert session.preceding(play.id_of("A")) is None
    assert session.following(None).title.raw == "A"
    assert session.preceding(None) is None
    assert session.place("nonsense") == -1


def test_people_have_names_and_sides_also_after_the_pair_was_corrected(play):
    assert play.session.name_of(MENTOR.id).raw == "Robin"
    assert play.session.name_of("nobody") == UserText()
    assert [play.session.role_of(each) for each in (MENTOR.id, MENTEE.id, "nobody")] == [
        Role.MENTOR, Role.MENTEE, Role.MENTOR,
    ]  # fmt: skip
    play.do(CorrectPair("pair-2", MENTOR.id, "person-kim", UserText("Robin"), UserText("Kim")))
    assert play.session.pair.mentee.name.raw == "Kim"
    assert play.session.role_of("person-kim") is Role.MENTEE
    assert play.record.pair == PAIR


def test_what_the_close_asks_about():
    play = Play(agenda("Only", feedback=FeedbackKind.NONE))
    play.start()
    action = play.keep("Send the draft", Kind.ACTION)
    doubtful = play.keep("call 3/4", Kind.NOTE, doubts=("3/4",))
    play.keep("Just a note")
    done = play.keep("Done already", Kind.ACTION)
    play.do(asked.Finish(done))
    assert [each.id for each in play.session.to_read_back()] == [action, doubtful]
    play.do(asked.Accept(action))
    play.do(asked.Withdraw(doubtful))
    assert play.session.pending() == ("next date",)
    play.do(asked.SetNextDate(None, "Europe/Berlin"))
    assert play.session.pending() == ()


def test_a_form_given_or_skipped_is_no_longer_waited_for(play):
    form = FeedbackGiven(Role.MENTEE, (), Visibility.COUNTS, Via.SCREEN)
    play.do(asked.GiveFeedback(form), by=MENTEE.id)
    assert play.session.pending() == ("next date", "mentor form")
    play.do(asked.SkipFeedback(Role.MENTOR))
    assert play.session.pending() == ("next date",)
    assert play.session.forms[Role.MENTEE] == form


def test_captures_stand_in_their_order_by_kind(play):
    first, second = play.keep("One"), play.keep("Two", Kind.IDEA)
    gone = play.keep("Three")
    play.do(asked.Withdraw(gone))
    assert [each.id for each in play.session.standing()] == [first, second]
    assert [each.id for each in play.session.standing(Kind.IDEA, Kind.GOAL)] == [second]
    assert play.session.captures[gone].content == content("Three")


def test_what_is_private_stays_so_in_any_state(play):
    private = play.keep("~", private=True)
    capture = play.session.captures[private]
    assert (capture.audience, capture.stands, capture.shared) == (Audience.MENTOR, True, False)
