"""Figures as small bars of signs, for lines of text; the words beside them say the same, exactly."""

from __future__ import annotations

from typing import Final

from rmsession.core.report.values import Count, Mean, Pace, Recommend, Share, Shift, Value

_FULL: Final = "█"
_REST: Final = "·"
NOW: Final = "●"
BEFORE: Final = "○"
"""The signs of a score that is, and of one that was."""
_WORST, _BEST = -100, 100
"""The ends of the recommend score."""


def drawn(value: Value, columns: int) -> str:  # noqa: PLR0911 - one for each kind of value
    """The value as a bar of so many columns; nothing where a picture would say nothing, or too much.

    A share fills the bar. A score is a point on its scale, for it is no part of anything.
    """
    match value:
        case Count(k, int(of)) if of > 0 and k <= of:
            return bar(k, of, columns)
        case Share(k, n):
            return bar(k, n, columns)
        case Mean(mean, _, lowest, highest):
            return _points({_place(mean, lowest, highest, columns): NOW}, columns)
        case Shift(before, now, _, lowest, highest):
            places = [_place(each, lowest, highest, columns) for each in (before, now)]
            return _points({places[0]: BEFORE} | {places[1]: NOW}, columns)
        case Pace(planned, taken, _) if (most := max(planned, taken)) > 0:
            places = [min(int(columns * each / most), columns - 1) for each in (planned, taken)]
            return _points({places[0]: BEFORE} | {places[1]: NOW}, columns)
        case Recommend():
            return _points({_place(value.score, _WORST, _BEST, columns): NOW}, columns)
        case _:
            return ""


def bar(k: int, n: int, columns: int) -> str:
    """A bar filled for `k` of `n`; what is not none never looks empty, and what is not all never full."""
    filled = round(columns * k / n) if n else 0
    if 0 < k < n:
        filled = min(max(filled, 1), columns - 1)
    return _FULL * filled + _REST * (columns - filled)


def _place(number: float, lowest: int, highest: int, columns: int) -> int:
    part = (number - lowest) / (highest - lowest) if highest > lowest else 0.0
    return min(max(round(part * (columns - 1)), 0), columns - 1)


def _points(points: dict[int, str], columns: int) -> str:
    return "".join(points.get(place, _REST) for place in range(columns))
