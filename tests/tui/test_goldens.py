"""What the main screens look like, with a hand-moved clock: text and style runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from support.building import agenda, prompt, topic
from support.golden import matches
from support.stage import Stage, staged

from rmsession.core.agenda import Agenda, FeedbackKind, PromptKind
from rmsession.core.text import UserText

BODY = "Agree how you will talk. **What is said here stays here.**\n\n- one thing\n  - nested `[TODO]` thing\n- another"


def plan() -> Agenda:
    """A kick-off with every kind of prompt and text."""
    prompts = (
        "May I type notes?",
        "You may read every shared line, and have any of it erased, now or at any later time, without giving a reason",
        prompt("What would make this a waste of your time?", PromptKind.QUESTION),
        prompt("Watch for nods", PromptKind.PRIVATE),
    )
    return agenda(
        topic("Hello and role swap", 5, prompts=prompts, body=UserText(BODY)),
        topic("Ground rules and confidentiality between the two of us", 10),
        topic("A private matter", 4, private=True),
        topic("目標を二つか三つ選ぶ 🎯", 12),
        topic("First action and feedback", 8, protected=True),
        title="Kick-off: how we will work",
        stated_minutes=39.0,
        feedback=FeedbackKind.FIRST,
    )


@asynccontextmanager
async def scene(size: tuple[int, int] = (120, 36), theme: str = "textual-dark") -> AsyncIterator[Stage]:
    """A session some minutes in, with something captured."""
    async with staged(plan(), size, theme=theme) as stage:
        await stage.pass_time(90)
        await stage.enter("Wants fewer dashboards, more stories")
        await stage.enter("@alex send the policy draft by 2026-12-01")
        await stage.enter("~ nervous about the board")
        await stage.pass_time(45)
        yield stage


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_session(size):
    async with scene(size) as stage:
        matches(stage.app, f"session-{size[0]}x{size[1]}")


async def test_session_light_and_typing():
    async with scene(theme="textual-light") as stage:
        await stage.pilot.press(*"@robin ask legal by tue")
        await stage.pilot.pause()
        matches(stage.app, "session-light-typing")


async def test_session_overrun_and_late():
    async with scene() as stage:
        await stage.enter("/until +20")
        for _ in range(4):
            await stage.pass_time(90)
        matches(stage.app, "session-overrun")


async def test_session_paused_and_revealed():
    async with scene() as stage:
        await stage.pilot.press("f4", "f7")
        await stage.pilot.pause()
        matches(stage.app, "session-paused-revealed")


async def test_session_off_the_record_with_parked_topics():
    async with scene() as stage:
        await stage.enter("/park 2")
        await stage.enter("p: why the policy changed")
        await stage.pilot.press("f8")
        await stage.pilot.press(*"not kept")
        await stage.pilot.pause()
        matches(stage.app, "session-off-record")


async def test_captured_lines():
    async with scene() as stage:
        await stage.pilot.press("alt+e")
        await stage.pilot.pause()
        matches(stage.app, "captures")


async def test_gap():
    async with scene() as stage:
        await stage.pass_time(14 * 60, asleep=True)
        matches(stage.app, "gap")
