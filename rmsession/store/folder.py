"""The data folder: what lies where in it, made so that only its owner can read it."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rmsession.core.store_errors import NotKept, StoreError
from rmsession.store.disk import Disk, not_kept, replace_file, shown
from rmsession.store.names import id_in, id_said, new_id, no_session, stem_of
from rmsession.store.seal import read_bytes
from rmsession.store.walking import files_under

if TYPE_CHECKING:
    # A list reads the names of files and makes no record; where it looks, another process may have begun to.
    from rmsession.core.record import Record
    from rmsession.store.ahead import Ahead


class DataFolder:
    """One folder with everything: sessions, snapshots, locks, ``programme.json``, ``index.sqlite``, ``device``.

    Sessions lie at ``sessions/2026/11/2026-11-21-kick-off-<id>.json``, where people find them. Locks lie apart, so
    that the sessions' folders hold nothing but sessions and drafts.
    """

    def __init__(self, root: Path, disk: Disk) -> None:
        self.root = root
        self.sessions = root / "sessions"
        self.programme = root / "programme.json"
        self.index = root / "index.sqlite"
        self.snapshots = root / "snapshots"
        self.erased = root / "erased"
        self._locks = root / "locks"
        self._device = root / "device"
        self._disk = disk
        self._paths: dict[str, str] = {}
        self.ahead: Ahead | None = None
        """The first look at the files, where it was begun before this was made; nothing was written here since."""
        self._unsure: set[Path] = set()
        """Folders that may be there, but not lastingly."""

    def prepare(self) -> None:
        """Make what is missing; a folder that cannot be written to can still be read.

        Raises:
            StoreError: there is no such folder and it cannot be made.
        """
        try:
            self._adopt()
            for part in (self.sessions, self._locks):
                self.make(part)
            for part in (self.sessions, self._locks, self.snapshots, self.erased):
                self._close(part)
        except NotKept:
            if not _is_folder(self.sessions):
                raise

    def make(self, path: Path) -> None:
        """Make a folder and those above it that are missing, lastingly.

        Raises:
            NotKept: the disk refused.
        """
        while not _is_folder(path) and path != path.parent:  # a drive that is not there is its own parent
            self._unsure.add(path)
            path = path.parent
        for folder in sorted(self._unsure):
            try:
                with suppress(FileExistsError):  # another program, or an earlier try, was first
                    self._disk.make_folder(folder)
                self._disk.sync_folder(folder.parent)
            except OSError as error:
                raise not_kept(folder, error) from error
            self._unsure.discard(folder)

    def require(self) -> None:
        """Insist that the folder is there before anything is written: an unmounted drive must not be written under.

        Raises:
            NotKept: it is gone.
        """
        if not _is_folder(self.sessions):
            raise not_kept(self.root, OSError(errno.ENOENT, os.strerror(errno.ENOENT)))
        self.make(self._locks)

    def lock(self, name: str, kind: str = "lock") -> Path:
        """Where the lock of a session (or of another file) lies."""
        return self._locks / f"{name}.{kind}"

    def place_for(self, record: Record) -> Path:
        """Where a new record's file goes."""
        stem = stem_of(record)
        return self.sessions / stem[:4] / stem[5:7] / f"{stem}.json"

    def find(self, session: str) -> Path:
        """A session's file, found by its name alone; of several the first by path.

        Raises:
            NoSuchSession: there is none.
            StoreError: a folder cannot be read.
        """
        known = self._paths.get(session)
        if known is not None and _is_file(Path(known)):
            return Path(known)
        self._paths = self._by_id()
        if session not in self._paths:
            raise no_session(session)
        return Path(self._paths[session])

    def remember(self, session: str, path: Path) -> None:
        """Where a session was just put, so that nobody has to look for it."""
        self._paths[session] = os.fspath(path)

    def places(self, session: str) -> list[Path]:
        """Every file of a session: somebody may have copied one elsewhere in the folder."""
        return [Path(entry.path) for entry in self.files() if session_in(entry) == session]

    def copies(self) -> dict[str, Path]:
        """One file for each session, by id.

        Raises:
            StoreError: a folder cannot be read.
        """
        return {session: Path(path) for session, path in self._by_id().items()}

    def _by_id(self) -> dict[str, str]:
        """The same as text: of thousands only one is wanted as a path, and making those takes longer than the look."""
        paths: dict[str, str] = {}
        for entry in self.files():
            session = session_in(entry)
            if session is not None:
                paths.setdefault(session, entry.path)
        return paths

    def files(self) -> Iterator[os.DirEntry[str]]:
        """Every ``.json`` file under ``sessions``, in order of path.

        Raises:
            StoreError: a folder cannot be read.
        """
        yield from files_under(self.sessions, lambda name: name.endswith(".json"))

    def with_draft(self) -> Iterator[Path]:
        """The session's file beside each draft, be it there or not.

        Raises:
            StoreError: a folder cannot be read.
        """
        for entry in files_under(self.sessions, lambda name: name.endswith(".draft")):
            yield Path(entry.path).with_suffix(".json")

    def key(self, path: str | Path) -> bytes:
        """What the index calls a file of this folder, the same wherever the folder lies."""
        return os.fsencode(path)[len(os.fsencode(self.root)) + 1 :].replace(os.fsencode(os.sep), b"/")

    def path(self, key: bytes) -> Path:
        """The file that the index calls so."""
        return self.root / os.fsdecode(key)

    def device(self) -> str:
        """This folder's own id, made on first use; not kept where nothing can be written."""
        known = self._device_read()
        if known is None:
            # Only here: a folder in use has its id, and locks load 20 ms of modules.
            from rmsession.store.locks import writing

            with suppress(NotKept), writing(self.lock("device")):
                known = self._device_read() or self._new_device()
        return known or new_id()

    def _new_device(self) -> str:
        if os.path.lexists(self._device):
            # Only here: hardly any id is ever damaged.
            from rmsession.store import setaside

            setaside.move(self._device, self._disk)
        made = new_id()
        replace_file(self._disk, self._device, self._device.with_suffix(".tmp"), made.encode("ascii"))
        return made

    def _device_read(self) -> str | None:
        with suppress(StoreError, FileNotFoundError, ValueError):
            return id_said(read_bytes(self._device).decode("ascii"))
        return None

    def _close(self, part: Path) -> None:
        """Shut others out of a folder that came here with wider permissions, as from an archive."""
        with suppress(OSError):  # somebody else's, or a file system without permissions: it can be used all the same
            if part.stat().st_mode & 0o077:
                self._disk.restrict(part)

    def _adopt(self) -> None:
        if not _is_folder(self.root):
            self.make(self.root)
            return
        try:
            # An empty one was made for us beforehand. One that already holds other things keeps the permissions
            # that its owner gave it; the folders in it are closed all the same.
            if not any(self.root.iterdir()):
                self._disk.restrict(self.root)
        except OSError as error:
            raise not_kept(self.root, error) from error


def folder_named(where: str | Path, disk: Disk) -> DataFolder:
    """The data folder of that name, ready for use.

    Raises:
        StoreError: it cannot be used.
    """
    root = Path(where).expanduser().absolute()
    if _is_file(root):
        raise StoreError(f"{shown(root)} is a file, not a folder. Name another place for the data")
    folder = DataFolder(root, disk)
    folder.prepare()
    return folder


def session_in(entry: os.DirEntry[str]) -> str | None:
    """The id of the session that a file of this name holds, if it is a session's name."""
    return id_in(entry.name.removesuffix(".json"))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a folder above it may not be entered
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
