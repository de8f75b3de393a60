"""Filters to choose from, for whoever does not know the words yet: what is chosen is written into the search line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from textual.app import App
from textual.content import Content

from rmsession.core.terms import Kind
from rmsession.core.text import UserText, clean
from rmsession.tui.screens.dialogs import Ask, Choice
from rmsession.tui.text import content
from rmsession.tui.widgets.flow import MUTED
from rmsession.tui.widgets.history_filters import Offered

_ONE_OF = ("agenda:", "goal:", "since:", "before:", "on:")
"""Filters of which another one takes the place."""
_KEYS = "123456789"
_WORDS = 44


async def choose_filter(app: App[Any], what: Offered) -> str | None:
    """Ask for a filter; its words in the language of search, or None."""
    groups: dict[str, tuple[str, Callable[[], list[Choice]]]] = {
        "o": ("what is still open, or was done", _states),
        "k": ("a kind of line", _kinds),
        "g": ("a goal", lambda: [_choice("goal:", each, place) for place, each in enumerate(what.goals)]),
        "t": ("a tag", lambda: [_choice("#", each, place) for place, each in enumerate(what.tags)]),
        "p": ("whose it is", lambda: [_owner(each, place) for place, each in enumerate(what.people)]),
        "a": ("an agenda", lambda: [_choice("agenda:", each.raw, place) for place, each in enumerate(what.agendas)]),
        "d": ("a time", lambda: _times(what.today)),
    }
    filled = {key: (label, make()) for key, (label, make) in groups.items()}
    first = [Choice(key, Content(label), key) for key, (label, choices) in filled.items() if choices]
    says = Content("What you choose is written into the line, where it can be typed as well.")
    group = await app.push_screen_wait(Ask(Content("Show only …"), says, first))
    if group is None:
        return None
    label, choices = filled[group]
    return await app.push_screen_wait(Ask(Content(f"Show only {label}"), Content("Written into the line:"), choices))


def with_filter(line: str, piece: str) -> str:
    """The line with a filter more; one of its kind gives way, and the same one once more is taken out."""
    left = line.strip()
    present = piece in left.split() or f" {piece} " in f" {left} "
    key = next((each for each in _ONE_OF if piece.startswith(each)), re.escape(piece) if present else "")
    if key:
        pattern = rf'(?<!\S){key}(?:"[^"]*"|\S+)' if key in _ONE_OF else rf"(?<!\S){key}(?!\S)"
        left = " ".join(re.sub(pattern, " ", left, flags=re.IGNORECASE).split())
    return left if present else f"{left} {piece} ".lstrip()


def _states() -> list[Choice]:
    words = {
        "is:open": "action items that wait to be done",
        "is:overdue": "those whose day has passed",
        "is:done": "those that are done",
        "is:dropped": "those that were dropped",
    }
    return [_shown(piece, Content(label), place) for place, (piece, label) in enumerate(words.items())]


def _kinds() -> list[Choice]:
    return [_shown(f"kind:{kind.value}", Content(kind.value), place) for place, kind in enumerate(Kind)]


def _times(today: date) -> list[Choice]:
    month = today.replace(day=1)
    last = (month - timedelta(1)).replace(day=1)
    words = {
        f"since:{month:%Y-%m}": "this month",
        f"since:{last:%Y-%m} before:{month:%Y-%m}": "last month",
        "since:13w": "the last three months",
        f"since:{today.year}": "this year",
        f"before:{today.year}": "earlier years",
    }
    return [_shown(piece, Content(label), place) for place, (piece, label) in enumerate(words.items())]


def _owner(name: UserText, place: int) -> Choice:
    return _shown(f"owner:{_quoted(name.raw)}", content(name, limit=_WORDS), place)


def _choice(key: str, value: str, place: int) -> Choice:
    return _shown(f"{key}{value if key == '#' else _quoted(value)}", content(UserText(value), limit=_WORDS), place)


def _shown(piece: str, label: Content, place: int) -> Choice:
    words = content(UserText(piece), MUTED, limit=_WORDS)
    return Choice(piece, Content.assemble(label, "  ", words), _KEYS[place : place + 1])


def _quoted(value: str) -> str:
    """A value as the line carries it; a quotation mark in it would end it, so that the longest part stands for all."""
    part = max(clean(value).split('"'), key=len).strip()
    return f'"{part}"' if " " in part else part
