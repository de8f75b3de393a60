"""Figures say what they are of: medians, tails, ratios, and whether a bar holds."""

from __future__ import annotations

import sys

import pytest
from bench.measure import Bar, Row, Series, alternately, command, turns
from bench.painted import until_painted
from bench.setting import once


def test_a_series_tells_its_middle_its_tail_and_its_spread():
    series = Series("made", tuple(number / 1000 for number in range(1, 101)))
    assert series.median == pytest.approx(0.0505)
    assert series.p95 == pytest.approx(0.096)
    assert series.spread == pytest.approx(1, abs=0.02)
    assert Series("once", (0.2,)).spread == 0


@pytest.mark.parametrize(
    ("ours", "peer", "bar", "value", "holds"),
    [
        (0.3, 0.2, Bar(1.5), 1.5, True),
        (0.301, 0.2, Bar(1.5), 1.505, False),
        (0.3, 0.2, None, 1.5, None),
        (0.3, None, Bar(1.5), None, None),
    ],
)
def test_a_row_holds_or_misses_or_says_nothing(ours, peer, bar, value, holds):
    row = Row("made", Series("ours", (ours,)), Series("peer", (peer,)) if peer else None, bar)
    assert row.value == (pytest.approx(value) if value else None)
    assert row.holds is holds


def test_what_is_compared_takes_turns_and_the_first_round_only_warms_up():
    told: list[str] = []

    def call(name: str) -> float:
        told.append(name)
        return float(len(told))

    one, other = turns({"one": lambda: call("one"), "other": lambda: call("other")}, 6)
    assert len(one.seconds) == len(other.seconds) == 6
    rounds = [set(told[place : place + 2]) for place in range(0, len(told), 2)]
    assert rounds == [{"one", "other"}] * 7
    assert told[0::2] != ["one"] * 7 != told[1::2]
    assert sorted(one.seconds + other.seconds) == [float(number) for number in range(3, 15)]


def test_a_program_that_fails_is_no_time():
    (done,) = alternately({"works": command((sys.executable, "-c", "pass"), {})}, 1, first=0)
    assert done.seconds[0] > 0
    with pytest.raises(RuntimeError, match="ended with 3"):
        command((sys.executable, "-c", "raise SystemExit(3)"), {})()


def test_what_is_painted_is_found_between_escapes_and_what_is_not_is_told():
    program = (sys.executable, "-c", r"print('\x1b[1;31mNovem\x1b[0mber 2026\x1b]0;title\x07 12', flush=True)")
    assert 0 < until_painted(program, r"November 2026 \d+", {}) < 30
    with pytest.raises(TimeoutError, match=r"not painted.*ber 2026 12"):
        until_painted(program, "December", {})


def test_a_folder_left_half_made_is_not_taken_for_whole_and_one_made_is_made_once(tmp_path):
    home, made = tmp_path / "history", []

    def fill() -> None:
        made.append(home)
        (home / "sessions" / "2026" / "11").mkdir(parents=True)
        (home / "sessions" / "2026" / "11" / "one.json").touch()

    assert once(home, "Filling", fill) == once(home, "Filling", fill) == len(made) == 1
    (tmp_path / "history.whole").write_bytes(b"")  # as a disk that is full leaves it
    with pytest.raises(FileExistsError, match="half made"):
        once(home, "Filling", fill)
    assert len(made) == 1


def test_how_much_faster_is_asked_the_other_way_round_than_how_much_slower():
    ours, peer = Series("ours", (0.1,)), Series("peer", (2.0,))
    row = Row("kept", ours, peer, Bar(20, faster=True))
    assert (row.value, row.holds) == (pytest.approx(20), True)
    assert Row("kept", Series("ours", (0.101,)), peer, Bar(20, faster=True)).holds is False
    assert (str(Bar(1.15, goal=1.1)), str(Bar(20, faster=True))) == ("≤ 1.15 (1.1)", "≥ 20")
