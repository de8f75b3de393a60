"""Which words of a query look like an operator and are searched for as text, and what could stand there instead."""

# ruff: noqa: PLC0415 - loaded where it is used: hardly any query has a word that is nearly an operator

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.query import FILTERS, PIECE, STATES, Query
from rmsession.core.terms import Kind
from rmsession.core.text import UserText

_LEAST_MISSPELLED: Final = 4
"""Letters of a word that is taken for a misspelled operator; shorter ones are near to too much."""
_NEAR: Final = 0.8
_KINDS: Final = tuple(kind.value for kind in Kind)
_LISTS: Final = {"kind": ("kinds", _KINDS), "is": ("states", STATES), "has": ("states and kinds", (*STATES, *_KINDS))}
_DAYS: Final = frozenset({"since", "after", "before", "on"})


@frozen
class Misread:
    """A word that may have been meant as an operator."""

    typed: UserText
    """As it was typed."""
    possible: str
    """What is understood there."""
    negated: bool
    """Whether lines with that text are left out."""


def misread(text: str, today: date) -> Iterator[Misread]:
    """Every word that looks like an operator and is not understood as one, in their order."""
    for piece in PIECE.finditer(text):
        key, value = (piece["key"] or "").lower(), piece["quoted"] if piece["quoted"] is not None else piece["bare"]
        if not key and value.endswith(":"):
            key, value = value[:-1].lower(), ""
        understand = FILTERS.get(key)
        if understand and not (value and understand(Query(), value, today)):
            yield Misread(UserText(piece[0]), _possible(key, today), piece["not"] is not None)
        elif key and value and not understand and (near := _near(key)):
            yield Misread(UserText(piece[0]), f"there is {near}:", piece["not"] is not None)


def _possible(key: str, today: date) -> str:
    if key in _DAYS:
        return f"days are {today}, {today:%Y-%m}, {today:%Y}, today, yesterday, or 3d and 2w for so long ago"
    if key in _LISTS:
        name, words = _LISTS[key]
        return f"{name} are {', '.join(words[:-1])} and {words[-1]}"
    return f"{key}: takes a name, right behind the colon"


def _near(key: str) -> str:
    """The operator that a word is hardly another one than; empty where there is none."""
    if len(key) < _LEAST_MISSPELLED:
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(key, FILTERS, 1, _NEAR)), "")
