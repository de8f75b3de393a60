"""Every file that the index knows, checked once for each state of the index and then kept at hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from rmsession.store.index_labels import AGENDA, label, labels
from rmsession.store.index_rows import of_sessions, rows_in
from rmsession.store.index_words import tables
from rmsession.store.rows import Facet, Head, pair_key

Count = tuple[str, tuple[str, tuple[object, ...]], bool]
"""What is counted: the words asked for, what is said of days and people, and whether private documents count."""
_MOST_COUNTS: Final = 64


@dataclass(frozen=True)
class Register:
    """The heads of all files, as of one state of the index."""

    state: int
    heads: tuple[Head, ...]
    """The newest session first; files that are left out have places among them by chance."""
    _facets: dict[int, Facet] = field(default_factory=dict, compare=False)
    _counts: dict[Count, tuple[int, tuple[str, ...]]] = field(default_factory=dict, compare=False)
    _labels: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, connection: sqlite3.Connection, known: Register | None) -> Register:
        """The present one; `known` where nothing has changed since.

        Raises:
            sqlite3.DatabaseError: a head is not what was written.
        """
        (state,) = connection.execute("SELECT number FROM state").fetchone() or (None,)
        if not isinstance(state, int):
            raise sqlite3.DatabaseError("the index has no state")
        if known and known.state == state:
            return known
        heads = rows_in(Head, connection.execute("SELECT * FROM sessions"))
        heads.sort(key=lambda head: head.id)
        heads.sort(key=lambda head: head.created, reverse=True)
        return cls(state, tuple(heads))

    @cached_property
    def signatures(self) -> dict[bytes, str]:
        """Of each file, as of when it was read."""
        return {head.path: head.signature for head in self.heads}

    @cached_property
    def blocks(self) -> dict[int, Head]:
        """The heads of sessions that can be read, by their blocks; the newest first."""
        return {head.block: head for head in self.heads if head.block >= 0}

    def of_pair(self, pair: str | None) -> Iterator[Head]:
        """The sessions of a pair that can be read, or of all, the newest first."""
        key = None if pair is None else pair_key(pair)
        return (head for head in self.blocks.values() if key is None or head.pair == key)

    def facets(self, connection: sqlite3.Connection) -> dict[int, Facet]:
        """What a query may ask of each session as a whole, by block; read once. Raises `sqlite3.DatabaseError`."""
        if len(self._facets) < len(self.blocks):
            self._facets.update((row.block, row) for row in of_sessions(connection, Facet, self.blocks.values()))
        return self._facets

    def labels(self, connection: sqlite3.Connection, sign: str) -> tuple[str, ...]:
        """The words of one kind that documents have; read once."""
        if sign == AGENDA:
            titles = {row.title for row in self.facets(connection).values()}
            return tuple(label(sign, title.decode("utf-8", "surrogatepass")) for title in titles if title)
        if sign not in self._labels:
            self._labels[sign] = labels(connection, tables(private=True), sign)
        return self._labels[sign]

    def counted(self, key: Count, count: Callable[[Count], tuple[int, tuple[str, ...]]]) -> tuple[int, tuple[str, ...]]:
        """What was counted of late, as when a letter is taken back or the next search begins with the same one."""
        if key not in self._counts:
            found = count(key)
            if len(self._counts) >= _MOST_COUNTS:
                self._counts.clear()
            self._counts[key] = found
        return self._counts[key]
