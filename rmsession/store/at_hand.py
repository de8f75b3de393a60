"""Documents of sessions that were found of late: while somebody types, most keys find the same sessions again."""

# ruff: noqa: S608 - no more than the number of things asked for

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Final

from rmsession.store.index_rows import hits_in, rows_in
from rmsession.store.packing import Documents
from rmsession.store.rows import Words

_MOST: Final = 300
"""Sessions that stay at hand: some more than the hits that a screen is given come from."""
_AT_ONCE: Final = 500
"""Rows asked for by one question; SQLite takes 999 things in one."""


class AtHand:
    """What was read of sessions in one state of the index, each by its block, what was found last behind the rest."""

    def __init__(self) -> None:
        self._sessions: dict[int, Documents] = {}

    def documents(self, connection: sqlite3.Connection, blocks: AbstractSet[int]) -> dict[int, Documents]:
        """The documents of these sessions, of those that are there.

        Raises:
            sqlite3.DatabaseError: a row is not what was written.
        """
        known = self._sessions  # another thread may put another in its place, and changes none
        found = {block: known[block] for block in blocks if block in known}
        few = sorted(blocks - found.keys())
        for start in range(0, len(few), _AT_ONCE):
            some = few[start : start + _AT_ONCE]
            rows = connection.execute(f"SELECT * FROM words WHERE block IN ({', '.join('?' * len(some))})", some)
            found.update((words.block, hits_in(words)) for words in rows_in(Words, rows))
        if len(found) <= _MOST:  # what goes through thousands comes to none of them again
            others = {block: each for block, each in known.items() if block not in found}
            room = _MOST - len(found)
            self._sessions = dict(islice(others.items(), max(len(others) - room, 0), None)) | found
        return found
