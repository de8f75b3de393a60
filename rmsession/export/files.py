"""Exports as files: named harmlessly, written whole, readable by their owner, never over another by accident."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Container
from pathlib import Path
from unicodedata import category, normalize

from rmsession.core.session import Session
from rmsession.core.text import clean
from rmsession.export.when import local
from rmsession.whole import write_whole

_LONGEST = 40
"""Characters of a title in a file name: with four bytes each, far from every file system's limit."""
_SHORT_ID = 8
_SLASHES = tuple(filter(None, (os.sep, os.altsep)))
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class NotWritten(Exception):
    """The file could not be written; the message is one line: what, where, how to mend it."""


def file_name(session: Session, suffix: str, taken: Container[str] = ()) -> str:
    """A name for an export: day, title in letters and digits, first part of the id; all of it where that is taken."""
    begun = local(session.started or session.record.created, session.record.zone)
    title = slug(session.record.agenda.title.line, "session")
    ident = "".join(re.findall(r"[A-Za-z0-9]", session.record.id))
    name = f"{begun:%Y-%m-%d}-{title}-{ident[:_SHORT_ID]}{suffix}"
    return f"{begun:%Y-%m-%d}-{title}-{ident}{suffix}" if name in taken else name


def slug(line: str, otherwise: str) -> str:
    """A text as a part of a file name; `otherwise` where no letter of it is left."""
    # Letters, digits and the marks that some scripts write upon them; so no dot, slash or sign can be left.
    # In one form: whether a file system takes two spellings of one letter for one name is its own affair.
    letters = normalize("NFC", line.lower())
    kept = (sign if category(sign)[0] in "LNM" else " " for sign in letters)
    return "-".join("".join(kept).split())[:_LONGEST].strip("-") or otherwise


def place(typed: str, name: str) -> Path:
    """The path that somebody means: a leading ``~`` is the home folder, and in a folder the file is called `name`.

    What ends with a slash is meant as a folder, whether it is there or not.
    """
    # Not Path's own: its `expanduser` raises for a ``~name`` that nobody has, its `is_dir` for a name that is too long.
    path = os.path.expanduser(typed)  # noqa: PTH111
    return Path(path, name) if path.endswith(_SLASHES) or os.path.isdir(path) else Path(path)  # noqa: PTH112


def save(text: str, path: Path, *, force: bool = False, swept: bool = False) -> None:
    """Write the text whole or not at all, with mode 0600.

    Args:
        text: What the file will say.
        path: Where; its folder must exist.
        force: Write over a file that is there; a link stays one, and the file that it leads to is written over.
        swept: This run has written into that folder before.

    Raises:
        NotWritten: the file is there, or the disk refused.
    """
    name, data = clean(os.fspath(path)), text.encode("utf-8", "replace")
    try:
        if not os.path.lexists(path):
            write_whole(path, data, swept=swept)
        elif force:
            _replace(Path(os.path.realpath(path)), data, name)
        else:
            raise FileExistsError  # noqa: TRY301 - told as the one that comes when it appears only now
    except FileExistsError:
        raise NotWritten(f"{name} is there already: name another file, or write over it with --force") from None
    except OSError as error:
        raise NotWritten(f"{name} was not written ({error.strerror}): see to the folder, or name another") from error
    except ValueError as error:  # a NUL or half a character pair
        raise NotWritten(f"{name} was not written (no file can be called that): name another") from error


def _replace(path: Path, text: bytes, name: str) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        # Where it leads to is not for this to make.
        raise NotWritten(f"{name} is a link to nothing: remove it, or name another file") from None
    if not stat.S_ISREG(mode):
        # A device or a folder must not give way to a file.
        raise NotWritten(f"{name} is no ordinary file: name another, or use -o - for the standard output")
    if not mode & _WRITABLE:
        raise NotWritten(f"{name} is read-only: name another file, or allow writing to it")
    write_whole(path, text, over=True)
