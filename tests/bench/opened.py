"""Programs that stay open in pseudo-terminals, typed into and read byte by byte: a session under way, and the floor."""

from __future__ import annotations

import os
import re
import select
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bench.painted import plain, start

if TYPE_CHECKING:
    from bench.setting import Bench

SIZE = (120, 36)
_BLANK = Path(__file__).with_name("blank.py")
_F2 = b"\x1bOQ"
_SETTLED = 1.2
"""Seconds after which what comes of opening a screen is over: completion, the first look for others' facts."""


class Opened:
    """A program in a terminal of its own, until the ``with`` is left."""

    def __init__(self, argv: Sequence[str | Path], environ: Mapping[str, str], size: tuple[int, int] = SIZE) -> None:
        self.process, self._terminal = start(argv, environ, size)
        self.painted = 0
        """Bytes painted so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self._terminal)

    def fileno(self) -> int:
        """The terminal, to be waited for."""
        return self._terminal

    def press(self, keys: bytes) -> None:
        """Send keys as a terminal does."""
        os.write(self._terminal, keys)

    def read(self, patience: float) -> bytes:
        """What is painted next; nothing when it stays silent for so long. Raises `RuntimeError` when it has ended."""
        if not select.select([self._terminal], [], [], patience)[0]:
            return b""
        try:
            part = os.read(self._terminal, 1 << 16)
        except OSError:  # Linux says so when the program has ended
            part = b""
        if not part:
            raise RuntimeError("the program has ended")
        self.painted += len(part)
        return part

    def rest(self, seconds: float) -> None:
        """Let so much time pass, reading what is painted meanwhile."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def until(self, wanted: str, timeout: float = 30.0) -> float:
        """Seconds until text that fits the pattern is painted. Raises `TimeoutError`."""
        begun, said, pattern = time.perf_counter(), b"", re.compile(wanted.encode())
        while (now := time.perf_counter() - begun) < timeout:
            if part := self.read(timeout - now):
                at, said = time.perf_counter() - begun, said + part
                if pattern.search(plain(said)):
                    return at
        raise TimeoutError(f"{wanted!r} was not painted: {plain(said)[-400:].decode(errors='replace')}")


def resting(programs: Sequence[Opened], seconds: float) -> None:
    """Let so much time pass for all of them at once."""
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        for each in select.select(programs, [], [], left)[0]:
            each.read(0)


def session(bench: Bench, *more: str) -> Opened:
    """The program with a session under way, in a data folder of its own; `more` options of ``run``."""
    home = bench.empty(f"session-{len(list(bench.passing.glob('session-*')))}")
    argv = (bench.program, "run", "01-kick-off", "--mentee", "Alex Stone", *more)
    opened = Opened(argv, bench.environ(home))
    opened.until("Start")
    opened.rest(_SETTLED)
    opened.press(_F2)
    opened.until("left of")
    opened.rest(_SETTLED)
    return opened


def blank(bench: Bench) -> Opened:
    """The floor, from the same packages."""
    opened = Opened((bench.program.with_name("python"), _BLANK), bench.environ(bench.passing))
    opened.until("topic 7")
    opened.rest(_SETTLED)
    return opened
