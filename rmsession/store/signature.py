"""By what a file is known, apart from what reads it: a look at thousands of files opens none."""

# Annotations are no texts here: to make a row of texts takes twice as long, at every start.

import os
import struct
import time
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

STAMP: Final = 32
"""Bytes of a signature as the index keeps it, so that those of thousands of files are compared at once."""
NEVER: Final = b"\xff" * STAMP
"""The stamp of no file: none has less than nothing in it."""
UNSETTLED_NS: Final = 50_000_000
"""A file changed this shortly before it was read could change again within one tick of the disk's clock."""
_NUMBERS: Final = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")


class Signature(NamedTuple):
    """By what a file is known to be the one last seen, without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Signature":
        """The signature in what ``stat`` says."""
        return cls(*_NUMBERS(status))

    @property
    def stamp(self) -> bytes:
        """The same as the index keeps it."""
        return _packed([*self])

    @property
    def lasting(self) -> bytes:
        """The same where it tells the next change; the stamp of no file where it may not tell it yet."""
        age = time.time_ns() - max(self.ctime_ns, self.mtime_ns)
        return NEVER if abs(age) < UNSETTLED_NS else self.stamp


def stamps(statuses: Iterable[os.stat_result]) -> bytes:
    """What files are known by, one stamp behind the other."""
    return _packed(list(chain.from_iterable(map(_NUMBERS, statuses))))


def _packed(numbers: list[int]) -> bytes:
    form = f"<{len(numbers)}q"
    try:
        return struct.pack(form, *numbers)
    except struct.error:  # some file systems number their files with more bits: the lowest tell them apart
        return struct.pack(form, *((number + (1 << 63)) % (1 << 64) - (1 << 63) for number in numbers))
