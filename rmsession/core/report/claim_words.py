"""The claims that a text makes: percentages beside counts, in figures or in words, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from typing import Final

from rmsession.core.frozen import frozen

_MOST_DIGITS: Final = 12
"""A count of more digits is none of people."""
_NAMED: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS: Final = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


class Bound(Enum):
    """How exactly a percentage is meant."""

    NONE = ""
    ABOUT = "about "
    OVER = "more than "
    LEAST = "at least "
    UNDER = "less than "
    MOST = "at most "

    @property
    def words(self) -> str:
        """As it stands before the percentage."""
        return self.value


@frozen
class Said:
    """One claim as it was understood."""

    n: int
    """Of how many."""
    percent: Fraction | None = None
    """None where only a count is claimed."""
    k: int | None = None
    """How many, where the claim names that too."""
    bound: Bound = Bound.NONE
    places: int = 0
    """Decimals with which the percentage is written."""

    @property
    def half_step(self) -> Fraction:
        """How far off a rounded percentage may be."""
        return Fraction(1, 2 * 10**self.places)

    @property
    def spelled(self) -> str:
        """The percentage as it was written."""
        return "" if self.percent is None else f"{float(self.percent):.{self.places}f}"


_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,{_MOST_DIGITS}}}|{'|'.join([*_NAMED, *_TENS])})"
_BOUNDS: Final = {
    "about": Bound.ABOUT, "around": Bound.ABOUT, "roughly": Bound.ABOUT, "nearly": Bound.ABOUT, "almost": Bound.ABOUT,
    "some": Bound.ABOUT, "approximately": Bound.ABOUT, "ca.": Bound.ABOUT, "~": Bound.ABOUT, "≈": Bound.ABOUT,
    "over": Bound.OVER, "more than": Bound.OVER, "above": Bound.OVER, ">": Bound.OVER,
    "at least": Bound.LEAST, "≥": Bound.LEAST, ">=": Bound.LEAST,
    "under": Bound.UNDER, "less than": Bound.UNDER, "fewer than": Bound.UNDER, "below": Bound.UNDER,
    "<": Bound.UNDER, "at most": Bound.MOST, "up to": Bound.MOST, "≤": Bound.MOST, "<=": Bound.MOST,
}  # fmt: skip
_BOUND = "|".join(re.escape(each) for each in sorted(_BOUNDS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"""(?:(?<!\w)(?P<bound>{_BOUND})\s*)?
           (?<![\w.,/])(?P<percent>\d{{1,6}}(?:[.,]\d{{1,6}})?|{"|".join([*_NAMED, *_TENS])})
           \s*(?:%|percent\b|per\s+cent\b|pct\b)
       | (?<![\w.,/%])(?P<k>{_NUMBER})(?:\s*/\s*|\s+(?:out\s+)?of\s+(?:(?:the|our|all|its|their)\s+)?)(?P<n>{_NUMBER})
           (?![\w/%]|[.,]\d|\s*(?:%|per\s?cent))
       | \bn\s*=\s*(?P<equal>{_NUMBER})(?![\w/%])
       | \bof\s+(?:(?:the|our|all|its|their|these|those|first)\s+)*(?P<of>{_NUMBER})
           (?![\w/%]|[.,]\d|\s*(?:%|per\s?cent))
       | (?P<end>[.;!?](?=\s|$)|\n)""",
    re.IGNORECASE | re.VERBOSE,
)


def claims_in(text: str) -> Iterator[Said]:
    """The claims of a text, sentence by sentence, in the order of their percentages."""
    waiting: list[Said] = []
    known: Said | None = None
    for token in _TOKEN.finditer(text):
        if token["percent"]:
            percent = _percent(token)
            if known:  # "11 of 12 (92 %)"
                yield _with(percent, known)
                known = None
            else:
                waiting.append(percent)
        elif token["end"]:
            if known:
                yield known
            waiting, known = [], None
        else:
            if known:
                yield known
            count = _count(token)
            known = None
            if waiting:  # "80 % and 97 % of 12", "92 % (11/12)"
                # A count with its own k is that of the percentage just before it, any other of all of them.
                mine = waiting[-1:] if count.k is not None else waiting
                yield from (_with(each, count) for each in mine)
                waiting = []
            elif count.k is not None or token["equal"]:
                known = count
    if known and known.k is not None:
        yield known


def _with(percent: Said, count: Said) -> Said:
    return Said(count.n, percent.percent, count.k, percent.bound, percent.places)


def _percent(token: re.Match[str]) -> Said:
    words = token["percent"].lower()
    whole, _, decimals = words.replace(",", ".").partition(".")
    number = Fraction(f"{whole}.{decimals or 0}") if whole.isdecimal() else Fraction(_number(whole))
    bound = _BOUNDS[" ".join(token["bound"].lower().split())] if token["bound"] else Bound.NONE
    return Said(0, number, None, bound, len(decimals))


def _count(token: re.Match[str]) -> Said:
    if token["n"]:
        return Said(_number(token["n"]), None, _number(token["k"]))
    return Said(_number(token["equal"] or token["of"]))


def _number(words: str) -> int:
    plain = words.lower().replace(",", "")
    if plain in _TENS:
        return _TENS[plain]
    return _NAMED.index(plain) if plain in _NAMED else int(plain)
