"""What the program says: plain lines, harmless ones, that fit where they are shown."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice, repeat
from typing import Any, TextIO

from rmsession.core.columns import cells
from rmsession.core.text import clean

GAP = "  "
"""Between two columns."""
_AT_ONCE = 200
"""Lines of a long list that are made and written together."""
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

    @classmethod
    def by(cls, wrong: OSError) -> Unsaid:
        """Told of what the system said."""
        return cls(f"the output could not be written ({wrong.strerror}): see to where it goes")


def say(text: str = "") -> None:
    """One line or several on the standard output. Raises `Unsaid`."""
    if _is_clean(text):  # as nearly all is: thousands of lines at once
        pour(f"{text}\n")
        return
    # Line by line, for clean lines are the rule, and cleaning thousands of them as one text takes a tenth of a second.
    lines = [text] if "\r" in text else text.split("\n")
    pour("\n".join([*(clean(line, lines=True) for line in lines), ""]))


def tell(lines: Iterable[str], said: list[bytes] | None = None) -> None:
    """A list of lines on the standard output; `said` takes what went out, and nothing where not all goes out as it is.

    Raises:
        Unsaid: it takes no more.
    """
    # Some at a time, and each by itself: fresh memory for all of thousands takes longer than to make them, and one
    # sign beyond the rest would make a text of them four times as large.
    lines, as_bytes = iter(lines), _takes_utf8(sys.stdout)
    while some := list(islice(lines, _AT_ONCE)):
        try:
            data = b"\n".join([*map(str.encode, some), b""])
        except UnicodeEncodeError:  # a lone surrogate
            data = b""
        if as_bytes and data and _is_harmless(data):
            pour(data)
            if said is not None:
                said.append(data)
        else:
            say("\n".join(some))
            if said:
                said.clear()
            said = None


def _is_clean(text: str) -> bool:
    """Whether it is as `clean` leaves it."""
    return _is_harmless(text.encode("utf-8", "surrogatepass"))


def _is_harmless(data: bytes) -> bool:
    """The same of a text in UTF-8; in thousands of lines only the signs beyond ASCII are looked at by themselves."""
    return data.translate(None, _PLAIN).decode("utf-8", "surrogatepass").isprintable()


def _takes_utf8(stream: TextIO) -> bool:
    """Whether a text goes out there as UTF-8, with no line end changed."""
    return isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() == "utf-8" and os.linesep == "\n"


def pour(text: str | bytes) -> None:
    """Exactly this on the standard output, at once. Raises `Unsaid`."""
    try:
        _write(text)
    except OSError as wrong:
        _let_go()
        raise Unsaid.by(wrong) from wrong


def _let_go() -> None:
    """Have what waits to be written go nowhere: Python would try again on its way out, and fail for a second time."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


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


def interrupted() -> None:
    """Say that somebody wanted no more."""
    if sys.stderr.isatty():
        sys.stderr.write("\n")  # behind the question, and the terminal's own ``^C``
    complain("interrupted")


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
    if not rows:
        return []
    *columns, last = zip(*rows, strict=True)
    return list(aligned(columns, last, right))


def aligned(
    columns: Sequence[Sequence[str]], last: Iterable[str], right: Iterable[int] = (), widest: int | None = None
) -> Iterator[str]:
    """The columns, which have a cell at least, as `table` says their rows; a cell beyond `widest` moves its line.

    Behind the last one stands nothing: the widths of thousands of texts are asked for nobody, and no line is made
    before its turn.
    """
    to_right = frozenset(right)
    even = [_padded(column, to_right=place in to_right, widest=widest) for place, column in enumerate(columns)]
    even.append(_padded(list(last), to_right=True) if len(columns) in to_right else iter(last))
    return map(str.rstrip, map(GAP.join, zip(*even, strict=True)))


def _padded(column: Sequence[str], *, to_right: bool, widest: int | None = None) -> Iterator[str]:
    """The cells of a column, each as wide as the widest, but for those that are wider than they may."""
    # What takes other than a column a sign is measured once: of thousands of cells few are so, or all are ASCII.
    odd = {cell for cell in column if not cell.isascii()}
    more = {cell: extra for cell in odd if (extra := cells(cell) - len(cell))}
    even = str.rjust if to_right else str.ljust
    if not more:
        return map(even, column, repeat(min(max(map(len, column)), widest or sys.maxsize)))
    most = min(max(len(cell) + more.get(cell, 0) for cell in column), widest or sys.maxsize)
    return map(even, column, [most - more.get(cell, 0) for cell in column])
