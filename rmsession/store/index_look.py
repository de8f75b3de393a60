"""A look at every file, without opening it: what the index does not know yet, or no longer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmsession.store.disk import shown
from rmsession.store.folder import DataFolder
from rmsession.store.names import id_in
from rmsession.store.signature import Signature
from rmsession.store.walking import entries_of

if TYPE_CHECKING:
    from rmsession.store.entries import Entry

_ID: Final = slice(-len("01234567-89ab-cdef-0123-456789abcdef.json"), -len(".json"))
"""Where a session's id stands in the name of its file."""
_UNSEEN: Final = "?"
"""Stands for the signature of what could not be looked at, and is nobody's."""


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
    drafts: list[Path] = field(default_factory=list)
    """The session's file beside each draft, be it there or not."""


def look(folder: DataFolder, known: Mapping[bytes, str]) -> Look:
    """Compare the files with the signatures under which they were read.

    Raises:
        StoreError: a folder cannot be read.
    """
    walk = _Walk(folder)
    walk.into(str(folder.sessions))
    found = walk.found
    if walk.met != known:
        _compare(walk, known)
    return found


@dataclass(slots=True)
class _Walk:
    """One look under way; what it does for each file it does for thousands, so that it compares all of them at once."""

    folder: DataFolder
    found: Look = field(default_factory=Look)
    met: dict[bytes, str] = field(default_factory=dict)
    """What the index calls each file, in order of path, and its signature."""

    def into(self, at: str) -> None:
        """Look at one folder and those in it, in order of path."""
        entries = entries_of(at)
        keys = os.fsencode("\0".join([entry.name for entry in entries])).split(b"\0")
        prefix = self.folder.key(at) + b"/"
        met = self.met
        for entry, key in zip(entries, keys, strict=False):  # an empty folder has the key b"" and no entry
            if not key.endswith(b".json"):
                self._other(entry)
                continue
            try:
                seen = entry.stat()
            except OSError:
                met[prefix + key] = _UNSEEN
            else:
                met[prefix + key] = f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"

    def _other(self, entry: os.DirEntry[str]) -> None:
        """Look at what has not the ending of a session's file."""
        if entry.name.endswith(".draft"):
            self.found.drafts.append(Path(entry.path).with_suffix(".json"))
        if entry.is_dir(follow_symlinks=False):
            self.into(entry.path)


def _compare(walk: _Walk, known: Mapping[bytes, str]) -> None:
    """Find out which files are not as they were known."""
    found, seen, there = walk.found, set[str](), set[bytes]()
    for key, now in walk.met.items():
        before = known.get(key)
        # Of a file that is known the name was read before.
        session = key[_ID].decode("ascii", "replace") if before is not None else id_in(_name(key))
        if session is None or session in seen:
            found.strays.append(stray_line(walk.folder.path(key), session))
            continue
        if now != before:
            path = walk.folder.path(key)
            if (signature := _signature_there(path)) is None:
                continue  # removed while we looked
            if before != str(signature):
                found.changed.append(Seen(path, key, session, signature))
        seen.add(session)
        there.add(key)
    found.gone = known.keys() - there


def _name(key: bytes) -> str:
    """A file's name without its ending."""
    return os.fsdecode(key[key.rfind(b"/") + 1 : -len(".json")])


def _signature_there(path: Path) -> Signature | None:
    try:
        return signature_of(path)
    except FileNotFoundError:
        return None


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
