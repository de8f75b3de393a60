"""Whether the index says what the files say, without bringing it up to date as every other use of it would."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rmsession.store.disk import shown
from rmsession.store.findings import Ailment, Finding
from rmsession.store.folder import DataFolder, session_in
from rmsession.store.index import VERSION, rows_in, signature_of
from rmsession.store.index_file import BROKEN, is_busy
from rmsession.store.rows import Row, row_of

_PATIENCE = 1.0
"""Seconds to wait for another program's use of the index."""


def index_trouble(folder: DataFolder) -> Iterator[Finding]:
    """What is wrong with the index; one that is not there yet, or of another version, is made anew by itself."""
    if not folder.index.exists() and not folder.index.is_symlink():
        return
    try:
        rows = _rows(folder.index)
    except BROKEN as error:
        if not is_busy(error):
            yield _finding(folder, "cannot be read")
        return
    if any(_differs(folder, rows)):
        yield _finding(folder, "differs from the files")


def _rows(path: Path) -> dict[bytes, Row]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", timeout=_PATIENCE, uri=True)) as connection:
        if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
            return {}
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(said)
        return {row.path: row for row in rows_in(connection.execute("SELECT * FROM sessions"))}


def _differs(folder: DataFolder, rows: dict[bytes, Row]) -> Iterator[bool]:
    """For each row that would be believed, whether its file says something else."""
    for entry in folder.files():
        row, session = rows.get(folder.key(entry.path)), session_in(entry)
        if row is None or session is None:
            continue
        try:
            signature = signature_of(entry)
        except FileNotFoundError:
            continue
        if row.signature == str(signature):
            fresh = row_of(Path(entry.path), row.path, session, signature)
            # The signature of a file changed just now is not to be believed, and left out of a fresh row.
            yield fresh is not None and fresh[2:-1] != row[2:-1]


def _finding(folder: DataFolder, what: str) -> Finding:
    if folder.index.is_dir():
        line = f"{shown(folder.index)} is a folder, so that every list is made without an index. Move it away"
    else:
        line = f"{shown(folder.index)} {what}. It is made anew from the sessions' files when it is next used"
    return Finding(Ailment.INDEX, folder.index, line, mendable=not folder.index.is_dir())
