"""The table fits the terminal, says whether each bar holds, and is written with every single time."""

from __future__ import annotations

import json

import pytest
from bench.measure import Bar, Row, Series
from bench.table import Report, head, shown, summed

HELD = Row("kept, against what is slow", Series("ours", (0.1,)), Series("peer", (63.5,)), Bar(20, goal=25, faster=True))
MISSED = Row(
    "start to usable, 10,000 sessions, against an idle app",
    Series("ours", (0.3, 0.4)),
    Series("peer", (0.1, 0.1)),
    Bar(1.2, goal=1.15),
    note="; ".join(["the machine was busy with other things"] * 4),
)
ALONE = Row("report, no index yet", Series("first", (12.3456,)), note="10,000 sessions")


def test_a_report_is_written_with_every_time(tmp_path, capsys):
    report = Report()
    report.add(Row("made", Series("ours", (0.3, 0.4)), Series("peer", (0.1, 0.1)), Bar(2)))
    report.write(tmp_path / "times.json")
    (row,) = json.loads((tmp_path / "times.json").read_text(encoding="utf-8"))["rows"]
    assert (row["ours"]["seconds"], row["value"], row["holds"]) == ([0.3, 0.4], pytest.approx(3.5), False)
    assert "MISSED" in capsys.readouterr().out
    assert report.missed == report.rows


@pytest.mark.parametrize("width", [80, 120, 200])
def test_every_row_is_whole_within_the_width_of_the_terminal(width):
    lines = [*head({"system": "Linux", "python": "3.11.7"}, width)]
    for row in (HELD, MISSED, ALONE):
        lines += shown(row, width)
    lines += summed([HELD, MISSED, ALONE], width)
    assert max(map(len, lines)) <= width
    told = " ".join(" ".join(lines).split())
    for row in (HELD, MISSED, ALONE):
        assert all(word in told for word in (*row.what.split(), *row.note.split()))
    assert "100.0 100.0 0 % 63,500 63,500 0 % 635.00 x ≥ 20 (25) holds" in told
    assert "350.0 400.0" in told
    assert "3.50 x ≤ 1.2 (1.15) MISSED" in told
    assert "12,346 12,346 0 % 12,346 ms" not in told  # of what has no peer and no bar there is no figure
    assert told.endswith(f"1 of 2 bars hold; rows without one: 1. MISSED: {MISSED.what}")


@pytest.mark.parametrize("width", [80, 120])
def test_columns_stand_below_their_names(width):
    names = list(head({}, width))[-1]
    figures = next(line for line in shown(HELD, width) if "holds" in line)
    for name, cell in (("ours", "100.0"), ("peer", "63,500"), ("figure", "635.00 x"), ("bar", "≥ 20 (25)")):
        assert names.index(name) + len(name) == figures.index(cell) + len(cell)
