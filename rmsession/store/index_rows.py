"""Rows into the index and out of it, in one step, so that no word stays of what is gone."""

# ruff: noqa: S608 - the names of tables are ours

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rmsession.store.rows import (
    ROOM,
    Body,
    Facet,
    Head,
    Numbers,
    R,
    Settled,
    Shelf,
    Waiting,
    Words,
    first_block,
    whole_rows,
)  # fmt: skip
from rmsession.store.shelves import Known, folder_of, shelf_of

if TYPE_CHECKING:
    from rmsession.core.lists import ActionItem
    from rmsession.store.entries import Entry
    from rmsession.store.letters import Begun, FolderCounts
    from rmsession.store.packing import Documents

TABLE_OF: Final = {
    Body: "bodies", Waiting: "waiting", Facet: "facets", Settled: "settled", Words: "words", Numbers: "numbers"
}  # fmt: skip
"""The tables with a row for each session that can be read."""
OF_SESSIONS: Final = tuple(TABLE_OF.values())
_MANY: Final = 2500
"""Rows from which it is quicker to read all than to look for each."""
_AT_ONCE: Final = 500
"""Rows asked for by one question; SQLite takes 999 things in one."""
C = TypeVar("C", Body, Waiting, Facet, Settled, Words, Numbers)


def shelves_in(connection: sqlite3.Connection, which: str = "", given: tuple[object, ...] = ()) -> dict[bytes, Shelf]:
    """All shelves, or those of which something is so, by folder.

    Raises:
        sqlite3.DatabaseError: one is not what was written.
    """
    found = _whole(Shelf, connection.execute(f"SELECT * FROM shelves {which}", given))
    shelves = {shelf.folder: shelf for shelf in found}
    if len(shelves) < len(found):
        raise sqlite3.DatabaseError("a row of the index is there twice")
    return shelves


def rows_in(kind: type[C], found: Iterable[Any]) -> list[C]:
    """The rows of an answer. Raises `sqlite3.DatabaseError` when one is not what was written."""
    rows = _whole(kind, found)
    if len({row.path for row in rows}) < len(rows):
        raise sqlite3.DatabaseError("a row of the index is there twice")
    return rows


def of_sessions(connection: sqlite3.Connection, kind: type[C], chosen: Iterable[Head]) -> list[C]:
    """One row for each of these sessions.

    Raises:
        sqlite3.DatabaseError: one is not what was written, or not there.
    """
    chosen = list(chosen)
    table = TABLE_OF[kind]
    found: list[C] = []
    if len(chosen) > _MANY:
        found = rows_in(kind, connection.execute(f"SELECT * FROM {table}"))
    for start in range(0, len(chosen) if not found else 0, _AT_ONCE):
        some = [head.block for head in chosen[start : start + _AT_ONCE]]
        asked = f"SELECT * FROM {table} WHERE block IN ({', '.join('?' * len(some))})"
        found += rows_in(kind, connection.execute(asked, some))
    rows = {row.block: row for row in found}
    if any(head.block not in rows or rows[head.block].path != head.path for head in chosen):
        raise sqlite3.DatabaseError("a row of the index is missing")
    return [rows[head.block] for head in chosen]


def values(found: Iterable[bytes], kind: Any) -> list[Any]:
    """What rows spell. Raises `sqlite3.DatabaseError` when one is of another shape."""
    # Only here: a search needs no msgspec, which takes 5 ms to load.
    from rmsession.store.listed import unspelled

    try:
        return [unspelled(data, kind) for data in found]
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from error


def may_hold(spelled: bytes, begins: str) -> bool:
    """Whether values that are spelled so may have an id that begins so; to look at the bytes saves reading most."""
    # An id of other signs may be spelled otherwise.
    return not (begins.isascii() and begins.replace("-", "").isalnum()) or f'"{begins}'.encode() in spelled


def settled_in(row: Settled, begins: str = "") -> tuple[ActionItem, ...]:
    """Its action items; none where no id begins so. Raises `sqlite3.DatabaseError` when they are of another shape."""
    # Only here, as above.
    from rmsession.core.lists import ActionItem
    from rmsession.store.listed import unpressed, unspelled

    try:
        spelled = unpressed(row.actions)
        found: tuple[ActionItem, ...] = unspelled(spelled, tuple[ActionItem, ...]) if may_hold(spelled, begins) else ()
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from error
    return found


def hits_in(words: Words) -> Documents:
    """The documents of one session. Raises `sqlite3.DatabaseError` when they are of another shape."""
    # Only here: lists show no documents.
    from rmsession.store.packing import unpacked

    try:
        return unpacked(words.documents)
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from error


