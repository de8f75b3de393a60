"""What the index knows of the files of each folder: compared as a whole, unpacked only as far as somebody asks."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import compress
from operator import neg
from struct import Struct
from typing import Any, Final, Literal

from rmsession.store.rows import Head, Shelf, sealed
from rmsession.store.signature import STAMP
from rmsession.store.spelling import dumps, loads

_MARK: Final = Struct("<dqII")
"""When a session was made, its block, how many actions are open, which of its folder's pairs it is."""
_CREATED: Final = Struct("<d16x")
_OPEN: Final = Struct("<16xI4x")
_PAIR: Final = Struct("<20xI")
"""One of these alone: of all together most of the time goes into what nobody asks for."""
Rank = tuple[float, str, int]
"""What puts sessions in order, the newest first, those of one moment by id; and the block."""
_ID: Final = slice(-len("01234567-89ab-cdef-0123-456789abcdef.json"), -len(".json"))
"""Where a session's id stands in the name of its file."""


class Known:
    """The heads of one folder's files."""

    def __init__(self, row: Shelf) -> None:
        self.row = row

    @cached_property
    def names(self) -> list[bytes]:
        """The files, in order."""
        return self.row.names.split(b"\0")

    @property
    def paths(self) -> list[bytes]:
        """The same, each relative to the data folder."""
        return [self.row.folder + b"/" + name for name in self.names]

    @cached_property
    def ids(self) -> list[str]:
        """The session of each."""
        return ids_in(self.row.names)

    @cached_property
    def blocks(self) -> list[int]:
        """The block of each; negative for a file that is left out."""
        return list(_column("q", 1, self.row.marks))

    @cached_property
    def places(self) -> dict[int, int]:
        """At which place each block stands."""
        return dict(zip(self.blocks, range(len(self.blocks)), strict=True))

    @cached_property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest block."""
        return min(self.blocks), max(self.blocks)

    @cached_property
    def _created(self) -> list[float]:
        return list(_column("d", 0, self.row.marks))

    @cached_property
    def _whose(self) -> list[int]:
        return [pair for (pair,) in _PAIR.iter_unpack(self.row.marks)]

    def are_sessions(self) -> list[bool]:
        """Of each whether it is not left out."""
        return [block >= 0 for block in self.blocks]

    def are_in(self, blocks: AbstractSet[int]) -> list[bool]:
        """Of each whether it is one of these."""
        return list(map(blocks.__contains__, self.blocks))

    def are_of(self, pair: str) -> list[bool]:
        """Of each whether it is a session of that pair; a file that is left out is nobody's."""
        if pair not in self._pairs:
            return [False] * len(self.blocks)
        own = self._pairs.index(pair)
        return [whose == own and block >= 0 for whose, block in zip(self._whose, self.blocks, strict=True)]

    def ranks(self, chosen: list[bool]) -> Iterable[Rank]:
        """What puts those in order that are chosen."""
        if not any(chosen):
            return ()
        ids = [str(name[_ID], "latin-1") for name in compress(self.names, chosen)]
        return zip(map(neg, compress(self._created, chosen)), ids, compress(self.blocks, chosen), strict=True)

    def rank(self, place: int) -> Rank:
        """What puts one in order."""
        (created,) = _CREATED.unpack_from(self.row.marks, place * _MARK.size)
        return -created, self.id(place), self.blocks[place]

    def id(self, place: int) -> str:
        """The session of one."""
        return str(self.names[place][_ID], "latin-1")

    @property
    def waiting(self) -> Iterator[Head]:
        """Those with open action items."""
        return (self.head(place) for place, (waits,) in enumerate(_OPEN.iter_unpack(self.row.marks)) if waits)

    @property
    def stamps(self) -> Iterator[tuple[bytes, bytes]]:
        """Each file, and what it is known by."""
        for place, name in enumerate(self.names):
            yield self.row.folder + b"/" + name, self.row.stamps[place * STAMP : (place + 1) * STAMP]

    @cached_property
    def heads(self) -> list[Head]:
        """All of them."""
        return list(map(self.head, range(len(self.names))))

    def head(self, place: int) -> Head:
        """The head of one file."""
        name = self.names[place]
        created, block, waiting, pair = _MARK.unpack_from(self.row.marks, place * _MARK.size)
        return Head(
            self.row.folder + b"/" + name,
            self.row.stamps[place * STAMP : (place + 1) * STAMP],
            self.id(place), self.troubles.get(place, ""), self._pairs[pair], created, waiting, block,
        )  # fmt: skip

    @cached_property
    def troubles(self) -> dict[int, str]:
        """Why files are left out, by place."""
        return dict(loads(self.row.troubles)) if self.row.troubles else {}

    @cached_property
    def _pairs(self) -> list[str]:
        return loads(self.row.pairs)  # type: ignore[no-any-return] # as `shelf_of` spelled it


def shelf_of(folder: bytes, heads: Iterable[Head]) -> Shelf:
    """The heads of one folder's files, packed."""
    heads = sorted(heads, key=lambda head: os.fsdecode(head.path))
    pairs = list(dict.fromkeys(head.pair for head in heads))
    places = {pair: place for place, pair in enumerate(pairs)}
    names = b"\0".join(head.path[len(folder) + 1 :] for head in heads)
    marks = b"".join(_MARK.pack(head.created, head.block, head.open, places[head.pair]) for head in heads)
    troubles = [(place, head.trouble) for place, head in enumerate(heads) if head.trouble]
    stamps = b"".join(head.stamp for head in heads)
    return sealed(Shelf(folder, names, stamps, marks, dumps(pairs), dumps(troubles) if troubles else b"", 0))


def folder_of(path: bytes) -> bytes:
    """On whose shelf a file's head lies."""
    return path[: path.rfind(b"/")]


def ids_in(names: bytes) -> list[str]:
    """The sessions of files whose names were found to be those of sessions."""
    # Each byte one sign, whatever else the names hold: the ids are plain.
    return [name[_ID] for name in names.decode("latin-1").split("\0")]


def _column(form: Literal["d", "q"], place: int, marks: bytes) -> array[Any]:
    """One of the first two numbers of each file's mark, without the others: the latter two have the room of one."""
    numbers = array(form, marks)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers[place :: _MARK.size // numbers.itemsize]
