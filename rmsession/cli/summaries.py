"""Sessions as lines on a plain surface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rmsession.cli.talk import GAP, cut, table, width
from rmsession.core.columns import cells
from rmsession.core.lists import Summary
from rmsession.core.terms import Phase

HIDDEN = "•••"
"""What stands for private text until it is asked for."""

_LEAST_ROOM = 24


def listing(kept: Sequence[Summary], short: Mapping[str, str]) -> list[str]:
    """A line for each session, and one below it where something is left to do; it fits the terminal."""
    head = ("id", "date", "title", "pair", "min", "notes", "actions")
    rows = [head, *(_row(each, short[each.id]) for each in kept)]
    columns = width()
    if columns is not None:
        fixed = sum(max(cells(row[place]) for row in rows) for place in (0, 1, 4, 5, 6))
        room = max(columns - fixed - len(GAP) * (len(head) - 1), _LEAST_ROOM)
        pair = min(max(cells(row[3]) for row in rows), room // 2)
        rows = [(*row[:2], cut(row[2], room - pair), cut(row[3], pair), *row[4:]) for row in rows]
    first, *lines = table(rows, right=(4, 5, 6))
    below = [_left_to_do(each, short[each.id]) for each in kept]
    return [first, *(line for pair in zip(lines, below, strict=True) for line in pair if line)]


def delete_warning(session: str, summary: Summary | None) -> Iterator[str]:
    """What goes when a session is erased, and what does not."""
    if summary is None:
        yield f"Session {session}, which cannot be read, goes for good."
    else:
        captures = summary.notes + summary.actions
        yield f"“{summary.title.line}” with {summary.mentee.line}, {_date(summary)}, goes for good:"
        yield f"what was captured ({captures} lines and all private ones), ticks, times, feedback, a draft under way."
    yield "Nobody can bring it back. Exported files and copies elsewhere stay."


def _row(summary: Summary, short: str) -> tuple[str, ...]:
    taken = f"{round(summary.spent_seconds / 60)}/{round(summary.planned_seconds / 60)}" if summary.started else "–"
    actions = f"{summary.actions} ({summary.open_actions} open)" if summary.open_actions else f"{summary.actions}"
    pair = f"{summary.mentor.line}, {summary.mentee.line}"
    return short, _date(summary), summary.title.line, pair, taken, f"{summary.notes}", actions


def _date(summary: Summary) -> str:
    return (summary.started or summary.created).astimezone().date().isoformat()


def _left_to_do(summary: Summary, short: str) -> str:
    if summary.phase != Phase.ENDED.value:
        return f"{' ' * len(short)}{GAP}not ended: rmsession run --resume {short}"
    return f"{' ' * len(short)}{GAP}waits for {', '.join(summary.pending)}" if summary.pending else ""
