"""The index equals a scan of the files, whatever happens to them behind its back."""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store.scanning import OTHER, agrees, finds
from support.building import BEGIN, PAIR, content, fact, fact_id, record

from rmsession.core.facts import ActionDone, Captured
from rmsession.core.store_errors import Damaged, NoSuchSession, StoreError
from rmsession.core.terms import Kind
from rmsession.store import index_ready
from rmsession.store.opening import open_store
from rmsession.store.session_file import load

NUMBERS = st.integers(1, 6)


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
        self.worth, index_ready.WORTH = index_ready.WORTH, 1  # as if these were thousands

    def teardown(self):
        index_ready.WORTH = self.worth
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

    @rule(which=st.integers(0, 1), query=st.sampled_from(["x", "y is:open", "-z kind:action", "o", "hello with:alex"]))
    def search(self, which, query):
        assert self.stores[which].prepare()
        assert finds(self.stores[which], self.home, query)

    @rule(number=NUMBERS, which=st.integers(0, 1))
    def search_for_what_was_just_kept(self, number, which):
        """At once, without a look at the files."""
        self.stores[which].prepare()
        self.append(number, which, "note")
        path = self.file(number)
        if self._whole(path) and path.parent.name not in ("copy", "restored"):
            assert finds(self.stores[which], self.home, "z")

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
