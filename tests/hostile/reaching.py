"""The ways to a stage: by a session that is taken up, by keys, by a slash command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from hostile.planting import session_id
from hostile.sweep import RUNNING, Sweep

Open = Callable[[Sweep], Awaitable[None]]


def session(number: int, screen: str) -> Open:
    """Take up one of the sessions, which brings this screen to the front."""

    async def open_(sweep: Sweep) -> None:
        sweep.go(sweep.app._flow.take_up(session_id(number)))
        await sweep.front(screen)

    return open_


def then(before: Open, front: str, *keys: str) -> Open:
    """From another stage, by keys."""

    async def open_(sweep: Sweep) -> None:
        await before(sweep)
        await sweep.press(*keys)
        await sweep.front(front)

    return open_


running = session(RUNNING, "SessionScreen")
"""A session that runs, in front."""


def word(said: str, front: str) -> Open:
    """From a session that runs, by a slash command."""

    async def open_(sweep: Sweep) -> None:
        await running(sweep)
        sweep.app.screen.do(said, "")
        await sweep.front(front)

    return open_
