"""What history costs with 10,000 sessions, each figure against its peer, in one run: ``history.py [--data FOLDER]``.

The history is generated once into the data folder (by default a temporary one); what is not installed is said and
left out. It prints a table, writes JSON where ``--json`` says, and ends with 1 when a figure is over its bar.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [each for each in (str(HERE.parents[1]), str(HERE.parents[2])) if each not in sys.path]

from bench import asked_in_process, commands, screens  # noqa: E402 - needs the path set above
from bench.generate import make, write_private  # noqa: E402
from bench.measure import Report, machine  # noqa: E402
from bench.people import ME  # noqa: E402


@dataclass(frozen=True, slots=True)
class Bench:
    """What every measurement is given."""

    full: Path
    """The data folder with the history."""
    empty: Path
    """One of the same person, with nothing in it."""
    beside: Path
    """Where exports and the like may lie."""
    program: Path
    rounds: int
    report: Report

    def environ(self, home: Path) -> dict[str, str]:
        """The variables of a run of the program, with nothing of the tester's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RMSESSION_", "TEXTUAL"))}
        return kept | {"RMSESSION_HOME": str(home), "TZ": "Europe/Berlin", "LANG": "C.UTF-8"}


MEASURES: dict[str, Callable[[Bench], None]] = {
    "rebuild": asked_in_process.rebuild,
    "adding": asked_in_process.adding,
    "keys": asked_in_process.keys,
    "search": commands.search,
    "actions": commands.actions,
    "start": commands.start,
    "history": screens.history,
}
"""Every measurement by name, in the order in which they are taken: the index is made by the first."""


def main() -> int:
    """Measure what is asked for, print and write it; 1 when a figure is over its bar."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--rounds", type=int, default=15, help="how often each command is run")
    asked.add_argument("--data", type=Path, help="where the history is kept from one run to the next")
    asked.add_argument("--program", type=Path, default=Path(sys.executable).with_name("rmsession"))
    asked.add_argument("--json", type=Path, metavar="FILE", help="write every single time")
    asked.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    chosen = asked.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="rmsession-bench-") as passing:
        top = chosen.data or Path(passing)
        bench = Bench(
            history_in(top, chosen.sessions, chosen.seed),
            nobody_in(Path(passing) / "empty"),
            top,
            chosen.program,
            chosen.rounds,
            report,
        )
        print("  ".join(f"{name}: {value}" for name, value in machine().items()), flush=True)
        for name, measure in MEASURES.items():
            if name in chosen.only:
                measure(bench)
    if chosen.json:
        report.write(chosen.json)
    return int(bool(report.missed))


def history_in(top: Path, sessions: int, seed: int) -> Path:
    """The data folder with so many sessions, made unless it is there whole."""
    home = top / f"history-{sessions}-{seed}"
    whole = home.with_suffix(".whole")
    if not whole.exists():
        print(f"Generating {sessions:,} sessions in {home} …", flush=True)
        make(home, sessions, seed=seed)
        whole.touch()
    return home


def nobody_in(home: Path) -> Path:
    """A data folder of the same person before the first session."""
    home.mkdir(mode=0o700)
    write_private(home / "config.toml", f'me = "{ME}"\nzone = "Europe/Berlin"\n')
    return home


if __name__ == "__main__":
    sys.exit(main())
