"""The demo as somebody meets it: one command, a few seconds, everything there, and nothing of it left."""

import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.program import Person

from rmsession.cli import run

SECONDS = 60
"""For a machine on which everything else is tested at the same time; left alone it takes five."""


@pytest.fixture
def person(tmp_path) -> Iterator[Person]:
    """Somebody who has used the program, with a place of their own for temporary files, whose name is short."""
    place = tempfile.mkdtemp(prefix="d-")
    person = Person(tmp_path / "own", {"TMPDIR": place, "RMSESSION_ME": "Ada", "RMSESSION_ZONE": "Asia/Tokyo"})
    person.home.mkdir()
    (person.home / "config.toml").write_text('me = "Ada"\ntheme = "nord"\n')
    (person.home / "sessions" / "2026").mkdir(parents=True)
    (person.home / "sessions" / "2026" / "mine.txt").write_text("mine")
    yield person
    shutil.rmtree(place)


def state(folder: Path) -> dict[str, tuple[object, ...]]:
    """Each file's and folder's bytes and times."""
    found = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        known = path.stat()
        data = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (data, known.st_mtime_ns, known.st_ctime_ns, known.st_mode, known.st_ino)
    return found


def folders(person: Person) -> list[Path]:
    return sorted(Path(person.extra["TMPDIR"]).glob("rmsession-demo-*"))


def test_home_history_and_search_are_full_of_life_and_nothing_is_left(person):
    before, begun = state(person.home), time.monotonic()
    with person.screen("demo", columns=80, lines=24) as term:
        term.wait("Making up a programme", timeout=SECONDS)
        term.wait("overdue", timeout=SECONDS)
        term.wait("tomorrow", timeout=SECONDS)
        assert time.monotonic() - begun < SECONDS
        (folder,) = folders(person)
        assert str(folder) in term.text()
        assert len(list(folder.glob("sessions/*/*/*.json"))) > 250
        term.press("h")
        term.wait("Half-way check")
        term.press("/")
        term.type("policy")
        term.wait("Read our policy as staff do")
        term.settle()
        assert " demo" in term.text().splitlines()[-1]
        assert "Ada" not in term.text()
        assert state(person.home) == before
        term.signal(signal.SIGTERM)
        assert term.wait_exit(timeout=SECONDS) == 128 + signal.SIGTERM
    assert folders(person) == []
    assert state(person.home) == before


def test_a_demo_is_not_made_without_a_screen(person, monkeypatch, capsys):
    before = state(person.home)
    monkeypatch.setenv("RMSESSION_HOME", str(person.home))
    monkeypatch.setattr(tempfile, "tempdir", person.extra["TMPDIR"])
    assert run(["demo"]) == 2
    assert "needs a terminal" in capsys.readouterr().err
    assert folders(person) == []
    assert state(person.home) == before
    assert run(["demo", "--help"]) == 0
    assert "rmsession --home ~/demo report" in capsys.readouterr().out


@pytest.mark.long
@pytest.mark.parametrize("words", ["Making up", "overdue"])
def test_what_a_killed_demo_leaves_goes_with_the_next(person, words):
    before = state(person.home)
    with person.screen("demo") as term:
        term.wait(words, timeout=SECONDS)
        term.signal(signal.SIGKILL)
    (folder,) = folders(person)
    assert state(person.home) == before
    time.sleep(3)  # the other process, if there was one, has come to its end
    os.utime(folder, (0, 0))
    with person.screen("demo") as term:
        term.wait("Making up", timeout=SECONDS)
        assert folder not in folders(person)
        term.signal(signal.SIGINT)
        assert term.wait_exit(timeout=SECONDS) == 130
    assert folders(person) == []
    assert state(person.home) == before


@pytest.mark.long
def test_what_is_kept_is_found_again_and_its_report_says_that_it_is_made_up(person, tmp_path):
    before, there = state(person.home), tmp_path / "kept"
    with person.screen("demo", "--keep", str(there)) as term:
        term.wait("overdue", timeout=SECONDS)
        term.press("ctrl+q")
        term.wait(f"rmsession --home {there}", timeout=SECONDS)
        assert term.wait_exit(timeout=SECONDS) == 0
    assert state(person.home) == before
    other = Person(there)
    assert "All is well" in other.run("doctor")
    assert len(other.run("list", "--json").splitlines()) > 250
    assert "11/12 (92 %, 95 % interval 65–99 %)" in other.run("report", "--wave", "Wave one")
    for kind in ("text", "md", "html", "csv", "json"):
        assert "every pair, session and figure in it is made up" in other.run("report", "-f", kind)
    assert json.loads(other.run("next", "--json").splitlines()[0])
    with person.screen("demo", "--keep", str(there)) as term:
        term.wait("something lies there already", timeout=SECONDS)
        assert term.wait_exit(timeout=SECONDS) == 1
