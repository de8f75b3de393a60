"""Opens a stage, and fires everything that can be pressed or called there."""

from __future__ import annotations

from inspect import isawaitable
from typing import Any

from hostile.stages import STAGES
from hostile.sweep import Painted, Sweep
from textual.screen import Screen

NOT_PRESSED = {"ctrl+z"}
"""Stops the program."""
EVERYWHERE = {"Theme", "Leave rmsession"}
"""The app's own palette commands."""
BUSY = 12
"""So many things at work: start afresh."""


async def visit(sweep: Sweep, name: str) -> Painted:
    """Open one stage afresh and look at it."""
    sweep.stage = name
    await sweep.clear()
    await STAGES[name](sweep)
    return sweep.look("opening")


async def fire(sweep: Sweep, name: str, *, once: bool = False) -> None:
    """Press every key and run every palette command that a stage has, each from that stage.

    With `once`, what a widget, a screen or the app has everywhere is fired on the first stage that has it.
    """
    await visit(sweep, name)
    screen = sweep.app.screen
    keys = {}
    for active in screen.active_bindings.values():
        what = (type(active.node).__name__, active.binding.action)
        if active.binding.key not in NOT_PRESSED and not (once and what in sweep.done):
            sweep.done.add(what)
            keys[active.binding.key] = active.binding.action
    for key in sorted(keys):
        screen = await _again(sweep, name, screen)
        await sweep.press(key)
        sweep.fired += 1
        sweep.look(f"pressing {key}")
    for word in [command.title for command in sweep.app.get_system_commands(screen)]:
        what = (type(screen).__name__ if word not in EVERYWHERE else "", word)
        if once and what in sweep.done:
            continue
        sweep.done.add(what)
        screen = await _again(sweep, name, screen)
        for place in range(sum(each.title == word for each in sweep.app.get_system_commands(screen))):
            screen = await _again(sweep, name, screen)
            done = [each for each in sweep.app.get_system_commands(screen) if each.title == word][place].callback()
            if isawaitable(done):
                await done
            await sweep.pilot.pause()
            sweep.fired += 1
            sweep.look(f"the palette's {word}")


async def _again(sweep: Sweep, name: str, screen: Screen[Any]) -> Screen[Any]:
    """Back on the stage, if what was fired last left it."""
    if sweep.app.screen is not screen or len(sweep.app.workers._workers) > BUSY:
        await visit(sweep, name)
    return sweep.app.screen
