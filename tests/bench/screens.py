"""How long screens take to open, in the real program in a pseudo-terminal, with a long history and with none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import Bar, Row, turns
from bench.painted import until_painted

if TYPE_CHECKING:
    from bench.history import Bench

_ROWS = r"November 2026 +\d+ session"
_NOTHING = "No sessions yet"


def history(bench: Bench) -> None:
    """The history opens as fast with thousands of sessions as with none: until its first rows are painted."""
    argv = (bench.program, "review")
    empty, full = turns(
        {
            "empty": lambda: until_painted(argv, _NOTHING, bench.environ(bench.empty)),
            "full": lambda: until_painted(argv, _ROWS, bench.environ(bench.full)),
        },
        bench.rounds,
    )
    bench.report.add(Row("history opens, against an empty one", full, empty, Bar(1.15)))
