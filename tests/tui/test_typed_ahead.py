"""Keys typed at once lead where the same keys lead that are typed one by one."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from random import Random
from uuid import UUID

import pytest
from support.running import Run, held, running
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from rmsession.core.fold import session_of
from rmsession.tui import typed_ahead
from rmsession.tui.ending import Ended
from rmsession.tui.launch import OpenHome, OpenSession
from rmsession.tui.screens.help import HelpScreen
from rmsession.tui.steps import DIALOG, FLOW

FIRST = str(UUID(int=1))
WORDS = ("wants", "fewer", "dashboards", "by spring", "unread", "a draft of")
LINES = (
    (*"h/note", "HistoryScreen"),
    (*"wNobody", "escape", *"h", "HistoryScreen"),
    ("f1", "escape", *"a", "ActionsScreen"),
    (*"/note", "HistoryScreen"),
    (*"a", "escape", *"h", "HistoryScreen"),
    (*"a", "escape", *"p", "escape", *"h/x", "HistoryScreen"),
    (*"h", "escape", *"a", "escape", "f1", "HelpScreen"),
    (*"p", "escape", *"r", "ReportScreen"),
    (*"wNobody", "PeopleDialog"),
    (*"rp", "PairsScreen"),
)


def some(cases: tuple[tuple[str, ...], ...], quick: int) -> list[object]:
    """The first of these, and the rest for whoever has minutes: each way that keys go astray is among the first."""
    return [*cases[:quick], *(pytest.param(each, marks=pytest.mark.long) for each in cases[quick:])]


def pressed(key: str) -> events.Key:
    """A key by its name or sign, as the terminal's driver tells of it."""
    return events.Key(_character_to_key(key) if len(key) == 1 else key, key if len(key) == 1 else None)


async def at_once(run: Run, *keys: str) -> None:
    """Keys as they come when they were typed while nobody looked: in one read of the terminal."""
    for key in keys:
        run.app.post_message(pressed(key))
    await asyncio.wait_for(rest(run), 10)


async def rest(run: Run) -> None:
    for _ in range(3):
        await run.pilot.pause()
        await run.app.nothing_waits()


def focus(run: Run) -> tuple[str, str]:
    """What has the keyboard, and what stands in it."""
    focused = run.app.focused
    return type(focused).__name__, focused.value if isinstance(focused, Input) else ""


@pytest.mark.parametrize("line", some(LINES, 3), ids="".join)
async def test_what_is_typed_at_once_leads_where_it_leads_when_typed_slowly(line):
    *keys, front = line
    async with running(held(1, 7, notes=1), first=OpenHome()) as slow:
        await slow.on("HomeScreen")
        for key in keys:
            await at_once(slow, key)
        await slow.on(front)
        known = (slow.stack, focus(slow))
    async with running(held(1, 7, notes=1), first=OpenHome()) as fast:
        await fast.on("HomeScreen")
        await at_once(fast, *keys)
        assert (fast.stack, focus(fast)) == known


SAID = (
    (*"one", "enter", "alt+e", "up", "enter", *"x"),
    ("alt+j", "down", "enter", *"t3", "enter"),
    ("f9", "enter", *"+2w 15:00", "enter", *"ss", "enter"),
    (*"seed", "enter", "f8", *"offs", "enter", "f8", *"kept", "enter"),
    (*"/end", "enter", "enter", *"+2w 15:00", "enter"),
    ("f9", "f3", "f3", *"ghi", "enter"),
    ("f1", "f1", *"xy", "enter"),
    ("f2", *"two", "enter", "f3", *"? one", "enter", "ctrl+q", "escape", *"on", "enter"),
)


@asynccontextmanager
async def sitting():
    """A session of three topics under way, gone on with from Home."""
    play = held(1, 0, end=False)
    async with running(play, first=OpenSession(play.record.id)) as run:
        await run.on("SessionScreen")
        await rest(run)
        yield run


async def said(run: Run) -> tuple[object, ...]:
    """What was captured of which topic, which screens are there, and what has the keyboard."""
    session = session_of(await run.app.recorder.ask(lambda store: store.load(FIRST)))
    lines = tuple((each.topic, each.content.text.raw) for each in session.standing())
    return lines, session.phase, run.stack, focus(run)


@pytest.mark.parametrize("keys", some(SAID, 4), ids="".join)
async def test_a_session_says_the_same_however_fast_its_lines_are_typed(keys):
    async with sitting() as slow:
        for key in keys:
            await at_once(slow, key)
        known = await said(slow)
    async with sitting() as fast:
        await at_once(fast, *keys)
        assert await said(fast) == known


