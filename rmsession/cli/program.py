"""The program as a command line: its commands, and what a word that is none of them means."""

from __future__ import annotations

import os
from typing import Any

import click

from rmsession import __version__
from rmsession.cli.actions import actions, done
from rmsession.cli.agendas import agendas, check, looks_like_path, new
from rmsession.cli.backup import backup, restore
from rmsession.cli.doctor import doctor
from rmsession.cli.ground import Ground
from rmsession.cli.next import next_date
from rmsession.cli.place import completion, paths
from rmsession.cli.running import open_home, run
from rmsession.cli.sessions import delete, export, list_sessions, show


class Program(click.Group):
    """Commands; a word that is none of them, but names an agenda, means ``run``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order in which they are used, and so added."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, its name, and what is left for it."""
        word = args[0]
        # Only a path or a file that is there: a mistyped command must not be taken for an agenda's name.
        there = looks_like_path(word) or os.path.exists(word)  # noqa: PTH110 - no word is too long for it
        is_file = there and word not in self.commands and not word.startswith("-")
        if is_file and not ctx.resilient_parsing:
            return "run", self.commands["run"], args
        return super().resolve_command(ctx, args)


@click.group(
    cls=Program,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND | FILE] [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
    Examples:
      rmsession                              the home screen
      rmsession kick-off.md                  run a session from an agenda
      rmsession run 01-kick-off              run one that comes with the program
      rmsession export 7c1e -o minutes.md    write the minutes of a session
      rmsession --home /media/stick list     sessions that lie elsewhere
    """,
)
@click.option(
    "--home",
    metavar="FOLDER",
    help="Where sessions lie; RMSESSION_HOME says the same. `rmsession paths` tells where that is now.",
)
@click.version_option(__version__, "-V", "--version", message="rmsession %(version)s")
@click.pass_context
def program(ctx: click.Context, home: str | None) -> Any:
    """Run one-on-one mentoring sessions from Markdown agendas, in the terminal.

    Without a command: the home screen. With a file: run a session from it.
    """
    ground = ctx.ensure_object(Ground)
    ground.settle(home)
    return open_home(ground) if ctx.invoked_subcommand is None else None


for command in (
    run,
    new,
    check,
    agendas,
    list_sessions,
    show,
    actions,
    done,
    next_date,
    export,
    backup,
    restore,
    doctor,
    delete,
    paths,
    completion,
):
    program.add_command(command)
