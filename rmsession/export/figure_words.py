"""How a figure is spelled, on every surface: with what it rests on, and never as a bare percentage."""

from __future__ import annotations

from math import floor
from typing import Final

from rmsession.core.report.family import LEAST_PEOPLE
from rmsession.core.report.values import (
    Count,
    Hidden,
    Mean,
    Median,
    Missing,
    Pace,
    Recommend,
    Share,
    Shift,
    Spread,
    Value,
)
from rmsession.core.report.wilson import wilson

HIDDEN: Final = f"hidden: tells of fewer than {LEAST_PEOPLE} people"
MISSING: Final = "nobody said"
ENOUGH: Final = 100
"""Of so many the percentage alone says how sure it is; of fewer the interval stands beside it."""
_ALL: Final = 100
_MINUTE: Final = 60
_FEW: Final = 10
"""Minutes."""


def said(value: Value) -> str:  # noqa: PLR0911 - one for each kind of value
    """A figure in words: ``11/12 (92 %, 95 % interval 65–99 %)``, ``4.2 of 5 (n = 12)``, ``nobody said``."""
    match value:
        case Count(k, None):
            return f"{k:,}"
        case Count(k, planned):
            return f"{k:,} of {planned:,} planned"
        case Share(k, n):
            return f"{k:,}/{n:,} ({', '.join(filter(None, (percent(k, n), interval(k, n))))})"
        case Mean(mean, n, lowest, highest):
            return f"{score(mean, lowest)}{_of(lowest, highest)} (n = {n:,})"
        case Median(median, n, unit):
            return f"{_amount(median)} {_unit(median, unit)} (median of {n:,})"
        case Spread():
            return _spread(value)
        case Shift(before, now, n, lowest, highest):
            shift = f"before {score(before, lowest)}, now {score(now, lowest)}"
            return f"{shift}{_of(lowest, highest)} (n = {n:,})"
        case Recommend(promoters, detractors, n):
            passive = n - promoters - detractors
            parts = f"{_many(promoters, 'promoter')}, {passive:,} passive, {_many(detractors, 'detractor')}"
            return f"score {_signed(value.score)}: {parts} (n = {n:,})"
        case Pace(planned, taken, n):
            return f"planned {minutes(planned)}, took {minutes(taken)} min (median of {n:,})"
        case Missing(why):
            return why or MISSING
        case Hidden():
            return HIDDEN


def percent(k: int, n: int) -> str:
    """The share without decimals: ``92 %``; what is not all never reads as all, and what is not none not as none."""
    whole = _rounded(k / n)
    if whole == _ALL and k < n:
        return f"over {_ALL - 1} %"
    return "under 1 %" if whole == 0 < k else f"{whole} %"


def per_cent(k: int, n: int) -> int:
    """The same as a number, for programs that draw it: 1 and 99 stand for what is under and over them."""
    whole = _rounded(k / n)
    return whole if k in (0, n) else min(max(whole, 1), _ALL - 1)


def interval(k: int, n: int) -> str:
    """How far off the share of few may be, as ``95 % interval 65–99 %``; nothing where there are a hundred or more."""
    if n >= ENOUGH:
        return ""
    low, high = bounds(k, n)
    return f"95 % interval {low}–{high} %"


def bounds(k: int, n: int) -> tuple[int, int]:
    """Both ends of the interval in whole per cent."""
    low, high = wilson(k, n)
    return _rounded(low), _rounded(high)


def score(number: float, lowest: int) -> str:
    """A score with one decimal: ``4.2``; with its sign where the scale goes below nought."""
    return _signed(number, ".1f") if lowest < 0 else f"{number:.1f}"


def _of(lowest: int, highest: int) -> str:
    """The scale that a score is of; of those that begin at 0 or 1 everybody knows where they do."""
    return f" of {highest}" if 0 <= lowest <= 1 else f" on {_signed(lowest)} to {_signed(highest)}"


def _spread(value: Spread) -> str:
    if value.n == 0:
        return MISSING
    return f"{', '.join(f'{answer}: {count:,}' for answer, count in value.counts)} (n = {value.n:,})"


def _rounded(part: float) -> int:
    return floor(100 * part + 0.5)


def _signed(number: float, form: str = "d") -> str:
    spelled = f"{number:{form}}".replace("-", "−")
    # What is rounded to nought has no side.
    plain = spelled.lstrip("−")
    return plain if not float(plain) else spelled if spelled != plain else f"+{plain}"


def _many(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else f'{one}s'}"


def _amount(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0").replace("-", "−")


def _unit(number: float, unit: str) -> str:
    return unit.removesuffix("s") if number == 1 else unit


def minutes(seconds: float) -> str:
    """Seconds in minutes; under ten of them a tenth matters."""
    number = seconds / _MINUTE
    return _amount(number) if round(number, 1) < _FEW else f"{floor(number + 0.5):,}"
