"""What is copied leaves the program: nothing private does, and nothing from whoever had the keyboard before."""

from __future__ import annotations

import base64
import re

import pytest
from support.stage import staged
from support.tally import tally
from textual.selection import SELECT_ALL
from textual.widgets import Input

from rmsession.core import commands as asked
from rmsession.core.terms import Role
from rmsession.tui.clipboard import CarefulClipboard
from rmsession.tui.screens.feedback import FeedbackScreen

WORD = "zqprivatezq"
KEYS = ("ctrl+c", "ctrl+x")


class Copied:
    """What a terminal would have been told to keep."""

    def __init__(self, stage) -> None:
        self.stage = stage
        self.sent: list[str] = []
        driver, write = stage.app._driver, stage.app._driver.write

        def heard(data: str) -> None:
            self.sent += [base64.b64decode(each).decode() for each in re.findall(r"\x1b]52;c;([^\a]*)\a", data)]
            write(data)

        driver.write = heard

    @property
    def text(self) -> str:
        return "\n".join([*self.sent, self.stage.app.clipboard])


async def select_and(stage, line: Input, key: str) -> None:
    line.focus()
    line.selection = line.selection.__class__(0, len(line.value))
    await stage.pilot.press(key)
    await stage.pilot.pause()


async def test_a_private_line_is_neither_copied_nor_cut():
    async with staged() as stage:
        copied = Copied(stage)
        for typed in (f"~ {WORD}", f"/park ~ {WORD}", f"  ~{WORD}"):
            for key in KEYS:
                stage.line.value = typed
                await select_and(stage, stage.line, key)
                assert WORD not in copied.text
                assert stage.line.value == typed
        for key in KEYS:
            stage.line.value = "for both"
            await select_and(stage, stage.line, key)
        assert copied.sent == ["for both", "for both"]
        assert stage.line.value == ""
    tally("private marks in what left", cases=6)


async def test_off_the_record_nothing_is_copied():
    async with staged() as stage:
        copied = Copied(stage)
        stage.screen.commit(asked.GoOffRecord(on=True))
        for key in KEYS:
            stage.line.value = WORD
            await select_and(stage, stage.line, key)
            assert WORD not in copied.text
            assert stage.line.value == WORD
        stage.screen.selections = dict.fromkeys(stage.screen.query("*"), SELECT_ALL)
        stage.screen.action_copy_text()
        assert copied.text.strip() == ""
    tally("private marks in what left", cases=1)


async def test_what_is_revealed_for_a_moment_is_not_copied():
    async with staged() as stage:
        copied = Copied(stage)
        await stage.enter(f"~ {WORD}")
        stage.screen.reveal()
        await stage.pilot.pause()
        stage.screen.selections = dict.fromkeys(stage.screen.query("*"), SELECT_ALL)
        stage.screen.action_copy_text()
        stage.line.value = "typed meanwhile"
        await select_and(stage, stage.line, "ctrl+x")
        assert stage.line.value == "typed meanwhile"
        assert copied.text.strip() == ""
        stage.screen.reveal()
        await stage.pilot.pause()
        stage.screen.selections = dict.fromkeys(stage.screen.query("*"), SELECT_ALL)
        stage.screen.action_copy_text()
        assert "•••" in copied.text
        assert WORD not in copied.text
    tally("private marks in what left", cases=2)


@pytest.mark.parametrize("key", KEYS[1:])
async def test_what_the_mentee_copies_in_the_form_ends_with_the_hand_over(key):
    async with staged() as stage:
        copied = Copied(stage)
        stage.app.copy_to_clipboard("the mentor's own")
        form = FeedbackScreen(stage.screen.desk, Role.MENTEE, locked=True)
        await stage.app.push_screen(form)
        line = form.query_one("AnswerLine", Input)
        for _ in range(30):
            if line.display:
                break
            await stage.pilot.press("s")
            await stage.pilot.pause()
        assert line.display
        line.value = WORD
        await select_and(stage, line, key)
        assert stage.app.clipboard == WORD  # within the form it can be moved
        line.value = ""
        await stage.pilot.press("ctrl+v")
        assert line.value == WORD
        assert copied.sent == ["the mentor's own"]
        form.dismiss(False)
        await stage.pilot.pause()
        assert stage.app.clipboard == "the mentor's own"
        await stage.pilot.press("ctrl+v")
        assert stage.line.value == "the mentor's own"
        assert WORD not in copied.text
    tally("private marks in what left", cases=1)


async def test_the_mentee_cannot_paste_what_the_mentor_copied_before():
    async with staged() as stage:
        stage.app.copy_to_clipboard("the mentor's own")
        form = FeedbackScreen(stage.screen.desk, Role.MENTEE, locked=True)
        await stage.app.push_screen(form)
        assert stage.app.clipboard == ""
        assert isinstance(stage.app, CarefulClipboard)
