"""How wide a text is in a terminal, and how it stands within so many columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from unicodedata import combining, east_asian_width

_NOT_ONE = "[^\x00-\u02ff\u2010-\u2027\u2030-\u205e]"
"""Signs that may take more columns than one, or none; few lines have any."""


@cache
def _not_one() -> Callable[[str], re.Match[str] | None]:
    # Compiled here: hardly any commands measure what is beyond ASCII.
    return re.compile(_NOT_ONE).search


def cells(text: str) -> int:
    """The columns that a text takes in a terminal; of joined signs rather more than it takes."""
    if text.isascii() or not _not_one()(text):
        return len(text)
    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in "WF") for sign in text)


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns, broken between words, and within those that are longer.

    At least one line, and at least two columns, for there are signs that take two.
    """
    lines, line = [], ""
    for word in _pieces(text, max(columns, 2)):
        longer = f"{line} {word}" if line else word
        if line and cells(longer) > columns:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def padded(text: str, columns: int) -> str:
    """The text with blanks behind it up to so many columns."""
    return text + " " * (columns - cells(text))


def _pieces(text: str, columns: int) -> Iterator[str]:
    """The words, those that are wider than the columns in pieces that are not."""
    for word in text.split():
        while cells(word) > columns:
            kept = _beginning(word, columns)
            yield word[:kept]
            word = word[kept:]  # noqa: PLW2901 - what is left of it
        yield word


def _beginning(word: str, columns: int) -> int:
    """How many signs of a word fit, at least one."""
    taken = 0
    for place, sign in enumerate(word):
        taken += cells(sign)
        if taken > columns:
            return max(place, 1)
    return len(word)
