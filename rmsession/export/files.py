"""Exports as files: named harmlessly, written whole, readable by their owner, never over another by accident."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from unicodedata import category

from rmsession.closed import closed, create
from rmsession.core.session import Session
from rmsession.export.when import local

_LONGEST = 40
"""Characters of a title in a file name: with four bytes each, far from every file system's limit."""
_SHORT_ID = 8


class NotWritten(Exception):
    """The file could not be written; the message is one line: what, where, how to mend it."""


def file_name(session: Session, suffix: str) -> str:
    """A name for an export: day, title in letters and digits, first part of the id."""
    begun = local(session.started or session.record.created, session.record.zone)
    # Letters, digits and the marks that some scripts write upon them; so no dot, slash or sign can be left.
    kept = (sign if category(sign)[0] in "LNM" else " " for sign in session.record.agenda.title.line.lower())
    title = "-".join("".join(kept).split())[:_LONGEST].strip("-") or "session"
    ident = "".join(re.findall(r"[A-Za-z0-9]", session.record.id))[:_SHORT_ID]
    return f"{begun:%Y-%m-%d}-{title}-{ident}{suffix}"


def save(text: str, path: Path, *, force: bool = False) -> None:
    """Write the text whole or not at all, with mode 0600.

    Args:
        text: What the file will say.
        path: Where; its folder must exist.
        force: Write over a file that is there.

    Raises:
        NotWritten: the file is there, or the disk refused.
    """
    try:
        if force and path.exists():
            _replace(path.resolve(), text)
        else:
            _create(path, text)
    except FileExistsError:
        raise NotWritten(f"{path} is there already: name another file, or write over it with --force") from None
    except OSError as error:
        raise NotWritten(f"{path} was not written ({error.strerror}): see to the folder, or name another") from error


def _create(path: Path, text: str) -> None:
    # O_EXCL: looking first and writing then would leave a gap in which somebody else's file is lost.
    handle = create(path)
    try:
        _write(handle, text)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _replace(path: Path, text: str) -> None:
    if not path.is_file():
        # A device or a folder must not give way to a file.
        raise NotWritten(f"{path} is no ordinary file: name another, or use -o - for the standard output")
    handle, beside = tempfile.mkstemp(prefix=".rmsession-", dir=path.parent)
    try:
        _write(handle, text)
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise


def _write(handle: int, text: str) -> None:
    with os.fdopen(closed(handle), "w", encoding="utf-8", errors="replace", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
