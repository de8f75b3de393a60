"""What the index knows of the files of each folder: compared as a whole, unpacked only as far as somebody asks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import itemgetter
from struct import Struct
from typing import Final

from rmsession.store.rows import Head, Shelf, sealed
from rmsession.store.signature import STAMP
from rmsession.store.spelling import dumps, loads

_MARK: Final = Struct("<dqII")
Mark = tuple[float, int, int, int]
"""When a session was made, its block, how many actions are open, which of its folder's pairs it is."""
BLOCK: Final = itemgetter(1)
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
    def marks(self) -> list[Mark]:
        """What each is put in order by."""
        return list(_MARK.iter_unpack(self.row.marks))

    @cached_property
    def blocks(self) -> list[int]:
        """The block of each; negative for a file that is left out."""
        return list(map(BLOCK, self.marks))

    def are_of(self, pair: str) -> list[bool]:
        """Of each whether it is a session of that pair; a file that is left out is nobody's."""
        if pair not in self._pairs:
            return [False] * len(self.marks)
        own = self._pairs.index(pair)
        return [whose == own and block >= 0 for _, block, _, whose in self.marks]

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
        created, block, waiting, pair = self.marks[place]
        return Head(
            self.row.folder + b"/" + name,
            self.row.stamps[place * STAMP : (place + 1) * STAMP],
            self.ids[place], self.troubles.get(place, ""), self._pairs[pair], created, waiting, block,
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
