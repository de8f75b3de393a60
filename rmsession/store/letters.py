"""How many documents of each session have a word that begins with a letter: what most searches ask first.

Full-text search has to walk through nearly all documents to count them, which takes longer than everything else that
a first key asks for. Here the counts lie ready for each folder, its files in the order of their shelf.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import mul
from struct import Struct
from typing import Final

from rmsession.store.rows import Letters, sealed, whole_rows
from rmsession.store.shelves import Known

_ALPHABETS: Final = "\u1200"
"""Letters from here on are of scripts with thousands of signs, of which each begins few words."""
_BYTE: Final = 256
_MISCOUNTED: Final = "the index counts other files than it knows"

Begun = tuple[Mapping[str, int], Mapping[str, int]]
"""By letter, how many documents of one session have a word that begins with it: those for everybody, and private ones.
"""


def is_counted(word: str) -> bool:
    """Whether it is a letter of which the counts lie ready."""
    return len(word) == 1 and word < _ALPHABETS


def begun(documents: Iterable[Sequence[str]]) -> Counter[str]:
    """By letter, how many documents have a word that begins with it; a document is its words."""
    counts: Counter[str] = Counter()
    for words in documents:
        counts.update({word[0] for word in words})
    return Counter({letter: number for letter, number in counts.items() if is_counted(letter)})


@dataclass(slots=True)
class FolderCounts:
    """The counts of one folder while its files change."""

    _columns: dict[str, tuple[dict[bytes, int], dict[bytes, int]]] = field(default_factory=dict)
    """By letter, what each file has, if it has any: for everybody, and private."""

    @classmethod
    def read(cls, connection: sqlite3.Connection, folder: bytes, names: Sequence[bytes]) -> FolderCounts:
        """Those that are kept of a folder with these files.

        Raises:
            sqlite3.DatabaseError: they are not what was written, or not of these files.
        """
        rows = _whole(connection.execute("SELECT * FROM letters WHERE folder = ?", (folder,)))
        if bool(rows) is not bool(names):
            raise sqlite3.DatabaseError(_MISCOUNTED)
        columns = {}
        for row in rows:
            for letter in row.letters:
                both = (dict(zip(names, _column(row, letter, len(names), part), strict=True)) for part in (0, 1))
                columns[letter] = next(both), next(both)
        return cls(columns)

    def put(self, name: bytes, counts: Begun) -> None:
        """Count what a file has."""
        for part, some in enumerate(counts):
            for letter, number in some.items():
                self._columns.setdefault(letter, ({}, {}))[part][name] = number

    def take(self, name: bytes) -> None:
        """Count a file no more."""
        for both in self._columns.values():
            for column in both:
                column.pop(name, None)

    def row(self, folder: bytes, names: Sequence[bytes]) -> Letters:
        """What is kept of them; the folder has these files now, in this order."""
        letters, widths, counts = "", bytearray(), bytearray()
        for letter, both in sorted(self._columns.items()):
            packed = [_packed([column.get(name, 0) for name in names]) for column in both]
            if any(packed):
                letters += letter
                widths.extend(len(each) // len(names) for each in packed)
                counts += b"".join(packed)
        return sealed(Letters(folder, letters, bytes(widths), bytes(counts), 0))


def counted(
    connection: sqlite3.Connection, shelves: Mapping[bytes, Known], letter: str, pair: str | None, *, private: bool
) -> tuple[int, set[int]]:
    """How many documents of a pair, or of all, have a word that begins with a letter; the blocks of their sessions.

    Raises:
        sqlite3.DatabaseError: the counts are not what was written, or not of these shelves.
    """
    total, blocks = 0, set[int]()
    rows = {row.folder: row for row in _whole(connection.execute("SELECT * FROM letters"))}
    if rows.keys() != shelves.keys():
        raise sqlite3.DatabaseError(_MISCOUNTED)
    for folder, shelf in shelves.items():
        for part in (0, 1) if private else (0,):
            counts = _column(rows[folder], letter, len(shelf.blocks), part)
            if pair is not None:
                counts = list(map(mul, counts, shelf.are_of(pair)))
            total += sum(counts)
            blocks.update(compress(shelf.blocks, counts))
    return total, blocks


def _whole(found: Iterable[object]) -> list[Letters]:
    try:
        return whole_rows(Letters, found)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(str(error)) from error


def _packed(counts: Sequence[int]) -> bytes:
    """Counts as a byte each where that holds them, else as four; nothing where all are 0."""
    most = max(counts, default=0)
    if not most:
        return b""
    return bytes(counts) if most < _BYTE else Struct(f"<{len(counts)}I").pack(*counts)


def _column(row: Letters, letter: str, number: int, part: int) -> Sequence[int]:
    """The counts of so many files. Raises `sqlite3.DatabaseError` when they are not as many."""
    if len(row.counts) != number * sum(row.widths):
        raise sqlite3.DatabaseError(_MISCOUNTED)
    place = row.letters.find(letter)
    width = row.widths[2 * place + part] if place >= 0 else 0
    if not width:
        return (0,) * number
    start = number * sum(row.widths[: 2 * place + part])
    data = row.counts[start : start + number * width]
    return data if width == 1 else Struct(f"<{number}I").unpack(data)
