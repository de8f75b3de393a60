"""A stage for screen tests: the real app over the memory store, with a clock moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from support.building import DEVICE, ZONE, HandClock, Play, kick_off
from textual.pilot import Pilot
from textual.widgets import Input

from rmsession.core.agenda import Agenda
from rmsession.core.facts import Event, Fact
from rmsession.core.fold import session_of
from rmsession.core.session import Session
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.tui.app import RmSessionApp
from rmsession.tui.launch import Launch, OpenSession
from rmsession.tui.screens.session import SessionScreen


@dataclass
class Stage:
    """An app with a session on it, and what lies behind."""

    pilot: Pilot[None]
    app: RmSessionApp
    clock: HandClock
    id: str

    @property
    def screen(self) -> SessionScreen:
        return next(each for each in self.app.screen_stack if isinstance(each, SessionScreen))

    @property
    def session(self) -> Session:
        return self.screen.desk.session

    @property
    def line(self) -> Input:
        return self.screen.query_one("#line", Input)

    async def kept(self) -> Session:
        """The session as the store has it, once all that waits is written."""
        return session_of(await self.app.recorder.ask(lambda store: store.load(self.id)))

    async def facts(self) -> list[Event]:
        """What the store has, in order."""
        return [fact.what for fact in (await self.kept()).facts]

    async def enter(self, text: str) -> None:
        """Type a line and press enter."""
        self.line.value = text
        await self.pilot.press("enter")
        await self.pilot.pause()

    async def pass_time(self, seconds: float, *, asleep: bool = False) -> None:
        """Let time pass and the screen look at the clock."""
        if asleep:
            self.clock.suspend(seconds)
        else:
            self.clock.run(seconds)
        self.screen._tick()
        await self.pilot.pause()


@asynccontextmanager
async def staged(
    agenda: Agenda | None = None,
    size: tuple[int, int] = (120, 36),
    *,
    facts: tuple[Fact, ...] = (),
    theme: str = "textual-dark",
) -> AsyncIterator[Stage]:
    """The app, opened on a session that has just started."""
    play = Play(agenda or kick_off())
    play.start()
    record = play.session.record
    store = open_store("memory:")
    store.begin(record)
    for fact in facts:
        store.append(record.id, fact)
    clock = HandClock()
    launch = Launch(
        store=store, home=Path("/home/robin/rmsession"), device=DEVICE, zone=ZONE, clock=clock,
        first=OpenSession(record.id), me=UserText("Robin"), theme=theme,
    )  # fmt: skip
    app = RmSessionApp(launch)
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield Stage(pilot, app, clock, record.id)
    app.recorder.stop()
