"""Rows into the index and out of it, in one step, so that no word stays of what is gone."""

# ruff: noqa: S608 - the names of tables are ours

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from rmsession.core.lists import ActionItem
from rmsession.store import index_words
from rmsession.store.packing import Documents, unpacked
from rmsession.store.rows import Body, Facet, Head, R, Settled, Words, first_block, unpressed, unspelled, whole_rows

if TYPE_CHECKING:
    from rmsession.store.entries import Entry

OF_SESSIONS: Final = ("bodies", "facets", "settled", "words")
"""The tables of `Body`, `Facet`, `Settled` and `Words`, with a row for each session that can be read."""
TABLE_OF: Final = dict(zip((Body, Facet, Settled, Words), OF_SESSIONS, strict=True))
_MANY: Final = 1500
"""Rows from which it is quicker to read all than to look for each."""


def rows_in(kind: type[R], found: Iterable[Any]) -> list[R]:
    """The rows of an answer. Raises `sqlite3.DatabaseError` when one is not what was written."""
    try:
        rows = whole_rows(kind, found)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(str(error)) from error
    if len({row.path for row in rows}) < len(rows):
        raise sqlite3.DatabaseError("a row of the index is there twice")
    return rows


def of_sessions(connection: sqlite3.Connection, kind: type[R], chosen: Iterable[Head]) -> list[R]:
    """One row for each of these sessions.

    Raises:
        sqlite3.DatabaseError: one is not what was written, or not there.
    """
    chosen = list(chosen)
    table = TABLE_OF[kind]
    if len(chosen) > _MANY:
        rows = {row.block: row for row in rows_in(kind, connection.execute(f"SELECT * FROM {table}"))}
    else:
        each = f"SELECT * FROM {table} WHERE block = ?"
        found = (row for head in chosen for row in connection.execute(each, (head.block,)))
        rows = {row.block: row for row in rows_in(kind, found)}
    if any(head.block not in rows or rows[head.block].path != head.path for head in chosen):
        raise sqlite3.DatabaseError("a row of the index is missing")
    return [rows[head.block] for head in chosen]


def value(data: bytes, kind: Any) -> Any:
    """What a row spells. Raises `sqlite3.DatabaseError` when it is of another shape."""
    try:
        return unspelled(data, kind)
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from error


def settled_in(row: Settled) -> tuple[ActionItem, ...]:
    """Its action items. Raises `sqlite3.DatabaseError` when they are of another shape."""
    try:
        return unspelled(unpressed(row.actions), tuple[ActionItem, ...])
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from error


def hits_in(words: Words) -> Documents:
    """The documents of one session. Raises `sqlite3.DatabaseError` when they are of another shape."""
    try:
        return unpacked(words.documents)
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from error


def change(connection: sqlite3.Connection, gone: Iterable[bytes], fresh: Iterable[Entry]) -> None:
    """Take out what was there of some files and put in what others say, in one step.

    A file that changed after it was read is read again, now that nobody else writes here: who erases something in a
    file does it there first and then here, so that what is read from now on is erased here if it is erased there.
    """
    # Only here: what has not changed is listed without what reads a record.
    from rmsession.store.entries import texts_of  # noqa: PLC0415

    with connection:
        connection.execute("BEGIN IMMEDIATE")
        lost = False
        for path in gone:
            lost = bool(_take(connection, path)) or lost
        for entry in fresh:
            before = _take(connection, entry.head.path)
            now = entry.still()
            if now:
                _put(connection, now)
            lost = lost or not before <= (now.texts | texts_of(now.hits) if now else frozenset())
        if lost:
            index_words.sweep(connection)
        connection.execute("UPDATE state SET number = number + 1")


def _take(connection: sqlite3.Connection, path: bytes) -> frozenset[str]:
    """Take out one file's rows; the texts that search knew of it."""
    from rmsession.store.entries import texts_of  # noqa: PLC0415

    found = connection.execute("SELECT * FROM sessions WHERE path = ?", (path,))
    texts: set[str] = set()
    for head in rows_in(Head, found):
        rows = connection.execute("SELECT * FROM words WHERE block = ?", (head.block,))
        for words in rows_in(Words, rows):
            if words.path != path:
                raise sqlite3.DatabaseError("two files have one place in the index")
            hits = hits_in(words)
            index_words.take(connection, head.block, hits)
            texts |= texts_of(hits)
        for table in OF_SESSIONS:
            connection.execute(f"DELETE FROM {table} WHERE block = ?", (head.block,))
    connection.execute("DELETE FROM sessions WHERE path = ?", (path,))
    return frozenset(texts)


def _put(connection: sqlite3.Connection, entry: Entry) -> None:
    if entry.rows is not None:
        entry = entry.placed(_free_block(connection, entry.head.created))
        index_words.put(connection, entry.head.block, entry.hits)
        for table, row in zip(OF_SESSIONS, entry.rows or (), strict=True):
            _insert(connection, table, row)
    _insert(connection, "sessions", entry.head)


def _insert(connection: sqlite3.Connection, table: str, row: tuple[object, ...]) -> None:
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _free_block(connection: sqlite3.Connection, created: float) -> int:
    first = first_block(created)
    while connection.execute("SELECT 1 FROM bodies WHERE block = ?", (first,)).fetchone():
        first += 1
    return first
