"""Every command that can be given, as the words that call it: of a group each of its own."""

from __future__ import annotations

import click

from rmsession.cli.program import program


def commands(group: click.Group = program, words: tuple[str, ...] = ()) -> dict[tuple[str, ...], click.Command]:
    """The commands by their words; a group by itself does nothing."""
    found: dict[tuple[str, ...], click.Command] = {}
    for name, each in group.commands.items():
        found |= commands(each, (*words, name)) if isinstance(each, click.Group) else {(*words, name): each}
    return found
