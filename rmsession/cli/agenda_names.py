"""What a word on the command line means as an agenda: a file, or one that has a name."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
from pathlib import Path

from rmsession.cli.ground import Ground


def looks_like_path(word: str) -> bool:
    """Whether a word is meant as a file, there or not, rather than as a name."""
    from rmsession.reader.library import SUFFIXES

    return not {"/", os.sep}.isdisjoint(word) or word.lower().endswith(SUFFIXES)


def agenda_named(word: str, ground: Ground) -> Path:
    """The file that a word means.

    Raises:
        UnreadableAgenda: there is no agenda of that name.
    """
    from rmsession.reader.library import find, path_of

    # A path that is mistyped must not turn into a bundled agenda that happens to be called the same.
    return path_of(word) if looks_like_path(word) else find(word, (ground.settings.agendas,))
