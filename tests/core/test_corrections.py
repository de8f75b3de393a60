"""Keeping lines and correcting them: what is granted, for whom, and why not."""

from __future__ import annotations

import pytest
from support.building import BEGIN, MENTEE, Play, agenda, content, fact, topic

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.commands_sitting import SetPrepared
from rmsession.core.fold import apply
from rmsession.core.terms import ActionStatus, Audience, Kind, Role
from rmsession.core.text import UserText


@pytest.fixture
def play():
    play = Play()
    play.start()
    return play


def test_a_line_is_kept_under_the_current_topic_or_the_one_named(play):
    here, there = play.keep("Here"), play.keep("There", topic=play.id_of("Pick"))
    lost = play.keep("Lost", topic="nonsense")
    captures = play.session.captures
    assert captures[here].topic == play.id_of("Hello")
    assert captures[there].topic == play.id_of("Pick")
    assert captures[lost].topic is None


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_there_must_be_something_to_keep(play, text):
    assert play.refusal(asked.Keep(Kind.NOTE, content(text))) == "There is nothing to keep yet."


def test_a_line_may_be_kept_after_the_end(play):
    play.do(asked.End())
    line = play.keep("Forgot this")
    assert (play.session.captures[line].at, play.session.captures[line].topic) == (None, play.id_of("Hello"))


@pytest.mark.parametrize(
    ("title", "private", "by", "audience"),
    [
        ("Open", False, None, Audience.SHARED),
        ("Open", True, None, Audience.MENTOR),
        ("Open", True, MENTEE.id, Audience.MENTEE),
        ("Pay", False, None, Audience.MENTOR),
        ("Pay", True, MENTEE.id, Audience.MENTEE),
    ],
)
def test_who_may_see_a_line(title, private, by, audience):
    play = Play(agenda("Open", topic("Pay", private=True)))
    play.start()
    line = play.keep("x", by=by, private=private, topic=play.id_of(title))
    assert play.session.captures[line].audience is audience


def test_what_is_said_of_a_private_line_is_private(play):
    line = play.keep("x", Kind.ACTION, private=True)
    for ask in (
        asked.Amend(line, content("y")),
        asked.MoveCapture(line, play.id_of("Pick")),
        asked.Accept(line),
        asked.Drop(line, UserText("because")),
        asked.ReopenAction(line),
        asked.Finish(line),
        asked.Undo(),
        asked.Redo(),
        asked.Reclassify(line, Kind.NOTE),
        asked.Withdraw(line),
    ):
        assert play.do(ask).audience is Audience.MENTOR


def test_a_line_can_be_made_private_and_shared_again(play):
    line = play.keep("x")
    assert play.do(asked.SetAudience(line, Audience.MENTOR)).audience is Audience.MENTOR
    assert not play.session.captures[line].shared
    assert play.refusal(asked.SetAudience(line, Audience.MENTOR)) == "It is so already."
    play.do(asked.SetAudience(line, Audience.SHARED))
    assert play.session.captures[line].shared


def test_corrections_that_change_nothing_are_refused(play):
    line = play.keep("x")
    for ask in (
        asked.Amend(line, content("x")),
        asked.Amend(line, content(" ")),
        asked.Reclassify(line, Kind.NOTE),
        asked.Finish(line),
        asked.Drop(line),
        asked.ReopenAction(line),
        SetPrepared(prepared=None),
    ):
        assert play.refusal(ask)
    assert play.session.captures[line].content == content("x")
    assert play.refusal(asked.MoveCapture(line, play.id_of("Hello"))) == "It is under that topic already."
    assert play.refusal(asked.MoveCapture(line, "nonsense")) == "There is no such topic."


def test_what_was_withdrawn_takes_no_more_corrections(play):
    line = play.keep("x", Kind.ACTION)
    play.do(asked.Withdraw(line))
    for ask in (asked.Amend(line, content("y")), asked.Finish(line), asked.Accept("nonsense"), asked.Withdraw(line)):
        assert play.refusal(ask) == "That line is no longer there."


def test_the_life_of_an_action(play):
    line = play.keep("x", Kind.ACTION)
    assert play.refusal(asked.ReopenAction(line)) == "That action is open."
    play.do(asked.Finish(line))
    assert play.refusal(asked.Finish(line)) == play.refusal(asked.Drop(line)) == "That is not an open action."
    play.do(asked.ReopenAction(line))
    play.do(asked.Drop(line, UserText("No longer needed")))
    assert play.session.captures[line].status is ActionStatus.DROPPED


def test_amending_settles_the_rivals_that_were_seen(play):
    line = play.keep("x")
    play.do(asked.Amend(line, content("mine")))
    yours = fact(happened.Amended(line, line, content("yours")), 3, 0.0, id="yours", device="lap", by=MENTEE.id)
    play.session = apply(play.session, yours)
    assert play.session.captures[line].rivals == (content("mine"),)
    play.do(asked.Amend(line, content("yours")))
    assert (play.session.captures[line].rivals, play.session.captures[line].content) == ((), content("yours"))
    assert play.refusal(asked.Amend(line, content("yours"))) == "Nothing was changed."


def test_a_form_may_be_given_again(play):
    for visibility in happened.Visibility:
        form = happened.FeedbackGiven(Role.MENTEE, (), visibility, happened.Via.SCREEN)
        play.do(asked.GiveFeedback(form))
        assert play.session.forms[Role.MENTEE] == form


def test_the_next_date_is_kept_in_local_time_with_its_zone(play):
    play.do(asked.SetNextDate(BEGIN, "Europe/Berlin"))
    assert play.session.next_date == happened.NextDateSet(BEGIN, "Europe/Berlin")
