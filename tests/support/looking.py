"""The real app over a store in memory, opened at one of the places between two sessions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.building import DEVICE, MENTOR, ZONE, HandClock
from textual.pilot import Pilot

from rmsession.core.store import Store
from rmsession.tui.app import RmSessionApp
from rmsession.tui.launch import Launch


@dataclass
class Looking:
    """The app, and what somebody sees of it."""

    pilot: Pilot[None]
    app: RmSessionApp
    store: Store

    @property
    def text(self) -> str:
        """Every character on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    @property
    def said(self) -> str:
        """What the notes at the edge say."""
        return "\n".join(str(each.message) for each in self.app._notifications)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type letters; a tab goes to the next line."""
        names = {"\t": "tab", " ": "space"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def until(self, true: Callable[[], object], what: str = "it") -> None:
        """Let the app work until something holds."""
        limit = time.monotonic() + 10
        while not true():
            assert time.monotonic() < limit, f"{what} did not come:\n{self.text}\n{self.said}"
            await asyncio.sleep(0.04)

    async def sees(self, words: str) -> None:
        """Wait for words."""
        await self.until(lambda: words in self.text, words)

    async def front(self, name: str) -> Any:
        """Wait for a screen of that name; it."""
        await self.until(lambda: type(self.app.screen).__name__ == name and self.app.screen.is_mounted, name)
        await self.pilot.pause()
        return self.app.screen


@asynccontextmanager
async def looking(
    first: Any, store: Store, *, size: tuple[int, int] = (120, 36), clock: HandClock | None = None, **more: Any
) -> AsyncIterator[Looking]:
    """The app, with its first screen in front."""
    launch = Launch(
        store=store, home=Path("/srv/notes"), device=DEVICE, zone=ZONE, clock=clock or HandClock(), first=first,
        me=MENTOR.name, theme="textual-dark", **more,
    )  # fmt: skip
    app = RmSessionApp(launch)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Looking(pilot, app, store)
    app.recorder.stop()
