"""How regularly a pair meets: which date waits, what is usual, and what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import BEGIN, ZONE, Play, record

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.cadence import Cadence, agreed, cadence, unless_changed
from rmsession.core.decision import Refusal
from rmsession.core.lists import Meeting, Summary
from rmsession.core.review import summary_of
from rmsession.core.terms import Fate

PLAIN = summary_of(Play(record()).session)
DAYS = st.lists(st.integers(0, 400), min_size=1, max_size=8)


def on(day: int, hour: int = 0) -> datetime:
    """So many days after the first session."""
    return BEGIN + timedelta(days=day, hours=hour)


def met(day: int, *meetings: tuple[int, Fate | None]) -> Summary:
    """A session on that day, and the dates agreed in it."""
    made = tuple(Meeting(on(when), ZONE, fate) for when, fate in meetings)
    return replace(PLAIN, id=f"session-{day:03}", started=on(day), meetings=made)


def flags(*sessions: Summary, today: int) -> tuple[str, ...]:
    return cadence(sessions, on(today)).flags


def test_nobody_who_has_not_met_is_told_anything():
    assert cadence([], BEGIN) == Cadence()
    assert agreed([replace(PLAIN, started=None)]) is None
    assert cadence([replace(PLAIN, started=None)], BEGIN).flags == ()


class TestInterval:
    def test_it_is_the_usual_gap_from_the_second_gap_on(self):
        assert cadence([met(0), met(7), met(28)], on(28)).interval == 14
        assert cadence([met(0), met(14), met(28), met(90)], on(90)).interval == 14

    def test_before_that_it_is_what_was_agreed_in_the_last_session(self):
        assert cadence([met(0), met(14, (28, Fate.CANCELLED), (60, None))], on(20)).interval == 14
        assert cadence([met(0), met(14)], on(20)).interval is None

    def test_a_date_that_was_held_elsewhere_is_a_session(self):
        assert cadence([met(0, (10, Fate.HELD), (20, Fate.HELD))], on(25)).interval == 10
        assert cadence([met(0, (10, Fate.HELD))], on(25)).since == 15

    def test_two_sittings_of_a_day_are_no_gap(self):
        same = replace(met(14), id="other", started=on(14, 3))
        assert cadence([met(0), met(14), same, met(28)], on(28)).interval == 14


class TestGap:
    def test_it_is_told_in_numbers_beyond_one_and_a_half_intervals(self):
        often = met(0), met(14), met(28)
        assert flags(*often, today=28 + 21) == ()
        assert flags(*often, today=28 + 22) == ("22 days since the last session, usually 14",)
        assert flags(*often, today=28 + 31) == ("31 days since the last session, usually 14",)

    def test_a_date_ahead_within_that_time_keeps_it_quiet_and_one_beyond_does_not(self):
        often = met(0), met(14)
        assert flags(*often, met(28, (28 + 21, None)), today=28 + 20) == ()
        assert flags(*often, met(28, (28 + 35, None)), today=29) == (
            "35 days from the last session to the next, usually 14",
        )
        assert flags(*often, met(28, (28 + 14, None)), today=28 + 30) == ("30 days since the last session, usually 14",)

    def test_after_one_session_it_is_measured_by_what_was_agreed(self):
        once = met(0, (14, Fate.CANCELLED))
        assert flags(once, today=22) == ("22 days since the last session, 14 were agreed",)

    def test_the_day_is_the_one_here(self):
        late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
        here = late + timedelta(hours=10)
        far_east = replace(met(0), started=late)
        zone = BEGIN.tzinfo
        assert cadence([far_east], here.astimezone(zone)).last == date(2027, 1, 1)


class TestCancelled:
    def test_two_in_a_row_are_told(self):
        assert flags(met(0, (7, Fate.CANCELLED)), today=8) == ()
        twice = met(0, (7, Fate.CANCELLED), (9, Fate.CANCELLED))
        assert flags(twice, today=10) == ("2 dates cancelled in a row",)

    def test_one_that_moved_does_not_break_the_row(self):
        row = met(0, (7, Fate.CANCELLED), (9, Fate.MOVED), (10, Fate.CANCELLED))
        assert flags(row, today=10) == ("2 dates cancelled in a row",)

    @pytest.mark.parametrize(
        "sessions",
        [
            (met(0, (7, Fate.CANCELLED), (9, Fate.HELD), (12, Fate.CANCELLED)),),
            (met(0, (7, Fate.CANCELLED)), met(8, (12, Fate.CANCELLED))),
            (met(0, (7, Fate.CANCELLED), (9, Fate.CANCELLED)), met(10)),
        ],
        ids=["held between", "session between", "session after"],
    )
    def test_meeting_breaks_it(self, sessions):
        assert flags(*sessions, today=13) == ()


class TestAgreed:
    def test_it_is_that_of_the_latest_session_that_has_an_open_one(self):
        older, newer = met(0, (30, None)), met(14, (21, Fate.CANCELLED))
        found = agreed([newer, older])
        assert found is not None
        assert (found.session, found.days(on(28))) == (older.id, 2)
        assert agreed([newer]) is None

    def test_one_before_the_day_of_the_latest_session_is_asked_about_no_more(self):
        assert agreed([met(0, (14, None)), met(15)]) is None
        found = agreed([met(0, (14, None)), met(14)])
        assert found
        assert found.meeting.fate is None

    def test_days_are_counted_where_it_was_agreed(self):
        tokyo = replace(met(0), meetings=(Meeting(datetime(2026, 12, 1, 20, tzinfo=UTC), "Asia/Tokyo"),))
        found = agreed([tokyo])
        assert found is not None
        assert found.days(datetime(2026, 12, 1, 14, tzinfo=UTC)) == 1
        assert found.days(datetime(2026, 12, 1, 16, tzinfo=UTC)) == 0

    def test_the_facts_of_a_record_lead_to_it(self):
        play = Play()
        play.start()
        play.do(asked.SetNextDate(on(7), ZONE))
        play.do(between.SettleNextDate(Fate.CANCELLED, None, ZONE))
        assert agreed([summary_of(play.session)]) is None
        play.do(asked.SetNextDate(on(9), ZONE))
        play.do(between.SettleNextDate(Fate.MOVED, on(10), ZONE))
        found = agreed([summary_of(play.session)])
        assert found is not None
        assert found.meeting.when == on(10)
        play.do(between.SettleNextDate(Fate.CANCELLED, None, ZONE))
        assert cadence([summary_of(play.session)], on(11)).cancelled == 2


def test_what_is_said_of_a_date_is_said_of_no_other():
    play = Play()
    play.start()
    play.do(asked.SetNextDate(on(7), ZONE))
    waits = agreed([summary_of(play.session)])
    command = between.SettleNextDate(Fate.HELD, None, ZONE)
    assert unless_changed(waits, command)(play.session) is command
    play.do(asked.SetNextDate(on(8), ZONE))
    assert unless_changed(waits, command)(play.session) == Refusal("The date was changed meanwhile.")
    assert unless_changed(None, command)(play.session) is command


@given(DAYS, st.integers(0, 500), st.randoms())
def test_the_order_of_the_sessions_does_not_matter(days, today, chance):
    sessions = [met(day, (day + 14, None)) for day in days]
    shuffled = sorted(sessions, key=lambda _: chance.random())
    assert cadence(sessions, on(today)) == cadence(shuffled, on(today))
    assert agreed(sessions) == agreed(shuffled)


@given(st.integers(1, 60), st.integers(3, 8), st.data())
def test_who_keeps_to_an_interval_is_left_alone_until_the_gap_is_over_one_and_a_half(every, count, data):
    last = every * (count - 1)
    sessions = [met(every * number) for number in range(count)]
    late = data.draw(st.integers(0, 4 * every))
    found = cadence(sessions, on(last + late))
    assert found.interval == every
    assert found.overdue == (late > 1.5 * every)
    assert bool(found.flags) == found.overdue


@given(DAYS, st.integers(0, 300), st.integers(0, 300))
def test_a_gap_once_told_stays_told_until_they_meet(days, today, more):
    sessions = [met(day) for day in days]
    before, after = (cadence(sessions, on(max(days) + late)) for late in (today, today + more))
    assert after.overdue >= before.overdue
    assert not cadence([*sessions, met(max(days) + today)], on(max(days) + today)).overdue


@given(st.lists(st.integers(0, 400), min_size=3, max_size=9, unique=True))
def test_the_interval_is_the_median_of_the_gaps(days):
    found = cadence([met(day) for day in days], on(400))
    days = sorted(days)
    assert found.interval == median([later - earlier for earlier, later in pairwise(days)])


@given(st.lists(st.sampled_from([*Fate, None]), max_size=6))
def test_a_row_of_cancelled_dates_ends_at_the_last_that_was_held(fates):
    settled = [(number + 1, fate) for number, fate in enumerate(fates)]
    since = fates[len(fates) - fates[::-1].index(Fate.HELD) :] if Fate.HELD in fates else fates
    assert cadence([met(0, *settled)], on(7)).cancelled == since.count(Fate.CANCELLED)
