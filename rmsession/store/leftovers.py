"""What killed programs leave behind: each kind of file, and whose locks prove that nobody is writing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from rmsession import whole
from rmsession.core.frozen import frozen
from rmsession.core.store_errors import StoreError
from rmsession.store import drafts
from rmsession.store.disk import shown
from rmsession.store.folder import DataFolder
from rmsession.store.names import checked_id, id_in
from rmsession.store.walking import files_under


@frozen
class Leftover:
    """One file that a killed program may have left."""

    path: Path
    guards: tuple[Path, ...]
    """The locks of whoever would be writing it."""
    stale_lock: bool = False
    """Whether it is the lock, or the holder's name, of a session that is gone."""


def leftovers(folder: DataFolder, spared: Iterable[str] = ()) -> Iterator[Leftover]:
    """Everything of the kind, whether or not it is being written at this moment.

    Args:
        folder: The data folder.
        spared: Sessions whose leftovers may still be of use: damaged ones.

    Raises:
        StoreError: a folder cannot be read.
    """
    spared = frozenset(spared)
    for part in (folder.sessions, folder.snapshots):
        for entry in files_under(part, lambda name: name.endswith(".tmp")):
            session = id_in(entry.name.partition(".")[0])
            if session and session not in spared:
                yield Leftover(Path(entry.path), (folder.lock(session),))
    for name in ("programme.tmp", "programme.json.damaged.tmp"):
        yield from _there(folder.root / name, folder.lock("programme"))
    yield from _there(folder.root / "device.tmp", folder.lock("device"))
    yield from _of_files(folder)
    yield from _of_locks(folder)
    yield from _empty_drafts(folder)


def _of_files(folder: DataFolder) -> Iterator[Leftover]:
    for part in (folder.root, folder.root / "agendas"):
        with suppress(OSError):  # where nothing can be listed, nothing is said to be left
            for path in whole.leftovers(part):
                yield Leftover(path, ())


def _of_locks(folder: DataFolder) -> Iterator[Leftover]:
    known = folder.copies()
    for entry in files_under(folder.lock("x").parent, lambda _: True):
        session, _, kind = entry.name.partition(".")
        if not _is_id(session):
            continue
        guards = (folder.lock(session), folder.lock(session, "live"))
        if kind in ("who", "who.tmp"):
            yield Leftover(Path(entry.path), guards)
        elif kind in ("lock", "live") and session not in known:
            yield Leftover(Path(entry.path), guards, stale_lock=True)


def _empty_drafts(folder: DataFolder) -> Iterator[Leftover]:
    """Drafts of sessions that are gone, and hold nothing that anybody typed."""
    for session in folder.with_draft():
        ident = id_in(session.stem)
        draft = drafts.read(session)
        if ident and draft and not drafts.characters(draft) and not session.exists():
            yield Leftover(drafts.draft_path(session), (folder.lock(ident),))


def _there(path: Path, guard: Path) -> Iterator[Leftover]:
    if path.exists():
        yield Leftover(path, (guard,))


def _is_id(name: str) -> bool:
    try:
        return bool(checked_id(name))
    except StoreError:
        return False


def line_about(leftover: Leftover) -> str:
    """What it is, for people."""
    if leftover.stale_lock:
        return f"{shown(leftover.path)} is the lock of a session that is gone"
    return f"{shown(leftover.path)} was left by a program that was killed; nothing that was kept is in it alone"
