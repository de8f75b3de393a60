"""An hour of a session in this process, its clock moved by hand: prints what it holds in memory, minute by minute.

    python tests/bench/hour.py [MINUTES]

Every second a tick, every half a minute a captured line, every three minutes a step to another topic, each painted as
for a terminal. What is printed is a list of KiB; what is freed is given back to the system before each look.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1])]

from support.stage import Stage, staged  # noqa: E402 - needs the path set above
from textual.app import App  # noqa: E402

MINUTES = 60
A_LINE, A_STEP = 30, 180
"""Seconds between two of them."""
_FRAME = 1 / 60
"""Seconds after which what changed has been painted."""
_LINES = (
    "Robin shows how the feed is sorted, and why",
    "@alex send the draft of the profile by fri",
    "? what would you do first if nobody watched",
    "~ seems unsure of the numbers",
)
_display = App._display


def _painted(self: App[object], screen: object, renderable: object) -> None:
    """Render as the terminal would be given it: without a terminal Textual does not."""
    if hasattr(renderable, "render_segments"):
        renderable.render_segments(self.console)
    _display(self, screen, renderable)


async def held(minutes: int) -> list[int]:
    """KiB in memory after each minute."""
    looks = []
    async with staged() as stage:
        for second in range(1, minutes * 60 + 1):
            await _tick(stage)
            await _work(stage, second)
            if second % 60 == 0:
                gc.collect()
                looks.append(resident())
    return looks


async def _tick(stage: Stage) -> None:
    """Let a second pass; the screen's own timer waits for a whole one, and is in the way."""
    stage.clock.run(1)
    if stage.screen._timer:
        stage.screen._timer.stop()
    stage.screen._tick()
    await asyncio.sleep(_FRAME)


async def _work(stage: Stage, second: int) -> None:
    """What people do in that second, if anything."""
    if second % A_LINE == 0:
        await stage.enter(f"{_LINES[second // A_LINE % len(_LINES)]} {second}")
    if second % A_STEP == 0:
        stage.screen.do("back" if second % (2 * A_STEP) else "next", "")
        await stage.pilot.pause()


def resident() -> int:
    """KiB of this process that are in memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])


if __name__ == "__main__":
    App._display = _painted  # type: ignore[method-assign]
    print(json.dumps(asyncio.run(held(int(sys.argv[1]) if sys.argv[1:] else MINUTES))))
