"""How far a share of few may be off: Wilson's score interval (1927), which holds for small n and near 0 and 1."""

from __future__ import annotations

from math import sqrt
from typing import Final

_Z: Final = 1.959963984540054
"""The normal quantile that leaves 2.5 % on either side."""


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % interval of the share of which `k` of `n` were seen, both ends from 0 to 1.

    Raises:
        ValueError: there is no such count.
    """
    if not 0 <= k <= n or n == 0:
        raise ValueError(f"{k} of {n} is no count")
    share, weight = k / n, _Z * _Z / n
    middle = share + weight / 2
    reach = _Z * sqrt(share * (1 - share) / n + weight / (4 * n))
    # At 0 and n an end is 0 or 1 exactly, and rounding would leave it a hair off.
    low = 0.0 if k == 0 else (middle - reach) / (1 + weight)
    high = 1.0 if k == n else (middle + reach) / (1 + weight)
    return low, high
