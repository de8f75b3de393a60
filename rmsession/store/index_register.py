"""Every file that the index knows, checked once for each state of the index and then kept at hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rmsession.store.index_rows import rows_in
from rmsession.store.rows import Head, pair_key


@dataclass(frozen=True)
class Register:
    """The heads of all files, as of one state of the index."""

    state: int
    heads: tuple[Head, ...]
    """The newest session first; files that are left out have places among them by chance."""

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
