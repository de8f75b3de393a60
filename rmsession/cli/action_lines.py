"""Action items as lines and as JSON on a plain surface; what is private is three dots until it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final

from rmsession.cli.idents import shortest
from rmsession.cli.pairs import Together
from rmsession.cli.spelled import spelled
from rmsession.cli.summaries import HIDDEN
from rmsession.cli.talk import GAP, cut, table, width
from rmsession.core.action_list import due_words, more_words, when_captured
from rmsession.core.columns import cells
from rmsession.core.lists import ActionItem
from rmsession.core.owners import written
from rmsession.core.promises import days_late, kept_item
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    from rmsession.core.session import Session

_WIDE: Final = 118
"""Columns from which an action and where it comes from fit on one line."""
_LEAST_TEXT: Final = 24
_HEAD: Final = ("id", "due", "owner", "action")


@dataclass(frozen=True, slots=True)
class Eyes:
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


def listing(items: Sequence[ActionItem], short: Mapping[str, str], eyes: Eyes) -> list[str]:
    """A line for each action item, or two where the terminal is narrow."""
    sessions = shortest(each.session for each in items)
    people = {pair: each.said for pair, each in eyes.pairs.items()}
    columns = width()
    rows = [_HEAD, *(_row(each, short[each.capture], eyes) for each in items)]
    below = ["from", *(_source(each, sessions[each.session], people.get(each.pair), eyes) for each in items)]
    if columns is None or columns >= _WIDE:
        whole = [(*row, source) for row, source in zip(rows, below, strict=True)]
        return table(whole if columns is None else _fitted(whole, columns))
    first, *lines = table(_fitted(rows, columns))
    indent = " " * (cells(rows[1][0]) + len(GAP))
    second = [f"{indent}{cut(source, columns - len(indent))}" for source in below[1:]]
    return [first, *(line for pair in zip(lines, second, strict=True) for line in pair)]


def _fitted(rows: Sequence[tuple[str, ...]], columns: int) -> list[tuple[str, ...]]:
    """The rows cut to a terminal: owner, action and source share what id and due leave."""
    fixed = sum(max(cells(row[place]) for row in rows) for place in (0, 1))
    room = max(columns - fixed - len(GAP) * (len(rows[0]) - 1), _LEAST_TEXT)
    owner = min(max(cells(row[2]) for row in rows), room // 5)
    if len(rows[0]) == len(_HEAD):  # the source stands below
        return [(*row[:2], cut(row[2], owner), cut(row[3], room - owner)) for row in rows]
    source = min(max(cells(row[4]) for row in rows), (room - owner) // 2)
    return [(*row[:2], cut(row[2], owner), cut(row[3], room - owner - source), cut(row[4], source)) for row in rows]


def _row(item: ActionItem, short: str, eyes: Eyes) -> tuple[str, ...]:
    if eyes.hides(item):
        return short, HIDDEN, "", HIDDEN
    owner = clean(written(item.owner.raw)) if item.owner else ""
    return short, due_words(item, eyes.today), owner, item.text.line


def _source(item: ActionItem, session: str, people: str | None, eyes: Eyes) -> str:
    """``7c1e Kick-off · Ground rules · 21 Nov · 14:06 · carried once``."""
    parts = [f"{session} {item.title.line}"]
    if not eyes.hides(item):
        if item.topic:
            parts.append(item.topic.line)
        parts.append(when_captured(item, eyes.today, eyes.zone))
        parts += more_words(item)
        if item.reason:
            parts.append(f"“{item.reason.line}”")
    if people:
        parts.append(people)
    return " · ".join(parts)


def sheet(item: ActionItem, session: Session, eyes: Eyes) -> Iterator[str]:
    """One action item with all that is known of it."""
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
        rows += [("carried", _carried(each.wall.astimezone(eyes.zone), each.reason)) for each in capture.carries]
    yield from table(rows)


def _carried(moment: datetime, reason: UserText) -> str:
    return f"{moment:%Y-%m-%d}" + (f"  {reason.line}" if reason else "")


_TELLS: Final = ("text", "owner", "due", "topic", "at", "when", "settled", "reason", "confidence", "tags", "carried")
"""Fields that tell of a private action what it says, whose it is, or when it is to be done."""


def plain(item: ActionItem, eyes: Eyes) -> dict[str, Any]:
    """An action item for JSON: every field, and what a list makes of them."""
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
