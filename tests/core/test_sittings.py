"""One session, several days: nothing in between counts, and nothing that counted is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.building import BEGIN, Play

from rmsession.core import commands as asked
from rmsession.core.terms import Phase
from rmsession.core.terms import TopicState as S


@pytest.fixture
def play():
    play = Play()
    play.start()
    return play


def test_another_day_is_another_sitting_of_the_same_session(play):
    play.wait(minutes=4)
    play.do(asked.Next())
    play.wait(minutes=5)
    play.do(asked.End())
    tomorrow = BEGIN + timedelta(days=1)
    play.come_back(hours=23, must_end=tomorrow)
    assert (play.session.phase, play.session.ended, play.session.must_end) == (Phase.RUNNING, None, tomorrow)
    assert (play.session.topic.title.raw, play.session.off_record) == ("Ground rules", False)
    play.wait(minutes=2)
    assert (play.spent("Hello"), play.spent("Ground"), play.session.run(play.at)) == (240.0, 420.0, 660.0)
    assert [sitting.opened.day for sitting in play.session.sittings] == [21, 22]
    play.do(asked.Pause(minutes_ago=60))
    assert play.session.run(play.at) == 540.0


def test_a_session_that_crashed_is_taken_up_without_an_end(play):
    play.do(asked.Pause())
    play.wait(minutes=3)
    play.come_back(hours=20)
    play.wait(minutes=1)
    assert (play.session.phase, play.session.run(play.at), play.session.must_end) == (Phase.RUNNING, 60.0, None)
    assert all(sitting.end is not None for sitting in play.session.sittings[:-1])


def test_what_ran_between_the_last_fact_and_the_last_sign_of_life_counts(play):
    play.wait(minutes=3)
    play.come_back(hours=20)
    assert play.session.run(play.at) == 180.0


def test_a_session_ended_in_its_closing_is_reopened_at_its_last_topic(play):
    play.do(asked.Jump(play.id_of("First action")))
    play.do(asked.Close())
    play.do(asked.End())
    assert play.session.state(play.id_of("First action")) is S.DONE
    play.come_back(hours=1)
    assert play.session.state(play.id_of("First action")) is S.NOW
