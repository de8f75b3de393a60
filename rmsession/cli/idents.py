"""Session ids as people type them: the shortest prefix that means one session."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from os.path import commonprefix
from typing import TYPE_CHECKING

from rmsession.cli.ground import Ground
from rmsession.core.store_errors import StoreError

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

LEAST = 4
"""Fewer characters look like a number, and would soon mean two sessions."""
_BEGINNING = itemgetter(slice(LEAST))


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


def complete_id(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For a shell: every session whose id begins so, with its day and title."""
    # Only here: nobody but a shell asks.
    from click.shell_completion import CompletionItem

    ground = ctx.ensure_object(Ground)
    ground.settle(ctx.find_root().params.get("home"))
    try:
        kept = ground.store().history()
    except StoreError:
        return []  # a shell in the middle of a line is no place for a message
    short = shortest(each.id for each in kept)
    return [
        CompletionItem(short[each.id], help=f"{each.created:%Y-%m-%d} {each.title.line}")
        for each in kept
        if each.id.startswith(incomplete)
    ]
