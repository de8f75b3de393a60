"""What the program says: plain lines, harmless ones, that fit where they are shown."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from rmsession.core.columns import cells
from rmsession.core.text import clean

GAP = "  "
"""Between two columns."""
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
"""Signs that nothing obeys, and the end of a line."""


class Complaint(Exception):
    """Ends a command; the message is one line: what, where, what to do."""

    exit_code = 1
    """What the program's end then says to whoever called it."""

    def format_message(self) -> str:
        """The line."""
        return str(self)


class Unsaid(Complaint):
    """The standard output takes no more: a full disk, as a rule."""


def say(text: str = "") -> None:
    """One line or several on the standard output. Raises `Unsaid`."""
    if _is_clean(text):  # as nearly all is: thousands of lines at once
        pour(f"{text}\n")
        return
    # Line by line, for clean lines are the rule, and cleaning thousands of them as one text takes a tenth of a second.
    lines = [text] if "\r" in text else text.split("\n")
    pour("\n".join([*(clean(line, lines=True) for line in lines), ""]))


def _is_clean(text: str) -> bool:
    """Whether it is as `clean` leaves it; in thousands of lines only the signs beyond ASCII are looked at by itself."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return rest.decode("utf-8", "surrogatepass").isprintable()


def pour(text: str | bytes) -> None:
    """Exactly this on the standard output, at once. Raises `Unsaid`."""
    try:
        _write(text)
    except OSError as wrong:
        raise Unsaid(f"the output could not be written ({wrong.strerror}): see to where it goes") from wrong


def _write(text: str | bytes) -> None:
    # Not by click, which takes a third of a list's time to load.
    stream = sys.stdout
    if isinstance(text, bytes):
        stream.flush()
        stream.buffer.write(text)
    elif "\x1b" in text and not stream.isatty():
        stream.write(_uncoloured(text))
    else:
        stream.write(text)
    stream.flush()


def _uncoloured(text: str) -> str:
    # Only here: what is said holds such signs only where a terminal shows their colours.
    import click

    return click.unstyle(text)


def complain(line: str) -> None:
    """One line on the standard error: what, where, what to do."""
    with suppress(OSError):  # the terminal went away: nobody is left to read it
        sys.stderr.write(f"rmsession: {clean(line)}\n")
        sys.stderr.flush()


def say_json(value: Mapping[str, Any]) -> None:
    """One object on one line; beyond ASCII escaped, so that a terminal shows it and obeys none of it."""
    # Only here: what is said in plain words needs it not.
    import json

    pour(f"{json.dumps(value)}\n")


def width() -> int | None:
    """The columns of the terminal that reads the output; None for a file or a pipe, which takes any length."""
    if not sys.stdout.isatty():
        return None
    # Only here: a pipe is not measured, and what else it does loads every kind of archive.
    from shutil import get_terminal_size

    return get_terminal_size().columns


def cut(text: str, columns: int) -> str:
    """The text within so many columns; a cut always shows as ``…``."""
    if cells(text) <= columns:
        return text
    while text and cells(text) >= columns:
        text = text[:-1]
    return f"{text.rstrip()}…"


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """The rows as lines with aligned columns; those whose numbers are in `right` are aligned right."""
    return aligned(list(zip(*rows, strict=True)), right) if rows else []


def aligned(columns: Sequence[Sequence[str]], right: Iterable[int] = (), widest: int | None = None) -> list[str]:
    """The columns, which have a cell at least, as `table` says their rows; a cell beyond `widest` moves its line."""
    to_right = frozenset(right)
    *columns, last = columns
    even = [_padded(column, to_right=place in to_right, widest=widest) for place, column in enumerate(columns)]
    # Behind the last column stands nothing: the widths of thousands of texts are asked for nobody.
    even.append(_padded(last, to_right=True) if len(columns) in to_right else list(last))
    return [line.rstrip() for line in map(GAP.join, zip(*even, strict=True))]


def _padded(column: Sequence[str], *, to_right: bool, widest: int | None = None) -> list[str]:
    """The cells of a column, each as wide as the widest, but for those that are wider than they may."""
    if "".join(column).isascii():  # as most are: all of thousands at once
        most = min(max(map(len, column)), widest or sys.maxsize)
        return [cell.rjust(most) for cell in column] if to_right else [cell.ljust(most) for cell in column]
    taken = [len(cell) if cell.isascii() else cells(cell) for cell in column]
    most = min(max(taken), widest or sys.maxsize)
    spaces = [" " * (most - each) for each in taken]
    pairs = zip(spaces, column, strict=True) if to_right else zip(column, spaces, strict=True)
    return [before + behind for before, behind in pairs]
