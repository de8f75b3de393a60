"""Keys typed at once lead where the same keys lead that are typed one by one."""

from __future__ import annotations

import asyncio
import time

import pytest
from support.running import Run, held, running
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from rmsession.tui import typed_ahead
from rmsession.tui.ending import Ended
from rmsession.tui.launch import OpenHome
from rmsession.tui.steps import FLOW

LINES = (
    (*"h/note", "HistoryScreen"),
    (*"/note", "HistoryScreen"),
    (*"a", "escape", *"h", "HistoryScreen"),
    (*"a", "escape", *"p", "escape", *"h/x", "HistoryScreen"),
    ("f1", "escape", *"a", "ActionsScreen"),
    (*"h", "escape", *"a", "escape", "f1", "HelpScreen"),
    (*"p", "escape", *"r", "ReportScreen"),
    (*"wNobody", "PeopleDialog"),
    (*"wNobody", "escape", *"h", "HistoryScreen"),
    (*"rp", "PairsScreen"),
)


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


@pytest.mark.parametrize("line", LINES, ids="".join)
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


async def test_a_key_that_comes_back_goes_before_those_that_were_typed_after_it():
    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        first, second = pressed("1"), pressed("2")
        first._set_forwarded()
        await at_once(run, "/")
        run.app._heard_by = run.app.screen_stack[1]  # Home, which made nothing of it
        run.app._asked = True
        await run.app.on_event(second)
        await run.app.on_event(first)
        await rest(run)
        assert focus(run) == ("TypedLine", "12")


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
