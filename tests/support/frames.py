"""How often an app that nobody sees paints, and that what would go to its terminal is made where it is read alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import textual.screen
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.screen import Screen

SELDOM = 1 / 20
"""Seconds between two pictures: what changed meanwhile is painted at once, as on a slow terminal."""
OFTEN = textual.screen.UPDATE_PERIOD
"""Seconds between two pictures as people have it; so it stays where each picture is looked at."""


def seldom() -> None:
    """From now on apps of this process paint seldom: it takes a tenth off their time."""
    textual.screen.UPDATE_PERIOD = SELDOM  # type: ignore[misc]


@contextmanager
def often() -> Iterator[None]:
    """Apps that start meanwhile paint as often as people have it."""
    textual.screen.UPDATE_PERIOD = OFTEN  # type: ignore[misc]
    try:
        yield
    finally:
        seldom()


@contextmanager
def unsent() -> Iterator[None]:
    """No picture is made for a terminal that is not there; whoever looks at the screen has it painted whole."""
    made = Compositor.render_update

    def nothing(self: Compositor, *, full: bool = False, screen_stack: list[Screen] | None = None, **_: bool) -> None:
        visible_screen_stack.set(screen_stack or [])
        self._dirty_regions.clear()

    Compositor.render_update = nothing  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        Compositor.render_update = made  # type: ignore[method-assign]
