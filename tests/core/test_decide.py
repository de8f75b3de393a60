"""What each request about the course of a session comes to, and why some are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.building import BEGIN, DEVICE, MENTEE, MENTOR, Play, agenda, fact_id, kick_off, topic

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.commands_sitting import OpenSitting, SetMustEnd, SetPrepared
from rmsession.core.decide import Now, stamp
from rmsession.core.decision import Decision
from rmsession.core.facts import Allotment
from rmsession.core.legal import LEGAL
from rmsession.core.terms import Audience, Kind, Phase
from rmsession.core.text import UserText

NAN, INF = float("nan"), float("inf")
TITLES = [each.title.raw for each in kick_off().topics]


@pytest.fixture
def play():
    play = Play()
    play.start()
    return play


def titles(play: Play) -> list[str]:
    return [each.title.raw for each in play.session.topics]


def test_starting_shares_out_the_time_and_turns_to_the_first_topic():
    play = Play(agenda(("One", 5), ("Two", None)))
    started = play.start(duration_minutes=20, must_end=BEGIN + timedelta(minutes=30)).what
    assert started == happened.Started(
        play.id_of("One"),
        (Allotment(play.id_of("One"), 300), Allotment(play.id_of("Two"), 900)),
        BEGIN + timedelta(minutes=30),
    )
    assert play.session.topic.title.raw == "One"


def test_an_agenda_without_topics_is_refused_with_a_way_to_mend_it():
    assert "## Check-in (5 min)" in Play(agenda()).refusal(asked.Start())


@pytest.mark.parametrize("minutes", [0.0, -1.0, 1441.0, NAN, INF])
def test_a_duration_that_cannot_be_is_refused(minutes):
    assert "between 1 minute and a day" in Play().refusal(asked.Start(minutes))


@pytest.mark.parametrize("ask", [asked.Start, SetMustEnd, OpenSitting])
def test_a_time_to_end_by_without_a_zone_is_refused(ask, play):
    play = Play() if ask is asked.Start else play
    assert "time zone" in play.refusal(ask(must_end=BEGIN.replace(tzinfo=None)))


def test_a_time_to_end_by_that_has_passed_is_refused_and_none_takes_it_back(play):
    assert "passed" in play.refusal(SetMustEnd(BEGIN))
    play.do(SetMustEnd(BEGIN + timedelta(minutes=40)))
    assert play.session.must_end == BEGIN + timedelta(minutes=40)
    play.do(SetMustEnd(None))
    assert play.session.must_end is None


def test_a_time_to_end_by_said_before_the_start_holds():
    play = Play()
    play.do(SetMustEnd(BEGIN + timedelta(minutes=40)))
    play.wait(minutes=3)
    play.start()
    assert play.session.must_end == BEGIN + timedelta(minutes=40)
    assert play.session.run(play.at) == 0.0


def test_next_walks_through_to_the_closing_and_back_returns(play):
    walked = []
    for _ in TITLES:
        walked.append(play.session.topic.title.raw)
        play.do(asked.Next())
    assert walked == TITLES
    assert (play.session.phase, len(play.session.done)) == (Phase.CLOSING, 4)
    assert play.do(asked.Back()).what == happened.ClosingLeft()
    assert play.do(asked.Back()).what == happened.TopicEntered(play.id_of("Pick"))
    for _ in range(3):
        play.do(asked.Back())
    assert play.refusal(asked.Back()) == "This is the first topic."


def test_jumping(play):
    assert play.refusal(asked.Jump("nonsense")) == "There are 5 topics: type the number of one."
    assert play.refusal(asked.Jump(play.id_of("Hello"))) == "That is the current topic."
    play.do(asked.Park(play.id_of("Where")))
    play.do(asked.Jump(play.id_of("Where")))
    assert not play.session.parked


@pytest.mark.parametrize("minutes", [0.0, NAN, INF, -INF, 1440.1, -1e9])
def test_minutes_that_cannot_be_are_no_extension(play, minutes):
    assert play.refusal(asked.Extend(minutes)) == "Type the minutes, such as /+5 or /-2."


def test_a_time_box_is_shortened_to_nothing_at_most(play):
    assert play.do(asked.Extend(-99)).what.seconds == -300.0
    assert play.refusal(asked.Extend(-1)) == "This topic has no minutes left to take."
    assert play.do(asked.Extend(1, play.id_of("Pick"))).what == happened.Extended(play.id_of("Pick"), 60.0)
    assert play.refusal(asked.Extend(1, "nonsense")) == "There is no such topic."


def test_parking_the_current_topic_turns_to_the_following_one_or_else_to_the_one_before():
    play = Play(agenda("A", "B", "C"))
    play.start()
    play.do(asked.Jump(play.id_of("C")))
    assert play.do(asked.Park()).what == happened.TopicParked(play.id_of("C"), play.id_of("B"))
    assert play.do(asked.Park(play.id_of("A"))).what == happened.TopicParked(play.id_of("A"))
    assert "/close" in play.refusal(asked.Park())


def test_what_cannot_be_parked_or_brought_back(play):
    assert "protected" in play.refusal(asked.Park(play.id_of("First action")))
    assert play.refusal(asked.Park("nonsense")) == "There is no such topic."
    play.do(asked.Park(play.id_of("Where")))
    assert play.refusal(asked.Park(play.id_of("Where"))) == "That topic is parked."
    play.do(asked.Next())
    assert play.refusal(asked.Park(play.id_of("Hello"))) == "That topic is done."
    assert play.refusal(asked.Unpark(play.id_of("Hello"))) == "That topic is not parked."


@pytest.mark.parametrize(
    ("title", "by", "order"),
    [("Where", 1, "HGPWF"), ("Where", -1, "HWGPF"), ("First", -3, "HFGWP"), ("Ground", 3, "HWPFG")],
)
def test_what_is_to_come_can_be_moved(play, title, by, order):
    play.do(asked.Move(play.id_of(title), by))
    assert "".join(each[0] for each in titles(play)) == order


def test_moving_goes_around_what_is_not_to_come(play):
    play.do(asked.Jump(play.id_of("Where")))
    play.do(asked.Move(play.id_of("Ground"), 1))
    assert titles(play) == [TITLES[place] for place in (0, 3, 2, 1, 4)]


@pytest.mark.parametrize("by", [0, -1, 4, 10**30])
def test_nothing_is_moved_beyond_what_is_to_come(play, by):
    assert play.refusal(asked.Move(play.id_of("Ground"), by)) == "It cannot be moved further."
    assert play.refusal(asked.Move(play.id_of("Hello"), 1)) == "Only a topic that is to come can be moved."


def test_a_topic_is_added_behind_the_current_one_also_twice(play):
    for _ in range(2):
        play.do(asked.AddTopic(UserText("Passwords"), 5))
    assert titles(play)[:4] == ["Hello and role swap", "Passwords", "Passwords", "Ground rules"]
    assert len(set(play.session.budgets)) == 7


@pytest.mark.parametrize(("title", "minutes"), [(" ", 5), ("Passwords", 0), ("Passwords", NAN), ("Passwords", 1441)])
def test_a_topic_needs_a_title_and_minutes_that_can_be(play, title, minutes):
    assert play.refusal(asked.AddTopic(UserText(title), minutes)).startswith(("Type a title", "A time-box is between"))


def test_ticks_go_back_and_forth(play):
    prompt = play.session.topics[0].prompts[0].id
    assert [play.do(asked.Tick(prompt)).what.done for _ in range(3)] == [True, False, True]
    assert play.refusal(asked.Tick("nonsense")) == "There is no such prompt."


@pytest.mark.parametrize(("ago", "since"), [(0, 600.0), (4, 360.0), (10, 0.0), (1440, 0.0)])
def test_a_pause_since_some_minutes_ago_begins_in_this_sitting(play, ago, since):
    play.wait(minutes=10)
    assert play.do(asked.Pause(ago)).what == happened.Paused(since)


@pytest.mark.parametrize("ago", [-1, 1441, NAN, INF])
def test_minutes_ago_that_cannot_be_are_refused(play, ago):
    assert "/pause 6" in play.refusal(asked.Pause(ago))


@pytest.mark.parametrize("seconds", [-1.0, NAN, INF])
def test_time_away_that_cannot_be_is_refused(play, seconds):
    assert play.refusal(asked.SettleGap(seconds, counted=True)) == "Time away cannot be negative."


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ([], "not started"),
        ([asked.Start()], "running"),
        ([asked.Start(), asked.Close()], "closing"),
        ([asked.Start(), asked.End()], "over"),
    ],
)
def test_what_is_not_legal_is_refused_by_the_phase(way, words):
    play = Play()
    for command in way:
        play.do(command)
    assert play.refusal(asked.Resume()) == f"Not while the session is {words}."


def test_what_is_not_legal_while_paused_is_refused_by_the_phase(play):
    play.do(asked.Pause())
    assert play.refusal(asked.Pause()) == "Not while the session is paused."


def test_an_ended_session_takes_corrections_and_what_is_pending_and_can_be_reopened():
    late = LEGAL[Phase.ENDED]
    assert late >= {
        asked.Amend,
        asked.Withdraw,
        asked.Finish,
        asked.ReopenAction,
        asked.GiveFeedback,
        asked.SetNextDate,
    }
    assert late >= {OpenSitting, asked.Keep, asked.Undo, asked.Redo}
    assert not late & {asked.Next, asked.Pause, asked.Extend, asked.Park, asked.SettleGap, asked.GoOffRecord, asked.End}


def test_a_fact_says_who_when_on_which_device_and_comes_behind_all_that_was_seen(play):
    play.wait(minutes=2)
    kept = play.do(asked.Keep(Kind.NOTE, happened.Content(UserText("x"))), by=MENTEE.id)
    assert (kept.id, kept.by, kept.device, kept.seq, kept.at) == (fact_id(2), MENTEE.id, DEVICE, 2, 120.0)
    assert kept.wall == BEGIN + timedelta(minutes=2)
    decision = Decision(happened.Resumed(), Audience.MENTOR)
    behind = stamp(decision, play.session, Now(60.0, BEGIN), by=MENTOR.id, device="lap", fact_id="x")
    assert (behind.seq, behind.at, behind.audience) == (3, 120.0, Audience.MENTOR)


def test_after_the_end_only_the_fact_that_reopens_has_session_seconds(play):
    play.wait(minutes=1)
    ended = play.do(asked.End())
    play.wait(minutes=1)
    assert ended.at == 60.0
    assert play.do(SetPrepared(prepared=True)).at is None
    assert play.come_back(hours=20).at == 60.0
    assert play.do(asked.Next()).at == 60.0


def test_a_private_topic_is_an_ordinary_one_for_the_clock():
    play = Play(agenda(topic("Pay", private=True)))
    play.start()
    play.wait(minutes=1)
    assert play.spent("Pay") == 60.0
