"""The installed program in a pseudo-terminal, as a person has it in front of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from support.building import ZONE, HandClock, Play, record
from support.terminal import Terminal

from rmsession import settings
from rmsession.core.agenda import Agenda
from rmsession.core.programme import Pair
from rmsession.core.programme import Person as Somebody
from rmsession.core.store import Draft
from rmsession.core.text import UserText
from rmsession.reader.agenda_reader import read_file
from rmsession.store.opening import open_store

SIZE = {"COLUMNS": "", "LINES": ""}
"""Test runners set these, and they would overrule the terminal's own size."""
PROGRAM = Path(sys.executable).parent / "rmsession"
AGENDAS = Path(__file__).parents[2] / "agendas"
ROBIN, ALEX = UserText("Robin Fox"), UserText("Alex Stone")
"""Who sits there in the tests in a terminal."""


@dataclass
class Person:
    """One data folder, and the program run on it."""

    home: Path
    extra: dict[str, str] = field(default_factory=dict)
    """Variables besides: a preloaded library and what it is told."""

    def environment(self) -> dict[str, str]:
        """The variables a run gets: nothing of the tester's own settings."""
        keep = {name: value for name, value in os.environ.items() if not name.startswith("RMSESSION_")}
        return keep | {"RMSESSION_HOME": str(self.home), "TZ": "Europe/Berlin", "LANG": "C.UTF-8"} | SIZE | self.extra

    def run(self, *arguments: str, code: int = 0, stdin: str | None = None) -> str:
        """Run a command that needs no screen and return what it printed."""
        done = subprocess.run(
            [str(PROGRAM), *arguments], capture_output=True, text=True, env=self.environment(),
            timeout=60, check=False, input=stdin, cwd=self.home.parent,
        )  # fmt: skip
        assert done.returncode == code, f"exit {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout

    @contextmanager
    def screen(self, *arguments: str, columns: int = 120, lines: int = 36) -> Iterator[Terminal]:
        """Run the program on a screen."""
        argv = [str(PROGRAM), *arguments]
        with Terminal(argv, columns=columns, lines=lines, env=self.environment(), cwd=str(self.home.parent)) as term:
            yield term

    @contextmanager
    def session(self, agenda: str = "01-kick-off", mentee: str = "Alex Stone", **size: int) -> Iterator[Terminal]:
        """Start a session: name asked on the first run, mentee told, clock running."""
        first = not self.home.exists()
        with self.screen("run", agenda, "--mentee", mentee, **size) as term:
            if first:
                term.wait("What is your name")
                term.type("Robin Fox")
                term.press("enter")
            term.wait("Start")
            term.settle()
            term.press("f2")
            term.wait("left of")
            term.settle()
            yield term

    def under_way(self, *lines: str) -> Person:
        """Let a session of theirs be under way, just begun, with these lines kept; the person.

        Made of the program's own parts in this process: `session`, which starts it and types, takes a second of the
        processor's time. For tests that begin with a session and not with how one begins.
        """
        pair = Pair("pair-robin-alex", Somebody("person-robin", ROBIN), Somebody("person-alex", ALEX))
        begun = datetime.now(ZoneInfo(ZONE))
        with closing(open_store(self.home)) as store:
            device = (self.home / "device").read_text(encoding="ascii").strip()
            first = record(_kick_off(), pair=pair, created=begun, device=device)
            play = Play(first, device=device, clock=HandClock(begun))
            play.start()
            for line in lines:
                play.keep(line)
            store.keep_pair(pair)
            store.begin(first)
            for each in play.record.facts:
                store.append(first.id, each)
            store.keep_draft(first.id, Draft(begun, 0.0, UserText("")))
        settings.remember(self.home, "me", ROBIN.raw)
        return self

    @contextmanager
    def taken_up(self, *lines: str, **size: int) -> Iterator[Terminal]:
        """A session that was `under_way`, taken up on a screen."""
        with self.under_way(*lines).screen("run", "--resume", **size) as term:
            term.wait("left of")
            yield term

    def files(self) -> list[Path]:
        """The session files, oldest first."""
        return sorted(self.home.glob("sessions/*/*/*.json"))

    def document(self) -> dict[str, Any]:
        """The one session file, as TinyDB wrote it."""
        (path,) = self.files()
        return json.loads(path.read_text(encoding="utf-8"))

    def facts(self) -> list[dict[str, Any]]:
        """The facts of the one session, in the order of the file."""
        return list(self.document()["facts"].values())


@cache
def _kick_off() -> Agenda:
    """The first of the program's own agendas."""
    return read_file(AGENDAS / "01-kick-off.md").agenda


def busy() -> float:
    """How many times as long things take on this machine now, with all that it has to do; one where it is idle."""
    return max(os.getloadavg()[0] / (os.cpu_count() or 1), 1.0)


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something holds."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "it did not come to hold"
        time.sleep(0.05)