def change(connection: sqlite3.Connection, gone: Iterable[bytes], fresh: Iterable[Entry]) -> None:
    """Take out what was there of some files and put in what others say, in one step.

    A file that changed after it was read is read again, now that nobody else writes here: who erases something in a
    file does it there first and then here, so that what is read from now on is erased here if it is erased there.
    """
    # Only here, and below: what has not changed is listed without what reads a record and cuts its words.
    from rmsession.store import index_words
    from rmsession.store.entries import texts_of

    connection.execute(ROOM)
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM ready")  # something that they list is no longer so, or is erased
        shelves = _Shelves(connection)
        lost = False
        for path in gone:
            lost = bool(_take(connection, shelves, path)) or lost
        for entry in fresh:
            before = _take(connection, shelves, entry.head.path)
            now = entry.still()
            if now:
                _put(connection, shelves, now)
            lost = lost or not before <= (now.texts | texts_of(now.hits) if now else frozenset())
        shelves.put_back()
        if lost:
            index_words.sweep(connection)
        connection.execute("UPDATE state SET number = number + 1")


class _Shelves:
    """The shelves that a change touches, and what is counted of them: taken down once and put back once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._down: dict[bytes, dict[bytes, Head]] = {}
        self._counts: dict[bytes, FolderCounts] = {}

    def pop(self, path: bytes) -> Head | None:
        """Take out a file, and what was counted of it."""
        head = self._of(path).pop(path, None)
        self._counts[folder_of(path)].take(path)
        return head

    def put(self, head: Head, counts: Begun | None) -> None:
        """Put in a file that is not there, with what is counted of it."""
        self._of(head.path)[head.path] = head
        if counts:
            self._counts[folder_of(head.path)].put(head.path, counts)

    def _of(self, path: bytes) -> dict[bytes, Head]:
        """The heads of the folder in which a file lies, by file."""
        from rmsession.store.letters import FolderCounts

        folder = folder_of(path)
        if folder not in self._down:
            found = shelves_in(self._connection, "WHERE folder = ?", (folder,)).values()
            self._down[folder] = {head.path: head for shelf in found for head in Known(shelf).heads}
            self._counts[folder] = FolderCounts.read(self._connection, folder, list(self._down[folder]))
        return self._down[folder]

    def put_back(self) -> None:
        """Write what they hold now."""
        for folder, heads in self._down.items():
            for table in ("shelves", "letters"):
                self._connection.execute(f"DELETE FROM {table} WHERE folder = ?", (folder,))
            if heads:
                shelf = shelf_of(folder, heads.values())
                _insert(self._connection, "shelves", shelf)
                _insert(self._connection, "letters", self._counts[folder].row(folder, Known(shelf).paths))


def _whole(kind: type[R], found: Iterable[Any]) -> list[R]:
    try:
        return whole_rows(kind, found)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(str(error)) from error


def _take(connection: sqlite3.Connection, shelves: _Shelves, path: bytes) -> frozenset[str]:
    """Take out one file's rows; the texts that search knew of it."""
    from rmsession.store import index_words
    from rmsession.store.entries import texts_of

    texts: set[str] = set()
    if head := shelves.pop(path):
        rows = connection.execute("SELECT * FROM words WHERE block = ?", (head.block,))
        for words in rows_in(Words, rows):
            if words.path != path:
                raise sqlite3.DatabaseError("two files have one place in the index")
            hits = hits_in(words)
            index_words.take(connection, head.block, hits)
            texts |= texts_of(hits)
        for table in OF_SESSIONS:
            connection.execute(f"DELETE FROM {table} WHERE block = ?", (head.block,))
    return frozenset(texts)


def _put(connection: sqlite3.Connection, shelves: _Shelves, entry: Entry) -> None:
    from rmsession.store import index_words

    counts = None
    if entry.rows is not None:
        entry = entry.placed(_free_block(connection, entry.head.created))
        counts = index_words.put(connection, entry.head.block, entry.hits)
        for table, row in zip(OF_SESSIONS, entry.rows or (), strict=True):
            _insert(connection, table, row)
    shelves.put(entry.head, counts)


def _insert(connection: sqlite3.Connection, table: str, row: tuple[object, ...]) -> None:
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _free_block(connection: sqlite3.Connection, created: float) -> int:
    first = first_block(created)
    while connection.execute("SELECT 1 FROM bodies WHERE block = ?", (first,)).fetchone():
        first += 1
    return first
