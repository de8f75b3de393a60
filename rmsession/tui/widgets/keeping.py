"""The line that says where notes stay and who can read them."""

from __future__ import annotations

import shlex
from pathlib import Path

from textual.content import Content

from rmsession.core.text import clean
from rmsession.tui.widgets.flow import Flow

READERS = "only you can read them"
_LEAST = 12


def keeping(home: Path, *, rehearse: bool = False, demo: bool = False) -> Flow:
    """Where notes stay, at the right end of a line; the path gives way in its middle.

    Of a demo: that nothing is real, and how to ask about the same data from another terminal.
    """
    return Flow(lambda width: [_fitted(home, width, rehearse=rehearse, demo=demo)])


def place(home: Path) -> str:
    """A folder as people write it, with ``~`` for their own; harmless to show."""
    try:
        return clean(str(Path("~") / home.relative_to(Path.home())))
    except (ValueError, RuntimeError):
        return clean(str(home))


def _fitted(home: Path, width: int, *, rehearse: bool, demo: bool) -> Content:
    name = Content.styled("rmsession", "$text bold")
    if rehearse:
        line = Content.styled("rehearsal: nothing is kept", "$text-warning")
    elif demo:
        line = Content.styled(_made_up(home, width - name.cell_length - 2), "$text-warning")
    else:
        room = width - name.cell_length - 2
        head, tail = "notes stay in ", f" · {READERS}"
        line = Content(f"{head}{shortened_path(place(home), max(room - len(head) - len(tail), _LEAST))}{tail}")
    line = line.truncate(max(width - name.cell_length - 2, 0), ellipsis=True)
    return Content.assemble(name, " " * max(width - name.cell_length - line.cell_length, 0), line)


def _made_up(home: Path, room: int) -> str:
    """The longest way to say it that fits; a command with half of a path is none."""
    command = f"rmsession --home {shlex.quote(clean(str(home)))} report"
    said = (f"nothing here is real · in another terminal: {command}", f"made up · $ {command}", f"$ {command}")
    return next((line for line in said if len(line) <= room), "nothing here is real")


def shortened_path(path: str, limit: int) -> str:
    """The path within `limit` characters: its end tells most, so that an ``…`` stands for what comes before."""
    if len(path) <= limit:
        return path
    head = path[:2] if path.startswith("~") else ""
    return f"{head}…{path[len(head) + 1 + len(path) - limit :]}"
