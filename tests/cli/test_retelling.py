"""A list that was said before is said again only while nothing of what it leans on is otherwise."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from store.on_disk import CHECKOUT, action, the_file
from support.building import MENTOR, PAIR, ZONE, record

from rmsession.cli import open_actions, retelling
from rmsession.cli.ground import Ground
from rmsession.cli.retelling import Retelling, can_be_told_again
from rmsession.store import index_ready
from rmsession.store.ahead import Ahead, can_look_ahead
from rmsession.store.opening import open_store
from rmsession.store.rows import Ready, sealed
from rmsession.store.signature import UNSETTLED_NS
from rmsession.store.told import told

pytestmark = pytest.mark.skipif(not can_look_ahead(), reason="where nobody looks ahead, nothing is told again")
WORDS = ["actions", "--open"]


@pytest.fixture
def again(home, monkeypatch, capfdbinary):
    """A folder with two sessions and its list, said often enough to be kept; says what a run of now finds of that."""
    monkeypatch.setattr(index_ready, "WORTH", 1)
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text('me = "Robin"\n')
    store = open_store(home)
    store.keep_pair(PAIR)
    for number in (1, 2):
        store.begin(record(number=number))
        store.append(record(number=number).id, action(number, f"send figure {number}"))
    store.close()
    for path in home.glob("sessions/*/*/*.json"):
        os.utime(path, (1e9, 1e9))
    time.sleep(2 * UNSETTLED_NS / 1e9)  # no utime sets the clock that tells when it was called

    def says() -> bytes:
        # As the program: what is asked, on what it leans, and then all the rest.
        open_actions.list_open(ground := Ground(None, Retelling(str(home), WORDS, os.environ)))
        ground.close()
        return capfdbinary.readouterr().out

    said = says()
    while not row(home):  # the first make the index, and prove the programme
        said = says()

    def run(words: list[str] = WORDS) -> bytes | None:
        ahead = Ahead(lambda: str(home))
        try:
            return Retelling(str(home), words, os.environ).told(ahead)
        finally:
            ahead.close()

    assert run() == said
    assert b"send figure 1" in said
    return run


def row(home):
    """What lies ready to be told again, if anything does."""
    with closing(sqlite3.connect(home / "index.sqlite")) as index:
        rows = index.execute("SELECT * FROM ready WHERE name LIKE 'told:%'").fetchall()
    return Ready._make(rows[0]) if rows else None


def put(home, **values):
    """Put that row back with other values."""
    other = sealed(row(home)._replace(**values))
    with closing(sqlite3.connect(home / "index.sqlite")) as index, index:
        index.execute("UPDATE ready SET state = ?, data = ?, checksum = ?", other[1:])


def in_place(home):
    path = the_file(home)
    with path.open("r+b") as stream:  # as an editor that keeps size, time and inode does
        stream.write(path.read_bytes())
    os.utime(path, (1e9, 1e9))


def moved_back(home):
    (home / "config.toml").rename(home / "other")
    (home / "other").rename(home / "config.toml")


def no_longer_here(home):
    the_file(home, 2).unlink()


def one_more(home):
    shutil.copy(the_file(home), the_file(home).parent / "other.json")


def drafted(home):
    the_file(home).with_suffix(".draft").write_text("x")


def restored(home):
    path = the_file(home)
    shutil.copy2(path, path.with_suffix(".old"))
    path.with_suffix(".old").replace(path)


def renamed(home):
    store = open_store(home)
    store.keep_person(MENTOR)
    store.close()


def set_otherwise(home):
    (home / "config.toml").write_text('me = "Alexa"\n')


def unset(home):
    (home / "config.toml").unlink()


def opened_to_others(home):
    (home / "sessions").chmod(0o755)


def yesterday(home):
    data = row(home).data
    begins, ends = re.search(rb"(\d{10})\0(\d{10})", data).groups()
    put(home, data=data.replace(ends, begins, 1).replace(begins, b"1000000000", 1))


def not_yet(home):
    data = row(home).data
    begins, ends = re.search(rb"(\d{10})\0(\d{10})", data).groups()
    put(home, data=data.replace(begins, ends, 1))


def of_another_state(home):
    put(home, state=row(home).state + 1)


def flipped(home):
    with closing(sqlite3.connect(home / "index.sqlite")) as index, index:
        index.execute("UPDATE ready SET data = ?", (row(home).data.replace(b"figure", b"fogure"),))


OTHERWISE = [
    in_place, moved_back, no_longer_here, one_more, drafted, restored, renamed, set_otherwise, unset,
    opened_to_others, yesterday, not_yet, of_another_state, flipped,
]  # fmt: skip


@pytest.mark.parametrize("change", OTHERWISE, ids=lambda each: each.__name__)
def test_nothing_is_told_again_once_anything_is_otherwise(again, home, change):
    change(home)
    assert again() is None


@pytest.mark.parametrize("name", ["RMSESSION_ME", "RMSESSION_ZONE", "TZ", "COLUMNS", "PYTHONTZPATH"])
def test_nothing_is_told_again_in_another_environment(again, monkeypatch, name):
    monkeypatch.setenv("LANGUAGE_OF_NO_MATTER", "x")
    assert again()
    monkeypatch.setenv(name, "UTC")
    assert again() is None


def test_nor_by_another_program(again, monkeypatch, tmp_path):
    monkeypatch.setattr(retelling, "_OURS", (str(tmp_path),))
    assert again() is None


def test_what_changed_while_the_list_was_made_keeps_none(again, home, monkeypatch):
    store = open_store(home)
    late = Retelling(str(home), WORDS, os.environ)
    store.open_columns()
    with closing(sqlite3.connect(home / "index.sqlite")) as index, index:
        index.execute("DELETE FROM ready")
    set_otherwise(home)  # by somebody, after it was read
    time.sleep(2 * UNSETTLED_NS / 1e9)
    late.keep(store, b"wrong\n" * 3, date(2026, 11, 22), ZoneInfo(ZONE))
    assert row(home) is None
    late = Retelling(str(home), WORDS, os.environ)
    store.prepare()
    the_file(home).unlink()
    store.history()  # takes it out of the index
    late.keep(store, b"wrong\n" * 3, date(2026, 11, 22), ZoneInfo(ZONE))
    assert row(home) is None
    store.open_columns()
    late.keep(store, b"right\n" * 3, date(2026, 11, 22), ZoneInfo(ZONE))
    assert row(home)
    store.close()


def test_what_is_erased_is_told_no_more(again, home):
    session = record(number=1).id
    store = open_store(home)
    store.delete(session)
    store.close()
    assert row(home) is None
    assert b"send figure 1" not in (home / "index.sqlite").read_bytes()


def test_who_is_renamed_is_told_no_more(again, home):
    renamed(home)
    time.sleep(2 * UNSETTLED_NS / 1e9)
    store = open_store(home)
    assert not store.troubles(fresh=False)  # proves the programme
    store.close()
    assert row(home) is None


def test_only_what_goes_out_as_it_is_kept(monkeypatch):
    assert can_be_told_again(WORDS, {})
    assert not can_be_told_again([*WORDS, "--private"], {})
    assert not can_be_told_again(WORDS, {"_RMSESSION_COMPLETE": "bash_complete"})
    monkeypatch.setattr(sys, "stdout", None)
    assert not can_be_told_again(WORDS, {})


def test_an_address_may_hold_any_sign(again, home):
    other = home.with_name("a ?#% ü")
    home.rename(other)
    shutil.copytree(other, home)
    ahead = Ahead(lambda: str(other))
    assert told(str(other), " ".join(WORDS), ahead, lambda _: True)
    ahead.close()


def test_the_program_says_it_again_as_it_says_it(again, home):
    programme = "import sys; sys.argv[:] = ['rmsession', *sys.argv[1:]]; from rmsession.cli import main; main()"
    environ = {**os.environ, "PYTHONPATH": str(CHECKOUT)}

    def ran(out: int | None = subprocess.PIPE):
        return subprocess.run(
            [sys.executable, "-c", programme, *WORDS], env=environ, stdout=out, stderr=subprocess.PIPE, check=False
        )

    plain = ran()
    put(home, data=row(home).data.replace(b"figure", b"pigeon"))
    same = ran()
    assert (same.returncode, same.stderr) == (0, b"")
    assert same.stdout == plain.stdout.replace(b"figure", b"pigeon") != plain.stdout
    with Path("/dev/full").open("wb") as full:
        none = ran(full)
    assert none.returncode == 1
    assert none.stderr.startswith(b"rmsession: the output could not be written (")
    assert none.stderr.count(b"\n") == 1
