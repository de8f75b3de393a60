"""One flipped bit, found again by the checksum: the likeliest damage of an old disk, and the only one with a proof.

Every file that differs from the damaged one in a single bit is tried. At most one of them fits its own SHA-256, and
that is the file that was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from rmsession.core.store_errors import StoreError
from rmsession.store.seal import SEAL_LIMIT, checksum_begun, head_in

LIMIT: Final = 64 * 1024
"""Bytes of the largest file that is searched: the time grows with the square, to some fifteen seconds at this size."""

_BITS: Final = range(8)
_NEVER: Final = frozenset((*range(0x0A), *range(0x0B, 0x20), 0xC0, 0xC1, *range(0xF5, 0x100)))
"""Bytes that stand in no file of ours: JSON escapes control characters, and UTF-8 has no use for the others."""


def unflipped(data: bytes, path: Path, fits: Callable[[bytes], bool]) -> bytes | None:
    """The bytes as they were before one bit flipped; None when that is not what happened, or they are too many.

    Args:
        data: What the file holds now.
        path: Where it lies; nothing is read from there.
        fits: Whether bytes are a whole file of that place, by their checksum and by what they say.
    """
    if len(data) > LIMIT:
        return None
    return next(filter(fits, _in_first_line(data)), None) or next(filter(fits, _behind_it(data, path)), None)


def _in_first_line(data: bytes) -> Iterator[bytes]:
    for place in range(min(SEAL_LIMIT, len(data))):
        for bit in _BITS:
            yield _with(data, place, data[place] ^ 1 << bit)


def _behind_it(data: bytes, path: Path) -> Iterator[bytes]:
    """What fits the checksum that the first line names; what comes before the flipped bit is summed up only once."""
    try:
        head, start = head_in(data, path)
    except StoreError:
        return
    view, before = memoryview(data), checksum_begun(head.format, head.revision)
    wanted = bytes.fromhex(head.checksum.decode())
    for place in range(start, len(data)):
        for bit in _BITS:
            byte = data[place] ^ 1 << bit
            if byte not in _NEVER:
                tried = before.copy()
                tried.update(bytes((byte,)))
                tried.update(view[place + 1 :])
                if tried.digest() == wanted:
                    yield _with(data, place, byte)
        before.update(view[place : place + 1])


def _with(data: bytes, place: int, byte: int) -> bytes:
    return b"%b%c%b" % (data[:place], byte, data[place + 1 :])
