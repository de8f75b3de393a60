"""What of a text a query found: where to highlight it, and the part of a long text worth showing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, takewhile
from typing import Final, NamedTuple
from unicodedata import combining, east_asian_width

from rmsession.core.folding import fold_sign, placed, words_placed
from rmsession.core.query import Query, Term
from rmsession.core.text import UserText, clean

Span = tuple[int, int]
"""From the first place to the one behind the last."""
CUT: Final = "…"
"""Stands where something was left out."""
_LEAD: Final = 3
"""The part of a line, one in so many, that shows what stands before the first match."""


class Piece(NamedTuple):
    """A part of a line, either found or around what was found."""

    text: UserText
    marked: bool = False


def marks(query: Query, text: str) -> tuple[Span, ...]:
    """Where in a text, as it was written, stand the words that the query looks for; apart and in order."""
    plain, places = placed(text)
    words = list(words_placed(plain))
    found = [span for term in query.terms if not term.negated for span in _spans(term, plain, words)]
    apart: list[Span] = []
    for start, end in sorted((places[low], places[high - 1] + 1) for low, high in found):
        behind = end
        while behind < len(text) and not fold_sign(text[behind]):  # an accent of its own belongs to its letter
            behind += 1
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(apart[-1][1], behind)
        else:
            apart.append((start, behind))
    return tuple(apart)


def snippet(query: Query, text: UserText, columns: int) -> tuple[Piece, ...]:
    """So much of a text as fits in so many columns, around the first match; what is left out shows as ``…``."""
    if columns <= 0 or not text.raw:
        return ()
    spans = marks(query, text.raw)
    start, end = _window(text.raw, spans[0] if spans else (0, 0), columns)
    pieces = [Piece(UserText(CUT))] if start else []
    at = start
    for low, high in spans:
        low, high = max(low, start), min(high, end)  # noqa: PLW2901 - the part of it that shows
        if low < high:
            pieces += [Piece(UserText(text.raw[at:low]))] if at < low else []
            pieces.append(Piece(UserText(text.raw[low:high]), marked=True))
            at = high
    pieces += [Piece(UserText(text.raw[at:end]))] if at < end else []
    return (*pieces, Piece(UserText(CUT))) if end < len(text.raw) else tuple(pieces)


def _spans(term: Term, plain: str, words: list[tuple[str, int, int]]) -> Iterator[Span]:
    """Where a term stands in a folded text."""
    if term.has_signs:
        at = plain.find(term.literal)
        while at >= 0:
            yield at, at + len(term.literal)
            at = plain.find(term.literal, at + len(term.literal))
        return
    *front, last = term.tokens
    size = len(term.tokens)
    for place in range(len(words) - size + 1):
        word, start, end = words[place + size - 1]
        if (word.startswith(last) if term.prefix else word == last) and all(
            words[place + step][0] == each for step, each in enumerate(front)
        ):
            yield words[place][1], start + len(last) if term.prefix else end


def _window(raw: str, first: Span, columns: int) -> Span:
    """Which part of a text shows, so that the first match is in it and, where there is room, what stands before."""
    end = _reach(raw, 0, columns)
    if end == len(raw):
        return 0, end
    if columns <= _LEAD or _reach(raw, 0, columns - 1) >= first[1]:
        return 0, _reach(raw, 0, columns - 1)
    start = _back(raw, first[0], columns // _LEAD)
    end = _reach(raw, start, columns - 1)
    if end == len(raw):
        return _back(raw, end, columns - 1), end
    return start, _reach(raw, start, columns - 2)


def _reach(raw: str, start: int, columns: int) -> int:
    """How far a text goes from there in so many columns."""
    if _is_plain(raw):
        return min(start + max(columns, 0), len(raw))
    taken = accumulate(_cells(raw[place]) for place in range(start, len(raw)))
    return start + sum(1 for _ in takewhile(lambda width: width <= columns, taken))


def _back(raw: str, end: int, columns: int) -> int:
    """Where to begin so that what ends there takes at most so many columns, at a word's beginning if there is one."""
    if _is_plain(raw):
        start = max(end - max(columns, 0), 0)
    else:
        taken = accumulate(_cells(raw[place]) for place in range(end - 1, -1, -1))
        start = end - sum(1 for _ in takewhile(lambda width: width <= columns, taken))
    if start == 0 or raw[start - 1].isspace():
        return start
    return next((place for place in range(start, end) if raw[place - 1].isspace()), start)


def _is_plain(raw: str) -> bool:
    """Whether each sign takes one column, as in most texts: a list that follows the keys measures dozens for each."""
    return raw.isascii() and raw.isprintable()


def _cells(sign: str) -> int:
    """The columns that one sign takes once it is made harmless."""
    return sum(0 if combining(each) else 1 + (east_asian_width(each) in "WF") for each in clean(sign))
