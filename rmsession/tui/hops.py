"""From hand to hand: waiting until what was told has been dealt with, by whoever it was told to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual.message_pump import MessagePump


async def through(pumps: Iterable[MessagePump]) -> None:
    """Wait until each has dealt with what waits for it; one that broke never will."""
    marks = []
    for pump in pumps:
        mark = asyncio.Event()
        if pump.is_running and pump.call_later(mark.set):
            marks.append(mark.wait())
    await asyncio.gather(*marks)
