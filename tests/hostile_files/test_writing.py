"""Nothing is written over without being told to, and what is told to goes where it was told, whole or not at all."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from support.building import agenda, record
from support.stage import staged
from support.tally import tally
from textual.widgets import Input

from rmsession.cli import run
from rmsession.export.files import NotWritten, save
from rmsession.store.opening import open_store

TEXT = "the minutes\n" * 5000
WHAT = "targets that must not be lost"


def kinds(folder: Path) -> dict[str, Path]:
    """What may be where the minutes are to go; each leaves the folder as `picture` sees it."""
    (folder / "elsewhere").mkdir()
    (folder / "real").write_text("theirs")
    names = ("file", "closed", "folder", "full", "pipe", "nowhere", "loop", "null", "to_folder", "link", "socket")
    made = {name: folder / name for name in names}
    made["file"].write_text("mine")
    made["closed"].write_text("mine")
    made["closed"].chmod(0o400)
    made["folder"].mkdir()
    made["full"].mkdir()
    (made["full"] / "x").write_text("mine")
    os.mkfifo(made["pipe"])
    made["nowhere"].symlink_to(folder / "elsewhere" / "not.md")
    made["loop"].symlink_to(made["loop"])
    made["null"].symlink_to("/dev/null")
    made["to_folder"].symlink_to(made["folder"])
    made["link"].symlink_to(folder / "real")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(os.path.relpath(made["socket"]))
    return made


def picture(folder: Path) -> dict[str, tuple[int, str]]:
    """Everything there: its kind and what it holds."""
    seen = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        held = str(path.readlink()) if stat.S_ISLNK(mode) else path.read_text() if stat.S_ISREG(mode) else ""
        seen[str(path.relative_to(folder))] = (stat.S_IFMT(mode), held)
    return seen


@pytest.fixture
def there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return kinds(tmp_path)


def test_nothing_that_is_there_is_written_over_unasked(tmp_path, there):
    before = picture(tmp_path)
    for name, path in there.items():
        with pytest.raises(NotWritten, match="is there already") as told:
            save(TEXT, path)
        assert "\n" not in str(told.value), name
        assert picture(tmp_path) == before, name
    tally(WHAT, cases=len(there))


def test_told_to_it_writes_over_plain_files_alone(tmp_path, there):
    before = picture(tmp_path)
    for name, path in there.items():
        if name in ("file", "link"):
            continue
        with pytest.raises(NotWritten) as told:
            save(TEXT, path, force=True)
        assert "\n" not in str(told.value), name
        assert picture(tmp_path) == before, name
    for name in ("file", "link"):
        save(TEXT, there[name], force=True)
    after = {**before, "file": (stat.S_IFREG, TEXT), "real": (stat.S_IFREG, TEXT)}
    assert picture(tmp_path) == after
    assert there["link"].is_symlink()
    tally(WHAT, cases=len(there))


def test_a_file_that_comes_while_it_is_written_is_left_as_it_came(tmp_path, monkeypatch):
    """The name is free when it is looked at, and taken by another program a moment later."""
    look = os.path.lexists
    comers = {
        "file": lambda path: path.write_text("theirs"),
        "link": lambda path: path.symlink_to(tmp_path / "far.md"),
        "folder": lambda path: path.mkdir(),
    }
    for name, come in comers.items():
        path = tmp_path / f"{name}.md"

        def looked(asked, path=path, come=come):
            free = look(asked)
            if asked == path and not free:
                come(path)
            return free

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(os.path, "lexists", looked)
            with pytest.raises(NotWritten, match="is there already"):
                save(TEXT, path)
    assert set(picture(tmp_path)) == {"file.md", "link.md", "folder.md"}
    assert (tmp_path / "file.md").read_text() == "theirs"
    tally(WHAT, cases=len(comers))


IMPOSSIBLE = ["x" * 300, "x" * 5000, "a\0b", "\ud800", "no/such/folder.md", "file/x.md", "~nobody-has-this/x.md"]


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_path_that_cannot_be_is_one_line(tmp_path, name):
    (tmp_path / "file").write_text("mine")
    before = picture(tmp_path)
    for force in (False, True):
        with pytest.raises(NotWritten, match="was not written") as told:
            save(TEXT, Path(f"{tmp_path}/{name}"), force=force)
        assert "\n" not in str(told.value)
        assert str(told.value).isprintable()
    assert picture(tmp_path) == before


FULL = """
import resource, sys
from pathlib import Path
from rmsession.export.files import NotWritten, save
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
for name in ("old.md", "new.md"):
    try:
        save("the minutes\\n" * 5000, Path(name), force=True)
    except NotWritten as told:
        print(told)
"""


def test_a_disk_that_is_full_leaves_the_old_file_whole_and_nothing_else(tmp_path):
    """A limit on the size of files fails the write as a full disk does, halfway."""
    (tmp_path / "old.md").write_text("old\n")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", FULL], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) == 2
    assert all("was not written" in line for line in done.stdout.splitlines())
    assert picture(tmp_path) == {"old.md": (stat.S_IFREG, "old\n")}
    tally(WHAT, cases=2)


def test_the_command_says_in_one_line_what_it_did_not_write(tmp_path, there, capsys):
    home = tmp_path / "home"
    with closing(open_store(home)) as store:
        store.begin(record(agenda("One")))
    names = ["file", "closed", "pipe", "nowhere", "loop", "null", "link", "socket"]
    before = picture(tmp_path)
    for name in [*(str(there[each]) for each in names), "x" * 300, "no/such.md", "~nobody-has-this/x.md", "", "file/x"]:
        assert run(["--home", str(home), "export", "0", "-o", name]) == (1 if name else 2), name
        told = capsys.readouterr()
        assert not told.out, name
        assert told.err.count("\n") == 1, told.err
        assert "Traceback" not in told.err
    assert picture(tmp_path) == before
    tally(WHAT, cases=len(names))


async def test_the_screen_stays_and_says_what_it_did_not_write(tmp_path, there):
    """A pipe, a link to nothing, and what no file can be called, typed into the real dialog; then a folder."""
    before = picture(tmp_path)
    taken = [str(there["pipe"]), str(there["nowhere"])]
    async with staged() as stage:
        await stage.enter("/export")
        for name in [*taken, "x" * 300, "a\0b", "~nobody-has-this/x.md"]:
            await dialog(stage, "ExportDialog")
            stage.app.screen.query_one("TypedLine", Input).value = name
            await stage.pilot.press("enter")
            if name in taken:
                await dialog(stage, "Ask")
                await stage.pilot.press("n")
        await dialog(stage, "ExportDialog")
        assert picture(tmp_path) == before
        stage.app.screen.query_one("TypedLine", Input).value = str(there["folder"])
        await stage.pilot.press("enter")
        await dialog(stage, "SessionScreen")
    (made,) = picture(tmp_path).keys() - before.keys()
    assert made.startswith("folder/2026-11-21-kick-off-")
    tally(WHAT, cases=6)


async def dialog(stage, name: str) -> None:
    """Wait until the screen of that name is on top."""
    for _ in range(600):
        await stage.pilot.pause(0.02)
        if type(stage.app.screen).__name__ == name:
            return
    raise AssertionError(f"{name} did not come; there is {type(stage.app.screen).__name__}")
