"""Ids as people type them: the shortest beginning that means one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from os.path import commonprefix
from typing import Final

LEAST: Final = 4
"""Fewer characters look like a number, and would soon mean two sessions."""
_BEGINNING: Final = itemgetter(slice(LEAST))


def shortest(ids: Iterable[str]) -> dict[str, str]:
    """For each id, its shortest prefix that no other has, of at least `LEAST` characters."""
    every = set(ids)
    beginnings = Counter(map(_BEGINNING, every))
    short = {each: each[:LEAST] for each in every}
    # Of thousands few begin alike, and in sorted order the one that shares most with another stands beside it.
    alike = sorted(each for each, beginning in short.items() if beginnings[beginning] > 1)
    shared = [0, *(len(commonprefix(pair)) for pair in pairwise(alike)), 0]  # noqa: RUF071 - these are no paths
    for place, each in enumerate(alike):
        short[each] = each[: max(LEAST, 1 + max(shared[place : place + 2]))]
    return short
