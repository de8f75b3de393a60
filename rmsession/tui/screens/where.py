"""Where a file is to go: a path as somebody types it, and the question before one is written over."""

from __future__ import annotations

import os
from pathlib import Path

from textual.content import Content

from rmsession.export.files import place
from rmsession.tui.screens.dialogs import Ask, Choice
from rmsession.tui.text import error


def here() -> Path:
    """The folder that the program runs in; the home folder where that one is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def looked_up(wanted: str, name: str) -> tuple[Path, bool]:
    """The path in full, in a folder with this name of its own, and whether there is something.

    It asks the disk: not on the event loop.
    """
    path = here() / place(wanted, name)
    # Not Path's own: it raises for what no file can be called, and a paste can be anything.
    return path, os.path.lexists(path)


def over(path: Path) -> Ask:
    """The question whether a file gives way."""
    says = error(f"{path} is there already.")
    choices = [Choice("no", Content("Another name"), "n"), Choice("yes", Content("Write over it"), "w")]
    return Ask(Content("Write over that file?"), says, choices)
