"""A bare app that shows one screen of those after the topics, over the memory store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.building import DEVICE, ZONE, Play
from textual.app import App
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda
from rmsession.core.facts import Event
from rmsession.core.fold import session_of
from rmsession.core.record import Record
from rmsession.core.session import Session
from rmsession.core.store import Draft
from rmsession.store.opening import open_store
from rmsession.tui.desk import Desk
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder

Make = Callable[[Desk, Launch, Recorder], Screen[Any]]


class Host(App[None]):
    """Shows a screen, and remembers how it was left and what it said on the way."""

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._first = screen
        self.results: list[object] = []
        self.said: list[Message] = []
        self.copied: list[str] = []

    def on_mount(self) -> None:
        self.push_screen(self._first, self.results.append)

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)

    async def _dispatch_message(self, message: Message) -> None:
        self.said.append(message)
        await super()._dispatch_message(message)


@dataclass
class Shown:
    """The screen, the desk under it, and how to work them."""

    pilot: Pilot[None]
    app: Host
    desk: Desk
    recorder: Recorder
    play: Play
    results: list[object] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.desk.session

    def facts(self, since: int = 0) -> list[Event]:
        """What happened, from one place on."""
        return [fact.what for fact in self.session.facts[since:]]

    async def press(self, *keys: str) -> None:
        """Press keys one by one."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type text, key by key."""
        await self.press(*("space" if each == " " else each for each in text))

    async def kept(self) -> Record:
        """The record as the store has it, once all that waits is written."""
        return await self.recorder.ask(lambda store: store.load(self.session.record.id))

    async def draft(self) -> Draft | None:
        """The draft as the store has it."""
        return await self.recorder.ask(lambda store: store.draft(self.session.record.id))

    def text(self) -> str:
        """Everything the screen in front shows."""
        return "\n".join(
            "".join(segment.text for segment in strip) for strip in self.app.screen._compositor.render_strips()
        )


@asynccontextmanager
async def shown(
    play: Play,
    make: Make,
    size: tuple[int, int] = (120, 36),
    draft: Draft | None = None,
    *,
    earlier: Iterable[Record] = (),
) -> AsyncIterator[Shown]:
    """A screen over a session that was played so far; `earlier` sessions are there besides."""
    store = open_store("memory:")
    for each in earlier:
        store.begin(each)
    store.begin(play.session.record)
    recorder = Recorder(store)
    desk = Desk(session_of(play.session.record), recorder, play.clock, by=play.by, device=DEVICE)
    desk.take_up(draft)
    launch = Launch(store, Path("/home/robin/rmsession"), DEVICE, ZONE, play.clock)
    app = Host(make(desk, launch, recorder))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Shown(pilot, app, desk, recorder, play, app.results)
    recorder.stop()


def under_way(plan: Agenda | None = None, **more: Any) -> Play:
    """A session 20 minutes old, in its second topic."""
    play = Play(plan, **more)
    play.start()
    play.wait(minutes=6)
    play.do(asked.Next())
    play.wait(minutes=14)
    return play
