"""What the program says: plain lines, harmless ones, that fit where they are shown."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from unicodedata import combining, east_asian_width

import click

from rmsession.core.text import clean

GAP = "  "
"""Between two columns."""


class Unsaid(click.ClickException):
    """The standard output takes no more: a full disk, as a rule."""


def say(text: str = "") -> None:
    """One line or several on the standard output. Raises `Unsaid`."""
    pour(f"{clean(text, lines=True)}\n")


def pour(text: str | bytes) -> None:
    """Exactly this on the standard output, at once. Raises `Unsaid`."""
    try:
        click.echo(text, nl=False)
    except OSError as wrong:
        raise Unsaid(f"the output could not be written ({wrong.strerror}): see to where it goes") from wrong


def complain(line: str) -> None:
    """One line on the standard error: what, where, what to do."""
    with suppress(OSError):  # the terminal went away: nobody is left to read it
        click.echo(f"rmsession: {clean(line)}", err=True)


def say_json(value: Mapping[str, Any]) -> None:
    """One object on one line; beyond ASCII escaped, so that a terminal shows it and obeys none of it."""
    pour(f"{json.dumps(value)}\n")


def width() -> int | None:
    """The columns of the terminal that reads the output; None for a file or a pipe, which takes any length."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def cells(text: str) -> int:
    """The columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in "WF") for sign in text)


def cut(text: str, columns: int) -> str:
    """The text within so many columns; a cut always shows as ``…``."""
    if cells(text) <= columns:
        return text
    while text and cells(text) >= columns:
        text = text[:-1]
    return f"{text.rstrip()}…"


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """The rows as lines with aligned columns; those whose numbers are in `right` are aligned right."""
    to_right = frozenset(right)
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    return [
        GAP.join(
            _padded(cell, columns, to_right=place in to_right)
            for place, (cell, columns) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _padded(cell: str, columns: int, *, to_right: bool) -> str:
    space = " " * (columns - cells(cell))
    return space + cell if to_right else cell + space
