"""Figures as inline drawings, each with its words: bars with their interval, points on a scale, slopes, stacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rmsession.core.report.values import Count, Mean, Pace, Recommend, Share, Shift, Spread, Value
from rmsession.core.report.wilson import wilson
from rmsession.export.figure_words import ENOUGH, said, score
from rmsession.export.report_strokes import Drawing, Size, box, line, point, svg, words

_ROW: Final = Size(200, 28, "row")
"""Of what stands beside a figure's words."""
_SLOPE: Final = Size(200, 56, "row")
_STACK: Final = Size(480, 32, "stack")
_EDGE: Final = 8
"""So far from either side a drawing begins, for a point at the end of a scale has a width too."""
_BAR: Final = 12
_SHOWN: Final = 24
"""A part of a stack so wide has its number in it."""
_SHADES: Final = 5
"""So many colours the style has for the points of a scale, ``p1`` the lowest."""


def row(value: Value, at: Drawing) -> str:  # noqa: PLR0911 - one for each kind of value
    """The drawing that stands beside a figure's words; nothing where one would say nothing."""
    match value:
        case Count(k, int(of)) if of > 0 and k <= of:
            return svg(at, said(value), _track(k / of), _ROW)
        case Share(k, n):
            return svg(at, said(value), [*_track(k / n), *_interval(k, n)], _ROW)
        case Mean(mean, _, lowest, highest):
            here = point("point", _across(mean, lowest, highest), _ROW.high / 2)
            return svg(at, said(value), [*_scale(lowest, highest), here], _ROW)
        case Shift():
            return svg(at, said(value), _slope(value), _SLOPE)
        case Pace(planned, taken, _) if planned or taken:
            return svg(at, said(value), _pace(planned, taken), _ROW)
        case Recommend(promoters, detractors, n):
            counts = (detractors, n - promoters - detractors, promoters)
            return svg(at, said(value), _stacked(counts, _ROW), _ROW)
        case _:
            return ""


def stack(value: Spread, at: Drawing) -> str:
    """All answers as one bar, from the lowest to the highest."""
    return svg(at, said(value), _stacked([count for _, count in value.counts], _STACK), _STACK)


def shades(many: int) -> list[str]:
    """The name of the colour of each of so many points of a scale."""
    return [f"p{1 + round((_SHADES - 1) * place / max(many - 1, 1))}" for place in range(many)]


def _across(number: float, lowest: float, highest: float) -> float:
    part = (number - lowest) / (highest - lowest) if highest > lowest else 0.0
    return _EDGE + (_ROW.wide - 2 * _EDGE) * min(max(part, 0.0), 1.0)


def _track(part: float) -> list[str]:
    top, whole = (_ROW.high - _BAR) / 2, _ROW.wide - 2 * _EDGE
    return [box("track", _EDGE, top, whole, _BAR), box("part", _EDGE, top, _across(part, 0, 1) - _EDGE, _BAR)]


def _interval(k: int, n: int) -> Iterator[str]:
    """Where the share lies with 95 %: a line with an end on either side; none where the words have none."""
    if n < ENOUGH:
        low, high = (_across(each, 0, 1) for each in wilson(k, n))
        middle = _ROW.high / 2
        for style in ("halo", "whisker"):
            yield line(style, low, middle, high, middle)
            yield from (line(style, end, middle - 5, end, middle + 5) for end in (low, high))


def _scale(lowest: int, highest: int) -> Iterator[str]:
    middle = _ROW.high / 2
    yield line("axis", _EDGE, middle, _ROW.wide - _EDGE, middle)
    for step in range(lowest, highest + 1):
        place = _across(step, lowest, highest)
        yield line("axis", place, middle - 4, place, middle + 4)


def _slope(shift: Shift) -> Iterator[str]:
    """A line from what it was to what it is, between two equal scales that stand upright."""
    high, left, right = _SLOPE.high, _SLOPE.wide * 0.3, _SLOPE.wide * 0.7
    ends = (shift.before, shift.now)
    downs = [high - _across(each, shift.lowest, shift.highest) * high / _ROW.wide for each in ends]
    yield from (line("axis", place, 2, place, high - 2) for place in (left, right))
    yield line("slope", left, downs[0], right, downs[1])
    yield point("before", left, downs[0])
    yield point("point", right, downs[1])
    yield words("side", left - 12, downs[0] + 5, score(shift.before, shift.lowest), "end")
    yield words("side", right + 12, downs[1] + 5, score(shift.now, shift.lowest), "start")


def _pace(planned: float, taken: float) -> list[str]:
    """Two bars from one beginning, the upper one what was planned."""
    most = max(planned, taken)
    ends = [_across(each, 0, most) - _EDGE for each in (planned, taken)]
    return [box("planned", _EDGE, 4, ends[0], 8), box("part", _EDGE, 16, ends[1], 8)]


def _stacked(counts: Sequence[int], size: Size) -> Iterator[str]:
    left, total = float(_EDGE), max(sum(counts), 1)
    for count, style in zip(counts, shades(len(counts)), strict=True):
        wide = (size.wide - 2 * _EDGE) * count / total
        if count:
            yield box(f"piece {style}", left, 3, wide, size.high - 6)
        if wide >= _SHOWN:
            yield words(f"on-{style}", left + wide / 2, size.high / 2 + 5, f"{count:,}")
        left += wide
