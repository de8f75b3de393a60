"""What a long list last said, kept in the index beside what it was made of, and found again before anything is loaded.

What makes such a list takes several times as long to load as everything that is done here; so nothing here is loaded
that is not at hand when Python has just started, but SQLite.
"""

from __future__ import annotations

# As in `ahead`: `sqlite3` itself loads what reads dates.
import _sqlite3
import os

from rmsession.store.sighting import mark
from rmsession.store.sums import checksum

TYPE_CHECKING = False  # as `typing` has it
if TYPE_CHECKING:
    from collections.abc import Callable

    from rmsession.store.ahead import Ahead

_SIZE = 4
"""Bytes of a length."""
_PARTS = (("sessions", True), ("locks", True), ("snapshots", False), ("erased", False))
"""Folders in the data folder, and whether each must be there; every command shuts others out of them."""
_OTHERS = 0o077
_PLAIN = frozenset(b"/-_.~" + bytes(range(0x30, 0x3A)) + bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B)))
"""What stands in the address of a file as it is."""


def row_of(name: str) -> str:
    """Under which name the index keeps what that list said."""
    return f"told: {name}"


def folded(leaning: bytes, words: bytes) -> bytes:
    """What a list said, and on what that leans, as the index keeps it."""
    return len(leaning).to_bytes(_SIZE, "little") + leaning + words


def told(root: str, name: str, ahead: Ahead, holds: Callable[[bytes], bool]) -> memoryview | None:
    """What that list said; None where any session's file is otherwise, `holds` denies what it leans on, or in doubt.

    Raises:
        OSError, StoreError, _sqlite3.Error: nobody can say.
    """
    if not _is_closed(root):
        return None
    kept, shelves = _read(os.path.join(root, "index.sqlite"), name)  # noqa: PTH118 - as in `sighting`
    size = int.from_bytes(kept[:_SIZE], "little")
    if not kept or not holds(kept[_SIZE : _SIZE + size]):
        return None
    seen = ahead.glimpse(root)  # last, for it is to be had once
    if seen is None or seen.drafts or seen.marks != {folder: mark(names, stamps) for folder, names, stamps in shelves}:
        return None
    return memoryview(kept)[_SIZE + size :]  # a copy of so much would take as long as to send it


def _is_closed(root: str) -> bool:
    """Whether the folders are as a command leaves them."""
    for part, needed in _PARTS:
        try:
            if os.stat(f"{root}{os.sep}{part}").st_mode & _OTHERS:  # noqa: PTH116 - as above
                return False
        except FileNotFoundError:
            if needed:
                return False
    return True


def _read(path: str, name: str) -> tuple[bytes, list[tuple[bytes, bytes, bytes]]]:
    """What is kept, nothing where that is of another state of the index, and all shelves at the same moment."""
    address = "".join(chr(sign) if sign in _PLAIN else f"%{sign:02X}" for sign in os.fsencode(path))
    connection = _sqlite3.connect(f"file:{address}?mode=ro", timeout=0, isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA cache_size = -256")  # as for other lists, which read each page once
        connection.execute("BEGIN")
        (now,) = connection.execute("SELECT number FROM state").fetchone() or (None,)
        row = connection.execute("SELECT * FROM ready WHERE name = ?", (row_of(name),)).fetchone()
        if not row or row[1] != now or row[-1] != checksum(row[:-1]):
            return b"", []
        return row[2], connection.execute("SELECT folder, names, stamps FROM shelves").fetchall()
    finally:
        connection.close()
