"""What commands take from start to end, each against the tool that people would use instead."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Bar, Row, alternately, command
from bench.words import vocabulary

from rmsession.core.fold import session_of
from rmsession.export.formats import FORMATS
from rmsession.store.session_file import load

if TYPE_CHECKING:
    from bench.setting import Bench

MANY = 100_000
"""Sessions from which a search must take less than one through all files."""
_LONG_ROUNDS = 3
"""How often what takes a minute is taken."""
_RANKS = {"common": 60, "middling": 700, "rare": 9000}
"""Places in the vocabulary: in most sessions, in every tenth or so, in one of a hundred."""


def search(bench: Bench) -> None:
    """``rmsession search`` against ``rg -l`` over the same sessions as Markdown."""
    rg = shutil.which("rg")
    folder = exported(bench)
    for how, rank in _RANKS.items():
        word = _found(folder, rank)
        ours = {"ours": command((bench.program, "search", word), bench.environ(bench.full))}
        theirs = {"rg": command((rg, "-l", "-w", word, folder), {})} if rg else {}
        mine, *peer = alternately(ours | theirs, bench.rounds)
        note = f"“{word}”" if rg else "rg is not installed"
        # Whoever has ten times as many must no longer be better off with files and a search through all of them.
        bar = Bar(1) if bench.sessions >= MANY else Bar(3, goal=2)
        bench.report.add(Row(f"search, a {how} word, against rg -l", mine, *peer[:1], bar=bar, note=note))


def _found(folder: Path, rank: int) -> str:
    """The word of that place, or the next commoner one that a short history holds."""
    for word in reversed(vocabulary()[: rank + 1]):
        held = re.compile(rf"\b{re.escape(word)}\b")
        if any(held.search(path.read_text(encoding="utf-8")) for path in folder.glob("*.md")):
            return word
    raise LookupError(f"{folder} holds no word of the vocabulary")


def actions(bench: Bench) -> None:
    """``rmsession actions --open`` against Taskwarrior's ``list`` of as many tasks."""
    listed = command((bench.program, "actions", "--open", "--json"), bench.environ(bench.full))().splitlines()
    task = shutil.which("task")
    ours = {"ours": command((bench.program, "actions", "--open"), bench.environ(bench.full))}
    theirs = {}
    if task:
        environ = tasks(bench, task, [json.loads(line) for line in listed])
        theirs = {"task": command((task, "list"), environ)}
    mine, *peer = alternately(ours | theirs, bench.rounds)
    note = f"{len(listed):,} open" if task else "Taskwarrior is not installed"
    bench.report.add(Row("actions --open, against task list", mine, *peer[:1], bar=Bar(1), note=note))
    mine, *peer = alternately({"anew": partial(_listed_anew, bench, count())} | theirs, bench.rounds)
    note = "the first time on a day, or after a change: made, said and kept"
    bench.report.add(Row("actions --open made anew, against it", mine, *peer[:1], note=note))


def _listed_anew(bench: Bench, numbers: Iterator[int]) -> None:
    """The same where what was said before is of another environment, and so nothing that can be said again."""
    command((bench.program, "actions", "--open"), bench.environ(bench.full) | {"RMSESSION_ROUND": f"{next(numbers)}"})()


def version(bench: Bench) -> None:
    """What every command costs before it does anything."""
    environ = bench.environ(bench.full)
    calls = {
        "python": command((sys.executable, "-c", "pass"), environ),
        "version": command((bench.program, "--version"), environ),
    }
    python, told = alternately(calls, bench.rounds)
    bench.report.add(Row("--version, against python -c pass", told, python, Bar(6)))


def listed(bench: Bench) -> None:
    """``rmsession list`` against Taskwarrior's of as many tasks."""
    environ = bench.environ(bench.full)
    sessions = command((bench.program, "list", "--json"), environ)().splitlines()
    task = shutil.which("task")
    ours = {"ours": command((bench.program, "list"), environ)}
    # A session is listed with its title, the date and the pair: a task with a project and a due date says as much.
    items = [
        {"text": each["title"], "owner": each["mentor"], "due": each["created"][:10]}
        for each in map(json.loads, sessions)
    ]
    theirs = {"task": command((task, "list"), tasks(bench, task, items, "sessions"))} if task else {}
    mine, *peer = alternately(ours | theirs, bench.rounds)
    note = f"{len(sessions):,} sessions" if task else "Taskwarrior is not installed"
    bench.report.add(Row("list, against task list", mine, *peer[:1], bar=Bar(1), note=note))


def exporting(bench: Bench) -> None:
    """``rmsession export --all`` to Markdown, against nothing but reading the same files."""
    files = sorted(bench.full.glob("sessions/*/*/*.json"))
    numbers = count()

    def export() -> None:
        # Into a new folder each time: there is nothing to be asked about.
        folder = bench.passing / f"exported-{next(numbers)}"
        command((bench.program, "export", "--all", "-o", folder), bench.environ(bench.full))()

    def read() -> None:
        for path in files:
            path.read_bytes()

    rounds = min(bench.rounds, _LONG_ROUNDS)
    mine, plain = alternately({"ours": export, "read": read}, rounds, first=int(not bench.quick))
    note = f"{1000 * mine.median / len(files):.2f} ms a session"
    bench.report.add(Row("export --all, against a plain read", mine, plain, note=note))


def exported(bench: Bench) -> Path:
    """Every session as Markdown in one folder, as ``export --all`` leaves them."""
    folder = bench.top / f"{bench.full.name}-markdown"
    files = sorted(bench.full.glob("sessions/*/*/*.json"))
    there = len(list(folder.glob("*.md"))) if folder.exists() else 0
    if there != len(files):
        shutil.rmtree(folder, ignore_errors=True)  # of sessions that are there no more too
        folder.mkdir()
        with ProcessPoolExecutor() as workers:
            for path, text in zip(files, workers.map(_minutes, files, chunksize=50), strict=True):
                (folder / path.with_suffix(".md").name).write_text(text, encoding="utf-8")
    return folder


def _minutes(path: Path) -> str:
    return FORMATS["md"].make(session_of(load(path)))


def tasks(bench: Bench, task: str, items: list[dict[str, object]], kind: str = "tasks") -> dict[str, str]:
    """The environment of a Taskwarrior that has each of these as a task."""
    home = bench.top / f"{bench.full.name}-{kind}-{len(items)}"
    environ = {"TASKRC": str(home / "taskrc"), "TASKDATA": str(home / "data"), "HOME": str(home), "LANG": "C.UTF-8"}
    if not (home / "data" / "pending.data").exists():
        (home / "data").mkdir(parents=True, exist_ok=True)
        (home / "taskrc").write_text("confirmation=off\nhooks=off\nnews.version=9.9.9\n", encoding="utf-8")
        lines = [
            {"description": each["text"] or "•••", "status": "pending", "project": str(each.get("owner") or "none")}
            | ({"due": str(each["due"]).replace("-", "") + "T000000Z"} if each.get("due") else {})
            for each in items
        ]
        subprocess.run(
            [task, "import", "-"], input=json.dumps(lines).encode(), env=environ, check=True, capture_output=True
        )
    return environ
