"""What lists show of every session, derived from the files: `IndexFile` may be deleted at any time.

A row is made anew when its file's signature differs from the one under which it was read. Nothing is read when a
store is opened or a fact is kept; whoever asks for a list waits for what changed since the last.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeVar
from zlib import crc32

from rmsession.core.review import ActionItem, Summary
from rmsession.store.codec import Unfit, loads, value_of
from rmsession.store.disk import Disk, shown
from rmsession.store.folder import DataFolder, session_in
from rmsession.store.index_file import IndexFile, change
from rmsession.store.rows import COLUMNS, Row, pair_key, row_of
from rmsession.store.storage import Signature
from rmsession.store.views import earliest_due, newest_first

T = TypeVar("T")

_MEANING: Final = 3
"""Raised when `summarise` or `open_actions_of` come to say something else of the same record."""
_SHAPE: Final = [f"{each.name}: {each.type}" for kind in (Summary, ActionItem) for each in fields(kind)]
VERSION: Final = crc32(f"{_MEANING} {COLUMNS} {_SHAPE}".encode()) & 0x7FFF_FFFF
"""Which program's index it is; another's is made anew."""


class Index:
    """The lists of one data folder; may be asked from any thread."""

    def __init__(self, folder: DataFolder, disk: Disk) -> None:
        self._folder = folder
        self._file = IndexFile(folder.index, VERSION, disk)
        self._lock = RLock()
        self._proven = False
        self._strays: list[str] = []

    def summaries(self, pair: str | None, limit: int | None) -> list[Summary]:
        """What `Store.history` promises."""
        query = "SELECT * FROM sessions WHERE trouble = '' AND (? OR pair = ?) ORDER BY created DESC, id LIMIT ?"
        most = -1 if limit is None else limit
        found = self._ask(query, (pair is None, pair_key(pair or ""), most), lambda row: _value(row.summary, Summary))
        return newest_first(found, pair, limit)

    def open_actions(self, pair: str | None) -> list[ActionItem]:
        """What `Store.open_actions` promises."""
        query = "SELECT * FROM sessions WHERE open > 0 AND (? OR pair = ?)"
        kind = tuple[ActionItem, ...]
        found = self._ask(query, (pair is None, pair_key(pair or "")), lambda row: _value(row.actions, kind))
        return earliest_due((action for actions in found for action in actions), pair)

    def troubles(self) -> list[str]:
        """One line for each file that is left out."""
        found = self._ask("SELECT * FROM sessions WHERE trouble <> ''", (), lambda row: row.trouble)
        return sorted([*found, *self._strays])

    def forget(self, path: Path) -> None:
        """Overwrite what the index says of one file, until it is read again. Raises `NotKept`."""
        with self._lock:
            self._file.erase(self._folder.key(path))

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._file.close()

    def _ask(self, query: str, values: Iterable[object], to: Callable[[Row], T]) -> list[T]:
        """What the rows that answer hold, after every file that changed was read again."""

        def work(connection: sqlite3.Connection) -> list[T]:
            self._bring_up_to_date(connection)
            return [to(row) for row in rows_in(connection.execute(query, tuple(values)))]

        with self._lock:
            return self._file.use(work)

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        known = self._known(connection)
        fresh: list[Row] = []
        seen: dict[str, bytes] = {}
        self._strays = []
        for entry in self._folder.files():
            session = session_in(entry)
            if session is None or session in seen:
                self._strays.append(stray_line(Path(entry.path), session))
                continue
            row = self._changed(entry, session, known)
            seen[session] = self._folder.key(entry.path)
            fresh += [row] if row else []
        gone = known.keys() - seen.values()
        if gone or fresh:  # written at the end and at once: other programs wait no longer than this
            change(connection, gone, fresh)

    def _changed(self, entry: os.DirEntry[str], session: str, known: dict[bytes, str]) -> Row | None:
        """A new row, if the file is not the one last read."""
        key = self._folder.key(entry.path)
        try:
            signature = signature_of(entry)
        except FileNotFoundError:  # removed while we looked
            return None
        return None if known.get(key) == str(signature) else row_of(Path(entry.path), key, session, signature)

    def _known(self, connection: sqlite3.Connection) -> dict[bytes, str]:
        """Each row's signature. The first time every row is checked, later those that are shown."""
        if self._proven:
            return dict(connection.execute("SELECT path, signature FROM sessions"))
        rows = rows_in(connection.execute("SELECT * FROM sessions"))
        self._proven = True
        return {row.path: row.signature for row in rows}


def rows_in(found: Iterable[Any]) -> list[Row]:
    """The rows of an answer. Raises `sqlite3.DatabaseError` when one is not what was written."""
    rows = [Row._make(values) for values in found]
    if not all(row.is_whole() for row in rows) or len({row.path for row in rows}) < len(rows):
        raise sqlite3.DatabaseError("a row of the index is not what was written")
    return rows


def _value(data: bytes, kind: type[T]) -> T:
    try:
        return value_of(loads(data), kind)
    except Unfit as error:
        raise sqlite3.DatabaseError(f"a row of the index is of another shape: {error}") from error


def signature_of(entry: os.DirEntry[str]) -> Signature:
    """By what a file is known; of a link that leads nowhere its own, so that it is named and not passed over.

    Raises:
        FileNotFoundError: it is gone.
    """
    for follow in (True, False):
        with suppress(OSError):
            return Signature.of(entry.stat(follow_symlinks=follow))
    if not os.path.lexists(entry.path):
        raise FileNotFoundError(entry.path)
    return Signature(0, 0, 0, 0)  # its folder may not be entered


def stray_line(path: Path, session: str | None) -> str:
    """What is said of a file that is left out for its name."""
    if session is None:
        return (
            f"{shown(path)} has not the name of a session's file and is left out. Rename it as it was, or move it away"
        )
    return f"{shown(path)} is a second copy of session {session} and is left out. Move one of the two away"
