"""Figures say what they are of: medians, tails, ratios, and whether a bar holds; and the whole bench runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.measure import Bar, Report, Row, Series, alternately, command, turns
from bench.painted import until_painted

BENCH = Path(__file__).with_name("everything.py")


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


def test_a_report_is_written_with_every_time(tmp_path, capsys):
    report = Report()
    report.add(Row("made", Series("ours", (0.3, 0.4)), Series("peer", (0.1, 0.1)), Bar(2)))
    report.write(tmp_path / "times.json")
    (row,) = json.loads((tmp_path / "times.json").read_text(encoding="utf-8"))["rows"]
    assert (row["ours"]["seconds"], row["value"], row["holds"]) == ([0.3, 0.4], pytest.approx(3.5), False)
    assert "MISSED" in capsys.readouterr().out
    assert report.missed == report.rows


def test_what_is_painted_is_found_between_escapes_and_what_is_not_is_told():
    program = (sys.executable, "-c", r"print('\x1b[1;31mNovem\x1b[0mber 2026\x1b]0;title\x07 12', flush=True)")
    assert 0 < until_painted(program, r"November 2026 \d+", {}) < 30
    with pytest.raises(TimeoutError, match=r"not painted.*ber 2026 12"):
        until_painted(program, "December", {})


@pytest.mark.long
def test_the_whole_bench_runs_on_a_short_history(tmp_path):
    argv = [sys.executable, str(BENCH), "--sessions", "40", "--rounds", "1", "--data", str(tmp_path / "data")]
    done = subprocess.run([*argv, "--json", str(tmp_path / "times.json")], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    rows = json.loads((tmp_path / "times.json").read_text(encoding="utf-8"))["rows"]
    assert len(rows) >= 14
    assert all(row["ours"]["seconds"] for row in rows)
