"""Times taken alternately in one run, and what they come to: medians, p95, spread, ratios, and whether a bar holds.

What is compared takes turns, and who goes first is drawn by lot: whatever else the machine does falls on all alike.
"""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Series:
    """The seconds that one thing took, time after time."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the times took less."""
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """One in twenty took longer."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) * 95 // 100, len(ordered) - 1)]

    @property
    def spread(self) -> float:
        """The middle half of the times, as a part of the median: over 0.2 the machine was busy."""
        if len(self.seconds) < 2:
            return 0.0
        low, _, high = quantiles(self.seconds, n=4)
        return (high - low) / self.median if self.median else 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must not be over; or, of how many times something is faster, not under."""

    limit: float
    unit: str = "x"
    """``x``: a ratio of medians; ``ms``: milliseconds; or another unit in which the figure is given."""
    goal: float | None = None
    """What it should come to, beyond what it must."""
    faster: bool = False
    """The figure says how many times as long the peer takes."""

    def holds(self, value: float) -> bool:
        """Whether a figure keeps to it."""
        return value >= self.limit if self.faster else value <= self.limit

    def __str__(self) -> str:
        """As it stands in the table."""
        goal = "" if self.goal is None else f" ({self.goal:g})"
        return f"{'≥' if self.faster else '≤'} {self.limit:g}{goal}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, against what, and whether it holds."""

    what: str
    ours: Series | None = None
    peer: Series | None = None
    bar: Bar | None = None
    figure: float | None = None
    """The ratio of the medians, the faster one below where the bar asks how much faster, unless said otherwise."""
    note: str = ""

    @property
    def value(self) -> float | None:
        """What is held against the bar."""
        if self.figure is not None:
            return self.figure
        if not (self.ours and self.peer and self.ours.median and self.peer.median):
            return None
        ratio = self.ours.median / self.peer.median
        return 1 / ratio if self.bar and self.bar.faster else ratio

    @property
    def holds(self) -> bool | None:
        """Whether it is within its bar; None where there is none, or nothing was measured."""
        return None if self.bar is None or self.value is None else self.bar.holds(self.value)


def alternately(calls: Mapping[str, Callable[[], object]], rounds: int, *, first: int = 1) -> list[Series]:
    """How long each call takes, the calls taking turns; the `first` rounds only warm up."""
    timed = {name: _timer(call) for name, call in calls.items()}
    return turns(timed, rounds, first=first)


def turns(calls: Mapping[str, Callable[[], float]], rounds: int, *, first: int = 1) -> list[Series]:
    """As `alternately`, for calls that say themselves how long what counts took."""
    lot = Random(rounds)
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + first):
        for name in lot.sample(list(calls), len(calls)):
            seconds = calls[name]()
            if number >= first:
                taken[name].append(seconds)
    return [Series(name, tuple(seconds)) for name, seconds in taken.items()]


def _timer(call: Callable[[], object]) -> Callable[[], float]:
    def timed() -> float:
        begun = time.perf_counter()
        call()
        return time.perf_counter() - begun

    return timed


def command(argv: Sequence[str | Path], environ: Mapping[str, str]) -> Callable[[], str]:
    """A program to be run to its end, its output read as a pipe reads it.

    Raises:
        RuntimeError: it ended with another exit code; its first words are told.
    """

    def run() -> str:
        done = subprocess.run([os.fspath(each) for each in argv], capture_output=True, env={**environ}, check=False)
        if done.returncode:
            raise RuntimeError(f"{argv[0]} {argv[1:]} ended with {done.returncode}: {done.stderr[:400]!r}")
        return done.stdout.decode(errors="replace")

    return run


def machine() -> dict[str, object]:
    """On what it was measured, and how busy that was."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "load": load,
    }
