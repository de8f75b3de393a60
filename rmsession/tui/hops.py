"""From hand to hand: waiting until what was told has been dealt with, by whoever it was told to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from textual.message_pump import MessagePump
from textual.screen import Screen


async def through(pumps: Iterable[MessagePump]) -> None:
    """Wait until each has dealt with what waits for it; one that broke never will."""
    marks = []
    for pump in pumps:
        mark = asyncio.Event()
        if pump.is_running and pump.call_later(mark.set):
            marks.append(mark.wait())
    await asyncio.gather(*marks)


async def painted(screen: Screen[Any]) -> bool:
    """Wait until what is to be done once the screen shows is done; False when there is no such thing."""
    mark = asyncio.Event()
    waits = screen._callbacks  # noqa: SLF001 - nothing else tells, and a frame is long for a key that changes nothing
    if not (waits and screen.is_running and screen.is_current and screen.call_after_refresh(mark.set)):
        return False
    await mark.wait()
    return True
