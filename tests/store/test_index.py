"""The index itself: what it reads again, and what happens when it is harmed."""

import errno
import random
import shutil
import sqlite3
from dataclasses import fields
from datetime import timedelta
from zlib import crc32

import pytest
from store.on_disk import action, note, the_file
from store.scanning import OTHER, agrees
from support.building import BEGIN, PAIR, fact_id, record

from rmsession.core.documents import Hit
from rmsession.core.figures import SessionFigures
from rmsession.core.lists import ActionItem, Summary
from rmsession.core.store_errors import NotKept
from rmsession.store.entries import entry_of
from rmsession.store.index import SHAPE
from rmsession.store.opening import open_store
from rmsession.store.session_file import load
from rmsession.store.signature import NEVER, Signature


@pytest.fixture
def grown(tiny, home):
    """A folder with some sessions and its index."""
    for number in range(1, 8):
        pair = PAIR if number % 2 else OTHER
        tiny.begin(record(number=number, pair=pair, created=BEGIN + timedelta(days=number), facts=(action(number),)))
    tiny.history()
    return home


def test_it_is_not_touched_when_facts_are_kept(tiny, grown):
    before = (grown / "index.sqlite").stat()
    tiny.append(record(number=1).id, note(50))
    assert (grown / "index.sqlite").stat() == before
    assert tiny.history()[-1].notes == 1


def test_only_what_changed_is_read_again(tiny, grown, monkeypatch):
    from rmsession.store import entries

    settle(grown)
    tiny.history()
    read = []
    monkeypatch.setattr(entries, "load", lambda path: read.append(path) or load(path))
    assert len(tiny.history()) == 7
    assert len(open_store(grown).open_actions()) == 7
    assert read == []
    tiny.append(record(number=3).id, note(50))
    tiny.history()
    assert [path.stem[-36:] for path in read] == [record(number=3).id]


def settle(home):
    """Age the files: those changed within one tick of the clock are read twice, to be sure."""
    import time

    time.sleep(0.06)


def test_a_file_changed_just_now_is_not_trusted_to_tell_the_next_change(tiny, home):
    """Within one tick of the disk's clock a change can leave size, times and inode as they were."""
    tiny.begin(record())
    path = the_file(home)
    fresh = entry_of(path, b"key", record().id, Signature.of(path.stat())).head
    assert fresh.stamp == NEVER
    settle(home)
    settled = entry_of(path, b"key", record().id, Signature.of(path.stat())).head
    assert settled.stamp == Signature.of(path.stat()).stamp


def test_no_flipped_bit_in_it_shows(tiny, grown):
    settle(grown)
    tiny.history()
    whole = (grown / "index.sqlite").read_bytes()
    right = open_store(grown).history(), open_store(grown).open_actions()
    told = [position for position in range(len(whole) * 8) if whole[position // 8]]  # most of it is empty
    for position in random.Random(11).sample(told, 250):
        flipped = bytearray(whole)
        flipped[position // 8] ^= 1 << position % 8
        (grown / "index.sqlite").write_bytes(flipped)
        store = open_store(grown)
        assert (store.history(), store.open_actions()) == right, position
        store.close()


@pytest.mark.parametrize(
    "change",
    [
        "folder = CAST('x' || folder AS BLOB)",
        "names = CAST(replace(names, '2026', '2025') AS BLOB)",
        "stamps = zeroblob(length(stamps))",
        "marks = zeroblob(length(marks))",
        "pairs = CAST(replace(pairs, 'pair', 'riap') AS BLOB)",
        "troubles = NULL",
        "checksum = 5",
    ],
)
def test_no_changed_row_shows(tiny, grown, change):
    """Rows that a query would leave out are found as well, when the index is first used."""
    settle(grown)
    tiny.history()
    with sqlite3.connect(grown / "index.sqlite") as index:
        assert index.execute(f"UPDATE shelves SET {change}").rowcount
    assert agrees(open_store(grown), grown)


@pytest.mark.parametrize("data", [b"", b"rubbish" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_one_that_is_none_is_made_anew(grown, data):
    (grown / "index.sqlite").write_bytes(data)
    assert len(open_store(grown).history()) == 7
    with sqlite3.connect(grown / "index.sqlite") as index:
        assert index.execute("SELECT count(*) FROM bodies").fetchone() == (7,)


def test_one_of_another_version_is_made_anew(grown):
    with sqlite3.connect(grown / "index.sqlite") as index:
        index.execute("PRAGMA user_version = 5")
        index.execute("ALTER TABLE shelves ADD COLUMN mood")
    assert len(open_store(grown).history()) == 7


def test_one_that_another_program_holds_is_done_without(grown, monkeypatch):
    from rmsession.store import index_file

    monkeypatch.setattr(index_file, "_PATIENCE", 0.05)
    other = sqlite3.connect(grown / "index.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store = open_store(grown)
    assert len(store.history()) == 7
    store.append(record(number=1).id, note(60))
    assert store.history()[-1].notes == 1
    store.redact(record(number=1).id, fact_id(1), by="x", wall=BEGIN)
    assert not (grown / "index.sqlite").exists()
    other.execute("COMMIT")
    assert len(store.open_actions()) == 6


def test_one_that_can_be_neither_changed_nor_removed_stops_a_redaction(tiny, grown, monkeypatch):
    """Saying that the text is gone would not be true."""
    (grown / "index.sqlite").write_bytes(b"rubbish" * 1000)

    def refuse(_):
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(tiny._disk, "remove", refuse)
        with pytest.raises(NotKept, match="index"):
            tiny._index.forget(the_file(grown))
    tiny.redact(record(number=1).id, fact_id(1), by="x", wall=BEGIN)


def test_a_folder_in_its_place_is_done_without(grown):
    (grown / "index.sqlite").unlink()
    (grown / "index.sqlite").mkdir()
    assert len(open_store(grown).history()) == 7


def test_two_stores_build_it_at_once(grown):
    import threading

    (grown / "index.sqlite").unlink()
    found = []
    threads = [threading.Thread(target=lambda: found.append(len(open_store(grown).history()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 4


def test_its_version_names_the_shape_of_what_rows_spell():
    """An index of another shape is made anew; what the shape is, is found out here and not at each start."""
    kinds = (Summary, ActionItem, Hit, SessionFigures)
    shape = [f"{each.name}: {each.type}" for kind in kinds for each in fields(kind)]
    assert crc32(str(shape).encode()) == SHAPE, "what rows spell has changed: write this number to `index.SHAPE`"


def test_of_two_files_of_a_session_the_first_counts(tiny, grown):
    """Also where the second is the one that is known, and nothing in its folder has changed."""
    settle(grown)
    tiny.history()
    known = next(grown.glob(f"sessions/*/*/*{record(number=2).id}.json"))
    first = grown / "sessions" / "2025" / "copy" / known.name
    first.parent.mkdir(parents=True)
    shutil.copy(known, first)
    assert [line.split(" is ")[0].endswith(known.name) for line in tiny.troubles()] == [True]
    assert str(known.parent.name) in tiny.troubles()[0]
    assert len(tiny.history()) == 7
    first.unlink()
    assert tiny.troubles() == []
    assert len(tiny.history()) == 7
