"""What everything costs, each figure against its peer in one run: ``everything.py [--data FOLDER] [--json FILE]``.

The wheel of this checkout is built, installed and compiled in a virtual environment of its own below the data folder
(by default a temporary one), and measured from there; histories are generated once into the same folder. What is not
installed is said and left out. It prints a table, writes JSON, and ends with 1 when a figure does not keep to its bar.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve()
if str(HERE.parents[1]) not in sys.path:
    sys.path.insert(0, str(HERE.parents[1]))

from bench.installed import CannotInstall, installed  # noqa: E402 - needs the path set above
from bench.table import Report  # noqa: E402

if TYPE_CHECKING:
    from bench.setting import Bench

MEASURES = {
    "rebuild": "asked_in_process:rebuild",
    "adding": "asked_in_process:adding",
    "starting": "usable:starting",
    "echo": "echo:echo",
    "keeping": "keeping:keeping",
    "jotting": "jotting:jotting",
    "steps": "topic_step:steps",
    "history": "screens:history",
    "one-pair": "screens:history_of_one",
    "keys": "asked_in_process:keys",
    "filters": "asked_in_process:filters",
    "reading": "reading:reading",
    "version": "commands:version",
    "list": "commands:listed",
    "search": "commands:search",
    "actions": "commands:actions",
    "export": "commands:exporting",
    "report": "report:reports",
    "ticking": "ticking:ticking",
}
"""Every measurement's module and name there, in the order in which they are taken: the first makes the index."""
HISTORY = 10_000
"""Sessions of a history, unless told."""
ROUNDS = 15
SHORT_HISTORY, FEW_ROUNDS = 24, 1


def main() -> int:
    """Measure what is asked for, print and write it; 1 when a figure does not keep to its bar."""
    asked = _arguments()
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="rmsession-bench-") as passing:
        (top := (chosen.data or Path(passing)).resolve()).mkdir(parents=True, exist_ok=True)
        if chosen.here:
            return _measure(chosen, top, Path(passing))
        try:
            python = installed(top, HERE.parents[2])
        except CannotInstall as wrong:
            print(f"Nothing was measured: {wrong}", file=sys.stderr)
            return 1
        # Measured is what is installed there, and nothing of the checkout but these measurements.
        words = [python, HERE, *sys.argv[1:], "--here", *([] if chosen.data else ["--data", top])]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run([os.fspath(word) for word in words], env=kept, check=False).returncode


def _arguments() -> argparse.ArgumentParser:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, help=f"in a history; {HISTORY:,} unless said")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--rounds", type=int, help=f"how often each is taken; {ROUNDS} unless said")
    asked.add_argument("--data", type=Path, help="where all of it is kept from one run to the next")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write every single time")
    asked.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    asked.add_argument("--quick", action="store_true", help="few rounds, a short history: whether it all runs")
    asked.add_argument("--here", action="store_true", help="measure the program of this interpreter as it is")
    return asked


def _measure(chosen: argparse.Namespace, top: Path, passing: Path) -> int:
    # Only here: what is measured need not be installed where the wheel is built.
    from bench.setting import Bench

    bench = Bench(
        top,
        passing,
        chosen.sessions or (SHORT_HISTORY if chosen.quick else HISTORY),
        chosen.seed,
        Path(sys.executable).with_name("rmsession"),
        chosen.rounds or (FEW_ROUNDS if chosen.quick else ROUNDS),
        Report(),
        chosen.quick,
    )
    for name, where in MEASURES.items():
        if name in chosen.only:
            measure(where)(bench)
    bench.report.end()
    if chosen.json:
        bench.report.write(chosen.json)
    return int(bool(bench.report.missed))


def measure(where: str) -> Callable[[Bench], None]:
    """One of `MEASURES`, loaded when it is its turn: what one loads is not in the memory of the others."""
    module, _, name = where.partition(":")
    taken: Callable[[Bench], None] = getattr(import_module(f"bench.{module}"), name)
    return taken


if __name__ == "__main__":
    sys.exit(main())
