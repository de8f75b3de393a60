"""Session seconds on clocks that sleep, stop, jump and are set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import BEGIN, HandClock

from rmsession.core.clock import GAP_SECONDS, FastClock, Gap, Moment, SetBack, SystemClock, Timeline


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def line(clock):
    return Timeline(100.0, clock.now())


def test_time_at_the_table_is_told_between_ticks(clock, line):
    clock.run(1.0)
    line, strange = line.tick(clock.now())
    clock.run(0.5)
    assert (line.at(clock.now()), strange) == (101.5, None)


def test_a_suspended_machine_left_a_gap_though_its_monotonic_clock_stood(clock, line):
    clock.run(1.0)
    line, _ = line.tick(clock.now())
    clock.suspend(14 * 60)
    assert line.at(clock.now()) == 101.0
    line, gap = line.tick(clock.now())
    assert gap == Gap(840.0, BEGIN + timedelta(seconds=1), BEGIN + timedelta(seconds=841))
    assert line.at(clock.now()) == 101.0
    assert line.counting(gap).at(clock.now()) == 941.0


def test_a_stopped_program_left_a_gap_in_which_both_clocks_ran(clock, line):
    clock.run(14 * 60)
    assert line.at(clock.now()) == 100.0
    line, gap = line.tick(clock.now())
    assert gap.seconds == 840.0
    clock.run(3.0)
    assert line.at(clock.now()) == 103.0
    assert line.counting(gap).at(clock.now()) == 943.0


def test_a_gap_may_be_settled_long_after_it_was_noticed(clock, line):
    clock.run(600)
    line, gap = line.tick(clock.now())
    for _ in range(60):
        clock.run(1.0)
        line, strange = line.tick(clock.now())
        assert strange is None
    assert line.counting(gap).at(clock.now()) == 100.0 + 600.0 + 60.0


def test_a_clock_set_back_costs_nothing_and_is_told_once(clock, line):
    clock.run(1.0)
    clock.set_wall(-3600)
    line, strange = line.tick(clock.now())
    assert strange == SetBack(3600.0)
    assert line.at(clock.now()) == 101.0
    clock.run(1.0)
    line, strange = line.tick(clock.now())
    assert (line.at(clock.now()), strange) == (102.0, None)


def test_a_clock_set_forward_is_asked_about_for_it_cannot_be_told_from_sleep(clock, line):
    clock.run(1.0)
    clock.set_wall(3600)
    assert line.at(clock.now()) == 100.0
    line, gap = line.tick(clock.now())
    assert gap.seconds == 3601.0
    assert line.at(clock.now()) == 100.0


def test_a_clock_set_back_during_a_stop_does_not_hide_the_gap(clock, line):
    clock.run(900)
    clock.set_wall(-5000)
    line, gap = line.tick(clock.now())
    assert isinstance(gap, Gap)
    assert gap.seconds == 900.0


@pytest.mark.parametrize("drift", [-1.9, -0.5, 0.5, 60.0])
def test_small_corrections_of_the_wall_clock_pass_unnoticed(clock, line, drift):
    clock.run(1.0)
    clock.set_wall(drift)
    line, strange = line.tick(clock.now())
    assert (line.at(clock.now()), strange) == (101.0, None)


def test_exactly_two_minutes_are_no_gap_yet(clock, line):
    clock.run(GAP_SECONDS)
    moved, strange = line.tick(clock.now())
    assert (moved.at(clock.now()), strange) == (220.0, None)
    clock.run(GAP_SECONDS + 0.001)
    assert isinstance(moved.tick(clock.now())[1], Gap)


def test_a_monotonic_clock_that_runs_back_counts_nothing(clock, line):
    earlier = Moment(clock.now().wall, clock.now().mono - 50)
    assert line.at(earlier) == 100.0
    assert line.tick(earlier)[0].at(earlier) == 100.0


@pytest.mark.parametrize("change", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)])
def test_summer_time_begins_and_ends_without_a_gap(change):
    berlin = ZoneInfo("Europe/Berlin")
    before, after = ((change + timedelta(seconds=half)).astimezone(berlin) for half in (-0.5, 0.5))
    line, strange = Timeline(0.0, Moment(before, 0.0)).tick(Moment(after, 1.0))
    assert (line.at(Moment(after, 1.0)), strange) == (1.0, None)


@given(st.lists(st.tuples(st.sampled_from(["run", "suspend", "set"]), st.integers(1, 4000)), max_size=12), st.data())
def test_counted_gaps_make_the_whole_time_and_uncounted_none(moves, data):
    clock = HandClock()
    line, table, counted = Timeline(0.0, clock.now()), 0.0, 0.0
    for how, seconds in moves:
        match how:
            case "run":
                clock.run(seconds)
            case "suspend":
                clock.suspend(seconds)
            case _:
                clock.set_wall(-seconds)
        at = line.at(clock.now())
        line, strange = line.tick(clock.now())
        assert line.at(clock.now()) == pytest.approx(at)
        if isinstance(strange, Gap):
            assert strange.seconds > GAP_SECONDS
            if data.draw(st.booleans()):
                line, counted = line.counting(strange), counted + strange.seconds
        elif how == "run":
            table += seconds
        assert isinstance(strange, SetBack) == (how == "set" and seconds > 2)
    assert line.at(clock.now()) == pytest.approx(table + counted)


def test_the_machines_clock_is_aware_and_its_monotonic_one_does_not_run_back():
    clock = SystemClock()
    one, other = clock.now(), clock.now()
    assert one.wall.utcoffset() is not None
    assert other.mono >= one.mono


def test_a_rehearsal_hurries_both_clocks_alike():
    slow = HandClock()
    clock = FastClock(60.0, slow.now)
    first = clock.now()
    assert first == slow.now()
    slow.run(1.5)
    second = clock.now()
    assert second.mono - first.mono == pytest.approx(90.0)
    assert second.wall - first.wall == timedelta(seconds=90)
    line, strange = Timeline(0.0, first).tick(second)
    assert (line.at(second), strange) == (pytest.approx(90.0), None)


def test_a_rehearsal_hurries_the_machines_clock_unless_told_otherwise():
    clock = FastClock(1e6)
    first, second = clock.now(), clock.now()
    assert 0.0 <= second.mono - first.mono < 1e6
    assert second.wall >= first.wall


def test_a_rehearsal_does_not_hurry_what_the_wall_clock_is_set_to():
    slow = HandClock()
    clock = FastClock(60.0, slow.now)
    first = clock.now()
    slow.set_wall(5000)
    assert clock.now() == first
