"""What lists and search show of every session, derived from the files: `IndexFile` may be deleted at any time.

A row is made anew when its file's signature differs from the one under which it was read. Nothing is read when a
store is opened or a fact is kept; whoever asks waits for what changed since the last time.
"""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import sqlite3

# As in `tiny`: `threading` takes a millisecond.
from _thread import RLock
from functools import partial
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from zlib import crc32

from rmsession.store.disk import Disk
from rmsession.store.folder import DataFolder
from rmsession.store.index_file import BROKEN, IndexFile
from rmsession.store.index_fresh import Refresher, Work
from rmsession.store.index_register import Register
from rmsession.store.index_rows import may_hold, of_sessions, settled_in, values
from rmsession.store.rows import SCHEMA, TABLES, Body, Settled, Waiting
from rmsession.store.views import earliest_due, open_first

if TYPE_CHECKING:
    from datetime import date

    from rmsession.core.figures import SessionFigures
    from rmsession.core.lists import ActionItem, Summary
    from rmsession.core.query import Query
    from rmsession.core.search import Findings, Stop
    from rmsession.core.store import Progress
    from rmsession.core.tables import ActionColumns, SessionTable

T = TypeVar("T")

_MEANING: Final = 18
"""Raised when what is derived comes to say something else of the same record, or words to be cut in another way."""
SHAPE: Final = 0x3BFDCF06
"""The fields of what rows spell, summed up: to load what has them takes as long as a list. A test says what it is."""
VERSION: Final = crc32(f"{_MEANING} {TABLES} {SCHEMA} {SHAPE}".encode()) & 0x7FFF_FFFF
"""Which program's index it is; another's is made anew."""


class Index:
    """The lists and the search of one data folder; may be asked from any thread."""

    def __init__(self, folder: DataFolder, disk: Disk) -> None:
        self._folder = folder
        self._file = IndexFile(folder.index, VERSION, disk)
        self._lock = RLock()
        """Held while the file is written; never while a session is read, so that `forget` need not wait for that."""
        self._listed: int | None = None
        """The state of the index of which a list was made last."""
        self._refresher = Refresher(folder, self._file, self._lock)

    def summaries(self, pair: str | None, limit: int | None, *, fresh: bool = True) -> list[Summary]:
        """What `Store.history` promises."""
        return self._ask(partial(summaries_in, pair=pair, limit=limit), fresh=fresh)

    def session_table(self) -> SessionTable:
        """What `Store.session_table` promises."""

        def work(connection: sqlite3.Connection, register: Register) -> SessionTable:
            # Only here, and below: whoever asks for no list needs none ready-made.
            from rmsession.store.index_ready import session_table

            return session_table(connection, register.state, partial(summaries_in, connection, register))

        return self._ask(work)

    def open_columns(self) -> ActionColumns:
        """What `Store.open_columns` promises."""

        def work(connection: sqlite3.Connection, register: Register) -> ActionColumns:
            from rmsession.store.index_ready import open_columns

            self._listed = register.state
            return open_columns(connection, register.state, partial(open_in, connection, register))

        return self._ask(work)

    def keep_told(self, name: str, leaning: bytes, words: bytes) -> None:
        """Keep what a list said, to be found by `told`, if nothing changed since `open_columns`."""
        from rmsession.store.index_ready import keep_told

        with self._lock:
            self._file.use(partial(keep_told, state=self._listed, name=name, leaning=leaning, words=words))

    def open_actions(self, pair: str | None) -> list[ActionItem]:
        """What `Store.open_actions` promises."""
        return earliest_due(self._ask(partial(_waiting, pair=pair)), pair)

    def actions(self, pair: str | None, begins: str = "") -> list[ActionItem]:
        """What `Store.actions` promises."""

        def work(connection: sqlite3.Connection, register: Register) -> list[ActionItem]:
            settled = of_sessions(connection, Settled, register.of_pair(pair))
            there = [each for row in settled for each in settled_in(row, begins)]
            return [*_waiting(connection, register, pair, begins), *there]

        return open_first((each for each in self._ask(work) if each.capture.startswith(begins)), pair)

    def search(
        self, query: Query, today: date, *, pair: str | None, private: bool, limit: int, stop: Stop | None
    ) -> Findings:
        """What `Store.search` promises."""
        # Only here: lists need nothing of the language of search.
        from rmsession.core.search import Findings
        from rmsession.store.index_search import CalledOff, Search

        def work(connection: sqlite3.Connection, register: Register) -> Findings:
            return Search(connection, register, query, today, pair, private, stop).findings(limit)

        try:
            try:
                found = self._refresher.search(work, stop)
            except BROKEN:
                found = self._ask(work)
        except CalledOff:
            found = None
        return found or Findings(complete=False)

    def figures(self, progress: Progress | None = None, stop: Stop | None = None) -> list[SessionFigures]:
        """What `Store.figures` promises."""
        # Only here: no list and no search counts anything.
        from rmsession.store.index_figures import figures_in

        return figures_in(self._refresher, progress, stop)

    def prepare(self, progress: Progress | None = None, stop: Stop | None = None) -> bool:
        """What `Store.prepare` promises."""
        return self._refresher.prepare(progress, stop)

    def drafts(self) -> list[Path]:
        """The session's file beside each draft that the last look met."""
        return self._refresher.drafts

    def troubles(self, *, fresh: bool = True) -> list[str]:
        """One line for each file that is left out."""
        register = self._ask(lambda _, register: register, fresh=fresh)
        return sorted([*register.troubles, *self._refresher.strays])

    def proven(self) -> bytes:
        """The stamp of the programme's file when it was last read whole, as far as is known without a look."""
        return self._ask(lambda _, register: register.proven, fresh=False)

    def prove(self, stamp: bytes) -> None:
        """Remember under which stamp that file was read whole."""
        with self._lock:
            self._file.prove(stamp)

    def touched(self, path: Path) -> None:
        """Take note that a file was written here, so that a search that comes now finds what it says."""
        self._refresher.touched(path)

    def forget(self, path: Path) -> None:
        """Overwrite what the index says of one file, until it is read again. Raises `NotKept`."""
        with self._lock:
            self._file.erase(self._folder.key(path))
            self._refresher.touched(path)

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._file.close()

    def _ask(self, work: Work[T], *, fresh: bool = True) -> T:
        """What the rows say, after every file that changed was read again, or as they were left."""
        if fresh:
            return self._refresher.ask(work)
        with self._lock:
            return self._file.use(partial(self._refresher.as_it_is, work=work))


def summaries_in(
    connection: sqlite3.Connection, register: Register, pair: str | None = None, limit: int | None = None
) -> list[Summary]:
    """Sessions of a pair, or of all, the newest first."""
    # Only here, and below: a search shows no lists.
    from rmsession.core.lists import Summary

    chosen = islice(register.of_pair(pair), limit)
    found = values((row.summary for row in of_sessions(connection, Body, chosen)), Summary)
    # As the register has them: what one number of seconds cannot tell apart in far years is all that is left.
    found.sort(key=attrgetter("created"), reverse=True)
    return found


def open_in(connection: sqlite3.Connection, register: Register) -> list[ActionItem]:
    """Every open action item, the earliest due first."""
    return earliest_due(_waiting(connection, register, None), None)


def _waiting(
    connection: sqlite3.Connection, register: Register, pair: str | None, begins: str = ""
) -> list[ActionItem]:
    from rmsession.core.lists import ActionItem

    rows = of_sessions(connection, Waiting, register.waiting(pair))
    those = (row.actions for row in rows if may_hold(row.actions, begins))
    return [each for some in values(those, tuple[ActionItem, ...]) for each in some]
