"""One row of the index: what lists need of one file, with what tells that it is still true."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from rmsession.core.fold import session_of
from rmsession.core.review import actions_of, summary_of
from rmsession.core.session import ActionStatus
from rmsession.core.store import StoreError
from rmsession.store.codec import document_of, dumps
from rmsession.store.session_file import load
from rmsession.store.storage import Signature

_UNSETTLED_NS: Final = 50_000_000
"""A file changed this shortly before it was read could change again within one tick of the disk's clock."""


class Row(NamedTuple):
    """What the index knows of one file."""

    path: bytes
    """Relative to the data folder."""
    signature: str
    """The file's when it was read; empty when that may not tell a change yet."""
    id: str
    trouble: str
    """Why the file is left out; empty when it is not."""
    pair: bytes
    created: float
    """Seconds since 1970, to sort by."""
    open: int
    """How many action items are open."""
    summary: bytes
    actions: bytes
    checksum: int
    """Of all the others: a flipped bit must not show as another session's words."""

    def is_whole(self) -> bool:
        """Whether the row is what was written."""
        return self.checksum == _checksum(self[:-1])


COLUMNS: Final = (
    "path BLOB PRIMARY KEY, signature TEXT, id TEXT, trouble TEXT, pair BLOB, created REAL, open INTEGER, "
    "summary BLOB, actions BLOB, checksum INTEGER"
)
"""`Row` in SQL."""


def row_of(path: Path, key: bytes, session: str, signature: Signature) -> Row | None:
    """The row for a file as it is now; None when it was removed meanwhile."""
    try:
        record = load(path)
    except FileNotFoundError:
        return None
    except StoreError as error:
        return _sealed(key, _lasting(signature), session, str(error), b"", 0.0, 0, b"", b"")
    folded = session_of(record)  # once for both: folding is what making the index anew costs
    summary = summary_of(folded)
    actions = tuple(each for each in actions_of(folded) if each.status is ActionStatus.OPEN)
    return _sealed(
        key,
        _lasting(signature),
        session,
        "",
        pair_key(summary.pair),
        record.created.timestamp(),
        len(actions),
        dumps(document_of(summary)),
        dumps(document_of(actions)),
    )


def pair_key(pair: str) -> bytes:
    """A pair's id as the index compares it."""
    return pair.encode("utf-8", "surrogatepass")


def _lasting(signature: Signature) -> str:
    age = time.time_ns() - max(signature.ctime_ns, signature.mtime_ns)
    return "" if abs(age) < _UNSETTLED_NS else str(signature)


def _sealed(*values: object) -> Row:
    return Row._make((*values, _checksum(values)))


def _checksum(values: tuple[object, ...]) -> int:
    """Over what the values are and of which type each is, without spelling out the long ones."""
    checksum = 0
    for value in values:
        kind = type(value).__name__
        if isinstance(value, bytes):
            checksum = crc32(value, crc32(f"{kind} {len(value)} ".encode(), checksum))
        else:
            checksum = crc32(f"{kind} {value!r} ".encode("utf-8", "backslashreplace"), checksum)
    return checksum
