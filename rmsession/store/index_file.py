"""The SQLite file under the index: opened for each use, made anew when it is broken, replaced by memory when barred."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from rmsession.store.disk import Disk, not_kept
from rmsession.store.index_rows import change
from rmsession.store.rows import OPTIONS, PRIVATE, SCHEMA, SHARED, TABLES

T = TypeVar("T")

_PATIENCE: Final = 5.0
"""Seconds to wait for another program's use of the index."""
BROKEN: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file makes Python's module raise; the second for the names of columns."""
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
BESIDE: Final = ("", "-journal", "-wal", "-shm")
"""The file and what SQLite may leave beside it; the last two only if something else opened it."""


class IndexFile:
    """Where the index's rows lie; the caller lets one thread in at a time, but for `reading`."""

    def __init__(self, path: Path, version: int, disk: Disk) -> None:
        self._path = path
        self._version = version
        self._disk = disk
        self._memory: sqlite3.Connection | None = None

    def use(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do it with the index on the disk, else with a new one there, else with one in memory.

        `work` may raise `sqlite3.DatabaseError` for what it finds broken, and is then done again.
        """
        for last in (False, True):
            try:
                with closing(self._opened()) as connection:
                    return work(connection)
            except BROKEN as error:
                if last or is_busy(error):
                    break
                with suppress(OSError):
                    self._discard()
        return work(self._in_memory())

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The index on the disk at one moment, beside whoever writes it. Raises one of `BROKEN`."""
        with closing(self._opened()) as connection:
            connection.execute("BEGIN")
            yield connection

    def erase(self, path: bytes) -> None:
        """Overwrite what is there of one file.

        Raises:
            NotKept: the disk refused both this and removing the index.
        """
        if self._memory is not None:
            change(self._memory, [path], [])
        if not self._path.exists():
            return
        try:
            with closing(self._opened()) as connection:
                change(connection, [path], [])
        except BROKEN:
            try:
                self._discard()
            except OSError as error:
                raise not_kept(self._path, error) from error

    def prove(self, stamp: bytes) -> None:
        """Remember under which stamp the programme was read; where that cannot be written, it is read again."""
        with suppress(*BROKEN), closing(self._opened()) as connection, connection:
            connection.execute("DELETE FROM ready")  # of a state that was; what was told may have named others
            connection.execute("UPDATE state SET proven = ?, number = number + 1", (stamp,))

    def close(self) -> None:
        """Let go of what is kept in memory."""
        if self._memory is not None:
            self._memory.close()
            self._memory = None

    def _in_memory(self) -> sqlite3.Connection:
        if self._memory is None:
            self._memory = self._ready(sqlite3.connect(":memory:", check_same_thread=False))
        return self._memory

    def _opened(self) -> sqlite3.Connection:
        try:
            with suppress(FileExistsError):  # made here, because SQLite would let others read what it makes
                self._disk.close(self._disk.create(self._path))
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        # Never to be made by SQLite, should another program remove it at this moment.
        connection = sqlite3.connect(f"{self._path.as_uri()}?mode=rw", timeout=_PATIENCE, uri=True)
        try:
            return self._ready(connection)
        except BROKEN:
            connection.close()
            raise

    def _ready(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Set it up so that what is deleted is overwritten, and lies nowhere else."""
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Lists read each page once: those read before it make room, as fresh memory takes longer than to read them.
        connection.execute("PRAGMA cache_size = -256")
        if connection.execute("PRAGMA user_version").fetchone() != (self._version,):
            self._make(connection)
        return connection

    def _make(self, connection: sqlite3.Connection) -> None:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            for name in (SHARED, PRIVATE, *TABLES):
                connection.execute(f"DROP TABLE IF EXISTS {name}")
            for name, columns in TABLES.items():
                connection.execute(f"CREATE TABLE {name} ({columns}")
            for name in (SHARED, PRIVATE):
                connection.execute(f"CREATE VIRTUAL TABLE {name} {SCHEMA}")
                for option, number in OPTIONS.items():
                    connection.execute(f"INSERT INTO {name}({name}, rank) VALUES (?, ?)", (option, number))  # noqa: S608 - ours
            # Another for every file, so that nobody takes it for the one that was there before.
            connection.execute("INSERT INTO state VALUES (random() >> 1, x'')")
            connection.execute(f"PRAGMA user_version = {self._version:d}")

    def _discard(self) -> None:
        for ending in BESIDE:
            with suppress(FileNotFoundError):
                self._disk.remove(self._path.with_name(self._path.name + ending))


def is_busy(error: Exception) -> bool:
    """Whether another program is using the index, which is no fault of it."""
    # The low byte is the kind of error; errors that the module raises by itself carry no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY
