"""Keys behind one that opens a screen mean what is in it, however long the disk takes to say what that is."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from support.building import BEGIN, MENTEE, PAIR, HandClock, Play, agenda, record
from support.running import Run, held, running
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from rmsession.core.commands import End
from rmsession.core.programme import Person
from rmsession.core.text import UserText
from rmsession.tui import typed_ahead
from rmsession.tui.launch import OpenAgenda, OpenHome
from rmsession.tui.recorder import Recorder
from rmsession.tui.widgets.carried_over import CarriedOver

SLOW = 0.15
"""Seconds for which the store keeps its answers back."""
OTHER = replace(PAIR, id="pair-robin-noor", mentee=Person("person-noor", UserText("Noor")))


@pytest.fixture(autouse=True)
def slow_disk(monkeypatch):
    ask = Recorder.ask

    async def slowly(self, question):
        await asyncio.sleep(SLOW)
        return await ask(self, question)

    monkeypatch.setattr(Recorder, "ask", slowly)


async def pressed(run: Run, *keys: str, gap: float = 0.0) -> None:
    for key in keys:
        name, sign = (_character_to_key(key), key) if len(key) == 1 else (key, None)
        run.app.post_message(events.Key(name, sign))
        await asyncio.sleep(gap)
    for _ in range(4):
        await run.pilot.pause()
        await run.app.nothing_waits()
        await asyncio.sleep(SLOW)


async def left(run: Run) -> tuple[list[str], str, str]:
    focused = run.app.focused
    return run.stack, type(focused).__name__, focused.value if isinstance(focused, Input) else ""


@pytest.mark.parametrize(
    ("keys", "front"),
    [("/week", "PeopleDialog"), ("h/week", "PeopleDialog"), ("pe", "FieldsDialog"), ("pc", "")],
)
async def test_what_is_typed_at_once_means_the_screen_that_comes(keys, front):
    ends = []
    for gap in (0.0, 0.6):
        async with running(held(1, 7), first=OpenHome()) as run:
            await run.app.recorder.ask(lambda store: store.keep_pair(OTHER))
            await run.on("HomeScreen")
            await pressed(run, *keys, gap=gap)
            ends.append(await left(run))
    assert ends[0] == ends[1]
    assert front in ends[0][0][-1]


async def test_enter_before_it_is_known_what_waits_opens_what_does():
    async with running(held(1, 0, end=False), first=OpenHome()) as run:
        await pressed(run, "enter", *"a thought")
        assert await left(run) == (["HomeScreen", "SessionScreen"], "CaptureLine", "a thought")


async def test_what_earlier_sessions_left_is_gone_to_as_soon_as_it_is_known(tmp_path):
    when = BEGIN.replace(day=1)
    play = Play(record(agenda("Hello", "Later"), number=1, created=when), clock=HandClock(when), ids=iter(range(99)))
    play.start()
    play.wait(minutes=5)
    play.do(End())
    path = tmp_path / "next.md"
    path.write_text("# Next\n\n## One (5 min)\n", encoding="utf-8")
    async with running(play, first=OpenAgenda(path, mentee=MENTEE.name)) as run:
        await run.on("PreviewScreen")
        assert not run.app.screen.query_one(CarriedOver).any
        await pressed(run, "alt+o")
        assert run.app.screen.query_one(CarriedOver).has_focus_within


async def test_whoever_turns_away_waits_for_nothing(monkeypatch):
    monkeypatch.setattr(typed_ahead, "PATIENCE_SECONDS", 30.0)
    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        await pressed(run)
        answers = asyncio.Event()
        ask = Recorder.ask

        async def never(self, question):
            await answers.wait()
            return await ask(self, question)

        monkeypatch.setattr(Recorder, "ask", never)
        for key in ("p", "escape"):
            run.app.post_message(events.Key(key, key if len(key) == 1 else None))
        begun = time.monotonic()
        await run.until(lambda: "PairsScreen" in run.stack, "the pairs")
        await run.until(lambda: run.stack == ["HomeScreen"], "home")
        assert time.monotonic() - begun < 10
        answers.set()
