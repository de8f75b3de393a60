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

from rmsession.core.programme import Pair  # noqa: E402
from rmsession.store.opening import open_store  # noqa: E402


@dataclass(frozen=True, slots=True)
class Bench:
    """What every measurement is given."""

    top: Path
    """Where histories, exports and the like lie from one run to the next."""
    passing: Path
    """Where things lie for this run."""
    sessions: int
    seed: int
    program: Path
    rounds: int
    report: Report

    @property
    def full(self) -> Path:
        """The data folder with the history, made when it is first wanted."""
        return self._made("history", None)

    def all_of_one(self) -> Path:
        """One in which all sessions are of one pair."""
        return self._made("one-pair", 1)

    def empty_with(self, pair: Pair) -> Path:
        """A data folder of the same person, who has not met this pair yet."""
        home = self.passing / pair.id
        home.mkdir(mode=0o700, exist_ok=True)
        write_private(home / "config.toml", f'me = "{ME}"\nzone = "Europe/Berlin"\n')
        store = open_store(home)
        store.keep_pair(pair)
        store.close()
        return home

    def environ(self, home: Path) -> dict[str, str]:
        """The variables of a run of the program, with nothing of the tester's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RMSESSION_", "TEXTUAL"))}
        return kept | {"RMSESSION_HOME": str(home), "TZ": "Europe/Berlin", "LANG": "C.UTF-8"}

    def _made(self, name: str, pairs: int | None) -> Path:
        home = self.top / f"{name}-{self.sessions}-{self.seed}"
        whole = home.with_suffix(".whole")
        if not whole.exists():
            print(f"Generating {self.sessions:,} sessions in {home} …", flush=True)
            make(home, self.sessions, pairs, self.seed)
            whole.touch()
        return home


MEASURES: dict[str, Callable[[Bench], None]] = {
    "rebuild": asked_in_process.rebuild,
    "adding": asked_in_process.adding,
    "keys": asked_in_process.keys,
    "search": commands.search,
    "actions": commands.actions,
    "start": commands.start,
    "history": screens.history,
    "one-pair": screens.history_of_one,
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
        passed = Path(passing)
        (top := chosen.data or passed).mkdir(parents=True, exist_ok=True)
        bench = Bench(top, passed, chosen.sessions, chosen.seed, chosen.program, chosen.rounds, report)
        print("  ".join(f"{name}: {value}" for name, value in machine().items()), flush=True)
        for name, measure in MEASURES.items():
            if name in chosen.only:
                measure(bench)
    if chosen.json:
        report.write(chosen.json)
    return int(bool(report.missed))


if __name__ == "__main__":
    sys.exit(main())
