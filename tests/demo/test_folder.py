"""A demo's folder goes with the demo, and whatever is not surely a demo's own is left alone."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from rmsession.demo.folder import NotEmpty, clear, kept, passing, sweep
from rmsession.demo.programme import MARK
from rmsession.store.locks import at_rest

SPARED = "crash.log"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    """A place of its own for temporary files."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def left(place: Path, name: str = "rmsession-demo-ab12cd34", words: str = f"{MARK}\n") -> Path:
    """What a killed demo left an hour ago."""
    folder = place / name
    (folder / "sessions").mkdir(parents=True)
    (folder / "config.toml").write_text(words)
    aged(folder)
    return folder


def aged(folder: Path) -> None:
    then = time.time() - 3600
    os.utime(folder, (then, then))


def test_it_is_there_while_it_is_used_and_closed_to_others():
    with passing(SPARED) as folder:
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "sessions").mkdir()
        (folder / "sessions" / "one.json").write_text("{}")
    assert not folder.exists()
    with pytest.raises(KeyboardInterrupt), passing(SPARED) as folder:
        raise KeyboardInterrupt
    assert not folder.exists()


def test_what_tells_where_it_broke_stays():
    with passing(SPARED) as folder:
        (folder / SPARED).touch()
    assert folder.exists()
    aged(folder)
    sweep(SPARED)
    assert folder.exists()


def test_what_a_killed_demo_left_goes_with_the_next(place):
    whole, empty = left(place), place / "rmsession-demo-just-made"
    empty.mkdir()
    aged(empty)
    with passing(SPARED):
        assert not whole.exists()
        assert not empty.exists()


def test_what_may_be_somebody_elses_stays(place, tmp_path):
    own = left(tmp_path, "data", 'me = "Ada"\n')
    others = [
        left(place, "rmsession-demo-running0"),
        left(place, "rmsession-demo-notademo", 'me = "Ada"\n'),
        left(place, "rmsession-other"),
    ]
    young = left(place, "rmsession-demo-young000")
    os.utime(young)
    (place / "rmsession-demo-linked00").symlink_to(own)
    with at_rest(others[0] / "in-use"):
        aged(others[0])
        sweep(SPARED)
        assert all((each / "config.toml").exists() for each in (own, young, *others))
    aged(others[0])
    sweep(SPARED)
    assert not others[0].exists()


def test_it_is_kept_only_where_nothing_lies(tmp_path):
    own, new = tmp_path / "own", tmp_path / "deep" / "new"
    assert kept(new, (own,)) == new
    new.mkdir(parents=True)
    assert kept(new, (own,)) == new
    (new / "something").touch()
    for folder in (new, new / "something", own, own / "sessions"):
        with pytest.raises(NotEmpty):
            kept(folder, (tmp_path / "elsewhere", own))


def test_half_a_demo_is_cleared_away_and_the_folder_of_somebody_else_stays(tmp_path):
    folder = left(tmp_path)
    clear(folder, itself=False)
    assert list(folder.iterdir()) == []
    clear(folder, itself=True)
    assert not folder.exists()
