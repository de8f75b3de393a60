"""What the index holds, as rows: a shelf of heads for each folder, and for each session what lists and search show."""

# Annotations are no texts here: to make a row of texts takes twice as long, at every start.

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypeVar

from rmsession.store.sums import checksum

_FIRST: Final = datetime(1900, 1, 1, tzinfo=UTC).timestamp()
_SAME_SECOND: Final = 12
"""Bits of a block's number that tell apart sessions made within one second."""
SLOTS: Final = 18
"""Bits of a document's number that tell its place in its session."""
LINE: Final = 1 << SLOTS - 1
"""The highest of them: it is a captured line, and no title."""
_SECONDS: Final = 63 - _SAME_SECOND - SLOTS


class Head(NamedTuple):
    """By what one file is known, found and put in order; it lies on its folder's shelf."""

    path: bytes
    """Relative to the data folder."""
    stamp: bytes
    """The file's signature when it was read; that of no file when it may not tell a change yet."""
    id: str
    trouble: str
    """Why the file is left out; empty when it is not."""
    pair: str
    created: float
    """Seconds since 1970, to sort by."""
    open: int
    """How many action items are open."""
    block: int
    """Its documents' numbers begin with these bits, and grow with `created`; negative for a file that is left out."""


class Shelf(NamedTuple):
    """The heads of all files of one folder, packed so that those of a folder are compared at once."""

    folder: bytes
    """Relative to the data folder."""
    names: bytes
    """In order, with a NUL between two."""
    stamps: bytes
    marks: bytes
    """Of each file when its session was made, its block, how many actions are open, which of the pairs it is."""
    pairs: bytes
    """As JSON."""
    troubles: bytes
    """Why files are left out, as JSON; nothing where none is."""
    checksum: int
    """Of all the others: a flipped bit must not show as another session's words."""


class Body(NamedTuple):
    """What lists show of one session."""

    block: int
    path: bytes
    summary: bytes
    checksum: int


class Waiting(NamedTuple):
    """The action items of one session that are open."""

    block: int
    path: bytes
    actions: bytes
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


class Numbers(NamedTuple):
    """What one session comes to in figures, which only a report asks for."""

    block: int
    path: bytes
    figures: bytes
    checksum: int


class Letters(NamedTuple):
    """How many documents of each session of one folder have a word that begins with each letter."""

    folder: bytes
    letters: str
    """Those with which any word there begins."""
    widths: bytes
    """Of each letter two: the bytes of a count of documents for everybody, and of private ones; 0 where all are 0."""
    counts: bytes
    """For each width the counts of all files, in the order of the shelf."""
    checksum: int


class Ready(NamedTuple):
    """A long list as it was made when it was first asked for."""

    name: str
    state: int
    """The number of the index's state of which it was made."""
    data: bytes
    checksum: int


ROOM: Final = "PRAGMA cache_size = -64000"
"""Asked for by what writes much, for a page that does not fit is written before its time, and shuts out whoever reads;
and by search, which comes to the same pages again."""
SHARED: Final = "lines"
PRIVATE: Final = "hidden"
"""Tables of full-text search: private lines and titles lie apart, so that no other question comes near them."""
SCHEMA: Final = (
    "USING fts5(words, about, content='', columnsize=0, prefix='1 2 3', "
    # Our own words come cut and folded; what this one does is to cut at spaces. No word of ours has a `_`.
    "tokenize=\"ascii tokenchars '_'\")"
)
OPTIONS: Final = {"hashsize": 32 << 20, "automerge": 8}
"""What is written at once goes out once, and is merged with the rest less often: a tenth of what writing costs."""
TABLES: Final = {
    "shelves": (
        "folder BLOB PRIMARY KEY, names BLOB, stamps BLOB, marks BLOB, pairs BLOB, troubles BLOB, checksum INTEGER)"
    ),
    "bodies": "block INTEGER PRIMARY KEY, path BLOB, summary BLOB, checksum INTEGER)",
    "waiting": "block INTEGER PRIMARY KEY, path BLOB, actions BLOB, checksum INTEGER)",
    "facets": (
        "block INTEGER PRIMARY KEY, path BLOB, day TEXT, people BLOB, title BLOB, shared INTEGER, hidden INTEGER, "
        "checksum INTEGER)"
    ),
    "settled": "block INTEGER PRIMARY KEY, path BLOB, actions BLOB, checksum INTEGER)",
    "words": "block INTEGER PRIMARY KEY, path BLOB, documents BLOB, checksum INTEGER)",
    "numbers": "block INTEGER PRIMARY KEY, path BLOB, figures BLOB, checksum INTEGER)",
    "letters": "folder BLOB PRIMARY KEY, letters TEXT, widths BLOB, counts BLOB, checksum INTEGER)",
    "ready": "name TEXT PRIMARY KEY, state INTEGER, data BLOB, checksum INTEGER)",
    "state": "number INTEGER, proven BLOB)",
}
"""The rows in SQL; a number that is another after every change, and the stamp under which the programme was read."""

R = TypeVar("R", Shelf, Body, Waiting, Facet, Settled, Words, Numbers, Letters, Ready)


def sealed(row: R) -> R:
    """The row with its checksum."""
    return row._replace(checksum=checksum(row[:-1]))


def whole_rows(kind: type[R], found: Iterable[Any]) -> list[R]:
    """The rows of an answer. Raises `ValueError` when one is not what was written."""
    rows = [kind._make(values) for values in found]
    for row in rows:
        if row.checksum != checksum(row[:-1]):
            raise ValueError("a row of the index is not what was written")
    return rows


def first_block(created: float) -> int:
    """The lowest block that a session made at that time may have; a later second's is higher."""
    seconds = min(max(int(created - _FIRST), 0), (1 << _SECONDS) - 1)
    return seconds << _SAME_SECOND


def second_of(document: int) -> int:
    """The lowest number that a document of a session made in the same second may have."""
    return document >> (_SAME_SECOND + SLOTS) << (_SAME_SECOND + SLOTS)


def as_bytes(text: str) -> bytes:
    """A text as the index compares it: SQLite takes no lone surrogates."""
    return text.encode("utf-8", "surrogatepass")
