"""The whole app over a few sessions of one pair: which screen is in front, and which lie below."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from support.building import BEGIN, DEVICE, PAIR, ZONE, HandClock, Play, agenda, record
from textual.pilot import Pilot

from rmsession.core import commands as asked
from rmsession.core.store import Store
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.tui.app import RmSessionApp
from rmsession.tui.launch import Launch, OpenActions, OpenAgenda, OpenHome, OpenReview, OpenSession


@dataclass
class Run:
    """The app under way."""

    pilot: Pilot[None]
    app: RmSessionApp
    store: Store

    @property
    def front(self) -> str:
        return type(self.app.screen).__name__

    @property
    def stack(self) -> list[str]:
        """The screens, the one in front last, without Textual's own."""
        return [type(each).__name__ for each in self.app.screen_stack[1:]]

    async def until(self, true: Callable[[], object], what: str) -> None:
        limit = time.monotonic() + 10
        while not true():
            assert time.monotonic() < limit, f"{what} did not come; {self.stack}"
            await self.pilot.pause(0.01)

    async def on(self, name: str) -> Any:
        """Wait for a screen of that name."""
        await self.until(lambda: self.front == name and self.app.screen.is_running, name)
        await self.pilot.pause()
        return self.app.screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


def held(number: int, days: int, *, end: bool = True, next_date: datetime | None = None, notes: int = 0) -> Play:
    """A session of so many days ago, with notes and an action in it."""
    when = BEGIN - timedelta(days=days)
    play = Play(
        record(agenda("Hello", title=f"Talk {number}"), number=number, created=when),
        clock=HandClock(when),
        ids=iter(range(number * 1000, number * 1000 + 999)),
    )
    play.start()
    for note in range(notes):
        play.keep(f"note {note}")
    play.keep("send the draft", Kind.ACTION, owner="Alex")
    play.keep("the site is example.org")
    play.wait(minutes=5)
    if next_date:
        play.do(asked.SetNextDate(next_date, ZONE))
    if end:
        play.do(asked.End())
    return play


@asynccontextmanager
async def running(
    *plays: Play,
    first: OpenHome | OpenReview | OpenActions | OpenAgenda | OpenSession,
    me: str | None = "Robin",
    size: tuple[int, int] = (80, 24),
    notices: bool = False,
) -> AsyncIterator[Run]:
    """The real app over these sessions."""
    store = open_store("memory:")
    store.keep_pair(PAIR)
    for play in plays:
        store.begin(replace(play.record, facts=()))
        for fact in play.record.facts:
            store.append(play.record.id, fact)
    launch = Launch(
        store=store, home=Path("/home/robin/rmsession"), device=DEVICE, zone=ZONE, clock=HandClock(), first=first,
        me=UserText(me) if me else None,
    )  # fmt: skip
    app = RmSessionApp(launch)
    async with app.run_test(size=size, notifications=notices) as pilot:
        await pilot.pause()
        yield Run(pilot, app, store)
    app.recorder.stop()
