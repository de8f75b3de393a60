"""The index equals a scan of the files, whatever happens to them or to it behind its back."""

import errno
import os
import random
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store.on_disk import action, note, the_file
from support.building import BEGIN, PAIR, content, fact, fact_id, record

from rmsession.core.facts import ActionDone, Captured, Kind
from rmsession.core.programme import Pair
from rmsession.core.review import open_actions_of, summarise
from rmsession.core.store import Damaged, NoSuchSession, NotKept, StoreError
from rmsession.store.opening import open_store
from rmsession.store.rows import row_of
from rmsession.store.session_file import load
from rmsession.store.storage import Signature
from rmsession.store.views import earliest_due, newest_first

OTHER = Pair("pair-2", PAIR.mentee, PAIR.mentor)
NUMBERS = st.integers(1, 6)


def scanned(home):
    """Every record that can be read, with no index."""
    records = {}
    for path in sorted(home.glob("sessions/**/*.json")):
        try:
            records.setdefault(path.stem[-36:], load(path))
        except StoreError:
            records.setdefault(path.stem[-36:], None)
    return [each for each in records.values() if each]


def agrees(store, home):
    """Whether the lists say what the files say."""
    records = scanned(home)
    for pair in (None, PAIR.id, OTHER.id):
        actions = [each for one in records for each in open_actions_of(one)]
        assert store.history(pair=pair) == newest_first(map(summarise, records), pair, None)
        assert store.history(pair=pair, limit=2) == newest_first(map(summarise, records), pair, 2)
        assert store.open_actions(pair=pair) == earliest_due(actions, pair)
    return True


class Folder(RuleBasedStateMachine):
    """A data folder in use by two programs, a file manager and a backup."""

    def __init__(self):
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="rmsession-index-"))
        self.home = self.top / "home"
        self.stores = [open_store(self.home), open_store(self.home)]
        self.backup = self.top / "backup"
        self.backup.mkdir()
        self.seq = 0

    def teardown(self):
        shutil.rmtree(self.top)

    def file(self, number):
        return next(self.home.glob(f"sessions/*/*/*{UUID(int=number)}.json"), None)

    @rule(number=NUMBERS, which=st.integers(0, 1), pair=st.sampled_from([PAIR, OTHER]), days=st.integers(0, 60))
    def begin(self, number, which, pair, days):
        if not self.file(number):
            self.stores[which].begin(record(number=number, pair=pair, created=BEGIN + timedelta(days=days)))

    @rule(number=NUMBERS, which=st.integers(0, 1), kind=st.sampled_from(["action", "due", "note", "done"]))
    def append(self, number, which, kind):
        self.seq += 1
        due = f"2026-12-{self.seq % 28 + 1:02}"
        what = {
            "action": Captured(Kind.ACTION, None, content("x")),
            "due": Captured(Kind.ACTION, None, content("y", due=due)),
            "note": Captured(Kind.NOTE, None, content("z")),
            "done": ActionDone(fact_id(self.seq - 1)),
        }
        self._try(self.stores[which].append, str(UUID(int=number)), fact(what[kind], self.seq, float(self.seq)))

    @rule(number=NUMBERS, which=st.integers(0, 1))
    def redact_the_first(self, number, which):
        path = self.file(number)
        captures = (
            [each.id for each in load(path).facts if isinstance(each.what, Captured)] if self._whole(path) else []
        )
        if captures:
            self.stores[which].redact(str(UUID(int=number)), captures[0], by="x", wall=BEGIN)

    @rule(number=NUMBERS, which=st.integers(0, 1))
    def delete(self, number, which):
        self._try(self.stores[which].delete, str(UUID(int=number)))

    @rule(number=NUMBERS)
    def back_up(self, number):
        if self.file(number):
            shutil.copy2(self.file(number), self.backup)

    @rule(number=NUMBERS, keep_times=st.booleans(), in_place=st.booleans())
    def restore(self, number, keep_times, in_place):
        saved = next(self.backup.glob(f"*{UUID(int=number)}.json"), None)
        if saved:
            target = self.file(number) or self.home / "sessions" / "2026" / "restored" / saved.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not in_place:
                target.unlink(missing_ok=True)
            (shutil.copy2 if keep_times else shutil.copy)(saved, target)

    @rule(number=NUMBERS, keep_time=st.booleans())
    def damage(self, number, keep_time):
        path = self.file(number)
        if path:
            status = path.stat()
            data = bytearray(path.read_bytes())
            data[-20] ^= 1
            path.write_bytes(data)
            if keep_time:
                os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule(number=NUMBERS)
    def remove(self, number):
        path = self.file(number)
        if path:
            path.unlink()

    @rule(number=NUMBERS)
    def copy_elsewhere(self, number):
        path = self.file(number)
        if path and path.parent.name != "copy":
            target = self.home / "sessions" / "2025" / "copy" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)

    @rule(number=NUMBERS)
    def touch(self, number):
        if self.file(number):
            self.file(number).touch()

    @precondition(lambda self: (self.home / "index.sqlite").exists())
    @rule(how=st.sampled_from(["delete", "empty", "half", "rubbish"]))
    def harm_the_index(self, how):
        path = self.home / "index.sqlite"
        data = path.read_bytes()
        path.unlink()
        if how != "delete":
            path.write_bytes({"empty": b"", "half": data[: len(data) // 2], "rubbish": b"rubbish" * 999}[how])

    @rule()
    def restart(self):
        self.stores = [open_store(self.home), open_store(self.home)]

    @invariant()
    def lists_say_what_the_files_say(self):
        assert all(agrees(store, self.home) for store in self.stores)

    def _whole(self, path):
        try:
            return bool(path and load(path))
        except StoreError:
            return False

    def _try(self, ask, *given):
        with suppress(NoSuchSession, Damaged):
            ask(*given)


TestFolder = Folder.TestCase
TestFolder.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)


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
    from rmsession.store import rows

    settle(grown)
    tiny.history()
    read = []
    monkeypatch.setattr(rows, "load", lambda path: read.append(path) or load(path))
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
    fresh = row_of(path, b"key", record().id, Signature.of(path.stat()))
    assert fresh.signature == ""
    settle(home)
    settled = row_of(path, b"key", record().id, Signature.of(path.stat()))
    assert settled.signature == str(Signature.of(path.stat()))


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
        "open = 0",
        "pair = CAST('other' AS BLOB)",
        "trouble = 'x'",
        "created = -1",
        "summary = actions",
        "signature = 'x'",
        "path = CAST('x' || path AS BLOB)",
        "actions = replace(actions, 'send', 'sent')",
        "checksum = 5",
        "id = NULL",
    ],
)
def test_no_changed_row_shows(tiny, grown, change):
    """Rows that a query would leave out are found as well, when the index is first used."""
    settle(grown)
    tiny.history()
    with sqlite3.connect(grown / "index.sqlite") as index:
        index.execute(f"UPDATE sessions SET {change} WHERE id = ?", [record(number=2).id])
    assert agrees(open_store(grown), grown)


@pytest.mark.parametrize("data", [b"", b"rubbish" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_one_that_is_none_is_made_anew(grown, data):
    (grown / "index.sqlite").write_bytes(data)
    assert len(open_store(grown).history()) == 7
    with sqlite3.connect(grown / "index.sqlite") as index:
        assert index.execute("SELECT count(*) FROM sessions").fetchone() == (7,)


def test_one_of_another_version_is_made_anew(grown):
    with sqlite3.connect(grown / "index.sqlite") as index:
        index.execute("PRAGMA user_version = 5")
        index.execute("ALTER TABLE sessions ADD COLUMN mood")
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
