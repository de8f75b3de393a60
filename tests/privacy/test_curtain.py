"""The curtain hides everything but the time, in every theme and at every size."""

from __future__ import annotations

import pytest
from support.stage import staged
from textual.theme import BUILTIN_THEMES

THEMES = ["textual-light", *(name for name in BUILTIN_THEMES if "ansi" in name)][:2]


@pytest.mark.parametrize("theme", THEMES)
async def test_behind_the_curtain_nothing_shows(theme):
    async with staged(theme=theme, size=(80, 24)) as stage:
        assert stage.app.theme == theme
        await stage.enter("a note for both")
        stage.line.value = "under way"
        await stage.pilot.press("alt+h")
        await stage.pilot.pause()
        for size in ((60, 16), (120, 36)):
            strips = stage.app.screen._compositor.render_strips()
            shown = [text for strip in strips if (text := "".join(each.text for each in strip).strip())]
            assert shown == ["⏸ paused   14:00   any key to return"]
            await stage.pilot.resize_terminal(*size)
            await stage.pilot.pause()
        await stage.pilot.press("x")
        await stage.pilot.pause()
        assert stage.app.screen is stage.screen
        assert stage.line.value == "under way"
