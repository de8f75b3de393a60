"""What questions to the store take inside the program: a search key, one session more, the index made anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from bench.generate import one_more
from bench.measure import Bar, Row, Series
from bench.rounds import LAST_DAY
from bench.words import vocabulary

from rmsession.core.marks import snippet
from rmsession.core.query import parse
from rmsession.store.opening import open_store
from rmsession.store.tiny import TinyStore

if TYPE_CHECKING:
    from bench.setting import Bench

TODAY = LAST_DAY + timedelta(days=1)
_SHOWN = 40
"""Hits of which a screen draws the words."""
_LINES = 60
"""Lines typed into the search."""
_FILTERS = ("is:open", "is:overdue", "kind:action", "kind:question", "#website", "@alex", "agenda:kick", "since:2025")
_SETTLED = 0.12
"""Seconds after which a file's times tell its changes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one call took: seconds on the wall, and of the processor, which other programs do not lengthen."""

    seconds: float
    work: float

    @classmethod
    def by(cls, call: Callable[[], object]) -> Taken:
        """Call it and look at both clocks."""
        begun, worked = time.perf_counter(), time.process_time()
        call()
        return cls(time.perf_counter() - begun, time.process_time() - worked)


def opened(bench: Bench) -> TinyStore:
    """A store on the history, as a program just started has it."""
    store = open_store(bench.full)
    assert isinstance(store, TinyStore)
    return store


def rebuild(bench: Bench) -> None:
    """The index made from nothing: how long, how often it says how far it is, how fast it lets itself be stopped."""
    store = opened(bench)
    told: list[float] = []
    _forget(bench)
    begun = time.perf_counter()
    whole = store.prepare(lambda _, __: told.append(time.perf_counter()))
    taken = time.perf_counter() - begun
    silence = max(after - before for before, after in zip([begun, *told], [*told, begun + taken], strict=True))
    note = f"told {len(told):,} times how far it is, at most {silence:.2f} s apart"
    bench.report.add(Row("the index made anew", Series("rebuild", (taken,)), note=note if whole else "NOT FINISHED"))
    bench.report.add(_interrupted(bench, taken))
    store.close()


def _interrupted(bench: Bench, whole: float) -> Row:
    """From when nobody waits any more until it returns; what was read stays."""
    store = opened(bench)
    _forget(bench)
    stopped: list[float] = []
    begun = time.perf_counter()

    def stop() -> bool:
        late = time.perf_counter() - begun > whole / 3
        if late and not stopped:
            stopped.append(time.perf_counter())
        return late

    finished = store.prepare(stop=stop)
    took = time.perf_counter() - stopped[0] if stopped else 0.0
    again: list[int] = []
    store.prepare(lambda _, total: again.append(total))
    store.close()
    note = (
        f"then {again[0]:,} files were left to read" if again and not finished else "it did NOT stop, or kept nothing"
    )
    return Row("stopping that, until it lets go", Series("stop", (took,)), note=note)


def _forget(bench: Bench) -> None:
    for path in bench.full.glob("index.sqlite*"):
        path.unlink()


def adding(bench: Bench) -> None:
    """One session more: what bringing everything up to date takes beyond a look at what did not change."""
    store = opened(bench)
    store.prepare()
    idle: list[Taken] = []
    busy: list[Taken] = []
    made: list[str] = []
    try:
        for _ in range(bench.rounds):
            time.sleep(_SETTLED)
            store.prepare()
            idle.append(Taken.by(store.prepare))
            record = one_more(bench.full)
            store.begin(record)
            made.append(record.id)
            time.sleep(_SETTLED)
            busy.append(Taken.by(store.prepare))
    finally:
        for session in made:
            store.delete(session)
        store.prepare()
        store.close()
    ours = Series("one more", tuple(each.seconds for each in busy))
    peer = Series("nothing new", tuple(each.seconds for each in idle))
    beyond = 1000 * median(after.seconds - before.seconds for before, after in zip(idle, busy, strict=True))
    work = 1000 * median(after.work - before.work for before, after in zip(idle, busy, strict=True))
    note = f"of the processor {work:.1f} ms"
    bench.report.add(Row("one session more, beyond the look at all", ours, peer, Bar(20, "ms"), beyond, note))


def keys(bench: Bench) -> None:
    """A search after each key typed, until the first rows could be drawn: over all pairs, and in one."""
    store = opened(bench)
    store.prepare()
    pair = store.history(limit=1)[0].pair

    for where, within in (("all pairs", None), ("one pair", pair)):
        first: list[Taken] = []
        every: list[Taken] = []
        for line in islice(typed(Random(1)), 3 if bench.quick else None):
            ends = range(1, len(line) + 1)
            every += [Taken.by(partial(_answer, store, line[:end], within)) for end in ends]
            first.append(every[-len(line)])
        for what, times in (("a search key", every), ("its first letter", first)):
            series = Series(what, tuple(each.seconds for each in times))
            work = Series("processor", tuple(each.work for each in times))
            note = f"of the processor {1000 * work.p95:.1f} ms"
            bench.report.add(Row(f"{what}, {where}: p95", series, None, Bar(30, "ms"), 1000 * series.p95, note))
    store.close()


def filters(bench: Bench) -> None:
    """A list narrowed to what is open, overdue, of one kind, tag, owner, agenda or time: until it could be drawn."""
    store = opened(bench)
    store.prepare()
    for where, within in (("all pairs", None), ("one pair", store.history(limit=1)[0].pair)):
        taken = [
            Taken.by(partial(_answer, store, line, within)) for _ in range(bench.rounds) for line in (*_FILTERS, "")
        ]
        series = Series("filter", tuple(each.seconds for each in taken))
        bench.report.add(Row(f"a filter, {where}: p95", series, None, Bar(30, "ms"), 1000 * series.p95))
    store.close()


def _answer(store: TinyStore, line: str, within: str | None) -> None:
    """What a search line leads to, as far as a screen would draw it."""
    query = parse(line, TODAY)
    found = store.search(query, TODAY, pair=within)
    for hit in found.hits[:_SHOWN]:
        snippet(query, hit.text, 80)


def typed(lot: Random) -> Iterator[str]:
    """Lines as people type them into a search: mostly a word or two, common and rare ones, at times a filter."""
    words = vocabulary()
    filters = ("is:open", "kind:action", "#website", "since:2025", "kind:question", "is:overdue", "-the", "agenda:kick")
    for number in range(_LINES):
        line = words[round(10 ** lot.uniform(0.5, 4.1))]
        if number % 3 == 1:
            line = f"{line} {words[round(10 ** lot.uniform(0.5, 3.5))]}"
        if number % 5 == 2:
            line = f"{lot.choice(filters)} {line}"
        if number % 10 == 7:
            line = f'"{words[lot.randrange(10)]} {line}"'
        yield line
