"""Sessions as lines on a plain surface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rmsession.cli.talk import GAP, aligned, cut, width
from rmsession.core.columns import cells
from rmsession.core.tables import GOES_ON, SessionColumns

if TYPE_CHECKING:
    # What a list shows comes as columns; the rest of a session only goes.
    from rmsession.core.lists import Summary

HIDDEN = "•••"
"""What stands for private text until it is asked for."""

_LEAST_ROOM = 24
_HEAD: Final = ("id", "date", "title", "pair", "min", "notes", "actions")


def listing(kept: SessionColumns) -> Iterator[str]:
    """A line for each session, and one below it where something is left to do; it fits the terminal."""
    told = [kept.ids, _days(kept.moments), kept.titles, kept.people, kept.taken, kept.notes, kept.actions]
    rows = [[name, *column] for name, column in zip(_HEAD, told, strict=True)]
    columns = width()
    if columns is not None:
        fixed = sum(max(map(cells, rows[place])) for place in (0, 1, 4, 5, 6))
        room = max(columns - fixed - len(GAP) * (len(_HEAD) - 1), _LEAST_ROOM)
        pair = min(max(map(cells, rows[3])), room // 2)
        rows[2:4] = [[cut(cell, room - pair) for cell in rows[2]], [cut(cell, pair) for cell in rows[3]]]
    lines = aligned(rows[:-1], rows[-1], right=(4, 5, 6))
    yield next(lines)
    for line, left, short in zip(lines, kept.left, kept.ids, strict=True):
        yield line
        if left:
            yield _left_to_do(left, short)


def delete_warning(session: str, summary: Summary | None) -> Iterator[str]:
    """What goes when a session is erased, and what does not."""
    if summary is None:
        yield f"Session {session}, which cannot be read, goes for good."
    else:
        captures = summary.notes + summary.actions
        yield f"“{summary.title.line}” with {summary.mentee.line}, {_date(summary)}, goes for good:"
        yield f"what was captured ({captures} lines and all private ones), ticks, times, feedback, a draft under way."
    yield "Nobody can bring it back. Exported files and copies elsewhere stay."


def _days(moments: Sequence[str]) -> list[str]:
    """The days of these moments on the machine's own clock."""
    read = datetime.fromisoformat
    return [read(each).astimezone().date().isoformat() for each in moments]


def _date(summary: Summary) -> str:
    return (summary.started or summary.created).astimezone().date().isoformat()


def _left_to_do(left: str, short: str) -> str:
    words = f"not ended: rmsession run --resume {short}" if left == GOES_ON else f"waits for {left}"
    return f"{' ' * len(short)}{GAP}{words}"
