"""Everything that adding and subtracting can find out: exact linear algebra over what is shown."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations


def told_on(
    people: Mapping[Hashable, str], shown: Iterable[Collection[Hashable]], least: int
) -> tuple[str, ...] | None:
    """The fewest people, fewer than `least`, on whom some combination of the shown sums rests alone; None if none does.

    Args:
        people: whose each sample is.
        shown: the samples of each sum that is shown; any of them can be taken any number of times, or subtracted.
        least: how many people are enough.
    """
    sums = list({frozenset(each) for each in shown})
    weights = {sample: tuple(sample in each for each in sums) for sample in people}
    # Samples that are in the same sums weigh alike in every combination, so one stands for all.
    columns = sorted(set(weights.values()))
    whole = rank(columns)
    ranks: dict[frozenset[tuple[bool, ...]], int] = {}
    everybody = sorted(set(people.values()))
    for number in range(1, min(least, len(everybody) + 1)):
        for few in combinations(everybody, number):
            rest = frozenset(weights[sample] for sample, who in people.items() if who not in few)
            if rest not in ranks:
                ranks[rest] = rank(sorted(rest))
            # A combination that is nothing on all the others, but is something: then it is about these few.
            if ranks[rest] < whole:
                return few
    return None


def rank(rows: Sequence[Sequence[bool]]) -> int:
    """How many of the rows are independent, by exact elimination."""
    left = [[Fraction(each) for each in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        found += 1
        left.remove(pivot)
        left = [
            [value - row[column] / pivot[column] * base for value, base in zip(row, pivot, strict=True)]
            if row[column]
            else row
            for row in left
        ]
    return found
