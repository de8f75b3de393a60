"""What samples come to: shares, means, spreads and medians; what nobody said is in none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rmsession.core.feedback import Item
from rmsession.core.report.family import Measure, Sample
from rmsession.core.report.values import Count, Mean, Median, Pace, Recommend, Share, Shift, Spread

PROMOTER, DETRACTOR = 9, 6
"""From which score on somebody recommends it, and up to which one somebody warns of it."""


def total(samples: Sequence[Sample]) -> Count:
    """The sum of the numbers."""
    return Count(sum(values(samples)))


def different(samples: Sequence[Sample]) -> Count:
    """How many different values there are."""
    return Count(len(set(values(samples))))


def share(test: Callable[[Any], bool] = bool) -> Measure:
    """Of how many it is so."""
    return lambda samples: Share(sum(test(value) for value in values(samples)), len(samples))


def top_two(item: Item) -> Measure:
    """How many gave one of the two highest answers."""
    return share(lambda score: score >= item.highest - 1)


def mean(item: Item) -> Measure:
    """The mean score on the item's scale."""
    return lambda samples: Mean(average(values(samples)), len(samples), item.lowest, item.highest)


def spread(item: Item) -> Measure:
    """How many gave each answer, in the item's own words."""
    words = [item.label(score) or str(score) for score in item.scores]
    return spread_of([(score, word) for score, word in zip(item.scores, words, strict=True)])


def spread_of(answers: Sequence[tuple[object, str]]) -> Measure:
    """How many there are of each value, in this order and under these names."""

    def counted(samples: Sequence[Sample]) -> Spread:
        counts = Counter(values(samples))
        return Spread(tuple((word, counts[value]) for value, word in answers))

    return counted


def recommend(samples: Sequence[Sample]) -> Recommend:
    """How many recommend it, and how many warn of it."""
    scores = list(values(samples))
    return Recommend(sum(each >= PROMOTER for each in scores), sum(each <= DETRACTOR for each in scores), len(scores))


def shift(lowest: int, highest: int) -> Measure:
    """The means of pairs of scores, before and now."""

    def shifted(samples: Sequence[Sample]) -> Shift:
        before, now = zip(*values(samples), strict=True)
        return Shift(average(before), average(now), len(samples), lowest, highest)

    return shifted


def median(unit: str) -> Measure:
    """The number in the middle."""
    return lambda samples: Median(middle(values(samples)), len(samples), unit)


def pace(samples: Sequence[Sample]) -> Pace:
    """The middle of the seconds planned, and of those taken."""
    planned, taken = zip(*values(samples), strict=True)
    return Pace(middle(planned), middle(taken), len(samples))


def values(samples: Iterable[Sample]) -> Iterable[Any]:
    """What the samples say; each family knows what its own hold."""
    return (sample.value for sample in samples)


def average(numbers: Iterable[float]) -> float:
    """The mean of at least one number."""
    known = list(numbers)
    return sum(known) / len(known)


def middle(numbers: Iterable[float]) -> float:
    """The one in the middle of at least one, or what lies between the two there."""
    known = sorted(numbers)
    half = len(known) // 2
    return (known[half] + known[~half]) / 2
