"""Whatever the umask: every folder is 0700 and every file 0600, at each moment of its life."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.program import PROGRAM, Person
from support.tally import tally
from support.terminal import Terminal

from rmsession.cli.program import program

HERE = Path(__file__).parent
UMASKS = (0o000, 0o022, 0o077, 0o277)
KINDS = (
    "config.toml", "crash.log", "device", "index.sqlite", "programme.json", "minutes.md", "out.md", "one-on-one.md",
    "-figures.json", ".json", ".draft", ".lock", ".live", ".who", ".tmp", "-journal",
)  # fmt: skip
"""How the names end of what must have been seen, or the test saw too little."""
WORKING = (
    "new", "new, own", "list", "show", "export", "export --force", "share --figures", "backup", "restore", "pair card",
)  # fmt: skip
WANTED = {"folder": "0o700", "file": "0o600"}


def made(umask: int, tmp_path: Path) -> dict[str, object]:
    """What `making.py` saw under this umask."""
    out = tmp_path / "out"
    out.mkdir(0o700)
    root = Path(sys.modules["rmsession"].__file__).parents[1]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("RMSESSION_")}
    environ |= {"PYTHONPATH": f"{root}:{HERE.parent}", "PYTHONDONTWRITEBYTECODE": "1", "VISUAL": "", "EDITOR": ""}
    done = subprocess.run(
        [sys.executable, str(HERE / "making.py"), str(tmp_path / "some" / "where" / "data"), str(out)],
        env=environ, umask=umask, capture_output=True, text=True, check=False, timeout=100, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("umask", [*UMASKS, pytest.param(0o777, marks=pytest.mark.long)], ids=oct)
def test_only_its_owner_can_open_what_the_program_makes(umask, tmp_path):
    found = made(umask, tmp_path)
    wrong = [(moment, path, mode) for moment, path, mode in found["seen"] if mode != WANTED[moment.split()[-1]]]
    assert not wrong, f"{len(wrong)} of {len(found['seen'])}: {wrong[:20]}"
    names = {path for _, path, _ in found["seen"]}
    missed = [kind for kind in KINDS if not any(name.endswith(kind) for name in names)]
    assert not missed
    assert {Path(name).parent.name for name in names} >= {"snapshots", "erased", "locks", "agendas"}
    assert any("/data/.rmsession-" in name for name in names), "the settings' temporary was not seen"
    assert any("/out/.rmsession-" in name for name in names), "the export's temporary was not seen"
    # Every command there is was run, and those that must work under any umask worked.
    assert set(program.commands) <= set(found["ran"])
    working = {name: found["ran"][name] for name in WORKING}
    assert set(working.values()) == {0}, working
    tally("files and folders whose mode was looked at", cases=len(found["seen"]), wrong=len(wrong))


@pytest.mark.parametrize("umask", [0o000, pytest.param(0o277, marks=pytest.mark.long)], ids=oct)
def test_a_session_in_a_terminal_makes_nothing_that_others_can_open(umask, tmp_path):
    person = Person(tmp_path / "data")
    script = f'umask {umask:o}; exec "$0" "$@"'
    argv = ["sh", "-c", script, str(PROGRAM), "run", "01-kick-off", "--mentee", "Alex Stone"]
    environ = person.environment() | {"PYTHONDONTWRITEBYTECODE": "1"}
    with Terminal(argv, env=environ, cwd=str(tmp_path)) as term:
        term.wait("What is your name")
        term.type("Robin Fox\r")
        term.wait("Start")
        term.press("f2")
        term.wait("left of")
        term.type("a note\rand a draft")
        term.wait("and a draft")
        term.wait(lambda _: any(tmp_path.glob("data/sessions/*/*/*.draft")))
        modes = {path: path.stat().st_mode & 0o777 for path in (tmp_path / "data").rglob("*")}
        term.press("ctrl+q")
        term.wait("Leave while")
        term.press("e")
        assert term.wait_exit() == 0
    modes |= {path: path.stat().st_mode & 0o777 for path in (tmp_path / "data").rglob("*")}
    modes |= {tmp_path / "data": (tmp_path / "data").stat().st_mode & 0o777}
    endings = {path.suffix for path in modes}
    assert {".json", ".draft", ".live", ".who", ".lock", ".toml"} <= endings
    wrong = {str(path): oct(mode) for path, mode in modes.items() if mode not in (0o600, 0o700)}
    wrong |= {str(path): oct(mode) for path, mode in modes.items() if path.is_file() and mode != 0o600}
    assert not wrong
    tally("files and folders whose mode was looked at", cases=len(modes), wrong=len(wrong))


def test_a_folder_that_was_made_for_us_is_closed_and_one_with_other_things_keeps_its_owners_choice(tmp_path):
    for name, inside in (("empty", ()), ("full", ("notes.txt",))):
        folder = tmp_path / name
        folder.mkdir()
        folder.chmod(0o755)
        for each in inside:
            (folder / each).write_text("somebody's", encoding="utf-8")
            (folder / each).chmod(0o644)
        Person(folder).run("list")
    assert (tmp_path / "empty").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "full").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "full" / "notes.txt").stat().st_mode & 0o777 == 0o644
    for folder in (tmp_path / "full" / "sessions", tmp_path / "full" / "locks", tmp_path / "empty" / "sessions"):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_sessions_that_others_could_enter_is_closed(tmp_path):
    for part in ("", "sessions", "sessions/2026", "sessions/2026/11", "locks", "snapshots", "erased"):
        (tmp_path / "data" / part).mkdir()
        (tmp_path / "data" / part).chmod(0o755)
    Person(tmp_path / "data").run("list")
    for part in ("sessions", "locks", "snapshots", "erased"):
        assert (tmp_path / "data" / part).stat().st_mode & 0o777 == 0o700
