"""What an app in a test would send to its terminal, which is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.screen import Screen


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
