"""What is painted is what changed: at a tick the clock, at a key the line; the screen is laid out anew for neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.stage import staged
from textual._compositor import Compositor
from textual.screen import Screen

TENTH = 120 * 36 // 10
"""A tenth of the screen's cells."""


@pytest.fixture
def laid_out(monkeypatch) -> list[object]:
    """The screens laid out since, each time."""
    return _noted(monkeypatch, Screen, "_refresh_layout", lambda screen: screen)


@pytest.fixture
def painted(monkeypatch) -> list[int]:
    """The cells painted since, each time."""
    return _noted(monkeypatch, Compositor, "render_update", lambda each: sum(one.area for one in each._dirty_regions))


def _noted(monkeypatch, owner: type, name: str, told: Callable[[object], object]) -> list:
    notes, real = [], getattr(owner, name)

    def noting(self, *args, **kwargs):
        notes.append(told(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(owner, name, noting)
    return notes


async def test_a_tick_paints_the_clock_and_not_the_screen(laid_out, painted):
    async with staged() as stage:
        laid_out.clear(), painted.clear()
        await stage.pass_time(1)
        assert painted
        assert sum(painted) < TENTH
        assert not laid_out


async def test_a_key_paints_the_line_and_lays_nothing_out(laid_out, painted):
    async with staged() as stage:
        await stage.pilot.press("s")
        await stage.pilot.pause()
        laid_out.clear(), painted.clear()
        await stage.pilot.press("e")
        await stage.pilot.pause()
        assert stage.line.value == "se"
        assert painted
        assert sum(painted) < TENTH
        assert not laid_out


async def test_a_line_longer_than_its_room_scrolls_to_its_end():
    async with staged(size=(80, 24)) as stage:
        stage.line.value = "word " * 40
        await stage.pilot.press("x")
        await stage.pilot.pause()
        end = stage.line.scroll_offset.x + stage.line.scrollable_content_region.width
        assert end >= len(stage.line.value)
