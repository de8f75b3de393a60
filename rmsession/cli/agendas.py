"""Commands on agendas: check, new, agendas."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rmsession.cli.agenda_names import agenda_named
from rmsession.cli.ground import Exit, Ground, Refused, pass_ground
from rmsession.cli.talk import complain, say, say_json, table
from rmsession.closed import make_folder
from rmsession.core.agenda import Severity
from rmsession.core.text import clean
from rmsession.whole import write_whole

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# The reader is imported where an agenda is read: its Markdown parser takes longer to load than all commands.
# ruff: noqa: PLC0415

DEFAULT_TEMPLATE = "one-on-one"
"""The template of whoever names none."""


def complete_agenda(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For a shell: the names and the agenda files here that begin so; where there are none, what files it finds."""
    # Only here: nobody but a shell asks.
    from click.shell_completion import CompletionItem

    ground = ctx.ensure_object(Ground)
    ground.settle(ctx.find_root().params.get("home"))
    names = [name for name in _named(ground) if name.startswith(incomplete)]
    if not names:
        return [CompletionItem(incomplete, type="file")]
    # bash, told to look for files, forgets whatever else it was told: beside names, files are words like them.
    files = [path.name for path in _agendas_in(Path()) if path.name.startswith(incomplete)]
    # A name with a line end in it would be two words, and what it shows on the terminal is not for it to say.
    return [CompletionItem(word) for word in (*names, *files) if clean(word) == word]


@click.command(
    epilog="""\b
    Examples:
      rmsession check kick-off.md
      rmsession check agendas/*.md --json
    """
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=complete_agenda)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a file.")
@pass_ground
def check(ground: Ground, *, files: tuple[str, ...], as_json: bool) -> int:
    """Show how agendas are read.

    For each FILE: its topics and minutes, and what was taken for granted. Exits 3 when an agenda cannot be run;
    warnings are fine.
    """
    from rmsession.reader import report
    from rmsession.reader.agenda_reader import read_file
    from rmsession.reader.source import UnreadableAgenda

    code = Exit.OK
    for file in files:
        try:
            reading = read_file(agenda_named(file, ground))
        except UnreadableAgenda as wrong:
            complain(str(wrong))
            if as_json:
                say_json(_unreadable(file, str(wrong)))
            code = Exit.NOTHING
            continue
        if as_json:
            say_json(report.as_json(reading, file))
        else:
            for line in report.as_lines(reading, clean(file)):
                say(line)
        code = Exit.NOTHING if report.has_errors(reading) else code
    return code


@click.command(
    epilog="""\b
    Examples:
      rmsession new                          a plain one-on-one, among your own agendas
      rmsession new monday.md
      rmsession new kick-off.md --template 01-kick-off
    """
)
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(dir_okay=False))
@click.option(
    "--template",
    metavar="NAME",
    default=DEFAULT_TEMPLATE,
    show_default=True,
    help="What to begin with: a name that `rmsession agendas` lists.",
    shell_complete=complete_agenda,
)
@pass_ground
def new(ground: Ground, *, file: str | None, template: str) -> None:
    """Write a new agenda and open your editor.

    The editor is $VISUAL or $EDITOR. Without FILE the agenda goes among your own agendas. A file that is there is
    never written over.
    """
    path = write_new(ground, file, template)
    say(clean(f"Wrote {path}; run it with: rmsession run {shlex.quote(str(path))}"))
    if sys.stdin.isatty() and sys.stdout.isatty():
        edit(path, ground)


@click.command(
    epilog="""\b
    Examples:
      rmsession agendas
      rmsession run 01-kick-off
    """
)
@pass_ground
def agendas(ground: Ground) -> None:
    """List bundled agendas and your own."""
    from rmsession.reader.agenda_reader import read_file
    from rmsession.reader.source import UnreadableAgenda

    rows = []
    for name, path in _named(ground).items():
        try:
            agenda = read_file(path).agenda
        except UnreadableAgenda as wrong:
            complain(str(wrong))
            continue
        rows.append((name, f"{agenda.total_minutes:g} min", agenda.title.line))
    for line in table(rows, right=(1,)):
        say(line)


def write_new(ground: Ground, file: str | None, template: str) -> Path:
    """Write an agenda like the template: into `file`, or among the person's own agendas.

    Raises:
        Refused: there is a file already, or none can be written.
    """
    from rmsession.reader.library import path_of
    from rmsession.reader.source import UnreadableAgenda, load

    try:
        model = agenda_named(template, ground)
        text = load(model).text
    except UnreadableAgenda as wrong:
        raise click.UsageError(f"{wrong}; `rmsession agendas` lists names.") from wrong
    path = path_of(file).absolute() if file else _free(ground.settings.agendas, model.stem)
    try:
        if not file:
            make_folder(path.parent)
        # An agenda holds the mentor's private prompts.
        write_whole(path, text.encode("utf-8"))
    except FileExistsError:
        raise Refused(f"{path} is there already: name another file") from None
    except OSError as wrong:
        raise Refused(f"{path} was not written ({wrong.strerror}): see to its folder, or name another") from wrong
    return path


def _named(ground: Ground) -> dict[str, Path]:
    """Every agenda that has a name; an own one goes before a bundled one, as in `agenda_named`."""
    from rmsession.reader.library import bundled

    return {path.stem: path for path in (*bundled(), *_agendas_in(ground.settings.agendas))}


def _agendas_in(folder: Path) -> list[Path]:
    """The agenda files of a folder, by name; none where it is missing or cannot be read."""
    from rmsession.reader.library import SUFFIXES

    try:
        return [path for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES]
    except OSError:
        return []


def edit(path: Path, ground: Ground) -> None:
    """Open the person's editor, if one is set, and wait for it."""
    editor = ground.settings.editor or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        # Words, never a line for a shell; and none of blanks alone, which would run the agenda itself.
        command = shlex.split(editor or "")
        if not command:
            return
        done = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the person's own choice of words, no shell
    except (OSError, ValueError) as wrong:
        raise Refused(f"{editor} could not be started ({wrong}): set VISUAL or EDITOR. {path} is written") from wrong
    if done.returncode:
        raise Refused(f"{editor} ended with {done.returncode}; {path} is as it left it")


def _free(folder: Path, name: str) -> Path:
    """A path in the folder where nothing is yet."""
    tries = (folder / f"{name}{'' if number == 1 else f'-{number}'}.md" for number in count(1))
    return next(path for path in tries if not path.exists())


def _unreadable(file: str, why: str) -> dict[str, Any]:
    """What `check --json` says of a file that holds no agenda."""
    message, _, mend = why.rpartition(": ")
    problem = {"line": 0, "severity": Severity.ERROR.value, "code": "unreadable", "message": message, "mend": mend}
    return {
        "file": file,
        "title": None,
        "stated_minutes": None,
        "total_minutes": 0,
        "topics": [],
        "problems": [problem],
    }
