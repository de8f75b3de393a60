"""Which keys a line has room for: they move together first, then some are left out whole; none is ever cut."""

from __future__ import annotations

from collections.abc import Sequence

_APART, _TOGETHER = 3, 2
"""Cells around a key and its words: a blank before, between and behind, or none before."""


def fitted(cells: Sequence[int], room: int, *, together: bool = False) -> tuple[bool, frozenset[int]]:
    """Whether the keys move together, and the places of those left out, of keys so many cells wide.

    The last one stays, as it leads to all others; before it the last ones go first.
    """
    if not together and sum(cells) + _APART * len(cells) <= room:
        return False, frozenset()
    left = room - sum(cells) - _TOGETHER * len(cells) + 1  # behind the last one none is needed
    out = []
    for place in range(len(cells) - 2, -1, -1):
        if left >= 0:
            break
        left += cells[place] + _TOGETHER
        out.append(place)
    return True, frozenset(out)
