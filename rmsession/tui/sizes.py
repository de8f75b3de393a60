"""The classes that say how large the screen is, set before the first paint.

Textual sets them when a resize arrives, which for a screen that is pushed is after it has been painted once, in the
layout of another size.
"""

from __future__ import annotations

from typing import Any

from textual.screen import Screen


def fit(screen: Screen[Any]) -> None:
    """Set a screen's breakpoint classes by the size that the terminal has now; to be called while it composes."""
    width, height = screen.app.size
    for extent, points in ((width, screen.HORIZONTAL_BREAKPOINTS), (height, screen.VERTICAL_BREAKPOINTS)):
        reached = max((least for least, _ in points or () if extent >= least), default=None)
        for least, name in points or ():
            screen.set_class(least == reached, name)
