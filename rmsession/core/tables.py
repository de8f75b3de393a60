"""Long lists as the columns that a terminal shows: made once for each state of what is kept, and told from many times.

Texts are lines as `clean` leaves them; what depends on the day, the zone or the terminal is made of them when asked.
"""

# Annotations are no texts here: to make a row of texts takes twice as long, at every start.

import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from rmsession.core.met import MetOf


class ActionColumns(NamedTuple):
    """Action items, a column for each thing that a list tells of them."""

    ids: Sequence[str]
    """As short as tells them apart."""
    pairs: Sequence[str]
    """Whole ids."""
    owners: Sequence[str]
    """As a line carries them; empty without one."""
    texts: Sequence[str]
    dues: Sequence[str]
    """As they are stored; empty without one."""
    moments: Sequence[str]
    """When each was captured, in ISO 8601; with `OFF_TABLE` in front where it was not at the table."""
    private: Sequence[str]
    """Anything for one that is private."""
    sessions: Sequence[str]
    """Where each is from: the session's id, as short as tells these apart, and its title."""
    topics: Sequence[str]
    """With `PART` in front; empty without one."""
    more: Sequence[str]
    """How often carried, how sure, and why, each with `PART` in front."""


class SessionColumns(NamedTuple):
    """Sessions, the newest first, a column for each thing that a list tells of them."""

    ids: Sequence[str]
    """As short as tells them apart."""
    moments: Sequence[str]
    """When each was started, else made, in ISO 8601."""
    titles: Sequence[str]
    people: Sequence[str]
    taken: Sequence[str]
    notes: Sequence[str]
    actions: Sequence[str]
    left: Sequence[str]
    """What an ended session waits for, with a comma between; `GOES_ON` for one that has not ended."""


class SessionTable(NamedTuple):
    """All sessions, the newest first, and what gives cause to ask after a pair."""

    columns: SessionColumns
    met: "Sequence[MetOf]"
    """How each pair has met, in the order of its newest session."""


PART = " · "
"""Between two things that are told of the same action item."""
OFF_TABLE = "-"
GOES_ON = "…"
"""No word that a session waits for."""

_SIZES: Final = struct.Struct("<II")
"""In front of a column: the bytes of what it tells, and its lines where it tells something more than once."""
_PLACE: Final = struct.calcsize("<I")

C = TypeVar("C", ActionColumns, SessionColumns)


def packed(columns: C) -> bytes | None:
    """The columns as bytes; None where those cannot tell them, as with an id from elsewhere, or there is no row."""
    parts: list[bytes] = []
    for column in columns:
        told = list(dict.fromkeys(column))
        try:
            lines = "\n".join(told).encode()
        except UnicodeEncodeError:  # a lone surrogate
            return None
        if lines.count(b"\n") != len(told) - 1:
            return None
        # What comes again and again, as names do, is told once: a list is read sooner than its cells are made.
        numbers = dict(zip(told, range(len(told)), strict=True))
        places = [numbers[cell] for cell in column] if len(told) < len(column) else []
        parts += [_SIZES.pack(len(lines), len(places)), lines, struct.pack(f"<{len(places)}I", *places)]
    return b"".join(parts)


def unpacked(data: bytes, kind: type[C]) -> C:
    """The columns that were packed, one line of them at least. Raises `ValueError` when they are of another shape."""
    columns: list[list[str]] = []
    start = 0
    try:
        while start < len(data):
            size, many = _SIZES.unpack_from(data, start)
            start += _SIZES.size
            told = data[start : start + size].decode().split("\n")
            start += size
            columns.append([told[place] for place in struct.unpack_from(f"<{many}I", data, start)] if many else told)
            start += many * _PLACE
    except (struct.error, IndexError) as error:
        raise ValueError("columns that end too soon") from error
    if start != len(data) or len(columns) != len(kind._fields) or len(set(map(len, columns))) != 1:
        raise ValueError("columns of unlike length")
    return kind._make(columns)
