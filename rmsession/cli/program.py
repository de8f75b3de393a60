"""The program as a command line: its commands, and what a word that is none of them means."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from importlib import import_module
from typing import Any, Final

import click

from rmsession import __version__
from rmsession.cli.ground import Exit, Ground
from rmsession.cli.talk import complain

_WHERE: Final = {
    "run": "running:run",
    "new": "agendas:new",
    "check": "agendas:check",
    "agendas": "agendas:agendas",
    "list": "sessions:list_sessions",
    "show": "sessions:show",
    "review": "review:review",
    "search": "search_command:search",
    "actions": "actions:actions",
    "done": "action_changes:done",
    "action": "action_changes:action",
    "next": "next:next_date",
    "export": "export:export",
    "share": "share:share",
    "import": "importing:import_",
    "pair": "pair:pair",
    "outcome": "outcome:outcome",
    "report": "report:report",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "doctor": "doctor:doctor",
    "demo": "demo:demo",
    "delete": "sessions:delete",
    "paths": "place:paths",
    "completion": "place:completion",
}
"""Each command's module under ``rmsession.cli`` and its name there, in the order in which they are used."""


class Commands(MutableMapping[str, click.Command]):
    """The commands by name; a command's module is loaded when it is asked for, for all of them take half a start."""

    def __init__(self, where: Mapping[str, str] = _WHERE) -> None:
        self._where = where
        self._loaded: dict[str, click.Command | None] = dict.fromkeys(where)

    def __getitem__(self, name: str) -> click.Command:
        known = self._loaded[name]
        if known is None:
            module, _, command = self._where[name].partition(":")
            known = getattr(import_module(f"rmsession.cli.{module}"), command)
            self[name] = known
        return known

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)


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
        is_command = word in self.commands or word.startswith("-")
        if not is_command and not ctx.resilient_parsing and _means_a_file(word):
            return "run", self.commands["run"], args
        return super().resolve_command(ctx, args)


@click.group(
    cls=Program,
    commands=Commands(),
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
    if ctx.invoked_subcommand is not None:
        return None
    # Only here, as every command's module.
    from rmsession.cli.opening import open_home

    return open_home(ground)


def do(arguments: Sequence[str], ground: Ground) -> int | None:
    """Do what a command line says; the exit code. Raises whatever a command does, `KeyboardInterrupt` too."""
    try:
        code = program.main(list(arguments), prog_name="rmsession", standalone_mode=False, obj=ground)
    except click.UsageError as wrong:
        command = wrong.ctx.command_path if wrong.ctx else "rmsession"
        complain(f"{wrong.format_message()} Try '{command} --help'.")
        return Exit.USAGE
    except click.ClickException as wrong:
        complain(wrong.format_message())
        return wrong.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else None


def _means_a_file(word: str) -> bool:
    """Whether it is a path or a file that is there: a mistyped command must not be taken for an agenda's name."""
    # Only here: a command's own name needs no look at what agendas are.
    from rmsession.cli.agenda_names import looks_like_path

    return looks_like_path(word) or os.path.exists(word)  # noqa: PTH110 - no word is too long for it
