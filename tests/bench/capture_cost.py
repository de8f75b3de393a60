"""What keeping one line costs with no session stored and with thousands, alternately in one run, on a real disk.

Run it: ``python tests/bench/capture_cost.py [--sessions 5000] [--lines 900] [--folder DIR]``. It prints a table and
ends with 1 when the ratio of the medians is over the bar.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from uuid import uuid4

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2])]

from support.building import content, fact, kick_off, record  # noqa: E402 - needs the path set above
from tinydb import TinyDB  # noqa: E402

from rmsession.core.facts import Captured, Fact  # noqa: E402
from rmsession.core.terms import Kind  # noqa: E402
from rmsession.store.codec import fact_document, header_document  # noqa: E402
from rmsession.store.disk import Disk  # noqa: E402
from rmsession.store.names import stem_of  # noqa: E402
from rmsession.store.opening import open_store  # noqa: E402
from rmsession.store.seal import seal, spelled  # noqa: E402
from rmsession.store.tiny import TinyStore  # noqa: E402

BAR = 1.15
BUSY = 5
"""The slowest lines of a calm disk take two to four times the median."""
UNEVEN = 1.5
LINES_A_SESSION = 60
TEXTS = [
    "Robin shows how the feed is sorted, and why it is not by date",
    "send the draft of the profile to three colleagues and ask what they would change",
    "what would you do first if nobody watched?",
]


def main() -> int:
    """Measure and print; 1 when capturing costs more with many sessions stored."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, default=5000)
    asked.add_argument("--lines", type=int, default=900)
    asked.add_argument("--documents", type=int, default=10_000)
    asked.add_argument("--folder", type=Path, help="on the disk to measure; by default the system's temporary one")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="rmsession-bench-", dir=chosen.folder) as top:
        return measure(Path(top), chosen.sessions, chosen.lines, chosen.documents)


def measure(top: Path, sessions: int, lines: int, documents: int) -> int:
    """All measurements in one folder; the exit code."""
    disks = [Watched(), Watched()]
    empty, full = opened(top / "empty", disks[0]), opened(top / "full", disks[1])
    print(f"{sessions:,} sessions written in {timed(lambda: fill(top / 'full', sessions)):.1f} s")
    costs, work = alternately([empty, full], lines)
    stock = stock_costs(top / "stock.json", documents)
    print(f"\n{'keeping one line':42}{'median':>10}{'p95':>10}{'p99':>10}   ms")
    for name, each in (
        ("no session stored", costs[0]),
        (f"{sessions:,} sessions stored", costs[1]),
        (f"stock TinyDB, one file, {documents:,} documents", stock),
    ):
        print(f"{name:42}{median(each):10.2f}{percentile(each, 95):10.2f}{percentile(each, 99):10.2f}")
    ratio = median(costs[1]) / median(costs[0])
    print(
        f"\nratio of the medians: {ratio:.3f} (bar {BAR}); stock TinyDB: {median(stock) / median(costs[1]):.0f} times"
    )
    making = [1000 * disk.seconds / lines for disk in disks]
    print(
        f"processor time: ratio {work[1] / work[0]:.3f}; "
        f"of each line, making its file: {making[0]:.2f} and {making[1]:.2f} ms"
    )
    if max(making) > UNEVEN * min(making):
        print(
            "The file system looked longer for a free place in one of the two folders. That comes of files removed "
            "nearby\nin the last minutes (ext4 does not take their places again at once), not of the sessions: "
            "wait, or name another --folder."
        )
    if percentile(costs[0], 95) > BUSY * median(costs[0]):
        print("the machine or its disk was busy with other things: run again when it is not")
    print_lists(top / "full")
    return int(ratio > BAR)


