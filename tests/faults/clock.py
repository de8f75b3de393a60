"""Clocks of a running program, set from outside: a sleep of the machine, a clock set back, without the wait.

    clock = Clock(tmp_path / "clock")
    environ = person.environment() | clock.environment()
    clock.sleep(14 * 60)     # the machine slept: its wall clock is ahead, its monotonic one stood still
    clock.set(-3600)         # somebody set the wall clock back

Built like the library that makes calls on a disk fail, and skipped where that cannot be.
"""

from __future__ import annotations

import struct
from pathlib import Path

from faults.shim import library

SOURCE = Path(__file__).with_name("clock.c")


class Clock:
    """How far a program's clocks are from the machine's."""

    def __init__(self, control: Path) -> None:
        self._control = control
        self._wall = self._mono = 0.0
        self._write()

    def environment(self) -> dict[str, str]:
        """The variables with which a program has these clocks."""
        return {"LD_PRELOAD": str(library(SOURCE)), "CLOCK_CONTROL": str(self._control.absolute())}

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep: Linux's monotonic clock stands still meanwhile."""
        self.set(seconds)

    def stop(self, seconds: float) -> None:
        """Let the program be stopped so long: both clocks go on."""
        self._mono += seconds
        self.set(seconds)

    def set(self, seconds: float) -> None:
        """Set the wall clock by so much, back where it is less than nothing."""
        self._wall += seconds
        self._write()

    def _write(self) -> None:
        with self._control.open("r+b" if self._control.exists() else "wb") as file:
            file.write(struct.pack("dd", self._wall, self._mono))
