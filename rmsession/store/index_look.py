"""A look at every file, without opening it: what the index does not know yet, or no longer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmsession.store.disk import shown
from rmsession.store.folder import DataFolder, session_in
from rmsession.store.signature import Signature

if TYPE_CHECKING:
    from rmsession.store.entries import Entry

_ID: Final = slice(-len("01234567-89ab-cdef-0123-456789abcdef.json"), -len(".json"))
"""Where a session's id stands in the name of its file."""


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
        # Only here: what has not changed is not read.
        from rmsession.store.entries import entry_of  # noqa: PLC0415

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
    folder_of, prefix = "", b""
    for entry in folder.files():
        name = entry.name
        parent = entry.path[: -len(name)]
        if parent != folder_of:
            folder_of, prefix = parent, folder.key(parent)
        key = prefix + os.fsencode(name)
        before = known.get(key)
        # Of a file that is known the name was read before; what remains is done for thousands at every look.
        session = name[_ID] if before is not None else session_in(entry)
        if session is None or session in seen:
            found.strays.append(stray_line(Path(entry.path), session))
            continue
        try:
            signature = str(signature_of(entry)) if before is None else _spelled(entry)
        except FileNotFoundError:  # removed while we looked
            continue
        seen.add(session)
        there.add(key)
        if before != signature:
            with suppress(FileNotFoundError):
                found.changed.append(Seen(Path(entry.path), key, session, signature_of(entry)))
    found.gone = known.keys() - there
    return found


def _spelled(entry: os.DirEntry[str]) -> str:
    """A file's signature as the index spells it."""
    try:
        seen = entry.stat()
    except OSError:
        return str(signature_of(entry))
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"


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
