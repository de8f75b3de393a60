"""A tally of what the harnesses tried: faults, cases, what was lost and what came out wrong.

Each harness tells its own count; `tests/conftest.py` prints the table at the end of a run. The processes of one run
share a file, one short line a count, so that they can all write to it at once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

FILE = "RMSESSION_TALLY"
"""Names the file of this run in the environment."""


def tally(what: str, *, cases: int, lost: int = 0, wrong: int = 0) -> None:
    """Tell how many cases of a kind were tried; the same `what` from several tests adds up."""
    if where := os.environ.get(FILE):
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(json.dumps([what, cases, lost, wrong]) + "\n")


def table(where: Path) -> Iterable[str]:
    """What was told, as lines: the kind of fault, cases, lost, wrong."""
    sums: dict[str, list[int]] = {}
    for line in where.read_text(encoding="utf-8").splitlines():
        what, *counts = json.loads(line)
        sums[what] = [old + new for old, new in zip(sums.get(what, [0, 0, 0]), counts, strict=True)]
    width = max(map(len, sums), default=0)
    yield f"{'what was tried':{width}}  {'cases':>7}  {'lost':>5}  {'wrong':>5}"
    for what, (cases, lost, wrong) in sorted(sums.items()):
        yield f"{what:{width}}  {cases:>7,}  {lost:>5}  {wrong:>5}"
