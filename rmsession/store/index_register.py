"""Every file that the index knows, checked once for each state of the index and then kept at hand."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import compress, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from rmsession.store.index_rows import of_sessions, shelves_in
from rmsession.store.rows import PRIVATE, SHARED, Facet, Head
from rmsession.store.shelves import Known, Rank

if TYPE_CHECKING:
    from rmsession.store.at_hand import AtHand

Count = tuple[str, tuple[str, tuple[object, ...]], bool]
"""What is counted: the words asked for, what is said of days and people, and whether private documents count."""
_MOST_COUNTS: Final = 64
_FEW: Final = 500
"""Sessions up to which it is quicker to ask for each where it stands than to go through all."""
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

    @cached_property
    def at_hand(self) -> AtHand:
        """What was read of sessions that were found of late."""
        # Only here: lists find nothing.
        from rmsession.store.at_hand import AtHand

        return AtHand()

    @property
    def troubles(self) -> list[str]:
        """Why files are left out."""
        return [trouble for shelf in self.shelves.values() for trouble in shelf.troubles.values()]

    def head(self, block: int) -> Head | None:
        """The session that has this block, if one has it."""
        shelf, place = self._place(block) or (None, 0)
        return shelf.head(place) if shelf else None

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
        if len(blocks) < _FEW:
            found = sorted(filter(None, map(self._rank, blocks)))
        elif self._searched:
            found = list(compress(self._every, map(blocks.__contains__, self.blocks)))
        else:
            self._searched = True
            found = self._newest_first(lambda shelf: shelf.are_in(blocks))
        if len(found) < len(blocks) or min(blocks, default=0) < 0:
            return None
        return tuple(map(_ID, found))

    def ids_of(self, blocks: Iterable[int]) -> tuple[str, ...]:
        """The sessions that have these blocks, in their order. Raises `KeyError` for one that none has."""
        return tuple(map(self._ids.__getitem__, blocks))

    @cached_property
    def _every(self) -> list[Rank]:
        """What puts those in order, in order."""
        return self._newest_first(Known.are_sessions)

    @cached_property
    def _ids(self) -> dict[int, str]:
        """The session that has each block."""
        found: dict[int, str] = {}
        for shelf in self.shelves.values():
            found.update(zip(shelf.blocks, shelf.ids, strict=True))
        return found

    @cached_property
    def _by_end(self) -> tuple[list[int], list[Known]]:
        """The highest block of each shelf, the lowest first, and those shelves: mostly one month behind the other."""
        shelves = sorted(self.shelves.values(), key=lambda shelf: shelf.span[1])
        return [shelf.span[1] for shelf in shelves], shelves

    def _place(self, block: int) -> tuple[Known, int] | None:
        """On which shelf a block stands, and at which place; None for one that no session has."""
        ends, shelves = self._by_end
        for shelf in islice(shelves, bisect_left(ends, block), None) if block >= 0 else ():
            if shelf.span[0] <= block and (place := shelf.places.get(block)) is not None:
                return shelf, place
        return None

    def _rank(self, block: int) -> Rank | None:
        shelf, place = self._place(block) or (None, 0)
        return shelf.rank(place) if shelf else None

    def _newest_first(self, chosen: Callable[[Known], list[bool]]) -> list[Rank]:
        """The files that are chosen on each shelf, by time, and those of one time by id."""
        found: list[Rank] = []
        for shelf in self.shelves.values():
            found += shelf.ranks(chosen(shelf))
        found.sort()
        return found

    def order(self, block: int) -> tuple[float, str]:
        """What puts sessions in order, the newest first. Raises `sqlite3.DatabaseError` for a block that none has."""
        rank = self._rank(block)
        if rank is None:
            raise sqlite3.DatabaseError("the index finds a session that it does not know")
        return rank[:2]

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
