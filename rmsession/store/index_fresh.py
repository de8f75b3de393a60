"""Keeps the index up to date with the files: at once for a list, in small steps for a search and at leisure."""

from __future__ import annotations

import sqlite3

# As in `tiny`: `threading` takes a millisecond.
from _thread import RLock, allocate_lock
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from rmsession.store.folder import DataFolder
from rmsession.store.index_file import IndexFile
from rmsession.store.index_look import Look, Seen, look, signature_of
from rmsession.store.index_register import Register
from rmsession.store.index_rows import change, shelves_in
from rmsession.store.names import id_in
from rmsession.store.shelves import Known

if TYPE_CHECKING:
    from rmsession.core.search import Stop
    from rmsession.core.store import Progress
    from rmsession.store.entries import Entry

T = TypeVar("T")
Work = Callable[[sqlite3.Connection, Register], T]
"""What is asked of an open index, of which the register says what there is."""

_BATCH: Final = 200
"""Sessions read before what they say is written: a tenth of a second's work."""
_STALE: Final = 1.0
"""Seconds without a search after which the next looks at the files first. Between two keys there is no time for it."""
_GLANCE: Final = 0.02
"""Seconds between two looks at whether anybody still waits, while another thread reads files."""


class _FarBehind(Exception):
    """More files changed than are read while everybody waits."""


class Refresher:
    """What reads files into the index of one data folder."""

    def __init__(self, folder: DataFolder, file: IndexFile, lock: RLock) -> None:
        self._folder = folder
        self._file = file
        self._lock = lock
        """Let one thread at a time write the index."""
        self._turn = allocate_lock()
        """Let one thread at a time find out what changed: a second would read the same files."""
        self._writes = count(1)
        self._touched: dict[Path, int] = {}
        """The number of the last write of each file that this program wrote."""
        self._read: dict[Path, int] = {}
        """The number of the last one that the index knows."""
        self._asked = float("-inf")
        """When a search, or a whole look, last came."""
        self._register: Register | None = None
        self.strays: list[str] = []
        """One line for each file that is left out for its name, as of the last look."""
        self.drafts: list[Path] = []
        """The session's file beside each draft, as of then."""

    def touched(self, path: Path) -> None:
        """Take note that a file was written here."""
        self._touched[path] = next(self._writes)
        self._folder.ahead = None  # it may have looked before

    def ask(self, work: Work[T], prepare: Callable[[], object] | None = None) -> T:
        """What `work` finds in an index that is up to date; `prepare` makes it so where much changed."""
        for most in (_BATCH, None):
            with self._lock:
                try:
                    return self._file.use(partial(self._asked_of, work=work, most=most))
                except _FarBehind:
                    pass
            (prepare or self.prepare)()
        raise AssertionError("the second time has no limit")

    def prepare(self, progress: Progress | None = None, stop: Stop | None = None) -> bool:
        """Read what changed, batch by batch; whether that came to its end."""
        with self._turn:
            done = self._prepare(progress, stop)
            self._asked = monotonic()
            return done

    def search(self, work: Work[T], stop: Stop | None) -> T | None:
        """What `work` finds in an index in which is all that this program kept; None when `stop` came first.

        Raises:
            sqlite3.DatabaseError: the file cannot be used.
        """
        while self._catch_up(stop):
            with ExitStack() as open_until_answered:
                with self._lock:  # so that what is forgotten in another thread is not missed while it is read again
                    connection = open_until_answered.enter_context(self._file.reading())
                    known = None if self._unread() else self._known(connection)
                if known:
                    return work(connection, known)
        return None

    def _catch_up(self, stop: Stop | None) -> bool:
        """Make ready for a search; whether that came to its end."""
        while not self._turn.acquire(timeout=_GLANCE):
            if stop and stop():
                return False
        try:
            if stop and stop():
                return False
            idle = monotonic() - self._asked > _STALE
            done = self._prepare(None, stop) if idle else self._read_touched()
            self._asked = monotonic()
            return done
        finally:
            self._turn.release()

    def as_it_is(self, connection: sqlite3.Connection, work: Work[T]) -> T:
        """What `work` finds in the index as it was left."""
        return work(connection, self._known(connection))

    def _prepare(self, progress: Progress | None, stop: Stop | None) -> bool:
        unread = self._unread()
        with self._lock:
            known = self._file.use(self._known)
        found = look(self._folder, known.shelves)  # without the lock: there may be thousands
        self._note(found)
        if found.gone:
            self._write([], found.gone)
        for start in range(0, len(found.changed), _BATCH):
            entries: list[Entry | None] = []
            for each in found.changed[start : start + _BATCH]:
                if stop and stop():
                    self._write(entries)
                    return False
                entries.append(each.read())
                if progress:
                    progress(start + len(entries), len(found.changed))
            self._write(entries)
        self._read |= unread
        return True

    def _note(self, found: Look) -> None:
        self.strays, self.drafts = found.strays, found.drafts

    def _unread(self) -> dict[Path, int]:
        """What was written here since the index was."""
        return {path: number for path, number in list(self._touched.items()) if self._read.get(path) != number}

    def _read_touched(self) -> bool:
        """Read what was written by this program, and whatever the search that found it so did not come to."""
        unread = self._unread()
        seen: list[Seen] = []
        for path in unread:
            session = id_in(path.stem)
            with suppress(FileNotFoundError):
                seen += [Seen(path, self._folder.key(path), session, signature_of(path))] if session else []
        if seen:
            self._write([each.read() for each in seen], only_place=True)
        self._read |= unread
        return True

    def _write(self, entries: Iterable[Entry | None], gone: Iterable[bytes] = (), *, only_place: bool = False) -> None:
        found = [entry for entry in entries if entry]

        def work(connection: sqlite3.Connection) -> None:
            change(connection, gone, [each for each in found if not only_place or _is_alone(connection, each)])

        if found or gone:
            with self._lock:
                self._file.use(work)

    def _asked_of(self, connection: sqlite3.Connection, work: Work[T], most: int | None) -> T:
        found = look(self._folder, self._known(connection).shelves)
        self._note(found)
        if most is not None and len(found.changed) > most:
            raise _FarBehind
        entries = [entry for entry in (each.read() for each in found.changed) if entry]
        if found.gone or entries:  # written at the end and at once: other programs wait no longer than this
            change(connection, found.gone, entries)
        return work(connection, self._known(connection))

    def _known(self, connection: sqlite3.Connection) -> Register:
        """What the index knows, every head of it checked when it came to be so."""
        self._register = register = Register.of(connection, self._register)
        return register


def _is_alone(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Whether no other file is known of the same session: which of two counts, only a look at all of them tells."""
    found = shelves_in(connection, "WHERE instr(names, ?)", (entry.head.id.encode(),)).values()
    heads = (head for shelf in found for head in Known(shelf).heads)
    return not any(head.id == entry.head.id and head.path != entry.head.path for head in heads)
