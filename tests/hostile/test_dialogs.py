"""The palette and the file picker, which are a library's: what is read as markup there, and what ended the program."""

from __future__ import annotations

import pytest
from support.stage import staged
from textual.app import App
from textual.content import Content
from textual.widgets import Input

from rmsession.tui.keys import ACTS
from rmsession.tui.text import Gate
from rmsession.tui.widgets.agenda_picker import AgendaPicker


async def test_the_palette_shows_what_stands_in_brackets():
    async with staged() as stage:
        shown = [Content.from_markup(each.help).plain for each in stage.app.get_system_commands(stage.screen)]
    asked = [f"/{act.word} {act.argument}" for act in ACTS if act.argument.startswith("[") and act.word != "resume"]
    assert len(asked) >= 5
    assert [each for each in asked if not any(line.endswith(each) for line in shown)] == []


async def test_the_app_lets_its_lines_through_the_gate_last():
    async with staged() as stage:
        assert isinstance(stage.app.get_line_filters()[-1], Gate)
        assert stage.app.get_line_filters()[-1] is stage.app.get_line_filters()[-1], "or no painted line is kept"


def text_of(app: App[None]) -> str:
    return "\n".join("".join(each.text for each in strip) for strip in app.screen._compositor.render_strips())


@pytest.mark.parametrize("name", ["[", "[bold", "[@click=app.quit]x", "[x] done", "[TODO]", "arr[0]"])
async def test_a_folder_is_opened_whatever_it_is_called(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "[x].md").write_text("# a\n", encoding="utf-8")
    async with App().run_test(size=(200, 40)) as pilot:
        await pilot.app.push_screen(AgendaPicker(folder))
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert f"/{name} " in text_of(pilot.app)
        assert "[x].md" in text_of(pilot.app)


@pytest.mark.parametrize("typed", ["x" * 5000, "a\0b", "\ud83d", "~nobody/x", "**", "a**", "/" * 9000])
async def test_a_name_that_no_file_can_have_is_told(tmp_path, typed):
    chosen = []
    async with App().run_test(size=(120, 40)) as pilot:
        await pilot.app.push_screen(AgendaPicker(tmp_path), chosen.append)
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        line = pilot.app.screen.query_one(Input)
        line.focus()
        line.value = typed
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app._exception is None
        assert not chosen
