"""When a program is usable: the first key that it acts on shows its effect.

A key that is pressed too early is lost, in any program. So it is pressed every few milliseconds from the first paint
on, and what counts is when its effect first shows; which that is, is seen beforehand, with all the time in the world.
What is painted goes through a terminal emulator after the run: meanwhile it would slow the program down.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
from bench.measure import Bar, Row, turns
from bench.opened import Opened

if TYPE_CHECKING:
    from bench.setting import Bench

BLANK = Path(__file__).with_name("blank.py")
DOWN = b"\x1b[B"
_SETTLED = 0.7
"""Seconds after which a screen is taken for finished."""
_BETWEEN = 0.01
"""Seconds from one press to the next."""
_PRESSES = 150
"""Keys after which nobody waits any more for the first to be acted on."""
_MOST = 20.0
_FIRST_PAINT = 1500
"""Bytes that are more than what sets a terminal up."""
Line = tuple[str, str]
"""What stands in a line of the screen, and the colour behind most of it: a cursor that blinks changes neither."""


@dataclass(frozen=True, slots=True)
class Program:
    """What is started, and the key that is pressed."""

    argv: tuple[str | Path, ...]
    environ: Mapping[str, str]
    key: bytes
    size: tuple[int, int] = (120, 36)


def starting(bench: Bench) -> None:
    """From the command to the first key that is acted on: with no session, with thousands, and in an idle app."""
    empty = bench.environ(bench.empty())
    programs = {
        "idle app": Program((sys.executable, BLANK), empty, b"x"),
        "no session": Program((bench.program,), empty, DOWN),
        "full": Program((bench.program,), bench.environ(bench.full), DOWN),
    }
    watched = {name: Usable(program) for name, program in programs.items()}
    idle, none, full = turns({name: each.time for name, each in watched.items()}, bench.rounds)
    what = "start to usable, {}, against an idle app"
    bench.report.add(Row(what.format("no session"), none, idle, Bar(1.15, goal=1.10)))
    bench.report.add(Row(what.format(f"{bench.sessions:,} sessions"), full, idle, Bar(1.20, goal=1.15)))


class Usable:
    """Times from the start of one program until its first key is acted on."""

    def __init__(self, program: Program) -> None:
        self._program = program
        before, after = _rested(program)
        changed = [place for place, line in enumerate(before) if after[place] != line]
        if not changed:
            raise RuntimeError(f"{program.argv} does nothing on {program.key!r}: {[line for line, _ in before]}")
        self._first, self._changed = changed[0], changed
        self._bar = before[self._first][1]

    def time(self) -> float:
        """Seconds until a key's effect is on the screen. Raises `TimeoutError`."""
        screen = _Emulated(self._program.size)
        for at, part in _pressed(self._program):
            screen.feed(part)
            if self._acted(screen):
                return at
        raise TimeoutError(f"no key was acted on by {self._program.argv}: {screen.text()[:600]}")

    def _acted(self, screen: _Emulated) -> bool:
        """Whether the letter stands in its line, or the bar that was in one line is in another one below."""
        if self._program.key.isalpha():
            return any(self._program.key.decode() in screen.line(place)[0] for place in self._changed)
        return any(screen.line(place)[1] == self._bar for place in range(self._first + 1, self._program.size[1]))


class _Emulated:
    """What a terminal would show."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, part: bytes) -> None:
        self._stream.feed(part)

    def line(self, place: int) -> Line:
        behind = Counter(self._screen.buffer[place][column].bg for column in range(self._screen.columns))
        return self._screen.display[place].rstrip(), behind.most_common(1)[0][0]

    def lines(self) -> list[Line]:
        return [self.line(place) for place in range(self._screen.lines)]

    def text(self) -> str:
        return " / ".join(line.strip() for line in self._screen.display if line.strip())


def _rested(program: Program) -> list[list[Line]]:
    """The screen before the first key, and after it."""
    screen, screens = _Emulated(program.size), []
    with Opened(program.argv, program.environ, program.size) as running:
        painted = 0
        while painted < _FIRST_PAINT and (part := _next(running, _MOST)):
            painted += len(part)
            screen.feed(part)
        for _ in range(2):
            until = time.perf_counter() + _SETTLED
            while (left := until - time.perf_counter()) > 0:
                screen.feed(_next(running, left))
            screens.append(screen.lines())
            running.press(program.key)
    return screens


def _pressed(program: Program) -> list[tuple[float, bytes]]:
    """What was painted, and when, with a key every few milliseconds from the first paint on."""
    told: list[tuple[float, bytes]] = []
    begun, painted, presses, due = time.perf_counter(), 0, 0, 0.0
    with Opened(program.argv, program.environ, program.size) as running:
        while presses < _PRESSES and (now := time.perf_counter() - begun) < _MOST:
            if painted >= _FIRST_PAINT and now >= due:
                running.press(program.key)
                presses, due = presses + 1, now + _BETWEEN
            part = _next(running, max(due - now, 0.0) if presses else _MOST)
            if part:
                told.append((time.perf_counter() - begun, part))
                painted += len(part)
            elif not presses:
                break
    return told


def _next(running: Opened, patience: float) -> bytes:
    """What it painted next; nothing when it was silent for so long, or has ended."""
    with suppress(RuntimeError):
        return running.read(patience)
    return b""
