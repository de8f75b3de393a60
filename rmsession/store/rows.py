"""What the index holds of one file: a head to know it by, what lists show, what search shows."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar
from zlib import crc32

import msgspec

from rmsession.core.documents import Hit, documents
from rmsession.core.facts import Amended, Captured, Content
from rmsession.core.fold import session_of
from rmsession.core.folding import folded
from rmsession.core.review import actions_of, summary_of
from rmsession.core.session import ActionStatus
from rmsession.core.store import StoreError
from rmsession.core.text import UserText
from rmsession.store.codec import Unfit, document_of, dumps, loads, value_of
from rmsession.store.packing import packed
from rmsession.store.session_file import load
from rmsession.store.storage import Signature

T = TypeVar("T")

_UNSETTLED_NS: Final = 50_000_000
"""A file changed this shortly before it was read could change again within one tick of the disk's clock."""
_FIRST: Final = datetime(1900, 1, 1, tzinfo=UTC).timestamp()
_SAME_SECOND: Final = 12
"""Bits of a block's number that tell apart sessions made within one second."""
SLOTS: Final = 18
"""Bits of a document's number that tell its place in its session."""
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
    day: str
    people: bytes
    """Their folded names, one a line."""
    summary: bytes
    actions: bytes
    """The open ones."""
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


@dataclass(frozen=True, slots=True)
class Entry:
    """What one file says, before it has a block of its own."""

    file: Path
    signature: Signature
    head: Head
    rows: tuple[Body, Settled, Words] | None = None
    """None for a file that is left out."""
    hits: tuple[Hit, ...] = ()
    texts: frozenset[str] = frozenset()
    """What people wrote that the file holds, also what no list shows any more."""

    def still(self) -> Entry | None:
        """The same while the file is the one that was read; else what it says now, None when it is gone."""
        try:
            signature = Signature.of(self.file.stat())
        except OSError:
            return None if self.rows else self
        if signature == self.signature:
            return self
        return entry_of(self.file, self.head.path, self.head.id, signature)

    def placed(self, block: int) -> Entry:
        """The same in that block."""
        if self.rows is None:
            return self
        body, settled, words = self.rows
        rows = (
            sealed(body._replace(block=block)), sealed(settled._replace(block=block)),
            sealed(words._replace(block=block)),
        )  # fmt: skip
        return replace(self, head=sealed(self.head._replace(block=block)), rows=rows)


TABLES: Final = {
    "sessions": (
        "path BLOB PRIMARY KEY, signature TEXT, id TEXT, trouble TEXT, pair BLOB, created REAL, open INTEGER, "
        "block INTEGER, checksum INTEGER) WITHOUT ROWID"
    ),
    "bodies": (
        "block INTEGER PRIMARY KEY, path BLOB, day TEXT, people BLOB, summary BLOB, actions BLOB, checksum INTEGER)"
    ),
    "settled": "block INTEGER PRIMARY KEY, path BLOB, actions BLOB, checksum INTEGER)",
    "words": "block INTEGER PRIMARY KEY, path BLOB, documents BLOB, checksum INTEGER)",
    "state": "number INTEGER)",
}
"""`Head`, `Body`, `Settled` and `Words` in SQL, and a number that is another after every change."""

R = TypeVar("R", Head, Body, Settled, Words)


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


def entry_of(path: Path, key: bytes, session: str, signature: Signature) -> Entry | None:
    """What a file says now; None when it was removed meanwhile."""
    try:
        record = load(path)
    except FileNotFoundError:
        return None
    except StoreError as error:
        head = sealed(Head(key, _lasting(signature), session, str(error), b"", 0.0, 0, -1, 0))
        return Entry(path, signature, head)
    folded_session = session_of(record)  # once for all: folding is what making the index anew costs
    summary = summary_of(folded_session)
    actions = actions_of(folded_session)
    waiting = tuple(each for each in actions if each.status is ActionStatus.OPEN)
    settled = tuple(each for each in actions if each.status is not ActionStatus.OPEN)
    hits = tuple(documents(folded_session))[: 1 << SLOTS]
    people = "\n".join(folded(each.raw) for each in (summary.mentor, summary.mentee))
    created = record.created.timestamp()
    head = Head(key, _lasting(signature), session, "", pair_key(summary.pair), created, len(waiting), 0, 0)
    body = Body(0, key, hits[0].day.isoformat(), as_bytes(people), spelled(summary), spelled(waiting), 0)
    rows = body, Settled(0, key, spelled(settled), 0), Words(0, key, packed(hits), 0)
    texts = texts_of(each.what.content for each in record.facts if isinstance(each.what, Captured | Amended))
    return Entry(path, signature, head, rows, hits, texts)


def texts_of(written: Iterable[Content | Hit]) -> frozenset[str]:
    """What people wrote in some lines, each thing by itself."""
    texts: set[str] = set()
    for each in written:
        texts.update((each.text.raw, each.owner.raw if each.owner else "", each.due or "", *each.tags, *each.goals))
    return frozenset(texts)


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


def _spell(value: object) -> str:
    if isinstance(value, UserText):
        return value.raw
    raise NotImplementedError(f"no spelling for {type(value).__name__}")


def _unspell(_: type, value: object) -> UserText:
    return UserText(value if isinstance(value, str) else "")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_spell)


def _lasting(signature: Signature) -> str:
    age = time.time_ns() - max(signature.ctime_ns, signature.mtime_ns)
    return "" if abs(age) < _UNSETTLED_NS else str(signature)


def _checksum(values: tuple[object, ...]) -> int:
    """Over what the values are and of which type each is."""
    return crc32(msgspec.msgpack.encode(values))
