"""The rows of a run as a table within the width of the terminal, and as JSON with every single time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from bench.measure import machine

if TYPE_CHECKING:
    from bench.measure import Row, Series

_WIDTH = 120
"""Where no terminal says another."""
_LEAST = 30
"""Cells beside the figures in which what was measured is named; with fewer it has lines of its own."""
_COLUMNS = (8, 7, 7, 8, 7, 7, 10, 13)
"""Cells of each column of figures, from ours to the bar."""
_HEAD = ("ours", "p95", "spread", "peer", "p95", "spread", "figure", "bar")
_HELD = {None: "", True: "holds", False: "MISSED"}
_VERDICT = 8
_INDENT = " " * 4
_LARGE = 1000
"""Of so much no part is told."""


@dataclass(slots=True)
class Report:
    """All rows of a run, and the machine they were taken on."""

    rows: list[Row] = field(default_factory=list)
    machine: dict[str, object] = field(default_factory=machine)
    """As it was when the run began."""

    def add(self, row: Row) -> None:
        """Take a row in, and print it: some take minutes."""
        width = shutil.get_terminal_size((_WIDTH, 0)).columns
        if not self.rows:
            print("\n".join(head(self.machine, width)), flush=True)
        self.rows.append(row)
        print("\n".join(shown(row, width)), flush=True)

    def end(self) -> None:
        """Print what it came to."""
        width = shutil.get_terminal_size((_WIDTH, 0)).columns
        print("\n".join(summed(self.rows, width)), flush=True)

    @property
    def missed(self) -> list[Row]:
        """The rows that do not keep to their bar."""
        return [row for row in self.rows if row.holds is False]

    def write(self, path: Path) -> None:
        """Everything as JSON, each single time included."""
        rows = [
            asdict(row) | {"ours": _told(row.ours), "peer": _told(row.peer), "value": row.value, "holds": row.holds}
            for row in self.rows
        ]
        told = json.dumps({"machine": self.machine, "rows": rows}, indent=1, ensure_ascii=False)
        path.write_text(told, encoding="utf-8")


def _told(series: Series | None) -> dict[str, object] | None:
    if series is None:
        return None
    return asdict(series) | {"median": series.median, "p95": series.p95, "spread": series.spread}


def head(machine: dict[str, object], width: int) -> Iterator[str]:
    """What stands above the table: the machine, and what is in each column."""
    yield from wrap("  ".join(f"{name}: {value}" for name, value in machine.items()), width)
    yield from wrap("Times in milliseconds: medians, one in twenty longer, the middle half as a part of it.", width)
    yield ""
    yield _line("", _HEAD, "", width)


def shown(row: Row, width: int) -> Iterator[str]:
    """A row of the table, below it what is noted of it."""
    unit = row.bar.unit if row.bar else "x" if row.peer else "ms"
    figure = "" if row.value is None else f"{_number(row.value, 2)} {unit}"
    cells = (*_cells(row.ours), *_cells(row.peer), figure, str(row.bar or ""))
    beside = _room(width) >= _LEAST
    first, *others = wrap(row.what, _room(width) if beside else width, subsequent_indent=_INDENT)
    figures = _line(first if beside else "", cells, _HELD[row.holds], width)
    yield from (figures, *others) if beside else (first, *others, figures)
    yield from wrap(row.note, width, initial_indent=_INDENT, subsequent_indent=_INDENT)


def summed(rows: list[Row], width: int) -> Iterator[str]:
    """What stands below the table: how many bars hold, and which do not."""
    held = [row for row in rows if row.holds is not None]
    missed = [row for row in held if not row.holds]
    yield ""
    yield f"{len(held) - len(missed)} of {len(held)} bars hold; rows without one: {len(rows) - len(held)}."
    for row in missed:
        yield from wrap(f"MISSED: {row.what}", width, subsequent_indent=_INDENT)


def _cells(series: Series | None) -> tuple[str, str, str]:
    if series is None:
        return "", "", ""
    return _number(1000 * series.median, 1), _number(1000 * series.p95, 1), f"{100 * series.spread:.0f} %"


def _number(value: float, parts: int) -> str:
    return f"{value:,.{0 if value >= _LARGE else parts}f}"


def _line(what: str, cells: tuple[str, ...], held: str, width: int) -> str:
    figures = "".join(f"{cell:>{wide}}" for cell, wide in zip(cells, _COLUMNS, strict=True))
    return f"{what:<{_room(width)}}{figures}  {held}".rstrip()


def _room(width: int) -> int:
    """Cells that the figures leave."""
    return max(width - sum(_COLUMNS) - _VERDICT, 0)
