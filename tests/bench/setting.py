"""What every measurement is given: where histories lie, which program is measured, how often, and who takes rows in."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.generate import make, write_private
from bench.people import ME
from bench.table import Report

from rmsession.core.programme import Pair
from rmsession.store.opening import open_store


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of measurements."""

    top: Path
    """Where histories, exports and the like lie from one run to the next."""
    passing: Path
    """Where things lie for this run."""
    sessions: int
    seed: int
    program: Path
    rounds: int
    report: Report
    quick: bool = False
    """Whether it is only to be seen that everything still runs: a few times each, and nothing for a minute."""

    @property
    def full(self) -> Path:
        """The data folder with the history, made when it is first wanted."""
        return self.history_of(self.sessions)

    def history_of(self, sessions: int) -> Path:
        """A data folder with so many sessions of many pairs."""
        return self._made("history", sessions, None)

    def all_of_one(self) -> Path:
        """One in which all sessions are of one pair."""
        return self._made("one-pair", self.sessions, 1)

    def empty(self, name: str = "empty") -> Path:
        """A data folder of the same person with no session, new in this run."""
        home = self.passing / name
        home.mkdir(mode=0o700, exist_ok=True)
        write_private(home / "config.toml", f'me = "{ME}"\nzone = "Europe/Berlin"\n')
        return home

    def empty_with(self, pair: Pair) -> Path:
        """One that knows this pair, who have not met yet."""
        home = self.empty(pair.id)
        store = open_store(home)
        store.keep_pair(pair)
        store.close()
        return home

    def environ(self, home: Path) -> dict[str, str]:
        """The variables of a run of the program, with nothing of the tester's own settings."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("RMSESSION_", "TEXTUAL", "PYTHON"))
        }
        return kept | {"RMSESSION_HOME": str(home), "TZ": "Europe/Berlin", "LANG": "C.UTF-8"}

    def _made(self, name: str, sessions: int, pairs: int | None) -> Path:
        home = self.top / f"{name}-{sessions}-{self.seed}"
        once(home, f"Generating {sessions:,} sessions", lambda: make(home, sessions, pairs, self.seed))
        return home


def once(home: Path, doing: str, fill: Callable[[], object]) -> int:
    """Fill a folder the first time it is wanted; how many sessions are in it.

    That it is whole is said beside it, by a file that comes into being with its text: an interrupted run, or a disk
    that is full, leaves none that says nothing.

    Raises:
        FileExistsError: the folder is there, and not whole.
    """
    whole = home.with_name(f"{home.name}.whole")
    with suppress(OSError, ValueError):
        return int(whole.read_text(encoding="ascii"))
    if home.exists():
        raise FileExistsError(f"{home} was left half made: delete it, and it is made anew")
    print(f"{doing} in {home} …", flush=True)
    fill()
    number = sum(1 for _ in home.glob("sessions/*/*/*.json"))
    beside = whole.with_suffix(".part")
    beside.write_text(str(number), encoding="ascii")
    beside.replace(whole)
    return number
