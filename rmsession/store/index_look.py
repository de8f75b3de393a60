"""A look at every file, without opening it: what the index does not know yet, or no longer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from rmsession.store.disk import shown
from rmsession.store.folder import DataFolder, session_in
from rmsession.store.rows import Entry, entry_of
from rmsession.store.storage import Signature


@dataclass(frozen=True, slots=True)
class Seen:
    """One session's file as it lay there."""

    file: Path
    key: bytes
    """What the index calls it."""
    session: str
    signature: Signature

    def read(self) -> Entry | None:
        """What it says; None when it was removed meanwhile."""
        return entry_of(self.file, self.key, self.session, self.signature)


@dataclass(slots=True)
class Look:
    """What one look at the folder found."""

    changed: list[Seen] = field(default_factory=list)
    """Files to be read."""
    gone: set[bytes] = field(default_factory=set)
    """What the index calls files that are no longer there."""
    strays: list[str] = field(default_factory=list)
    """One line for each file that is left out for its name."""


def look(folder: DataFolder, known: Mapping[bytes, str]) -> Look:
    """Compare the files with the signatures under which they were read.

    Raises:
        StoreError: a folder cannot be read.
    """
    found = Look()
    seen: set[str] = set()
    there: set[bytes] = set()
    for entry in folder.files():
        session = session_in(entry)
        if session is None or session in seen:
            found.strays.append(stray_line(Path(entry.path), session))
            continue
        key = folder.key(entry.path)
        try:
            signature = signature_of(entry)
        except FileNotFoundError:  # removed while we looked
            continue
        seen.add(session)
        there.add(key)
        if known.get(key) != str(signature):
            found.changed.append(Seen(Path(entry.path), key, session, signature))
    found.gone = known.keys() - there
    return found


def signature_of(entry: os.DirEntry[str] | Path) -> Signature:
    """By what a file is known; of a link that leads nowhere its own, so that it is named and not passed over.

    Raises:
        FileNotFoundError: it is gone.
    """
    for follow in (True, False):
        with suppress(OSError):
            return Signature.of(entry.stat(follow_symlinks=follow))
    if not os.path.lexists(entry):
        raise FileNotFoundError(entry)
    return Signature(0, 0, 0, 0)  # its folder may not be entered


def stray_line(path: Path, session: str | None) -> str:
    """What is said of a file that is left out for its name."""
    if session is None:
        return (
            f"{shown(path)} has not the name of a session's file and is left out. Rename it as it was, or move it away"
        )
    return f"{shown(path)} is a second copy of session {session} and is left out. Move one of the two away"
