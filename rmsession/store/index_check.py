"""Whether the index says what the files say, without bringing it up to date as every other use of it would."""

# ruff: noqa: S608 - the names of tables are ours

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from rmsession.store.disk import shown
from rmsession.store.entries import Entry, entry_of
from rmsession.store.findings import Ailment, Finding
from rmsession.store.folder import DataFolder, session_in
from rmsession.store.index import VERSION, open_in, summaries_in
from rmsession.store.index_file import BROKEN, is_busy
from rmsession.store.index_look import signature_of
from rmsession.store.index_ready import is_so
from rmsession.store.index_register import Register
from rmsession.store.index_rows import TABLE_OF, hits_in, rows_in, shelves_in
from rmsession.store.index_words import counts_of
from rmsession.store.letters import FolderCounts
from rmsession.store.rows import PRIVATE, SHARED, Head, Words
from rmsession.store.shelves import Known

_PATIENCE = 1.0
"""Seconds to wait for another program's use of the index."""


def index_trouble(folder: DataFolder) -> Iterator[Finding]:
    """What is wrong with the index; one that is not there yet, or of another version, is made anew by itself."""
    if not folder.index.exists() and not folder.index.is_symlink():
        return
    try:
        with closing(_opened(folder.index)) as connection:
            differs = _is_ours(connection) and any(_differs(folder, connection))
    except BROKEN as error:
        if not is_busy(error):
            yield _finding(folder, "cannot be read")
        return
    if differs:
        yield _finding(folder, "differs from the files")


def _opened(path: Path) -> sqlite3.Connection:
    # Not to be written; but the full-text search's own check has the form of a write, and is rolled back.
    return sqlite3.connect(f"{path.as_uri()}?mode=rw", timeout=_PATIENCE, uri=True)


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether this program wrote it. Raises `sqlite3.DatabaseError` when it is not whole."""
    if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
        return False
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError(said)
    for table in (SHARED, PRIVATE):
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")
    connection.rollback()
    return True


def _differs(folder: DataFolder, connection: sqlite3.Connection) -> Iterator[bool]:
    """For each file whose row would be believed, whether it says something else; and whether search knows them all."""
    heads = {head.path: head for shelf in shelves_in(connection).values() for head in Known(shelf).heads}
    rows: dict[type, dict[bytes, Any]] = {
        kind: {row.path: row for row in rows_in(kind, connection.execute(f"SELECT * FROM {table}"))}
        for kind, table in TABLE_OF.items()
    }
    for entry in folder.files():
        head, session = heads.get(folder.key(entry.path)), session_in(entry)
        if head is None or session is None:
            continue
        try:
            signature = signature_of(entry)
        except FileNotFoundError:
            continue
        if head.stamp == signature.stamp:
            fresh = entry_of(Path(entry.path), head.path, session, signature)
            yield fresh is not None and not _same(fresh.placed(head.block), head, rows)
    there = {head.path for head in heads.values() if head.block >= 0}
    yield any(of_kind.keys() != there for of_kind in rows.values())
    register = Register.of(connection, None)
    yield not is_so(
        connection, register.state, partial(open_in, connection, register), partial(summaries_in, connection, register)
    )
    told = sum(
        connection.execute(f"SELECT count(*) FROM {table} WHERE {table} MATCH '_all'").fetchone()[0]
        for table in (SHARED, PRIVATE)
    )
    yield told != sum(len(hits_in(each)) for each in rows[Words].values())
    yield any(not _counts_so(connection, Known(shelf), rows[Words]) for shelf in shelves_in(connection).values())


def _counts_so(connection: sqlite3.Connection, shelf: Known, words: Mapping[bytes, Any]) -> bool:
    """Whether what is counted of a folder is what its documents say."""
    kept = FolderCounts.read(connection, shelf.row.folder, shelf.paths)
    told = FolderCounts()
    for path in filter(words.__contains__, shelf.paths):
        told.put(path, counts_of(hits_in(words[path])))
    return kept.row(shelf.row.folder, shelf.paths) == told.row(shelf.row.folder, shelf.paths)


def _same(fresh: Entry, head: Head, rows: Mapping[type, Mapping[bytes, object]]) -> bool:
    # The signature of a file changed just now is not to be believed, and left out of a fresh row.
    same = fresh.head[2:] == head[2:]
    return same and all(rows[type(row)].get(head.path) == row for row in fresh.rows or ())


def _finding(folder: DataFolder, what: str) -> Finding:
    if folder.index.is_dir():
        line = f"{shown(folder.index)} is a folder, so that every list is made without an index. Move it away"
    else:
        line = f"{shown(folder.index)} {what}. It is made anew from the sessions' files when it is next used"
    return Finding(Ailment.INDEX, folder.index, line, mendable=not folder.index.is_dir())
