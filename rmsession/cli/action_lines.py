"""Action items as lines and as JSON on a plain surface; what is private is three dots until it is asked for."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rmsession.cli.pairs import Together
from rmsession.cli.summaries import HIDDEN
from rmsession.cli.talk import GAP, aligned, cut, table, width
from rmsession.core.action_list import due_words, moment_words, when_captured
from rmsession.core.columns import cells
from rmsession.core.promises import days_late, kept_item
from rmsession.core.tables import OFF_TABLE, PART, ActionColumns
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    from rmsession.core.lists import ActionItem
    from rmsession.core.session import Session

_WIDE: Final = 118
"""Columns from which an action and where it comes from fit on one line."""
_LEAST_TEXT: Final = 24
_WIDEST: Final = 72
"""Columns of a cell in a file or a pipe: one very long text moves its own line, and not all others."""
_HEAD: Final = ("id", "due", "owner", "action")


class Eyes(NamedTuple):
    """Who looks at the list, and when."""

    today: date
    zone: tzinfo | None
    private: bool
    """Whether private ones are shown."""
    pairs: Mapping[str, Together]
    """By id; empty where nobody needs to be told apart."""

    def hides(self, item: ActionItem) -> bool:
        """Whether of this one only dots are shown."""
        return item.private and not self.private


def said(item: ActionItem, *, private: bool) -> str:
    """An action's text in one line."""
    return item.text.line if private or not item.private else HIDDEN


def listing(told: ActionColumns, stands: Sequence[str], eyes: Eyes) -> Iterable[str]:
    """A line for each action item, or two where the terminal is narrow; `stands` is what is said of its date."""
    hidden = [bool(each) and not eyes.private for each in told.private]
    cells_of = [
        told.ids,
        _dotted(stands, hidden, HIDDEN),
        _dotted(told.owners, hidden, ""),
        _dotted(told.texts, hidden, HIDDEN),
    ]
    rows = [[name, *column] for name, column in zip(_HEAD, cells_of, strict=True)]
    sources = _sources(told, hidden, eyes)
    columns = width()
    if columns is None:
        return aligned(rows, chain(["from"], sources), widest=_WIDEST)
    if columns >= _WIDE:
        return table(_fitted(list(zip(*rows, ["from", *sources], strict=True)), columns))
    first, *lines = table(_fitted(list(zip(*rows, strict=True)), columns))
    indent = " " * (cells(rows[0][1]) + len(GAP))
    second = [f"{indent}{cut(source, columns - len(indent))}" for source in sources]
    return [first, *(line for pair in zip(lines, second, strict=True) for line in pair)]


def _dotted(column: Sequence[str], hidden: Sequence[bool], dots: str) -> Sequence[str]:
    if not any(hidden):
        return column
    return [dots if hides else cell for cell, hides in zip(column, hidden, strict=True)]


def _fitted(rows: Sequence[tuple[str, ...]], columns: int) -> list[tuple[str, ...]]:
    """The rows cut to a terminal: owner, action and source share what id and due leave."""
    fixed = sum(max(cells(row[place]) for row in rows) for place in (0, 1))
    room = max(columns - fixed - len(GAP) * (len(rows[0]) - 1), _LEAST_TEXT)
    owner = min(max(cells(row[2]) for row in rows), room // 5)
    if len(rows[0]) == len(_HEAD):  # the source stands below
        return [(*row[:2], cut(row[2], owner), cut(row[3], room - owner)) for row in rows]
    source = min(max(cells(row[4]) for row in rows), (room - owner) // 2)
    return [(*row[:2], cut(row[2], owner), cut(row[3], room - owner - source), cut(row[4], source)) for row in rows]


def _sources(told: ActionColumns, hidden: Sequence[bool], eyes: Eyes) -> Iterator[str]:
    """``7c1e Kick-off · Ground rules · 21 Nov · 14:06 · carried once`` for each."""
    people = {pair: f"{PART}{each.said}" for pair, each in eyes.pairs.items()}
    today, zone, read = eyes.today, eyes.zone, datetime.fromisoformat
    whose = [people.get(pair, "") for pair in told.pairs]
    for session, topic, moment, more, pair, hides in zip(
        told.sessions, told.topics, told.moments, told.more, whose, hidden, strict=True
    ):
        if hides:
            yield f"{session}{pair}"
            continue
        timed = moment[:1] != OFF_TABLE
        when = moment_words(read(moment if timed else moment[1:]), today, zone, timed=timed)
        yield f"{session}{topic}{PART}{when}{more}{pair}"


def sheet(item: ActionItem, session: Session, eyes: Eyes) -> Iterator[str]:
    """One action item with all that is known of it."""
    # Only here: a list of them tells nothing of this.
    from rmsession.cli.differing import settled_apart
    from rmsession.core.wordings import told

    yield said(item, private=eyes.private)
    yield ""
    rows = [("id", item.capture), ("with", f"{session.pair.mentor.name.line}, {session.pair.mentee.name.line}")]
    rows += [("session", f"{item.session[:8]} {item.title.line}")]
    if not eyes.hides(item):
        rows += [("topic", item.topic.line)] if item.topic else []
        rows += [("captured", when_captured(item, eyes.today, eyes.zone).replace(" ·", ","))]
        rows += [("owner", item.owner.line)] if item.owner else []
        rows += [("sure", f"{item.confidence} of 5")] if item.confidence is not None else []
        rows += [("due", clean(item.due))] if item.due else []
        rows += [("stands", due_words(item, eyes.today))]
        rows += [("promise", kept_item(item, eyes.today).value)]
        rows += [("why", item.reason.line)] if item.reason else []
        capture = session.captures[item.capture]
        rows += [("or", told(each).line) for each in capture.rivals]
        rows += [("but", settled_apart(session, capture))] if capture.unseen else []
        rows += [("carried", _carried(each.wall.astimezone(eyes.zone), each.reason)) for each in capture.carries]
    yield from table(rows)


def _carried(moment: datetime, reason: UserText) -> str:
    return f"{moment:%Y-%m-%d}" + (f"  {reason.line}" if reason else "")


_TELLS: Final = ("text", "owner", "due", "topic", "at", "when", "settled", "reason", "confidence", "tags", "carried")
"""Fields that tell of a private action what it says, whose it is, or when it is to be done."""


def plain(item: ActionItem, eyes: Eyes) -> dict[str, Any]:
    """An action item for JSON: every field, and what a list makes of them."""
    # Only here: lines for people need none of it.
    from rmsession.cli.spelled import spelled

    hidden = eyes.hides(item)
    values = spelled(item)
    pair = eyes.pairs.get(item.pair)
    return {
        "id": values.pop("capture"),
        **{name: None if hidden and name in _TELLS else value for name, value in values.items()},
        "mentor": pair.mentor.raw if pair else None,
        "mentee": pair.mentee.raw if pair else None,
        "overdue_days": None if hidden else days_late(item, eyes.today),
        "promise": None if hidden else kept_item(item, eyes.today).value,
    }
