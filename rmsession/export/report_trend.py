"""How a figure went from one session to the next, as an inline drawing with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from rmsession.core.report.values import Cell, Hidden, Mean, Missing, Share, Value
from rmsession.core.report.wilson import wilson
from rmsession.export.figure_words import ENOUGH, MISSING, said, score
from rmsession.export.report_strokes import Drawing, Size, line, point, svg, upright, words

_SIZE: Final = Size(480, 200, "trend")
_HEAD, _FOOT, _LEFT = 44, 30, 56
"""What is kept free for the words above, below and before the lines."""
_LEAST: Final = 2
"""Of fewer numbers there is no course."""
_PART = (0, 100)
"""The scale of a share."""
_STEPS: Final = 5
_LETTER: Final = 9
"""How wide a letter is."""
_LINE: Final = 18
"""How high one is, with what is left between two lines."""


def trend(cells: Sequence[Cell], at: Drawing) -> str:
    """A line from part to part; what is hidden or missing is a gap in it.

    Nothing where fewer than two parts have a number, or where they are on several scales.
    """
    scales = {scale for each in cells if (scale := _scale(each.value))}
    if len(scales) != 1 or sum(_scale(each.value) is not None for each in cells) < _LEAST:
        return ""
    described = "; ".join(f"{each.label}: {said(each.value)}" for each in cells)
    return svg(at, described, [*_levels(*scales.pop()), *_course(cells)], _SIZE)


def _scale(value: Value) -> tuple[int, int] | None:
    """The ends of its scale; None for what is no point of one."""
    match value:
        case Share():
            return _PART
        case Mean(_, _, lowest, highest) if lowest < highest:
            return lowest, highest
        case _:
            return None


def _levels(lowest: int, highest: int) -> Iterator[str]:
    part = (lowest, highest) == _PART
    for step in range(lowest, highest + 1, 25 if part else max((highest - lowest) // _STEPS, 1)):
        down = _down((step - lowest) / (highest - lowest))
        yield line("level", _LEFT, down, _SIZE.wide - 8, down)
        yield words("tick", _LEFT - 8, down + 5, f"{step} %" if part else f"{step}".replace("-", "−"), "end")


def _down(part: float) -> float:
    return _HEAD + (_SIZE.high - _HEAD - _FOOT) * (1 - part)


def _course(cells: Sequence[Cell]) -> Iterator[str]:
    room = (_SIZE.wide - _LEFT - 8) / len(cells)
    found = [(_LEFT + room * (number + 0.5), _point(each.value)) for number, each in enumerate(cells)]
    for (left, one), (right, other) in pairwise(found):
        if one is not None and other is not None:
            yield line("slope", left, one, right, other)
    numbers = [_number(each.value) for each in cells]
    # Where they have no room beside each other every other one stands a line higher.
    higher = _LINE if max(map(len, numbers)) * _LETTER > room else 0
    for odd, ((place, down), each, number) in enumerate(zip(found, cells, numbers, strict=True)):
        yield from _interval(each.value, place)
        if down is not None:
            yield point("point", place, down)
        else:
            yield upright("tick", place + 5, _down(0.5), _gap(each.value))
        yield words("number", place, _HEAD - 12 - higher * (odd % 2), number)
        yield words("tick", place, _SIZE.high - 8, _short(each.label, room))


def _point(value: Value) -> float | None:
    match value:
        case Share(k, n):
            return _down(k / n)
        case Mean(mean, _, lowest, highest) if lowest < highest:
            return _down((mean - lowest) / (highest - lowest))
        case _:
            return None


def _gap(value: Value) -> str:
    """What stands where there is no point."""
    return "hidden" if isinstance(value, Hidden) else MISSING if isinstance(value, Missing) else ""


def _number(value: Value) -> str:
    """What stands above the point."""
    match value:
        case Share(k, n):
            return f"{k:,}/{n:,}"
        case Mean(mean, _, lowest, _):
            return score(mean, lowest)
        case _:
            return ""


def _interval(value: Value, place: float) -> Iterator[str]:
    if isinstance(value, Share) and value.n < ENOUGH:
        low, high = map(_down, wilson(value.k, value.n))
        yield line("whisker", place, low, place, high)
        yield from (line("whisker", place - 4, end, place + 4, end) for end in (low, high))


def _short(label: str, room: float) -> str:
    """A label that fits where it stands: of ``session 12`` the number is enough where there is room for no more."""
    most = int(room / _LETTER)
    if len(label) <= most:
        return label
    return label.rpartition(" ")[2] if label[-1:].isdigit() else f"{label[: max(most - 1, 1)]}…"
