"""What is likely to be opened next is loaded while whoever sits there reads the first screen.

The first paint loads none of it, and the first time that a list is opened it would take a tenth of a second and more.
"""

from __future__ import annotations

import asyncio
import gc
from importlib import import_module
from typing import Final

from rmsession.tui.launch import Launch, OpenAgenda, OpenHome

_SCREENS: Final = "rmsession.tui.screens."
FROM_HOME: Final = ("history", "actions", "preview", "session")
"""Screens that Home's keys open; figures and pairs are a programme lead's, and draw charts."""

_OFTEN: Final = 700
"""New objects after which the garbage collector looks among them once a start, which looks seldom, is over, as Python
has it: a clock that ticks leaves some behind each second, and they would come to half a megabyte."""


async def get_ready(launch: Launch) -> None:
    """Take what loading has left behind, load what comes next beside the event loop, and never look among it again."""
    sweep()
    gc.set_threshold(_OFTEN)
    match launch.first:
        case OpenAgenda():
            # A session is to begin: what is shown until then has been set aside from, and goes.
            await asyncio.to_thread(import_module, f"{_SCREENS}session")
            return
        case OpenHome():
            for name in FROM_HOME:
                await asyncio.to_thread(import_module, f"{_SCREENS}{name}")
        case _:
            pass
    gc.freeze()


def set_aside() -> None:
    """What was loaded until now stays to the end: what comes from here on is swept without a look at it."""
    gc.collect(0)
    gc.freeze()


def sweep() -> None:
    """Let what follows take the place of what has gone; Python itself would, too, and some megabytes later."""
    gc.collect()