class Watched(Disk):
    """A disk that knows how long it worked to make files."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def create(self, path: Path) -> int:
        """As ever, and count."""
        start = time.process_time()
        try:
            return super().create(path)
        finally:
            self.seconds += time.process_time() - start


def opened(home: Path, disk: Disk | None = None) -> TinyStore:
    """A store on the disk."""
    store = open_store(home, disk=disk)
    assert isinstance(store, TinyStore)
    return store


def alternately(stores: list[TinyStore], lines: int) -> tuple[list[list[float]], list[float]]:
    """Milliseconds of each `append`, the stores taking turns, and the processor seconds of each.

    Who goes first is drawn by lot, so that nothing that comes round regularly falls on one of them alone.
    """
    lot = random.Random(lines)
    costs: list[list[float]] = [[] for _ in stores]
    work = [0.0] * len(stores)
    running = [""] * len(stores)
    for number in range(lines):
        if number % LINES_A_SESSION == 0:
            running = [begun(store) for store in stores]
        line = captured(number)
        for which in lot.sample(range(len(stores)), len(stores)):
            before = time.process_time()
            costs[which].append(1000 * timed(partial(stores[which].append, running[which], line)))
            work[which] += time.process_time() - before
    return costs, work


def begun(store: TinyStore) -> str:
    """The id of a session that begins now."""
    new = replace(record(kick_off()), id=str(uuid4()), created=datetime.now(UTC))
    store.begin(new)
    return new.id


def captured(number: int) -> Fact:
    """One line as typed in a session."""
    kind = (Kind.NOTE, Kind.ACTION, Kind.QUESTION)[number % 3]
    what = Captured(kind, "t-1", content(TEXTS[number % 3], "alex" if kind is Kind.ACTION else None))
    return replace(fact(what, number + 1, float(number)), id=str(uuid4()))


def fill(home: Path, sessions: int) -> None:
    """Ten years of sessions with 40 facts each, written as the store spells them, without waiting for the disk."""
    facts = {str(number): fact_document(captured(number)) for number in range(1, 41)}
    lines = spelled({"facts": facts})["facts"]
    for number in range(sessions):
        kept = replace(record(kick_off()), id=str(uuid4()), created=datetime(2016, 1, 1, tzinfo=UTC))
        kept = replace(kept, created=kept.created + timedelta(days=number * 3650 / sessions))
        stem = stem_of(kept)
        path = home / "sessions" / stem[:4] / stem[5:7] / f"{stem}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(seal(spelled({"session": {"1": header_document(kept)}}) | {"facts": lines}, 41))


def stock_costs(path: Path, documents: int) -> list[float]:
    """Milliseconds of an insert into one ordinary TinyDB file."""
    with TinyDB(path) as database:
        database.insert_multiple(fact_document(captured(number)) for number in range(documents))
        return [1000 * timed(partial(database.insert, fact_document(captured(number)))) for number in range(30)]


def print_lists(home: Path) -> None:
    """What opening and lists cost with many sessions."""
    print(f"\n{'with all these sessions':42}{'':30}   ms")
    store = opened(home)
    pair = record().pair.id
    for name, ask in (
        ("opening the store", lambda: opened(home)),
        ("first list: the index is made", lambda: store.history(limit=10)),
        ("a list in a program just started", lambda: opened(home).history(limit=10)),
        ("the next list", lambda: store.history(limit=10)),
        ("open actions of one pair", lambda: store.open_actions(pair=pair)),
        ("a list after one more line", lambda: after_one_more(store)),
        ("the id that begins so", lambda: store.resolve(store.history(limit=1)[0].id[:13])),
    ):
        print(f"{name:42}{1000 * timed(ask):40.1f}")


def after_one_more(store: TinyStore) -> object:
    """Keep a line and list."""
    store.append(store.history(limit=1)[0].id, captured(0))
    return store.history(limit=10)


def timed(call: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def percentile(values: list[float], percent: int) -> float:
    """The value that so many percent do not exceed."""
    return sorted(values)[min(len(values) * percent // 100, len(values) - 1)]


if __name__ == "__main__":
    sys.exit(main())
