"""A look at every file, without opening it: what the index does not know yet, or no longer."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

# Annotations are no texts here: to make a row of texts takes twice as long, at every start.

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rmsession.store.disk import shown
from rmsession.store.folder import DataFolder
from rmsession.store.names import id_in
from rmsession.store.shelves import Known
from rmsession.store.sighting import ENDING, Sight, mark, sight
from rmsession.store.signature import NEVER, STAMP, Signature

if TYPE_CHECKING:
    from rmsession.store.entries import Entry


class Seen(NamedTuple):
    """One session's file as it lay there."""

    file: Path
    key: bytes
    """What the index calls it."""
    session: str
    signature: Signature

    def read(self) -> "Entry | None":
        """What it says; None when it was removed meanwhile."""
        # Only here: what has not changed is not read.
        from rmsession.store.entries import entry_of

        return entry_of(self.file, self.key, self.session, self.signature)


class Look(NamedTuple):
    """What one look at the folder found."""

    changed: list[Seen]
    """Files to be read."""
    gone: set[bytes]
    """What the index calls files that are no longer there."""
    strays: list[str]
    """One line for each file that is left out for its name."""
    drafts: list[Path]
    """The session's file beside each draft, be it there or not."""


def look(folder: DataFolder, known: Mapping[bytes, Known]) -> Look:
    """Compare the files with what they were known by when they were read, folder by folder.

    Raises:
        StoreError: a folder cannot be read.
    """
    ahead, folder.ahead = folder.ahead, None
    glimpsed = ahead.glimpse(folder.root) if ahead else None
    if glimpsed and glimpsed.marks == {place: mark(each.row.names, each.row.stamps) for place, each in known.items()}:
        return Look([], set(), [], _beside(glimpsed.drafts))
    # That was of a moment before what is known was read: another program may have written both meanwhile.
    seen = sight(os.fspath(folder.root))
    return Look([], set(), [], _beside(seen.drafts)) if _is_as_known(seen, known) else _compared(folder, known, seen)


def _is_as_known(seen: Sight, known: Mapping[bytes, Known]) -> bool:
    return seen.names.keys() == known.keys() and not any(_differing(seen, known))


def _differing(seen: Sight, known: Mapping[bytes, Known]) -> Iterator[bytes]:
    """The folders that are not as they were known."""
    for place, names in seen.names.items():
        row = known[place].row if place in known else None
        if not row or row.names != names or row.stamps != seen.stamps.get(place):
            yield place


def _compared(folder: DataFolder, known: Mapping[bytes, Known], seen: Sight) -> Look:
    """Find out which files of the folders that differ are not as they were known."""
    changed: list[Seen] = []
    strays: list[str] = []
    sessions, there = set[str](), set[bytes]()
    places = _to_compare(known, seen)
    before = {key: stamp for place in places if place in known for key, stamp in known[place].stamps}
    now = {key: stamp for place in places for key, stamp in _stamps_in(seen, place)}
    for key in sorted(now, key=lambda key: os.fsdecode(key).split("/")):
        path = folder.path(key)
        session = id_in(path.name.removesuffix(ENDING))
        if session is None or session in sessions:
            strays.append(stray_line(path, session))
            continue
        if now[key] == NEVER or now[key] != before.get(key):
            if (signature := _signature_there(path)) is None:
                continue  # removed while we looked
            if before.get(key) != signature.stamp:
                changed.append(Seen(path, key, session, signature))
        sessions.add(session)
        there.add(key)
    gone = known.keys() - seen.names.keys()
    lost = before.keys() | {key for place in gone for key, _ in known[place].stamps}
    return Look(changed, lost - there, strays, _beside(seen.drafts))


def _stamps_in(seen: Sight, place: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What the index calls each file of a folder, and its stamp; that of no file where some have none."""
    stamps = seen.stamps.get(place)
    for number, name in enumerate(seen.names[place].split(b"\0")):
        yield place + b"/" + name, stamps[number * STAMP : (number + 1) * STAMP] if stamps else NEVER


def _to_compare(known: Mapping[bytes, Known], seen: Sight) -> Collection[bytes]:
    """The folders that differ; all of them where two files are of one session, for the first of them counts."""
    every: list[str] = []
    for place, names in seen.names.items():
        if place in known and known[place].row.names == names:
            every += known[place].ids
        else:
            every += filter(None, (id_in(name.removesuffix(ENDING)) for name in os.fsdecode(names).split("\0")))
    return list(_differing(seen, known)) if len(set(every)) == len(every) else seen.names.keys()


def _beside(drafts: list[str]) -> list[Path]:
    return [Path(draft).with_suffix(ENDING) for draft in drafts]


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
