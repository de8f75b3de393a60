"""By what files are known, thousands at once: as many bytes of each, which are compared and never read.

Loaded before anything else by what looks ahead, and so without what makes names for its numbers.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter

STAMP = 32
"""Bytes of a signature as the index keeps it, so that those of thousands of files are compared at once."""
NEVER = b"\xff" * STAMP
"""The stamp of no file: none has less than nothing in it."""
UNSETTLED_NS = 50_000_000
"""A file changed this shortly before it was read could change again within one tick of the disk's clock."""
_NUMBERS = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")


def numbers_of(status: os.stat_result) -> tuple[int, int, int, int]:
    """Size, times and inode, by which a file is known to be the one last seen, without reading it."""
    numbers: tuple[int, int, int, int] = _NUMBERS(status)
    return numbers


def stamps(statuses: Iterable[os.stat_result]) -> bytes:
    """What files are known by, one stamp behind the other."""
    return packed(list(chain.from_iterable(map(_NUMBERS, statuses))))


def packed(numbers: list[int]) -> bytes:
    """The numbers of files as their stamps."""
    form = f"<{len(numbers)}q"
    try:
        return struct.pack(form, *numbers)
    except struct.error:  # some file systems number their files with more bits: the lowest tell them apart
        return struct.pack(form, *((number + (1 << 63)) % (1 << 64) - (1 << 63) for number in numbers))
