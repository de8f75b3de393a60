"""The export from the screens: what is offered, how it reads, where it goes, and what is said of a copy."""

from __future__ import annotations

import base64
import re
import stat
import threading

import pytest
from support.afterwards import shown, under_way
from support.program import Person, until
from support.stage import Stage, staged
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from rmsession.core import commands as asked
from rmsession.export.formats import FORMATS, SPELLINGS
from rmsession.tui.screens import export_dialog
from rmsession.tui.screens.export_dialog import KINDS, ExportDialog
from rmsession.tui.screens.summary import SummaryScreen


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    """Files go where the test looks."""
    monkeypatch.chdir(tmp_path)


async def opened(stage: Stage) -> ExportDialog:
    """The dialog of the running session, with its first text in view."""
    await stage.enter("/export")
    await waited(stage.pilot, lambda: isinstance(stage.app.screen, ExportDialog) and previewed(stage.app.screen))
    return stage.app.screen


async def waited(pilot, true) -> None:
    for _ in range(500):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not come to hold")


def previewed(dialog) -> str:
    """What the dialog shows of the text."""
    return str(dialog.query_one("#text", Static).content)


def line(dialog) -> str:
    return dialog.query_one(Input).value


def test_every_format_and_every_spelling_is_offered():
    makes = [each.form for each in KINDS]
    assert all(form in makes for form in (*FORMATS.values(), *SPELLINGS.values()))
    assert {each.name.strip() for each in KINDS if each.form.suffix == ".md"} == {
        "Minutes", "GitHub tasks", "Obsidian tasks",
    }  # fmt: skip


EACH = [pytest.param(number, marks=() if number == 4 else pytest.mark.long) for number in range(len(KINDS))]


@pytest.mark.parametrize("number", EACH)
async def test_each_kind_is_written_from_a_running_session_as_it_was_shown(tmp_path, number):
    kind = KINDS[number]
    async with staged() as stage:
        for text in ("for both", "~ mine alone", "@alex send the draft by 2026-12-01 sure:4"):
            await stage.enter(text)
        dialog = await opened(stage)
        dialog.query_one(OptionList).highlighted = number
        await waited(stage.pilot, lambda: line(dialog).endswith(kind.form.suffix))
        first = kind.form.make(stage.screen.desk.session).lstrip("\ufeff").partition("\n")[0].rstrip()
        await waited(stage.pilot, lambda: previewed(dialog).startswith(first))
        shows = previewed(dialog)
        path = tmp_path / f"made{kind.form.suffix}"
        dialog.query_one(Input).value = path.name
        await stage.pilot.press("enter")
        await waited(stage.pilot, lambda: path.exists() and stage.app.screen is stage.screen)
    text = path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "mine alone" not in text + shows
    assert "send the draft" in text.replace("\r\n ", "")
    assert text.splitlines()[-1] in shows


async def test_a_name_that_was_typed_keeps_what_it_is_but_for_its_ending(tmp_path):
    async with staged() as stage:
        dialog = await opened(stage)
        dialog.query_one(Input).value = str(tmp_path / "mine.md")
        await stage.pilot.press("up", "up", "up")
        assert line(dialog) == str(tmp_path / "mine.todo.txt")
        dialog.query_one(Input).value = "notes"
        await stage.pilot.press("down")
        assert line(dialog) == "notes"


async def test_the_mouse_chooses_and_does_not_write(tmp_path):
    async with staged() as stage:
        dialog = await opened(stage)
        kinds = dialog.query_one(OptionList)
        await stage.pilot.click(kinds, offset=(3, 4))
        await waited(stage.pilot, lambda: line(dialog).endswith(".csv"))
        await waited(stage.pilot, lambda: previewed(dialog).startswith("session,date,"))
        assert stage.app.screen is dialog
        assert stage.app.focused is dialog.query_one(Input)
        await stage.pilot.press("escape")
        await waited(stage.pilot, lambda: stage.app.screen is stage.screen)
        again = await opened(stage)
        assert (again.query_one(OptionList).highlighted, line(again)[-3:]) == (0, ".md"), "nothing is remembered"
    assert list(tmp_path.iterdir()) == []


async def test_a_list_without_tasks_says_how_one_comes():
    async with staged() as stage:
        dialog = await opened(stage)
        await stage.pilot.press("up")
        await waited(stage.pilot, lambda: "There are no action items yet." in previewed(dialog))


async def test_a_long_text_is_shown_in_part_and_made_in_a_thread(monkeypatch):
    threads = set()
    beginning = export_dialog._beginning

    def noted(form, session):
        threads.add(threading.current_thread())
        return beginning(form, session)

    monkeypatch.setattr(export_dialog, "_beginning", noted)
    monkeypatch.setattr(export_dialog, "MOST_LINES", 40)
    play = under_way()
    for number in range(60):
        play.keep(f"note {number}")
    play.keep("x" * 100_000)
    play.do(asked.End())
    async with shown(play, SummaryScreen) as stage:
        await stage.press("f")
        await waited(stage.pilot, lambda: isinstance(stage.app.screen, ExportDialog))
        await waited(stage.pilot, lambda: "more lines" in previewed(stage.app.screen))
        shows = previewed(stage.app.screen)
        assert shows.count("\n") <= 41
        assert len(shows) < export_dialog.MOST_SIGNS + 100
        await stage.press("pagedown")
        assert stage.app.screen.query_one(VerticalScroll).scroll_y > 0
        await stage.press("escape")
    assert threading.main_thread() not in threads
    assert threads


async def test_what_is_withheld_is_neither_copied_nor_written(tmp_path):
    async with staged() as stage:
        stage.screen.commit(asked.GoOffRecord(on=True))
        await opened(stage)
        await stage.pilot.press("alt+c")
        await waited(stage.pilot, lambda: any("Off the record" in each.message for each in stage.app._notifications))
        assert isinstance(stage.app.screen, ExportDialog)
        assert not any("lipboard" in each.message for each in stage.app._notifications)
    assert list(tmp_path.iterdir()) == []


async def test_what_is_selected_and_copied_says_that_it_was_only_sent():
    async with staged() as stage:
        stage.line.value = "for both"
        stage.line.action_select_all()
        await stage.pilot.press("ctrl+c")
        (said,) = [each.message for each in stage.app._notifications]
        assert said.startswith("Sent to the terminal's clipboard.")


def test_a_copy_reaches_the_terminal_and_lies_in_a_file_that_is_named(tmp_path):
    """In a real terminal: the sequence comes out of the program, and the file holds the same text."""
    person = Person(tmp_path / "home")
    with person.session() as term:
        term.type("@alex send the draft by 2026-12-01\r")
        term.wait("send the draft")
        term.type("/export\r")
        term.wait("Export what is shared")
        term.press("up", "up")
        term.wait("due 2026-12-01)")
        begun = len(term.raw)
        term.press("alt+c")
        term.wait("Sent to the terminal's clipboard")
        until(lambda: list(tmp_path.glob("*.tasks.md")))
        (file,) = tmp_path.glob("*.tasks.md")
        term.settle(quiet=0.15)
        (sent,) = re.findall(rb"\x1b\]52;c;([^\x07\x1b]*)(?:\x07|\x1b\\)", bytes(term.raw[begun:]))
        assert base64.b64decode(sent).decode() == file.read_text()
        assert file.read_text() == '- [ ] send the draft (@"Alex Stone", due 2026-12-01)\n'
        assert file.name[:10] in term.text().replace("\n", "")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
