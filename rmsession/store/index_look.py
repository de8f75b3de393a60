"""A look at every file, without opening it: what the index does not know yet, or no longer."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, Final

from rmsession.store.disk import shown
from rmsession.store.folder import DataFolder
from rmsession.store.names import id_in
from rmsession.store.shelves import Known
from rmsession.store.signature import NEVER, STAMP, Signature, stamps
from rmsession.store.walking import names_in

if TYPE_CHECKING:
    from rmsession.store.entries import Entry

_ENDING: Final = ".json"
"""Of a session's file."""


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
        from rmsession.store.entries import entry_of

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


def look(folder: DataFolder, known: Mapping[bytes, Known]) -> Look:
    """Compare the files with what they were known by when they were read, folder by folder.

    Raises:
        StoreError: a folder cannot be read.
    """
    walk = _Walk(folder, known)
    walk.into(str(folder.sessions))
    if walk.differs or walk.met.keys() != known.keys():
        _compare(walk)
    return walk.found


@dataclass(slots=True)
class _Walk:
    """One look under way; what it does for each file it does for thousands, so that it compares whole folders."""

    folder: DataFolder
    known: Mapping[bytes, Known]
    found: Look = field(default_factory=Look)
    met: dict[bytes, bytes] = field(default_factory=dict)
    """The names in each folder that has files of sessions, as a shelf has them."""
    stamps: dict[bytes, bytes] = field(default_factory=dict)
    """What those of a folder are known by, if all could be looked at."""
    differs: set[bytes] = field(default_factory=set)
    """The folders that are not as they were known."""

    def into(self, at: str) -> None:
        """Look at one folder and those in it."""
        names, folder = names_in(at), self.folder.key(at)
        known = self.known.get(folder)
        here = os.fsencode("\0".join(names))
        if not known or known.row.names != here:
            # What is known holds nothing else: where a folder is as it was, no name is looked at by itself.
            names = [name for name in names if name.endswith(_ENDING) or self._other(at, name)]
            here = os.fsencode("\0".join(names))
        if not names:
            return
        self.met[folder] = here
        stamps = _stamps_of(at, names)
        if stamps:
            self.stamps[folder] = stamps
        if not known or known.row.names != here or known.row.stamps != stamps:
            self.differs.add(folder)

    def _other(self, at: str, name: str) -> bool:
        """Look at what has not the ending of a session's file, and is none."""
        path = os.path.join(at, name)  # noqa: PTH118 - as below, for thousands
        if name.endswith(".draft"):
            self.found.drafts.append(Path(path).with_suffix(_ENDING))
        with suppress(OSError):  # it is gone
            if S_ISDIR(os.lstat(path).st_mode):
                self.into(path)
        return False

    def stamps_in(self, folder: bytes) -> Iterator[tuple[bytes, bytes]]:
        """What the index calls each file of a folder, and its stamp; that of no file where some have none."""
        stamps = self.stamps.get(folder)
        for place, name in enumerate(self.met[folder].split(b"\0")):
            yield folder + b"/" + name, stamps[place * STAMP : (place + 1) * STAMP] if stamps else NEVER


def _stamps_of(at: str, names: list[str]) -> bytes | None:
    """The stamps of the files of a folder; None where one could not be looked at."""
    with suppress(OSError):
        if os.stat not in os.supports_dir_fd:
            return stamps(os.stat(f"{at}{os.sep}{name}") for name in names)  # noqa: PTH116 - thousands
        folder = os.open(at, os.O_RDONLY)  # a third less than with each path in full
        try:
            return stamps([os.stat(name, dir_fd=folder) for name in names])
        finally:
            os.close(folder)
    return None


def _compare(walk: _Walk) -> None:
    """Find out which files of the folders that differ are not as they were known."""
    found, seen, there = walk.found, set[str](), set[bytes]()
    folders = _to_compare(walk)
    before = {key: stamp for folder in folders if folder in walk.known for key, stamp in walk.known[folder].stamps}
    now = {key: stamp for folder in folders for key, stamp in walk.stamps_in(folder)}
    for key in sorted(now, key=lambda key: os.fsdecode(key).split("/")):
        path = walk.folder.path(key)
        session = id_in(path.name.removesuffix(_ENDING))
        if session is None or session in seen:
            found.strays.append(stray_line(path, session))
            continue
        if now[key] == NEVER or now[key] != before.get(key):
            if (signature := _signature_there(path)) is None:
                continue  # removed while we looked
            if before.get(key) != signature.stamp:
                found.changed.append(Seen(path, key, session, signature))
        seen.add(session)
        there.add(key)
    gone = walk.known.keys() - walk.met.keys()
    found.gone = before.keys() | {key for folder in gone for key, _ in walk.known[folder].stamps}
    found.gone -= there


def _to_compare(walk: _Walk) -> Collection[bytes]:
    """The folders that differ; all of them where two files are of one session, for the first of them counts."""
    every: list[str] = []
    for folder, names in walk.met.items():
        known = walk.known.get(folder)
        if known and known.row.names == names:
            every += known.ids
        else:
            every += filter(None, (id_in(name.removesuffix(_ENDING)) for name in os.fsdecode(names).split("\0")))
    return walk.differs if len(set(every)) == len(every) else walk.met.keys()


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
