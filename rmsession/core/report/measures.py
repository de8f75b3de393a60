"""What the values of samples come to: shares, means, spreads and medians; what nobody said is in none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rmsession.core.feedback import Item
from rmsession.core.report.family import Measure
from rmsession.core.report.values import Count, Mean, Median, Pace, Recommend, Share, Shift, Spread

PROMOTER, DETRACTOR = 9, 6
"""From which score on somebody recommends it, and up to which one somebody warns of it."""


def total(values: Sequence[Any]) -> Count:
    """The sum of the numbers."""
    return Count(sum(values))


def different(values: Sequence[Any]) -> Count:
    """How many different values there are."""
    return Count(len(set(values)))


def share(test: Callable[[Any], bool] = bool) -> Measure:
    """Of how many it is so."""
    return lambda values: Share(sum(map(test, values)), len(values))


def top_two(item: Item) -> Measure:
    """How many gave one of the two highest answers."""
    return share(lambda score: score >= item.highest - 1)


def mean(item: Item) -> Measure:
    """The mean score on the item's scale."""
    return lambda values: Mean(average(values), len(values), item.lowest, item.highest)


def spread(item: Item) -> Measure:
    """How many gave each answer, in the item's own words."""
    named = all(item.label(score) for score in item.scores)
    words = [item.label(score) if named else str(score) for score in item.scores]
    return spread_of([(score, word) for score, word in zip(item.scores, words, strict=True)])


def spread_of(answers: Sequence[tuple[object, str]]) -> Measure:
    """How many there are of each value, in this order and under these names."""

    def counted(values: Sequence[Any]) -> Spread:
        counts = Counter(values)
        return Spread(tuple((word, counts[value]) for value, word in answers))

    return counted


def recommend(scores: Sequence[Any]) -> Recommend:
    """How many recommend it, and how many warn of it."""
    return Recommend(sum(each >= PROMOTER for each in scores), sum(each <= DETRACTOR for each in scores), len(scores))


def shift(lowest: int, highest: int) -> Measure:
    """The means of pairs of scores, before and now."""

    def shifted(values: Sequence[Any]) -> Shift:
        before, now = zip(*values, strict=True)
        return Shift(average(before), average(now), len(values), lowest, highest)

    return shifted


def median(unit: str) -> Measure:
    """The number in the middle."""
    return lambda values: Median(middle(values), len(values), unit)


def pace(times: Sequence[Any]) -> Pace:
    """The middle of the seconds planned, and of those taken."""
    planned, taken = zip(*times, strict=True)
    return Pace(middle(planned), middle(taken), len(times))


def average(numbers: Sequence[float]) -> float:
    """The mean of at least one number."""
    return sum(numbers) / len(numbers)


def middle(numbers: Iterable[float]) -> float:
    """The one in the middle of at least one, or what lies between the two there."""
    known = sorted(numbers)
    half = len(known) // 2
    return (known[half] + known[~half]) / 2