async def test_lines_arrive_whole_and_in_order_at_any_pace():
    chance = Random(1)
    lines = [f"{number:02} {' '.join(chance.choices(WORDS, k=chance.randint(1, 5)))}" for number in range(16)]
    async with sitting() as run:
        for line in lines:
            pace = chance.choice([0, 0.001, 0.003])
            for key in (chance.choice(["pageup", "home", "end", "up"]), "end", "ctrl+u", *line, "enter"):
                run.app.post_message(pressed(key))
                await asyncio.sleep(pace)
        await rest(run)
        (captured, *_) = await said(run)
    assert [text for _, text in captured[-len(lines) :]] == lines


async def test_a_key_that_only_moves_the_highlight_keeps_none_waiting(monkeypatch):
    ways = []
    whole = typed_ahead.TypedAhead._gone_through

    async def counted(self: typed_ahead.TypedAhead) -> bool:
        ways.append(self.focused)
        return await whole(self)

    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        await run.until(lambda: run.app.focused and run.app.focused.choice, "the lists")
        await rest(run)
        here = run.app.focused.highlighted
        monkeypatch.setattr(typed_ahead.TypedAhead, "_gone_through", counted)
        for key in ("down", "up", "down", "down", "up"):
            await at_once(run, key)
        assert run.app.focused.highlighted != here
        assert len(ways) == 5


async def test_a_key_does_not_overtake_those_that_are_let_in():
    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        await at_once(run, "/")
        first, second = pressed("1"), pressed("2")
        run.app._let_in.append(first)  # it comes behind all that is on its way to the app already
        await run.app.on_event(second)
        await run.app.on_event(first)
        await rest(run)
        assert focus(run) == ("TypedLine", "12")


async def test_what_is_typed_before_there_is_a_screen_waits_for_the_first_one():
    async with running(held(1, 7), first=OpenHome()) as run:
        await at_once(run, *"/draft")
        assert focus(run) == ("TypedLine", "draft")


async def test_a_paste_waits_as_keys_do():
    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        run.app.post_message(pressed("/"))
        run.app.post_message(events.Paste("two words"))
        await at_once(run, "x")
        assert focus(run) == ("TypedLine", "two wordsx")


async def test_a_screen_that_takes_its_time_is_waited_for():
    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        await rest(run)

        async def slowly() -> None:
            await asyncio.sleep(0.3)
            await run.app.push_screen(HelpScreen())

        run.app.run_worker(slowly(), group=DIALOG)
        await at_once(run, "escape", "f1", "f1", "f1")
        assert run.stack == ["HomeScreen", "HelpScreen"]


async def test_a_screen_that_does_not_come_is_waited_for_once_and_not_for_long(monkeypatch):
    monkeypatch.setattr(typed_ahead, "PATIENCE_SECONDS", 0.3)
    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        never = run.app.run_worker(asyncio.Event().wait(), group=FLOW)
        await run.press("f1")
        await run.on("HelpScreen")
        begun = time.monotonic()
        for key in ("escape", "f1", "escape"):
            await at_once(run, key)
        assert run.stack == ["HomeScreen"]
        assert time.monotonic() - begun < 10
        assert never in run.app._too_slow
        never.cancel()


async def test_an_end_hears_what_still_waits_for_its_screen():
    async with running(held(1, 0, end=False), first=OpenHome()) as run:
        await run.on("HomeScreen")
        await run.until(lambda: run.app.focused and run.app.focused.choice, "the session to go on with")
        for key in ("enter", *"half a thought"):
            run.app.post_message(pressed(key))
        run.app.post_message(Ended(15))
        desk = None
        limit = time.monotonic() + 10
        while run.app.is_running and time.monotonic() < limit:
            desk = run.app._flow.desk or desk
            await asyncio.sleep(0.01)
        assert desk is not None
        assert desk._draft().line.raw == "half a thought"


@pytest.mark.parametrize("keys", [("ctrl+q",), ("ctrl+q", *"h/x"), ("f1", "ctrl+q", *"h")], ids="".join)
async def test_keys_that_are_under_way_when_the_app_ends_break_nothing_and_keep_it_from_nothing(keys):
    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        for key in keys:
            run.app.post_message(pressed(key))
        resting = None
        limit = time.monotonic() + 10
        while run.app.is_running and time.monotonic() < limit:
            await asyncio.sleep(0)
            resting = run.app._resting or resting
        assert resting is not None
        await asyncio.wait([resting], timeout=1)
        assert resting.done()
        assert resting.exception() is None
