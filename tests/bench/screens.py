"""How long screens take to open, in the real program in a pseudo-terminal, with a long history and with none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Bar, Row, turns
from bench.painted import until_painted

from rmsession.core.programme import Pair
from rmsession.store.opening import open_store

if TYPE_CHECKING:
    from bench.setting import Bench

_ROWS = r"[A-Z][a-z]+ 20\d\d +\d+ session"
"""A month over its sessions."""
_NOTHING = "Nothing held with this person yet"


def history(bench: Bench) -> None:
    """The history opens as fast with thousands of sessions as with none: until its first rows are painted."""
    _opening(bench, bench.full, "history opens")


def history_of_one(bench: Bench) -> None:
    """The same where all of them are of one pair."""
    _opening(bench, bench.all_of_one(), "history opens, all of one pair")


def _opening(bench: Bench, full: Path, what: str) -> None:
    pair = _latest(full)
    empty = bench.empty_with(pair)
    argv = (bench.program, "review", "--pair", pair.id[:13])
    without, with_them = turns(
        {
            "empty": lambda: until_painted(argv, _NOTHING, bench.environ(empty)),
            "full": lambda: until_painted(argv, _ROWS, bench.environ(full)),
        },
        bench.rounds,
    )
    bench.report.add(Row(f"{what}, against an empty one", with_them, without, Bar(1.15)))


def _latest(home: Path) -> Pair:
    """The pair that met last."""
    store = open_store(home)
    try:
        known = {each.id: each for each in store.programme().pairs}
        # Another measurement may have left sessions of nobody there.
        return next(known[each.pair] for each in store.history() if each.pair in known)
    finally:
        store.close()
