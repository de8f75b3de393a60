"""What tells a row of the index from one in which a bit was flipped."""

from __future__ import annotations

from marshal import dumps as laid_out
from zlib import crc32

TYPE_CHECKING = False  # as `typing` has it
if TYPE_CHECKING:
    from typing import Any


def checksum(values: tuple[Any, ...]) -> int:
    """Over what the values are and of which type each is."""
    *others, last = values
    # In the form that every Python has written alike, and is never read here; but what may be long is not copied.
    if isinstance(last, bytes):
        return crc32(last, crc32(laid_out((*others, len(last)), 2)))
    return crc32(laid_out(values, 2))
