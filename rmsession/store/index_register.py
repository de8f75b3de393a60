"""Every file that the index knows, checked once for each state of the index and then kept at hand."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import compress, count
from operator import itemgetter
from typing import Final

from rmsession.store.index_rows import of_sessions, shelves_in
from rmsession.store.rows import PRIVATE, SHARED, Facet, Head
from rmsession.store.shelves import Known, Rank

Count = tuple[str, tuple[str, tuple[object, ...]], bool]
"""What is counted: the words asked for, what is said of days and people, and whether private documents count."""
_MOST_COUNTS: Final = 64
_FEW: Final = 500
"""Sessions up to which it is quicker to ask for each where it stands than to go through all."""
_MOST: Final = 1 << 32
"""More files than a folder has."""
_ID: Final = itemgetter(1)
_BLOCK: Final = itemgetter(2)


class Register:
    """The heads of all files, as of one state of the index."""

    def __init__(self, state: int, shelves: Mapping[bytes, Known], proven: bytes = b"") -> None:
        self.state = state
        self.shelves = shelves
        """By folder."""
        self.proven = proven
        """The stamp under which the programme was last read whole."""
        self._facets: dict[int, Facet] = {}
        self._counts: dict[Count, tuple[int, tuple[str, ...]]] = {}
        self._labels: dict[str, tuple[str, ...]] = {}
        self._searched = False
        """Whether many sessions were asked for: on a command line nobody asks again, where somebody types many do."""

    @classmethod
    def of(cls, connection: sqlite3.Connection, known: Register | None) -> Register:
        """The present one; `known` where nothing has changed since.

        Raises:
            sqlite3.DatabaseError: a shelf is not what was written.
        """
        state, proven = connection.execute("SELECT number, proven FROM state").fetchone() or (None, b"")
        if not isinstance(state, int) or not isinstance(proven, bytes):
            raise sqlite3.DatabaseError("the index has no state")
        if known and known.state == state:
            return known
        before = known.shelves if known else {}
        shelves = {}
        for folder, row in shelves_in(connection).items():
            same = before.get(folder)
            shelves[folder] = same if same and same.row == row else Known(row)
        return cls(state, shelves, proven)

    @cached_property
    def blocks(self) -> list[int]:
        """The blocks of the sessions that can be read, the newest first."""
        return list(map(_BLOCK, self._every))

    @property
    def troubles(self) -> list[str]:
        """Why files are left out."""
        return [trouble for shelf in self.shelves.values() for trouble in shelf.troubles.values()]

    def head(self, block: int) -> Head | None:
        """The session that has this block, if one has it."""
        if block not in self._places:
            return None
        shelf, place = self._place(block)
        return shelf.head(place)

    def of_pair(self, pair: str | None) -> Iterator[Head]:
        """The sessions of a pair that can be read, or of all, the newest first."""
        return filter(None, map(self.head, self.blocks_of(pair)))

    def blocks_of(self, pair: str | None) -> list[int]:
        """The blocks of those."""
        if pair is None:
            return self.blocks
        return list(map(_BLOCK, self._newest_first(lambda shelf: shelf.are_of(pair))))

    def waiting(self, pair: str | None) -> Iterator[Head]:
        """The sessions of a pair with open action items, or of all pairs, in no order."""
        for shelf in self.shelves.values():
            yield from (head for head in shelf.waiting if pair in (None, head.pair))

    def sessions(self, blocks: AbstractSet[int]) -> tuple[str, ...] | None:
        """The sessions that have these blocks, the newest first; None when there is a block that none has."""
        if not blocks <= self._places.keys():
            return None
        if len(blocks) == len(self._places):  # as with the first letter of many searches
            return self._every_id
        if len(blocks) < _FEW:
            return tuple(map(_ID, sorted(map(self._rank, blocks))))
        if self._searched:
            return tuple(compress(self._every_id, map(blocks.__contains__, self.blocks)))
        self._searched = True
        return tuple(map(_ID, self._newest_first(lambda shelf: list(map(blocks.__contains__, shelf.blocks)))))

    def ids_of(self, blocks: Iterable[int]) -> tuple[str, ...]:
        """The sessions that have these blocks, in their order. Raises `KeyError` for one that none has."""
        return tuple(map(self._ids.__getitem__, blocks))

    @cached_property
    def _every(self) -> list[Rank]:
        """What puts those in order, in order."""
        return self._newest_first(Known.are_sessions)

    @cached_property
    def _every_id(self) -> tuple[str, ...]:
        """The sessions that can be read, the newest first."""
        return tuple(map(_ID, self._every))

    @cached_property
    def _ids(self) -> dict[int, str]:
        """The session that has each block."""
        found: dict[int, str] = {}
        for shelf in self.shelves.values():
            found.update(zip(shelf.blocks, shelf.ids, strict=True))
        return found

    @cached_property
    def _places(self) -> dict[int, int]:
        """Which shelf has each block of a session, times `_MOST`, and at which place: one number is soonest made."""
        found: dict[int, int] = {}
        for number, shelf in enumerate(self._ordered):
            found.update(zip(shelf.blocks, count(number * _MOST), strict=False))
        for block in [each for each in found if each < 0]:
            del found[block]
        return found

    @cached_property
    def _ordered(self) -> list[Known]:
        """The shelves, each with a number."""
        return list(self.shelves.values())

    def _place(self, block: int) -> tuple[Known, int]:
        """On which shelf a block stands, and at which place. Raises `KeyError` for a block that no session has."""
        number, place = divmod(self._places[block], _MOST)
        return self._ordered[number], place

    def _rank(self, block: int) -> Rank:
        shelf, place = self._place(block)
        return shelf.rank(place)

    def _newest_first(self, chosen: Callable[[Known], list[bool]]) -> list[Rank]:
        """The files that are chosen on each shelf, by time, and those of one time by id."""
        found: list[Rank] = []
        for shelf in self.shelves.values():
            found += shelf.ranks(chosen(shelf))
        found.sort()
        return found

    def order(self, block: int) -> tuple[float, str]:
        """What puts sessions in order, the newest first. Raises `sqlite3.DatabaseError` for a block that none has."""
        try:
            return self._rank(block)[:2]
        except KeyError:
            raise sqlite3.DatabaseError("the index finds a session that it does not know") from None

    def facets(self, connection: sqlite3.Connection) -> dict[int, Facet]:
        """What a query may ask of each session as a whole, by block; read once. Raises `sqlite3.DatabaseError`."""
        if len(self._facets) < len(self.blocks):
            self._facets.update((row.block, row) for row in of_sessions(connection, Facet, self.of_pair(None)))
        return self._facets

    def labels(self, connection: sqlite3.Connection, sign: str) -> tuple[str, ...]:
        """The words of one kind that documents have; read once."""
        # Only here: lists ask for no words.
        from rmsession.store.index_labels import AGENDA, label, labels

        if sign == AGENDA:
            titles = {row.title for row in self.facets(connection).values()}
            return tuple(label(sign, title.decode("utf-8", "surrogatepass")) for title in titles if title)
        if sign not in self._labels:
            self._labels[sign] = labels(connection, (SHARED, PRIVATE), sign)
        return self._labels[sign]

    def counted(self, key: Count, count: Callable[[Count], tuple[int, tuple[str, ...]]]) -> tuple[int, tuple[str, ...]]:
        """What was counted of late, as when a letter is taken back or the next search begins with the same one."""
        if key not in self._counts:
            found = count(key)
            if len(self._counts) >= _MOST_COUNTS:
                # What is in most documents took longest to count, and is what searches begin with: single letters.
                for few in sorted(self._counts, key=lambda each: self._counts[each][0])[: _MOST_COUNTS // 2]:
                    del self._counts[few]
            self._counts[key] = found
        return self._counts[key]
