"""The doctor: each thing that can be the matter is told in one line, the worst first; what can be proven is mended."""

import json
import os
import shutil
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from faults.damage import ILL, WELL, folder, the
from support.building import PAIR
from support.held import held, kept

from rmsession.core.programme import Pair, Person
from rmsession.core.text import UserText
from rmsession.store import conditions, mounts
from rmsession.store.findings import Ailment
from rmsession.store.opening import open_store

GONE = "12345678-1234-1234-1234-123456789012"


@pytest.fixture
def full(home):
    """A data folder with two sessions and everything around them, in which nothing is the matter."""
    folder(home)
    the("draft", home).unlink()
    the("holder", home).unlink()
    return home


def findings(told) -> list[dict[str, object]]:
    return [each for each in map(json.loads, told.lines) if "what" in each]


def test_all_is_well(tell, full):
    told = tell("doctor")
    assert told.code == 0
    assert told.err == ""
    facts = len(held("dead").record.facts) + len(held("beef", end=False).record.facts) + 2
    assert told.out == f"All is well: 2 sessions, {facts} facts, all verified by their checksums.\n"


def test_a_folder_that_is_not_there_is_not_made(tell, home):
    told = tell("doctor", "--repair")
    assert (told.code, told.out) == (0, "All is well: no sessions are kept yet.\n")
    assert not home.exists()


@pytest.mark.parametrize("words", [[], ["--repair"]])
def test_a_file_in_the_place_of_the_folder_is_told_and_left(tell, home, words):
    home.write_text("mine")
    told = tell("doctor", *words)
    assert told.code == 1
    assert told.err == ""
    assert f"{home} is no folder" in told.out
    assert home.read_text() == "mine"


def test_looking_changes_nothing(tell, full):
    the("session", full).write_bytes(b"x")
    before = {path: path.stat().st_mtime_ns for path in full.rglob("*") if path.is_file()}
    tell("doctor")
    assert {path: path.stat().st_mtime_ns for path in full.rglob("*") if path.is_file()} == before


def damaged(home):
    shutil.rmtree(home / "snapshots")
    the("session", home).write_bytes(b"")


def unreadable(home):
    path = the("session", home)
    path.unlink()
    path.mkdir(0o700)


def newer(home):
    path = the("session", home)
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":7'))


def unknown(home):
    alien = replace(held("cafe").record, pair=Pair("pair-x", PAIR.mentor, Person("person-x", UserText("Xenia"))))
    kept(home, alien)


def copy(home):
    (home / "sessions" / "2027").mkdir(0o700)
    shutil.copy2(the("session", home), home / "sessions" / "2027")


def stray(home):
    path = home / "sessions" / "2026" / "notes.json"
    path.touch(0o600)


def owner(home):
    if os.geteuid():
        pytest.skip("only root can give files away")
    os.chown(home / "programme.json", 12345, -1)


def wide(home):
    home.chmod(0o755)
    (home / "sessions").chmod(0o750)
    the("session", home).chmod(0o644)


def index(home):
    (home / "index.sqlite").write_bytes(b"no index")


def index_differs(home):
    """A row that is sealed rightly and says another title: what a bug would write."""
    from rmsession.store.rows import Body, sealed
    from rmsession.store.signature import UNSETTLED_NS

    time.sleep(UNSETTLED_NS / 1e9)  # what was said of a file that had just been written is not believed anyway
    open_store(home).history()
    with sqlite3.connect(home / "index.sqlite") as connection:
        rows = [Body._make(row) for row in connection.execute("SELECT * FROM bodies")]
        for row in rows:
            made = sealed(row._replace(summary=row.summary.replace(b"Kick-off", b"Kick-on")))
            marks = ", ".join("?" * len(made))
            connection.execute(f"INSERT OR REPLACE INTO bodies VALUES ({marks})", made)
    connection.close()


def settings(home):
    (home / "config.toml").write_text("me = 3\n")


def leftover(home):
    the("session", home).with_suffix(".tmp").touch(0o600)
    (home / "locks" / f"{WELL}.who").touch(0o600)


def stale(home):
    (home / "locks" / f"{GONE}.lock").touch(0o600)


def old(home):
    path = the("snapshot", home)
    early = path.rename(path.with_name(f"2020-01-01-000000-of-{path.name.partition('-of-')[2]}"))
    os.utime(early, (0, 0))


def draft(home):
    from rmsession.core.store import Draft

    store = open_store(home)
    store.keep_draft(ILL, Draft(datetime.now(UTC), 1.0, UserText("SECRET words")))
    store.close()


def aside(home):
    (home / "programme.json.damaged").touch(0o600)


def crashes(home):
    (home / "crash.log").write_text("2026-11-21 10:00:00Z rmsession ValueError\n  a.py:1 f\n2026-11-22 KeyError\n")
    (home / "crash.log").chmod(0o600)


