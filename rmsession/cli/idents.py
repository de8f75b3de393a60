"""What a shell is told of sessions' ids while one is typed."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from typing import TYPE_CHECKING

from rmsession.cli.ground import Ground
from rmsession.core.idents import shortest
from rmsession.core.store_errors import StoreError

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


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
