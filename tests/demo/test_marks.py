"""Whatever a demo shows says that it is one, at every size, and takes no row for it; nothing else says so."""

import re
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from support.building import DEVICE, MENTOR, ZONE, HandClock, Play, kick_off
from textual.app import App

from rmsession.store.opening import open_store
from rmsession.tui.app import RmSessionApp
from rmsession.tui.launch import Launch, OpenHome, OpenReview, OpenSession
from rmsession.tui.screens.help import HelpScreen

COMMAND = "rmsession --home /tmp/rmsession-demo-ab12cd34 report"
SAID = {
    (60, 16): "nothing here is real",
    (80, 24): f"made up · $ {COMMAND}",
    (120, 36): f"nothing here is real · in another terminal: {COMMAND}",
}
"""What Home says at the end of its first line at each size."""
TUI = Path(__file__).parents[2] / "rmsession" / "tui"


@asynccontextmanager
async def opened(size, of, *, demo=True):
    play = Play(kick_off())
    play.start()
    record = play.session.record
    store = open_store("memory:")
    store.begin(record)
    firsts = {
        "home": OpenHome(), "history": OpenReview(record.pair.id), "session": OpenSession(record.id),
    }  # fmt: skip
    launch = Launch(
        store=store, home=Path("/tmp/rmsession-demo-ab12cd34"), device=DEVICE, zone=ZONE, clock=HandClock(),
        first=firsts[of], me=MENTOR.name, demo=demo,
    )  # fmt: skip
    app = RmSessionApp(launch)
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield pilot
    app.recorder.stop()


def lines(app: App) -> list[str]:
    update = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in update]


@pytest.mark.parametrize("size", SAID, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_home_is_marked_without_a_row_of_its_own_and_says_how_else_to_look_at_it(size):
    async with opened(size, "home") as pilot:
        shown = lines(pilot.app)
        assert [number for number, line in enumerate(shown) if line.endswith(" demo ")] == [size[1] - 1]
        (mark,) = pilot.app.screen.query(".made-up")
        assert mark.region.height == 1
        assert SAID[size] in shown[0]


async def test_the_smallest_session_has_no_line_of_keys_and_is_marked_beside_the_clock():
    async with opened((60, 16), "session") as pilot:
        assert [number for number, line in enumerate(lines(pilot.app)) if " demo " in line] == [0]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert [number for number, line in enumerate(lines(pilot.app)) if " demo " in line] == [23]
        await pilot.app.push_screen(HelpScreen())
        await pilot.pause()
        assert any(" demo" in line for line in lines(pilot.app))


async def test_lists_show_it_too():
    async with opened((80, 24), "history") as pilot:
        assert lines(pilot.app)[-1].endswith(" demo ")


async def test_what_is_real_is_not_marked():
    async with opened((80, 24), "home", demo=False) as pilot:
        shown = lines(pilot.app)
        assert "notes stay in" in shown[0]
        assert not pilot.app.screen.query(".made-up")
        assert not any(" demo " in line for line in shown)


def test_no_screen_has_a_line_of_keys_that_could_not_be_marked():
    bare = [path.name for path in TUI.rglob("*.py") if re.search(r"yield \w*Footer\(", path.read_text("utf-8"))]
    assert not bare, "yield rmsession.tui.widgets.foot.Foot in the place of Textual's Footer"
