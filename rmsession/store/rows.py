"""What the index holds of one file, as rows: a head to know it by, what lists show, what search shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypeVar
from zlib import compress, crc32, decompress
from zlib import error as Unpressed  # noqa: N812 - a class, as those of ours are called

import msgspec

from rmsession.core.text import UserText
from rmsession.store.spelling import Unfit, dumps, loads
from rmsession.store.values import document_of, value_of

T = TypeVar("T")

_FIRST: Final = datetime(1900, 1, 1, tzinfo=UTC).timestamp()
_SAME_SECOND: Final = 12
"""Bits of a block's number that tell apart sessions made within one second."""
SLOTS: Final = 18
"""Bits of a document's number that tell its place in its session."""
LINE: Final = 1 << SLOTS - 1
"""The highest of them: it is a captured line, and no title."""
_SECONDS: Final = 63 - _SAME_SECOND - SLOTS


class Head(NamedTuple):
    """By what one file is known, found and put in order."""

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
    block: int
    """Its documents' numbers begin with these bits, and grow with `created`; negative for a file that is left out."""
    checksum: int
    """Of all the others: a flipped bit must not show as another session's words."""


class Body(NamedTuple):
    """What lists show of one session."""

    block: int
    path: bytes
    summary: bytes
    actions: bytes
    """The open ones."""
    checksum: int


class Facet(NamedTuple):
    """What a query may ask of one session as a whole."""

    block: int
    path: bytes
    day: str
    people: bytes
    """Their folded names, one a line."""
    title: bytes
    """Folded."""
    shared: int
    """How many documents everybody may see."""
    hidden: int
    """How many are private."""
    checksum: int


class Settled(NamedTuple):
    """The action items of one session that are no longer open, which few lists show."""

    block: int
    path: bytes
    actions: bytes
    checksum: int


class Words(NamedTuple):
    """What search shows of one session."""

    block: int
    path: bytes
    documents: bytes
    checksum: int


TABLES: Final = {
    "sessions": (
        "path BLOB PRIMARY KEY, signature TEXT, id TEXT, trouble TEXT, pair BLOB, created REAL, open INTEGER, "
        "block INTEGER, checksum INTEGER) WITHOUT ROWID"
    ),
    "bodies": ("block INTEGER PRIMARY KEY, path BLOB, summary BLOB, actions BLOB, checksum INTEGER)"),
    "facets": (
        "block INTEGER PRIMARY KEY, path BLOB, day TEXT, people BLOB, title BLOB, shared INTEGER, hidden INTEGER, "
        "checksum INTEGER)"
    ),
    "settled": "block INTEGER PRIMARY KEY, path BLOB, actions BLOB, checksum INTEGER)",
    "words": "block INTEGER PRIMARY KEY, path BLOB, documents BLOB, checksum INTEGER)",
    "state": "number INTEGER)",
}
"""The rows in SQL, and a number that is another after every change."""

R = TypeVar("R", Head, Body, Facet, Settled, Words)


def sealed(row: R) -> R:
    """The row with its checksum."""
    return row._replace(checksum=_checksum(row[:-1]))


def whole_rows(kind: type[R], found: Iterable[Any]) -> list[R]:
    """The rows of an answer. Raises `ValueError` when one is not what was written."""
    rows = [kind._make(values) for values in found]
    for row in rows:
        if row.checksum != _checksum(row[:-1]):
            raise ValueError("a row of the index is not what was written")
    return rows


def first_block(created: float) -> int:
    """The lowest block that a session made at that time may have; a later second's is higher."""
    seconds = min(max(int(created - _FIRST), 0), (1 << _SECONDS) - 1)
    return seconds << _SAME_SECOND


def second_of(document: int) -> int:
    """The lowest number that a document of a session made in the same second may have."""
    return document >> (_SAME_SECOND + SLOTS) << (_SAME_SECOND + SLOTS)


def pair_key(pair: str) -> bytes:
    """A pair's id as the index compares it."""
    return as_bytes(pair)


def as_bytes(text: str) -> bytes:
    """A text as the index compares it: SQLite takes no lone surrogates."""
    return text.encode("utf-8", "surrogatepass")


def spelled(value: object) -> bytes:
    """A value as the index keeps it."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:  # a lone surrogate
        return dumps(document_of(value))


def unspelled(data: bytes, kind: type[T]) -> T:
    """The value that was spelled. Raises `ValueError` when it is of another shape."""
    try:
        if b"\\ud" in data:  # perhaps a lone surrogate, which only the slower way reads
            return value_of(loads(data), kind)
        return msgspec.json.decode(data, type=kind, dec_hook=_unspell)
    except (Unfit, msgspec.MsgspecError) as error:
        raise ValueError(f"a row of the index is of another shape: {error}") from error


def pressed(data: bytes) -> bytes:
    """The same in less room: a third of it, in a tenth of a millisecond."""
    return compress(data, 1)


def unpressed(data: bytes) -> bytes:
    """What was pressed. Raises `ValueError` when it is not what was."""
    try:
        return decompress(data)
    except Unpressed as error:
        raise ValueError(f"a row of the index is of another shape: {error}") from error


def _spell(value: object) -> str:
    if isinstance(value, UserText):
        return value.raw
    raise NotImplementedError(f"no spelling for {type(value).__name__}")


def _unspell(_: type, value: object) -> UserText:
    return UserText(value if isinstance(value, str) else "")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_spell)


def _checksum(values: tuple[object, ...]) -> int:
    """Over what the values are and of which type each is."""
    return crc32(msgspec.msgpack.encode(values))
