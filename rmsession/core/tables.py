"""Long lists as the columns that a terminal shows: made once for each state of what is kept, and told from many times.

Texts are lines as `clean` leaves them; what depends on the day, the zone or the terminal is made of them when asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from rmsession.core.met import MetOf


class ActionColumns(NamedTuple):
    """Action items, a column for each thing that a list tells of them."""

    captures: Sequence[str]
    sessions: Sequence[str]
    pairs: Sequence[str]
    """Ids."""
    owners: Sequence[str]
    """As a line carries them; empty without one."""
    texts: Sequence[str]
    dues: Sequence[str]
    """As they are stored; empty without one."""
    moments: Sequence[str]
    """When each was captured, in ISO 8601; with `OFF_TABLE` in front where it was not at the table."""
    private: Sequence[str]
    """Anything for one that is private."""
    titles: Sequence[str]
    topics: Sequence[str]
    more: Sequence[str]
    """How often carried, how sure, and why, each with `PART` in front."""


class SessionColumns(NamedTuple):
    """Sessions, the newest first, a column for each thing that a list tells of them."""

    ids: Sequence[str]
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
    met: Sequence[MetOf]
    """How each pair has met, in the order of its newest session."""


PART = " · "
"""Between two things that are told of the same action item."""
OFF_TABLE = "-"
GOES_ON = "…"
"""No word that a session waits for."""

C = TypeVar("C", ActionColumns, SessionColumns)


def packed(columns: C) -> bytes | None:
    """The columns as one text; None where that cannot tell them, as with an id from elsewhere."""
    cells = [cell for column in columns for cell in column]
    text = "\n".join(cells)
    if text.count("\n") >= max(len(cells), 1):
        return None
    try:
        return text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return None


def unpacked(data: bytes, kind: type[C]) -> C:
    """The columns that were packed, one line of them at least. Raises `ValueError` when they are of another shape."""
    cells = data.decode().split("\n")
    size, rest = divmod(len(cells), len(kind._fields))
    if rest:
        raise ValueError("columns of unlike length")
    return kind._make(cells[start : start + size] for start in range(0, len(cells), size))
