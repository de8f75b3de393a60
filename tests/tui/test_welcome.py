"""The first run asks for one name."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.content import Content
from textual.widgets import Static

from rmsession.core.text import UserText
from rmsession.tui.screens.welcome import WelcomeScreen
from rmsession.tui.widgets.keeping import place, shortened_path
from rmsession.tui.widgets.name_field import NameField


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (("R", "o", "enter"), [UserText("Ro")]),
        (("enter", "space", "enter"), []),
        (("enter", "R", "enter"), [UserText("R")]),
        (("R", "escape"), [None]),
    ],
)
async def test_answers_with_the_name_once_there_is_one(keys, wanted):
    app: App[None] = App()
    answers: list[UserText | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(WelcomeScreen(Path("/srv/notes")), answers.append)
        await pilot.press(*keys)
        await pilot.pause()
        assert answers == wanted


@pytest.mark.parametrize("size", [(60, 16), (200, 60)])
async def test_says_where_notes_stay_and_who_reads_them(size):
    app: App[None] = App()
    async with app.run_test(size=size) as pilot:
        screen = WelcomeScreen(Path("/srv/[@click=app.quit]no\x1btes"))
        await app.push_screen(screen)
        await pilot.pause()
        said = screen.query_one("#welcome-place", Static)
        assert isinstance(said.visual, Content)
        assert "/srv/[@click=app.quit]no␛tes, readable by you alone" in said.visual.plain
        assert screen.region.contains_region(said.region)
        assert screen.region.contains_region(screen.query_one("Button").region)
        assert screen.focused is screen.query_one(NameField)


async def test_the_button_answers_to_the_mouse():
    app: App[None] = App()
    answers: list[UserText | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(WelcomeScreen(Path("/srv/notes")), answers.append)
        await pilot.press(*"Ro")
        await pilot.click("Button")
        await pilot.pause()
        assert answers == [UserText("Ro")]


def test_paths_are_shown_with_a_tilde_and_lose_their_beginning_first():
    assert place(Path.home() / "notes") == "~/notes"
    assert place(Path("/srv/notes")) == "/srv/notes"
    assert shortened_path("~/a/very/long/folder/rmsession", 20) == "~/…/folder/rmsession"
    assert len(shortened_path("/a/very/long/folder/rmsession", 20)) == 20
