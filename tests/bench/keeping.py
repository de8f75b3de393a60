"""Enter to kept: what one captured line costs until it is on the disk, with no session stored and with 10,000.

    python tests/bench/keeping.py [--lines 600] [--data FOLDER]

The two stores take turns line by line, and with them the peers: stock TinyDB with as many documents in its one file,
and SQLite's journal (WAL) with full sync, which is the least that a kept line can cost. Name with ``--data`` a folder
on the disk that is to be measured.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from uuid import uuid4

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1])]

from bench.alone import alone  # noqa: E402
from bench.measure import Bar, Row, Series  # noqa: E402
from support.building import content, fact, kick_off, record  # noqa: E402 - needs the path set above
from tinydb import TinyDB  # noqa: E402

from rmsession.core.facts import Captured, Fact  # noqa: E402
from rmsession.core.store import Store  # noqa: E402
from rmsession.core.terms import Kind  # noqa: E402
from rmsession.store.codec import fact_document  # noqa: E402
from rmsession.store.opening import open_store  # noqa: E402

if TYPE_CHECKING:
    from bench.setting import Bench

LINES = 600
DOCUMENTS = 10_000
_STOCK = 30
"""Inserts into stock TinyDB: each takes tens of milliseconds."""
_A_SESSION = 60
"""Lines of one session; then the next begins."""
_BUSY = 5
"""The slowest lines of a calm disk take two to four times the median."""
_TEXTS = (
    "Robin shows how the feed is sorted, and why it is not by date",
    "send the draft of the profile to three colleagues and ask what they would change",
    "what would you do first if nobody watched?",
)
Keep = Callable[[Fact], object]


def keeping(bench: Bench, lines: int = LINES) -> None:
    """The tail of keeping a line, the same with a long history against none, and both peers."""
    number = 60 if bench.quick else lines
    stores = [open_store(bench.empty("keeping")), open_store(bench.full)]
    stock = TinyDB(bench.passing / "stock.json")
    stock.insert_multiple(fact_document(line(each)) for each in range(DOCUMENTS))
    journal = _journal(bench.passing / "lines.sqlite")
    sessions = [_Sessions(store) for store in stores]
    calls = {"none": sessions[0].keep, "history": sessions[1].keep, "sqlite": partial(_insert, journal)}
    taken, work = _in_turn(calls, sessions, number)
    # Not between the lines: its big file, written again each time, would fall on whoever comes next.
    slow = [timed(lambda: stock.insert(fact_document(line(0)))) for _ in range(_STOCK)]
    for one in sessions:
        one.clear()
    for store in stores:
        store.close()
    stock.close()
    journal.close()
    none, history, sqlite = (Series(name, tuple(taken[name])) for name in calls)
    worked = [p99(Series(name, tuple(work[name]))) for name in ("none", "history")]
    note = f"p99 of processor time {1000 * worked[0]:.2f} ms, with history {1000 * worked[1]:.2f}"
    if none.p95 > _BUSY * none.median or os.getloadavg()[0] > (os.cpu_count() or 1):
        note += "; machine or disk was busy with other things: measure again when it is not"
    tail = 1000 * p99(none)
    bench.report.add(Row("Enter to kept, p99", none, bar=Bar(3, "ms"), figure=tail, note=note))
    bench.report.add(Row(f"Enter to kept, {bench.sessions:,} sessions against none", history, none, Bar(1.1)))
    peer = Series("TinyDB", tuple(slow))
    what = f"Enter to kept, against stock TinyDB, {DOCUMENTS:,} documents"
    bench.report.add(Row(what, history, peer, Bar(20, faster=True)))
    bench.report.add(Row("Enter to kept, against SQLite, WAL, full sync", none, sqlite))


def line(number: int) -> Fact:
    """One line as typed in a session."""
    kind = (Kind.NOTE, Kind.ACTION, Kind.QUESTION)[number % 3]
    what = Captured(kind, "t-1", content(_TEXTS[number % 3], "alex" if kind is Kind.ACTION else None))
    return replace(fact(what, number + 1, float(number)), id=str(uuid4()))


def timed(call: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def p99(series: Series) -> float:
    """One in a hundred took longer."""
    ordered = sorted(series.seconds)
    return ordered[min(len(ordered) * 99 // 100, len(ordered) - 1)]


Times = dict[str, list[float]]


def _in_turn(calls: Mapping[str, Keep], sessions: Sequence[_Sessions], number: int) -> tuple[Times, Times]:
    """Seconds of each line, and of the processor; who goes first is drawn by lot, for what comes round on a machine."""
    lot = Random(number)
    taken: Times = {name: [] for name in calls}
    work: Times = {name: [] for name in calls}
    for each in range(number):
        if each % _A_SESSION == 0:
            for one in sessions:
                one.begin()
        kept = line(each)
        for name in lot.sample(list(calls), len(calls)):
            before = time.thread_time()
            taken[name].append(timed(partial(calls[name], kept)))
            work[name].append(time.thread_time() - before)
    return taken, work


class _Sessions:
    """A store into whose sessions lines are kept, one session after another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._running = ""
        self._begun: list[str] = []

    def begin(self) -> None:
        """The next session; not what is measured."""
        new = replace(record(kick_off()), id=str(uuid4()), created=datetime.now(UTC))
        self._store.begin(new)
        self._running = new.id
        self._begun.append(new.id)

    def clear(self) -> None:
        """Leave the folder as it was: other measurements are of the history that was made."""
        for session in self._begun:
            self._store.delete(session)

    def keep(self, kept: Fact) -> None:
        """A line is on the disk when this returns."""
        self._store.append(self._running, kept)


def _journal(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE lines (id TEXT PRIMARY KEY, text TEXT)")
    return database


def _insert(database: sqlite3.Connection, kept: Fact) -> None:
    database.execute("INSERT INTO lines VALUES (?, ?)", (kept.id, str(fact_document(kept))))


if __name__ == "__main__":
    sys.exit(alone(__doc__, keeping, lines=LINES))
