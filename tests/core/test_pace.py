"""Ahead or behind, when it will end, and what must shrink for the closing minutes to hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.building import BEGIN, Play, agenda, fact, kick_off, record, topic
from support.steps import steps

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.agenda import Agenda
from rmsession.core.facts import Allotment
from rmsession.core.fold import session_of
from rmsession.core.pace import Level, Pace, allot, level, pace
from rmsession.core.session import Session


def pace_of(play: Play) -> Pace:
    return pace(play.session, play.now.at, play.now.wall)


def minutes_allotted(plan: Agenda, duration: float | None = None) -> list[float]:
    return [each.seconds / 60 for each in allot(plan, duration)]


def test_a_session_that_keeps_its_time_is_neither_ahead_nor_behind():
    play = Play()
    play.start(must_end=BEGIN + timedelta(minutes=45))
    play.wait(minutes=5)
    play.do(asked.Next())
    play.wait(minutes=3)
    now = pace_of(play)
    assert (now.spent, now.planned, now.behind, now.over) == (480.0, 2700.0, 0.0, 0.0)
    assert now.ends == BEGIN + timedelta(minutes=45)
    assert (now.topic_spent, now.topic_budget, now.topic_left) == (180.0, 600.0, 420.0)
    assert now.protected == 480.0


def test_eighteen_of_45_minutes_one_behind():
    play = Play()
    play.start(must_end=BEGIN + timedelta(minutes=45))
    play.wait(minutes=6)
    play.do(asked.Next())
    play.wait(minutes=10)
    play.do(asked.Next())
    play.wait(minutes=2)
    now = pace_of(play)
    assert (now.spent / 60, now.planned / 60, now.behind / 60) == (18.0, 45.0, 1.0)
    assert now.ends == BEGIN + timedelta(minutes=46)
    assert now.over == 60.0


def test_an_overrun_counts_up_and_puts_the_session_behind_minute_by_minute():
    play = Play()
    play.start()
    play.wait(minutes=7)
    now = pace_of(play)
    assert (now.topic_left, now.level, now.behind, now.over) == (-120.0, Level.OVER, 120.0, None)
    play.wait(minutes=1)
    assert pace_of(play).topic_left == -180.0
    assert pace_of(play).ends - play.now.wall == timedelta(minutes=40)


@pytest.mark.parametrize(
    ("ask", "behind"),
    [
        (asked.Next(), -300),
        (asked.Extend(5), 300),
        (asked.Extend(-2), -120),
        (asked.Park(), -300),
        (asked.AddTopic(title=topic("Phones").title, minutes=4), 240),
    ],
    ids=["done early", "extended", "shortened", "parked", "added"],
)
def test_what_moves_the_projected_end(ask, behind):
    play = Play()
    play.start()
    play.do(ask)
    assert pace_of(play).behind == behind
    assert pace_of(play).ends == BEGIN + timedelta(seconds=2700 + behind)


def test_a_pause_moves_the_end_but_charges_nothing():
    play = Play()
    play.start(must_end=BEGIN + timedelta(minutes=45))
    play.do(asked.Pause())
    play.wait(minutes=3)
    now = pace_of(play)
    assert (now.spent, now.behind, now.over) == (0.0, 0.0, 180.0)


def test_topics_in_front_of_the_current_one_take_no_more_time():
    play = Play()
    play.start()
    play.do(asked.Jump(play.id_of("Pick two")))
    assert pace_of(play).ends == BEGIN + timedelta(minutes=20)
    play.do(asked.Jump(play.id_of("Ground")))
    assert pace_of(play).ends == BEGIN + timedelta(minutes=40)


def test_a_topic_brought_back_from_the_parking_lot_is_to_come_again():
    play = Play()
    play.start()
    play.do(asked.Park())
    play.do(asked.Next())
    behind = pace_of(play).behind
    play.do(asked.Unpark(play.id_of("Hello")))
    assert pace_of(play).behind == behind + 300
    assert play.session.following(play.session.current).title.raw == "Hello and role swap"


def test_before_the_start_there_is_no_pace():
    now = pace(session_of(record()), 0.0, BEGIN)
    assert (now.planned, now.spent, now.behind, now.ends, now.protected) == (0, 0, 0, BEGIN, 0)


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (600, Level.CALM), (121, Level.CALM), (120, Level.SOON), (31, Level.SOON), (30, Level.LAST), (0.1, Level.LAST),
        (0, Level.OVER), (-60, Level.OVER),
    ],
)  # fmt: skip
def test_warnings_come_at_a_fifth_and_at_a_twentieth_of_the_time_box(left, told):
    assert level(600, left) is told


def test_the_projected_end_is_a_local_time_even_where_summer_time_ends():
    zone = ZoneInfo("Europe/Berlin")
    wall = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).astimezone(zone)
    session = session_of(
        record(facts=(fact(happened.Started(kick_off().topics[0].id, allot(kick_off(), None)), 1, 0.0),))
    )
    session = session_of(record(facts=(*session.facts, fact(happened.MustEndSet(wall), 2, 0.0))))
    now = pace(session, 0.0, wall)
    assert now.over == 2700.0
    assert now.ends.utcoffset() == timedelta(hours=1)
    assert (now.ends.hour, now.ends.minute) == (2, 15)


@pytest.mark.parametrize(
    ("minutes", "stated", "duration", "given"),
    [
        ((5, 10), None, None, [5, 10]),
        ((5, 10), 60, None, [5, 10]),
        ((5, None, None), 45, None, [5, 20, 20]),
        ((5, None, None), 45, 25, [5, 10, 10]),
        ((None, None), None, None, [22.5, 22.5]),
        ((None, None), None, 10, [5, 5]),
        ((40, None), 30, None, [40, 1]),
        ((40, None), None, None, [40, 1]),
        ((0, 10), None, None, [0, 10]),
        ((-5, 1e9), None, None, [0, 1440]),
        ((float("inf"), float("nan")), None, None, [0, 0]),
        ((None,), 1e9, None, [1440]),
        ((), None, None, []),
    ],
)
def test_minutes_are_shared_out_when_a_session_starts(minutes, stated, duration, given):
    plan = agenda(*((f"Topic {place}", each) for place, each in enumerate(minutes)), stated_minutes=stated)
    assert minutes_allotted(plan, duration) == given


def test_a_share_is_whole_seconds():
    assert {each.seconds for each in allot(agenda("One", ("Two", None), ("Three", None), ("Four", None)), 20)} == {
        600,
        200,
    }


def long_session(topics: int, stretches: int) -> Session:
    """A session through so many topics in so many stretches, with a pause in every seventh."""
    plan = agenda(*(f"Topic {number}" for number in range(topics)))
    events = [(0.0, happened.Started(plan.topics[0].id, allot(plan, None), BEGIN + timedelta(hours=2)))]
    for number in range(1, stretches):
        events.append((number * 20.0, happened.TopicEntered(plan.topics[number % topics].id)))
        if number % 7 == 0:
            events += [(number * 20.0 + 5, happened.Paused(number * 20.0 + 5)), (number * 20.0 + 9, happened.Resumed())]
    facts = tuple(fact(what, seq, at) for seq, (at, what) in enumerate(events, 1))
    return session_of(record(plan, facts=facts))


def test_sixty_topics_two_hundred_stretches_and_thirty_pauses_are_told_within_a_frame():
    session = long_session(60, 200)
    assert (len(session.spans), len(session.pauses)) == (200, 28)
    # 10,000 steps, which took 0.5 ms where it was measured; work per topic and stretch would be 12,000 more.
    assert steps(lambda: pace(session, 5000.0, BEGIN)) < 15_000


def test_an_allotment_says_which_topic_it_is_for():
    assert allot(agenda(("One", 5)), None) == (Allotment(agenda("One").topics[0].id, 300),)
