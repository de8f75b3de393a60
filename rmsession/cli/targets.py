"""Where a file goes that a command writes: a file, a folder, or one that is made, as a slash behind its name asks."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
from pathlib import Path

import click

from rmsession.cli.ground import Refused
from rmsession.core.text import clean

STDOUT = "-"
"""What means the standard output."""


def target(typed: str, name: str) -> Path:
    """The path that is meant; in a folder the file is called `name`. Raises `click.UsageError` for no name at all."""
    # Only here: no command that writes nothing needs it.
    from rmsession.export.files import place

    insist_named(typed)
    return place(typed, name)


def insist_named(typed: str) -> None:
    """Raise `click.UsageError` for a name without a letter, as an unset variable in a script gives it."""
    if not typed.strip():
        raise click.UsageError("Say where to: the name is empty. A file, a folder, or - for the standard output.")


def is_folder(typed: str) -> bool:
    """Whether it is a folder, or ends with a slash and so is to become one."""
    # Not Path's own: it raises for what no folder can be called, and drops the slash.
    return _with_slash(typed) or os.path.isdir(os.path.expanduser(typed))  # noqa: PTH111, PTH112


def make_asked(*typed: str | None) -> None:
    """Make the folders that a slash behind their names asks for. Raises `Refused`."""
    # Only here: most files go where a folder is already.
    from rmsession.closed import make_folder

    for each in filter(None, typed):
        if not _with_slash(each):
            continue
        path = os.path.expanduser(each)  # noqa: PTH111 - Path's own raises for a name that nobody has
        try:
            make_folder(Path(path))
        except OSError as wrong:
            raise Refused(f"{clean(path)} was not made ({wrong.strerror}): name another folder") from wrong
        except ValueError:  # a NUL or half a character pair
            raise Refused(f"{clean(path)} was not made (no folder can be called that): name another") from None


def _with_slash(typed: str) -> bool:
    return typed.endswith(os.sep) or bool(os.altsep and typed.endswith(os.altsep))
