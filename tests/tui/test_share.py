"""The share dialog: what leaves and what is held back is seen first, then it is written as what was chosen."""

from pathlib import Path

import pytest
from support.building import DEVICE, ZONE, HandClock, Play, agenda, topic
from textual.widgets import Static

from rmsession.core import commands as asked
from rmsession.core.shared import shared
from rmsession.core.terms import Kind
from rmsession.store.opening import MEMORY, open_store
from rmsession.store.share_file import read_file, spell
from rmsession.tui.clipboard import CarefulClipboard
from rmsession.tui.launch import Launch
from rmsession.tui.screens.dialogs import Ask
from rmsession.tui.screens.share import ShareDialog, share
from rmsession.tui.widgets.line import TypedLine


def met():
    """A session with a promise, a site, and two lines of the mentor's own."""
    play = Play(agenda(topic("One"), topic("Two", private=True)))
    play.start()
    play.keep("Read the draft", Kind.ACTION, owner="Alex", due="2026-11-20")
    play.keep("see https://a.example/feeds")
    play.keep("zqprivatezq", private=True)
    play.do(asked.End())
    return play.session


MET = met()


class Desk(CarefulClipboard):
    """An app in which the dialog opens."""

    def __init__(self) -> None:
        super().__init__()
        self.launch = Launch(open_store(MEMORY), Path("/h"), DEVICE, ZONE, HandClock(), share_data=spell)

    def on_mount(self) -> None:
        """Open it."""
        self.run_worker(share(self.screen, MET, self.launch))


async def opened(pilot):
    """The dialog, once it is there."""
    while not isinstance(pilot.app.screen, ShareDialog):
        await pilot.pause(0.01)
    await pilot.pause()
    return pilot.app.screen


async def closed(pilot):
    """Wait until it went."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def words(dialog):
    """What the dialog says, part by part."""
    return {each.id: str(each.render()) for each in dialog.query(Static) if each.id}


async def test_it_shows_what_leaves_and_what_is_held_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with Desk().run_test(size=(120, 40)) as pilot:
        says = words(await opened(pilot))
        assert says["held"] == "Held back: 1 line private to the mentor, 1 private topic."
        assert "YOU PROMISED" in says["leaves"]
        assert "https://a.example/feeds" in says["leaves"]
        assert "zqprivatezq" not in "".join(says.values())
        assert "● F2 Page" in says["shape"]
        await pilot.press("escape")
        await closed(pilot)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("key", "suffix", "begins"),
    [
        ("f2", "-shared.html", "<!DOCTYPE html>"),
        ("f3", "-shared.txt", "One-on-one"),
        ("f4", "-shared.json", '{"format"'),
    ],
)
async def test_enter_writes_what_was_chosen(tmp_path, monkeypatch, key, suffix, begins):
    monkeypatch.chdir(tmp_path)
    async with Desk().run_test(size=(120, 40)) as pilot:
        dialog = await opened(pilot)
        await pilot.press(key)
        assert dialog.query_one(TypedLine).value.endswith(suffix)
        assert ("The data file has besides" in words(dialog)["leaves"]) == (key == "f4")
        await pilot.press("enter")
        await closed(pilot)
        assert [each.message for each in pilot.app._notifications if each.message.startswith("Shared, and read back")]
    (path,) = tmp_path.iterdir()
    assert path.name.endswith(suffix)
    assert path.read_text(encoding="utf-8").startswith(begins)
    if key == "f4":
        assert read_file(path) == shared(MET)


async def test_a_path_that_somebody_typed_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with Desk().run_test(size=(120, 40)) as pilot:
        line = (await opened(pilot)).query_one(TypedLine)
        line.value = "own.txt"
        await pilot.press("f3", "enter")
        await closed(pilot)
    assert [each.name for each in tmp_path.iterdir()] == ["own.txt"]


async def test_nothing_is_written_over_unasked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.html").write_text("mine", encoding="utf-8")
    async with Desk().run_test(size=(120, 40)) as pilot:
        (await opened(pilot)).query_one(TypedLine).value = "own.html"
        await pilot.press("enter")
        while not isinstance(pilot.app.screen, Ask):
            await pilot.pause(0.01)
        await pilot.press("n")
        dialog = await opened(pilot)
        assert (tmp_path / "own.html").read_text(encoding="utf-8") == "mine"
        dialog.query_one(TypedLine).value = "no/such/folder/x.html"
        await pilot.press("enter")
        dialog = await opened(pilot)
        while not [each for each in pilot.app._notifications if "was not written" in each.message]:
            await pilot.pause(0.01)
        await pilot.press("escape")
        await closed(pilot)
    assert [each.name for each in tmp_path.iterdir()] == ["own.html"]


async def test_the_mail_is_copied_and_lies_in_a_file_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with Desk().run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await closed(pilot)
        assert pilot.app.clipboard.startswith("One-on-one\nRobin with Alex")
        assert [each for each in pilot.app._notifications if "Sent to the terminal's clipboard" in each.message]
    (path,) = tmp_path.iterdir()
    assert path.name.endswith("-shared.txt")


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
async def test_everything_is_in_sight_at_any_size(size, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with Desk().run_test(size=size) as pilot:
        dialog = await opened(pilot)
        for each in (*dialog.query(Static), dialog.query_one(TypedLine)):
            if each.id in ("held", "shape") or isinstance(each, TypedLine):
                assert each.region.height >= 1
                assert each.region.bottom <= size[1]
        await pilot.press("escape")
        await closed(pilot)