CASES = {
    damaged: (Ailment.DAMAGED, False),
    unreadable: (Ailment.UNREADABLE, False),
    newer: (Ailment.NEWER, False),
    unknown: (Ailment.UNKNOWN_PAIR, True),
    copy: (Ailment.COPY, False),
    stray: (Ailment.STRAY, False),
    owner: (Ailment.OWNER, False),
    wide: (Ailment.TOO_WIDE, True),
    index: (Ailment.INDEX, True),
    index_differs: (Ailment.INDEX, True),
    settings: (Ailment.SETTINGS, False),
    leftover: (Ailment.LEFTOVER, True),
    stale: (Ailment.STALE_LOCK, True),
    old: (Ailment.OLD_SNAPSHOT, True),
    draft: (Ailment.DRAFT, False),
    aside: (Ailment.SET_ASIDE, False),
    crashes: (Ailment.CRASHES, False),
}
ELSEWHERE = {
    Ailment.NETWORK,
    Ailment.NO_PERMISSIONS,
    Ailment.FULL,
    Ailment.CLOCK,
    Ailment.NO_LOCKS,
    Ailment.READ_ONLY,
}
"""Told in the tests below, of what surrounds the folder."""


def test_every_ailment_is_tried():
    assert {ailment for ailment, _ in CASES.values()} | ELSEWHERE == set(Ailment)


@pytest.mark.parametrize("spoil", CASES, ids=lambda spoil: spoil.__name__)
def test_what_is_the_matter_is_told_and_mended_if_it_can_be(tell, full, spoil):
    ailment, mendable = CASES[spoil]
    advice = ailment in (Ailment.DRAFT, Ailment.SET_ASIDE, Ailment.CRASHES)
    spoil(full)
    told = tell("doctor", "--json")
    found = findings(told)
    assert {each["what"] for each in found} == {ailment.value}
    assert {each["mendable"] for each in found} == {mendable}
    assert told.code == (0 if advice else 1)
    plain = tell("doctor")
    assert plain.code == told.code
    assert [line[2:] for line in plain.lines[:-1]] == [each["line"] for each in found]
    assert all(str(full) in line for line in plain.lines[:-1])
    assert "SECRET" not in plain.out + told.out
    assert plain.lines[-1].startswith("All is well" if advice else f"{len(found)} thing")
    assert ("`rmsession doctor --repair` mends" in plain.lines[-1]) == mendable
    repaired = tell("doctor", "--repair")
    assert repaired.code == (0 if advice or mendable else 1)
    assert repaired.lines[-1].startswith("Mended") == mendable
    if mendable:
        assert tell("doctor").out.startswith("All is well")
        assert tell("list").err == ""


def test_a_pair_that_is_made_known_is_as_the_session_has_it(tell, full):
    unknown(full)
    tell("doctor", "--repair")
    store = open_store(full)
    assert [pair.id for pair in store.programme().pairs] == [PAIR.id, "pair-x"]
    assert store.programme().pairs[1].mentee.name.raw == "Xenia"


def test_permissions_are_closed(tell, full):
    wide(full)
    assert tell("doctor", "--repair").code == 0
    modes = {path.stat().st_mode & 0o777 for path in (full, *full.rglob("*"))}
    assert modes == {0o700, 0o600}


def test_a_folder_that_holds_other_things_keeps_its_owners_choice(tell, full):
    (full / "thesis.txt").write_text("mine")
    (full / "thesis.txt").chmod(0o644)
    full.chmod(0o755)
    assert tell("doctor", "--repair").out.startswith("All is well")
    assert full.stat().st_mode & 0o777 == 0o755
    assert (full / "thesis.txt").stat().st_mode & 0o777 == 0o644


def test_a_snapshot_that_only_a_wrong_clock_made_old_is_kept(tell, full):
    """Old is what both its name and the disk say is old."""
    path = the("snapshot", full)
    path.rename(path.with_name(f"2020-01-01-000000-of-{path.name.partition('-of-')[2]}"))
    assert tell("doctor").out.startswith("All is well")


def test_a_nearly_full_disk_is_told(tell, full, monkeypatch):
    monkeypatch.setattr(conditions.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**7))
    told = tell("doctor")
    assert told.code == 1
    assert "10 MB left" in told.out


def test_a_clock_behind_what_was_kept_is_told(tell, full):
    later = datetime.now(UTC) + timedelta(hours=3)
    record = held("cafe").record
    kept(full, replace(record, facts=(*record.facts[:-1], replace(record.facts[-1], wall=later))))
    (found,) = findings(tell("doctor", "--json"))
    assert found["what"] == "clock"
    assert not found["wrong"]


@pytest.fixture
def on(full, tmp_path, monkeypatch):
    """Makes the data folder lie on a file system of a kind."""

    def lie(kind: str) -> None:
        table = tmp_path / "mountinfo"
        table.write_text(f"27 1 254:0 / / rw - ext4 /dev/vda rw\n40 27 0:50 / {full} rw - {kind} server:/x rw\n")
        monkeypatch.setattr(mounts, "_TABLE", table)

    return lie


@pytest.mark.parametrize(("kind", "what"), [("nfs4", "network file system"), ("exfat", "no permissions")])
def test_the_file_system_is_told_as_advice_by_the_doctor_and_by_paths_alone(tell, on, kind, what):
    on(kind)
    told = tell("doctor", "--json")
    assert told.code == 0
    (found,) = findings(told)
    assert (found["what"], found["wrong"]) == (what, False)
    assert f"({kind})" in tell("paths").complaint
    assert tell("paths", "data").err == ""
    assert tell("list").err == ""


def test_a_file_system_without_locks_is_told(tell, full, monkeypatch):
    import errno
    import fcntl

    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    told = tell("doctor")
    assert told.code == 1
    assert "has no locks" in told.out
    assert told.err == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_told(tell, full):
    (full / "locks").chmod(0o500)
    told = tell("doctor")
    (full / "locks").chmod(0o700)
    assert told.code == 1
    assert "may not be written to" in told.out
