"""The language of search: any text is a query, and what it asks for is decided here, for the index and for a scan.

``words`` in any order, ``"a phrase"``, ``@owner`` or ``@"a name"``, ``#tag``, and ``kind: is: has: goal: agenda: topic:
with: before: since: on:`` with a value; ``beginn*`` for what begins so; a minus before any of them for what is not so.
What is not understood (``is:odd``, an unclosed quote) is searched for as text; `rmsession.core.query_misread` tells it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from rmsession.core.folding import folded, tokens
from rmsession.core.frozen import frozen
from rmsession.core.terms import Kind

PIECE: Final = re.compile(
    r"""(?P<not>-(?=[^\s-]))?(?:(?P<key>[a-z]+):(?=\S))?(?:(?P<sign>[@#]?)"(?P<quoted>[^"]*)(?:"|\Z)|(?P<bare>\S+))""",
    re.IGNORECASE,
)
"""One word, phrase or operator of a query."""
_MONTH: Final = r"([0-9]{4})(?:-([0-9]{1,2}))?"
_AGO: Final = r"([0-9]{1,5})([dw])"
_NAMED: Final = {"today": 0, "yesterday": 1}
_DECEMBER: Final = 12
STATES: Final = ("open", "done", "dropped", "split", "overdue", "private", "due")
"""What ``is:`` understands: of actions, but for ``private``; ``due`` is open with a date."""


@frozen
class Term:
    """A word or a phrase that must, or must not, be there."""

    literal: str
    """As typed, folded."""
    tokens: tuple[str, ...]
    """Its words, one behind the other; none when it is only signs."""
    prefix: bool = False
    """The last token may go on: the word is still being typed."""
    negated: bool = False

    @property
    def has_signs(self) -> bool:
        """Whether the tokens say less than what was typed: ``c++``, ``1:1``, ``don't``."""
        return not self.tokens or any(not sign.isalnum() and not sign.isspace() for sign in self.literal)


@frozen
class Query:
    """What is looked for; every part must hold, and of several kinds or states any one."""

    terms: tuple[Term, ...] = ()
    owners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    states: tuple[str, ...] = ()
    agendas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    since: date | None = None
    """The first day that counts."""
    before: date | None = None
    """The first day that no longer counts."""
    without: tuple[Query, ...] = ()
    """What may not hold, each asking one thing beside words; words that may not be there are among the terms."""

    def __bool__(self) -> bool:
        return self != Query()


def parse(text: str, today: date) -> Query:
    """What a text asks for; every text asks for something or for nothing, and none is wrong.

    The last word of all is taken as one under way: it finds what begins so.
    """
    query = Query()
    pieces = list(PIECE.finditer(text))
    for piece in pieces:
        last = piece is pieces[-1] and piece["quoted"] is None and not text[-1:].isspace()
        query = _with_piece(query, piece, today, prefix=last)
    return query


def whole(query: Query) -> Query:
    """The query with every word complete: what answers it says the last word itself, not one that begins so."""
    return replace(query, terms=tuple(replace(term, prefix=False) for term in query.terms))


def _with_piece(query: Query, piece: re.Match[str], today: date, *, prefix: bool) -> Query:
    negated = piece["not"] is not None
    typed = piece[0][negated:]
    if piece["quoted"] is None and typed.endswith("*") and tokens(typed):
        typed, prefix = typed.rstrip("*"), True
    filtered = _filtered(Query() if negated else query, piece, typed, today)
    if filtered:
        return replace(query, without=(*query.without, filtered)) if negated else filtered
    if piece["quoted"] is not None and not piece["key"]:
        typed = f"{piece['sign']}{piece['quoted']}" if piece["quoted"] else ""
    term = _term(typed, prefix=prefix, negated=negated)
    return replace(query, terms=(*query.terms, term)) if term else query


def _filtered(query: Query, piece: re.Match[str], typed: str, today: date) -> Query | None:
    """The query with what a piece asks for beside words; None where that is not understood, and so is text."""
    quoted, value = piece["quoted"], piece["quoted"] if piece["quoted"] is not None else piece["bare"]
    if piece["key"]:
        understand = FILTERS.get(piece["key"].lower())
        return understand(query, value, today) if understand else None
    understand = _SIGNS.get(typed[0] if quoted is None else piece["sign"])
    return understand(query, typed if quoted is None else value, today) if understand else None


def _term(typed: str, *, prefix: bool, negated: bool) -> Term | None:
    literal = folded(typed)
    # Behind a sign no word is under way: ``c++`` has the word c and no other.
    return Term(literal, tuple(tokens(typed)), prefix and literal[-1].isalnum(), negated) if literal else None


def _days(value: str, today: date) -> tuple[date, date] | None:
    """The first day of a time and the first one behind it: a year, a month, a day, or so many days or weeks ago."""
    try:
        if match := re.fullmatch(_MONTH, value):
            year, month = int(match[1]), int(match[2] or 1)
            behind = month - 1 + (1 if match[2] else _DECEMBER)
            return date(year, month, 1), date(year + behind // _DECEMBER, behind % _DECEMBER + 1, 1)
        if match := re.fullmatch(_AGO, value.lower()):
            day = today - timedelta(int(match[1]) * (7 if match[2] == "w" else 1))
        else:
            day = today - timedelta(_NAMED[value.lower()]) if value.lower() in _NAMED else date.fromisoformat(value)
        return day, day + timedelta(1)
    except (ValueError, OverflowError):  # no such month or day, or one that no calendar here holds
        return None


def _kind(query: Query, value: str, _: date) -> Query | None:
    known = next((kind for kind in Kind if value.lower() in (kind.value, f"{kind.value}s")), None)
    return replace(query, kinds=(*query.kinds, known)) if known else None


def _state(query: Query, value: str, _: date) -> Query | None:
    return replace(query, states=(*query.states, value.lower())) if value.lower() in STATES else None


def _owner(query: Query, value: str, _: date) -> Query | None:
    wanted = folded(value.lstrip("@"))
    return replace(query, owners=(*query.owners, wanted)) if wanted else None


def _tag(query: Query, value: str, _: date) -> Query | None:
    wanted = folded(value.lstrip("#"))
    return replace(query, tags=(*query.tags, wanted)) if wanted else None


def _part_of(name: str) -> Callable[[Query, str, date], Query | None]:
    def to(query: Query, value: str, _: date) -> Query | None:
        wanted: dict[str, Any] = {name: (*getattr(query, name), folded(value))}
        return replace(query, **wanted) if folded(value) else None

    return to


def _time(side: str) -> Callable[[Query, str, date], Query | None]:
    def to(query: Query, value: str, today: date) -> Query | None:
        span = _days(value, today)
        if span is None:
            return None
        since = span[0] if side in ("since", "on") else span[1] if side == "after" else None
        before = span[0] if side == "before" else span[1] if side == "on" else None
        return replace(
            query,
            since=max(filter(None, (query.since, since)), default=None),
            before=min(filter(None, (query.before, before)), default=None),
        )

    return to


FILTERS: Final[dict[str, Callable[[Query, str, date], Query | None]]] = {
    "kind": _kind,
    "is": _state,
    "has": lambda query, value, today: _state(query, value, today) or _kind(query, value, today),
    "owner": _owner,
    "tag": _tag,
    "goal": _part_of("goals"),
    "agenda": _part_of("agendas"),
    "topic": _part_of("topics"),
    "with": _part_of("people"),
    "pair": _part_of("people"),
} | {side: _time(side) for side in ("since", "after", "before", "on")}
"""What each operator makes of its value; None where that says nothing to it."""
_SIGNS: Final = {"@": _owner, "#": _tag}
