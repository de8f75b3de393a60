"""Sessions of the past for tests of what looks back: a few of one pair, and the history screen over them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from support.afterwards import Host
from support.building import BEGIN, DEVICE, MENTEE, PAIR, ZONE, HandClock, Play, agenda, record, topic
from textual.pilot import Pilot

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind
from rmsession.core.fold import session_of
from rmsession.core.programme import Pair
from rmsession.core.record import Record
from rmsession.core.session import Session
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.memory import MemoryStore
from rmsession.tui.launch import Launch, OpenReview
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.history import HistoryScreen
from rmsession.tui.widgets.history_list import HistoryList
from rmsession.tui.widgets.record_pane import RecordPane

PATIENCE = 20.0
"""Seconds: on a busy machine a screen takes its time."""
SECRET = "she may leave"
SECRET_TOPIC = "Reorganisation"


def past(number: int, days_ago: float, title: str, *lines: tuple[Any, ...], end: bool = True, **more: Any) -> Record:
    """A session of so many days before the test's now: 20 of 20 minutes, with these lines in its first topic.

    A line is its text, its kind and then what `Play.keep` takes.
    """
    at = BEGIN - timedelta(days=days_ago)
    topics = (topic("Opening", 10), topic(SECRET_TOPIC, 5, private=True), topic("Closing", 5))
    plan = agenda(*topics, title=title, feedback=FeedbackKind.NONE)
    play = Play(record(plan, number=number, created=at, **more), clock=HandClock(at), ids=count(number * 1000 + 1))
    play.start()
    play.wait(minutes=12)
    for text, kind, kept in ((*line, Kind.NOTE, {})[:3] if len(line) == 1 else (*line, {})[:3] for line in lines):
        play.keep(text, kind, **kept)
    play.do(asked.Next())
    play.wait(minutes=8)
    if end:
        play.do(asked.End())
    return play.record


def three() -> list[Record]:
    """What most tests look at: three sessions, two in November, one of them unfinished, with promises of both."""
    return [
        past(1, 40, "Kick-off", ("Wants fewer dashboards",), ("Read the policy", Kind.ACTION, {"owner": "Robin"})),
        past(
            2, 12, "Listening in",
            ("Send the policy draft", Kind.ACTION, {"owner": "Alex", "due": "2026-11-13", "tags": ("policy",)}),
            ("Feeds: see https://feeds.example.org/start, it is free",),
            (SECRET, Kind.NOTE, {"private": True}),
            ("Ask legal about the feed", Kind.ACTION, {"owner": "Robin", "goals": ("reach",)}),
        ),
        past(3, 2, "Posting", ("Draft a post", Kind.ACTION, {"owner": "Alex"}), end=False),
    ]  # fmt: skip


@dataclass
class Looking:
    """The history screen, and how to work it."""

    pilot: Pilot[None]
    app: Host
    screen: HistoryScreen
    store: MemoryStore
    recorder: Recorder

    @property
    def list(self) -> HistoryList:
        return self.screen.query_one(HistoryList)

    @property
    def pane(self) -> RecordPane:
        return self.screen.query_one(RecordPane)

    def text(self) -> str:
        """Everything that the screen in front shows."""
        return "\n".join(
            "".join(segment.text for segment in strip).rstrip() for strip in self.app.screen._compositor.render_strips()
        )

    def left(self) -> str:
        """What the list's side shows, where the record stands beside it."""
        return "\n".join(line.partition("│")[0].rstrip() for line in self.text().splitlines())

    async def until(self, true: Callable[[], object]) -> None:
        """Let it work until something holds."""
        limit = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < limit, self.text()
            await asyncio.sleep(0.06)
        await self.pilot.pause()

    async def shows(self, *words: str) -> str:
        """Wait for words, and give back the whole text."""
        await self.until(lambda: all(each in self.text() for each in words))
        return self.text()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def search(self, typed: str, *words: str) -> str:
        """Search for something, as from the keyboard, until these words show."""
        await self.press("slash")
        self.screen.query_one("#search").value = typed
        return await self.shows(*words)

    def said(self, kind: type) -> list[Any]:
        """The messages of a kind that came up to the app."""
        return list({id(each): each for each in self.app.said if isinstance(each, kind)}.values())

    async def kept(self, number: int) -> Session:
        """A session as the store has it."""
        ident = record(number=number).id
        return session_of(await self.recorder.ask(lambda store: store.load(ident)))


@asynccontextmanager
async def looking(
    records: Sequence[Record] = (),
    size: tuple[int, int] = (120, 36),
    *,
    me: str = "Robin",
    pairs: Sequence[Pair] = (PAIR,),
    store: MemoryStore | None = None,
    **opening: Any,
) -> AsyncIterator[Looking]:
    """The history screen over these sessions, as whoever is called `me`; `opening` are fields of `OpenReview`."""
    store = store or MemoryStore()
    for each in pairs:
        store.keep_pair(each)
    for each in records:
        store.begin(each)
    recorder = Recorder(store)
    launch = Launch(store, Path("/home/robin/rmsession"), DEVICE, ZONE, HandClock(BEGIN), me=UserText(me))
    screen = HistoryScreen(launch, recorder, OpenReview(**opening))
    app = Host(screen)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Looking(pilot, app, screen, store, recorder)
    recorder.stop()


__all__ = ["MENTEE", "SECRET", "SECRET_TOPIC", "Looking", "looking", "past", "three"]
