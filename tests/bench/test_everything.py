"""The whole bench runs, takes what it promises, and says what is not installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench.everything import MEASURES, measure
from bench.imports import imported
from bench.installed import installed

BENCH = Path(__file__).with_name("everything.py")
PROMISED = (
    "start to usable, no session, against an idle app",
    "start to usable, 24 sessions, against an idle app",
    "key to screen, p95",
    "Enter to kept, p99",
    "Enter to kept, 24 sessions against none",
    "Enter to kept, against stock TinyDB",
    "Enter to kept, against SQLite, WAL, full sync",
    "Enter to kept, against jrnl",
    "done, against jrnl",
    "step to a topic, 0.5 KB of nested bullets",
    "step to a topic, 2 KB of nested bullets",
    "step to a topic, 10 KB of nested bullets",
    "step to a topic, 100 KB of prose",
    "history opens",
    "a filter, all pairs",
    "a search key, all pairs",
    "a search key, one pair",
    "search, a rare word, against rg -l",
    "list, against task list",
    "actions --open, against task list",
    "actions --open made anew",
    "--version, against python -c pass",
    "export --all, against a plain read",
    "report -f html",
    "small agenda read, against a bare parse",
    "1 MB of prose read, against a bare parse",
    "CPU while a session ticks",
    "memory of a session",
    "memory over a simulated hour",
)
"""Of every one of these there is a row."""


def taken(top: Path, *only: str, **environ: str) -> list[dict[str, object]]:
    """The rows of a short run, those of some measurements or of all."""
    words = [sys.executable, str(BENCH), "--quick", "--here", "--data", str(top), "--json", str(top / "times.json")]
    asked = [*words, *(["--only", *only] if only else [])]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, env={**os.environ, **environ})
    assert done.returncode in (0, 1), done.stderr
    return json.loads((top / "times.json").read_text(encoding="utf-8"))["rows"]


def test_every_measurement_can_be_taken():
    assert all(callable(measure(where)) for where in MEASURES.values())


def test_questions_and_commands_are_measured_on_a_short_history(tmp_path):
    rows = taken(tmp_path, "filters", "version", "list")
    assert {row["what"].partition(",")[0] for row in rows} == {"a filter", "--version", "list"}
    assert all(row["ours"]["seconds"] and row["value"] for row in rows if row["peer"])
    assert next(row for row in rows if row["what"].startswith("--version"))["peer"]["median"] > 0


def test_what_is_not_installed_is_said_and_the_history_stays_as_it_was_made(tmp_path):
    rows = taken(tmp_path, "jotting", PATH=str(tmp_path))
    assert {row["what"].partition(",")[0] for row in rows} == {"Enter to kept", "done"}
    assert all(row["ours"]["seconds"] and row["note"] == "jrnl is not installed" for row in rows)
    assert len(list(tmp_path.glob("history-*/sessions/*/*/*.json"))) == 24


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_whole_bench_runs_on_a_short_history(tmp_path):
    rows = taken(tmp_path)
    assert all(row["ours"]["seconds"] for row in rows if row["ours"])
    assert [row["what"] for row in rows if row["ours"] is None and row["value"] is None] == []
    names = [row["what"] for row in rows]
    assert [each for each in PROMISED if not any(name.startswith(each) for name in names)] == []


@pytest.mark.long
@pytest.mark.timeout(900)
def test_what_is_measured_is_the_wheel_installed_by_itself(tmp_path):
    python = installed(tmp_path, BENCH.parents[2])
    where = subprocess.run(
        [python, "-c", "import rmsession, pyte; print(rmsession.__file__)"], capture_output=True, text=True, check=True
    )
    assert Path(where.stdout.strip()).is_relative_to(tmp_path / "environment")
    assert list((tmp_path / "environment").rglob("rmsession/tui/__pycache__/app.*.pyc"))
    again = (tmp_path / "environment" / "installed").stat().st_mtime_ns
    assert installed(tmp_path, BENCH.parents[2]) == python
    assert (tmp_path / "environment" / "installed").stat().st_mtime_ns == again


def test_where_a_start_spends_its_time_is_told_module_by_module(tmp_path):
    told = {}
    for name, words in (("version", ["--version"]), ("home", [])):
        (home := tmp_path / name).mkdir()
        told[name] = dict(imported(words, home))
    assert "rmsession.cli" in told["version"]
    assert "textual.app" not in told["version"]
    assert {"rmsession.tui.app", "rmsession.tui.screens.home", "textual.app"} <= told["home"].keys()
    assert "rmsession.tui.screens.report" not in told["home"]
    assert sum(told["home"].values()) > sum(told["version"].values()) > 0
