"""When the pair meets next, in words."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import BEGIN

from rmsession.core.lists import Meeting
from rmsession.core.meeting import far, placed, read_meeting, weeks_on, zone_named

BERLIN, YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
ZONES = ("Europe/Berlin", "America/New_York", "America/Argentina/Buenos_Aires", "UTC", "Etc/UTC", "US/Eastern")


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("tue 15:00", "2026-11-24T15:00:00+01:00"),
        ("Tuesday at 3 pm", "2026-11-24T15:00:00+01:00"),
        ("3pm tue", "2026-11-24T15:00:00+01:00"),
        ("sat 12am", "2026-11-28T00:00:00+01:00"),
        ("today 17h30", "2026-11-21T17:30:00+01:00"),
        ("1 dec, 15.00", "2026-12-01T15:00:00+01:00"),
        ("+2w 15:00", "2026-12-05T15:00:00+01:00"),
        ("2w 9:05", "2026-12-05T09:05:00+01:00"),
        ("2026-12-01T15:00", "2026-12-01T15:00:00+01:00"),
        ("2026-12-01 15:00", "2026-12-01T15:00:00+01:00"),
        ("2026-12-01T15:00Z", "2026-12-01T16:00:00+01:00"),
        ("2027-07-01 15:00", "2027-07-01T15:00:00+02:00"),
    ],
)
def test_days_and_times_as_people_type_them(words, when):
    assert read_meeting(words, BEGIN, BERLIN).isoformat() == when


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Type a day"),
        ("tue", "Add the time"),
        ("2026-12-01", "Add the time"),
        ("15:00", "Add the day"),
        ("12/3 15:00", "Add the day"),
        ("tue 25:00", "no such time"),
        ("tue 15:60", "no such time"),
        ("tue 13pm", "no such time"),
        ("today 13:00", "passed already"),
        ("yesterday 10:00", "passed already"),
        ("2026-13-40 10:00", "no such day"),
        ("30 feb 10:00", "no such day"),
        ("mon 1 dec 10:00", "no such day"),
        ("28 mar 2027 02:30", "clocks go forward"),
        ("2026-12-01 15:00 or 16:00", "Add the day"),
    ],
)
def test_what_is_no_moment_says_what_is_missing(words, why):
    assert why in read_meeting(words, BEGIN, BERLIN)


def test_today_is_the_day_of_the_zone_asked_for():
    late = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    assert read_meeting("today 23:00", late, YORK).isoformat() == "2026-11-20T23:00:00-05:00"


@given(st.text(max_size=40))
def test_nothing_typed_is_ever_an_error(words):
    heard = read_meeting(words, BEGIN, BERLIN)
    assert isinstance(heard, str) or heard > BEGIN


@given(st.integers(0, 24 * 60 - 1), st.integers(1, 8))
def test_some_weeks_on_is_the_same_weekday_at_a_quarter_of_an_hour(minute, weeks):
    now = datetime(2026, 10, 14, tzinfo=BERLIN) + timedelta(minutes=minute)
    then = weeks_on(now, now, weeks, BERLIN)
    assert then.date() == now.date() + timedelta(weeks=weeks)
    assert then.minute % 15 == 0
    assert then.utcoffset() == then.astimezone(BERLIN).utcoffset()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("nowhere", None),
        ("", None),
    ],
)
def test_a_zone_goes_by_its_name_or_its_city(words, name):
    assert zone_named(words, ZONES) == name


def test_a_city_that_several_zones_are_named_after_is_not_guessed():
    assert zone_named("eastern", ("US/Eastern", "Canada/Eastern")) is None
    assert zone_named("berlin", available_timezones()) == "Europe/Berlin"


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("thu", "2026-11-26T15:30:00+01:00"),
        ("2026-12-01", "2026-12-01T15:30:00+01:00"),
        ("thu 9:00", "2026-11-26T09:00:00+01:00"),
    ],
)
def test_a_day_alone_keeps_the_usual_time_where_there_is_one(words, when):
    assert read_meeting(words, BEGIN, BERLIN, time(15, 30)).isoformat() == when


def test_a_usual_time_makes_no_day():
    assert "Add the day" in read_meeting("sometime", BEGIN, BERLIN, time(15, 30))


@pytest.mark.parametrize(
    ("when", "zone", "there"),
    [
        (datetime(2026, 12, 1, 14, tzinfo=UTC), "Europe/Berlin", "2026-12-01T15:00:00+01:00"),
        (datetime(2026, 12, 1, 14), "Europe/Berlin", "2026-12-01T14:00:00+01:00"),  # noqa: DTZ001 - from elsewhere
        (datetime(2026, 12, 1, 14), "No/Where", "2026-12-01T14:00:00+00:00"),  # noqa: DTZ001 - from elsewhere
        (datetime(2026, 12, 1, 14, tzinfo=UTC), "No/Where", "2026-12-01T14:00:00+00:00"),
        (datetime.max.replace(tzinfo=UTC), "Asia/Tokyo", "9999-12-31T23:59:59.999999+00:00"),
    ],
)
def test_a_meeting_stands_on_the_clock_of_its_own_zone(when, zone, there):
    assert placed(Meeting(when, zone)).isoformat() == there


@pytest.mark.parametrize(
    ("hours", "words"),
    [(1, "today"), (12, "tomorrow"), (24 * 10, "in 10 days"), (-24, "yesterday"), (-24 * 3, "3 days ago")],
)
def test_how_far_off_it_is(hours, words):
    assert far(BEGIN + timedelta(hours=hours), BEGIN) == words
