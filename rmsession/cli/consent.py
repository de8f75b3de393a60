"""What every command asks before a file leaves: that nothing is written over, and a yes of whoever sits here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from rmsession.cli.ground import Refused
from rmsession.core.text import clean


def insist_free(paths: Iterable[Path | None], *, force: bool) -> None:
    """Refuse before anybody reads what leaves and says yes to it. Raises `Refused`."""
    for path in paths:
        # Not Path's own: it raises for what no file can be called.
        if path and not force and os.path.lexists(path):
            raise Refused(f"{clean(str(path))} is there already: name another place, or write over it with --force")


def agreed(question: str = "Write it?", *, to_stderr: bool) -> bool:
    """Whether somebody here says yes. Raises `click.UsageError` where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise click.UsageError("There is nobody here to ask: say --yes to write it.")
    return click.confirm(question, err=to_stderr)


def write_out(text: str, path: Path, *, force: bool) -> None:
    """Write what was agreed to, and see that it reads back. Raises `Refused`."""
    from rmsession.export.files import NotWritten  # noqa: PLC0415 - most of what asks writes nothing in the end
    from rmsession.export.share_out import write  # noqa: PLC0415 - as above

    try:
        write(text, path, force=force)
    except NotWritten as wrong:
        raise Refused(str(wrong)) from wrong


def complain_plainly(text: str = "") -> None:
    """Lines on the standard error, where the standard output is taken."""
    click.echo(clean(text, lines=True), err=True)
