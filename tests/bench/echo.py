"""Key to screen: from a key's byte to the painted line that holds it, in a session and in a line that does nothing.

    python tests/bench/echo.py [--keys 400] [--program FILE] [--json FILE]

Both programs are open all the time and take turns, key by key, with who goes first drawn by lot; a pause of a length
drawn by lot too stands between two keys, so that they fall on every part of a second and of a frame. No terminal is
emulated meanwhile: what is waited for are the last letters of the line among the painted bytes.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1])]

from bench.alone import alone  # noqa: E402 - needs the path set above
from bench.measure import Bar, Row, Series, turns  # noqa: E402
from bench.opened import Opened, blank, session  # noqa: E402

if TYPE_CHECKING:
    from bench.setting import Bench

KEYS = 400
_TYPED = (
    "Robin shows how the feed is sorted, and why",
    "@alex send the draft of the profile by fri",
    "? what would you do first if nobody watched",
    "! a reading club for directors, twice a month",
)
"""What is typed in a meeting: notes, actions, questions, ideas."""
_BLOCK = 40
"""Keys of which one tail is taken: some seconds' worth."""
_TOLD = 4
"""Letters of the line that must have been painted together; the last one is the key's."""
_CLEAR = b"\x15"
_PAUSE = (0.04, 0.12)
"""Seconds between two keys, as a person types."""


class Typist:
    """Types into one program's line, key by key, and sees each arrive."""

    def __init__(self, program: Opened) -> None:
        self.program = program
        self._lot = Random(1)
        self._line = self._number = 0
        self.bytes: list[int] = []
        """What was painted for each key."""

    def key(self) -> float:
        """Seconds from the next key to the painted line."""
        line = _TYPED[self._line % len(_TYPED)]
        if self._number == len(line):
            self._line, self._number = self._line + 1, 0
            self.program.press(_CLEAR)
            line = _TYPED[self._line % len(_TYPED)]
        self.program.rest(self._lot.uniform(*_PAUSE))
        before, self._number = self.program.painted, self._number + 1
        end = line[max(self._number - _TOLD, 0) : self._number]
        begun = time.perf_counter()
        self.program.press(line[self._number - 1].encode())
        self.program.until(re.escape(end))
        taken = time.perf_counter() - begun
        self.bytes.append(self.program.painted - before)
        return taken


def _tail(series: Series) -> float:
    """The p95 of a block of keys, in the middle one of the blocks: what a machine does once is no tail."""
    blocks = [series.seconds[each : each + _BLOCK] for each in range(0, len(series.seconds), _BLOCK)]
    return median(Series(series.name, block).p95 for block in blocks)


def echo(bench: Bench, keys: int = KEYS) -> None:
    """The tail of a key's way to the screen, against that of an `Input` in an app that does nothing."""
    with session(bench) as ours, blank(bench) as floor:
        typists = {"session": Typist(ours), "blank": Typist(floor)}
        mine, theirs = turns({name: each.key for name, each in typists.items()}, 40 if bench.quick else keys, first=20)
        painted = " and ".join(f"{median(each.bytes):,.0f}" for each in typists.values())
    ratios = f"over all {mine.p95 / theirs.p95:.2f} x, medians {mine.median / theirs.median:.2f} x"
    bench.report.add(
        Row(
            "key to screen, p95, against an idle app's Input",
            mine,
            theirs,
            Bar(1.25),
            figure=_tail(mine) / _tail(theirs),
            note=f"{ratios}; {painted} bytes a key",
        )
    )


if __name__ == "__main__":
    sys.exit(alone(__doc__, echo, keys=KEYS))
