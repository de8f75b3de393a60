"""Making a backup: everything in the data folder that cannot be made anew, in one archive that was read back."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from rmsession.core.store_errors import Damaged, NewerFormat, NotKept, StoreError
from rmsession.store.archive import FILE_LIMIT, FORMAT, MANIFEST, Entry, Manifest, fits, opened
from rmsession.store.disk import Disk, make_lasting, not_kept, remove_file, shown
from rmsession.store.drafts import draft_path
from rmsession.store.folder import DataFolder, session_in
from rmsession.store.known import programme_in
from rmsession.store.names import id_in
from rmsession.store.seal import read_bytes, unseal
from rmsession.store.session_file import record_in
from rmsession.store.snapshots import find_good_copy

_PLAIN: Final = ("config.toml", "device")


@dataclass(slots=True)
class Backup:
    """What a backup came to."""

    path: Path
    size: int = 0
    sessions: int = 0
    drafts: int = 0
    damaged: list[str] = field(default_factory=list)
    """One line for each file that went in as it is, but is no good."""
    left_out: list[str] = field(default_factory=list)
    """One line for each file that could not go in."""


def back_up(
    folder: DataFolder, target: Path, disk: Disk, *, made: datetime, program: str, agendas: Sequence[Path] = ()
) -> Backup:
    """Write everything into one archive, read it back, and only then give it its name.

    `agendas` are the person's own agenda files. What lies at `target` is replaced. Each file is read at one moment,
    so a session that runs meanwhile is in it as it stood then.

    Raises:
        NotKept: the disk refused, or gave back something else than was written. What lay at `target` is as it was.
        StoreError: the folder cannot be read.
    """
    told = Backup(target)
    # Visible, unlike a name with a dot: should the program be killed, whoever looks finds what it left.
    beside = target.with_name(f"{target.name}.part")
    try:
        entries = _write(beside, disk, _files(folder, agendas, told), made, program)
        _verify(beside, entries)
        told.size = beside.stat().st_size
        disk.replace(beside, target)
    except OSError as error:
        raise not_kept(target, error) from error
    finally:
        with suppress(NotKept):
            remove_file(disk, beside)
    make_lasting(disk, target)
    return told


def _files(folder: DataFolder, agendas: Sequence[Path], told: Backup) -> Iterator[tuple[Entry, bytes]]:
    """Each file that goes in, read once, with what is wrong with it."""
    for entry in folder.files():
        path, session = Path(entry.path), session_in(entry)
        damaged = False
        for name, data, damage in _read(_name(folder, path), path, told):
            told.sessions += 1
            damaged = bool(damage)
            yield _entry(name, data, damage), data
        for name, data, damage in _read(_name(folder, draft_path(path)), draft_path(path), told):
            told.drafts += 1
            yield _entry(name, data, damage), data
        if session and damaged and (good := find_good_copy(folder, session)):
            for name, data, damage in _read(_name(folder, good), good, told):
                yield _entry(name, data, damage), data
    for name, path in _others(folder, agendas):
        for each, data, damage in _read(name, path, told):
            yield _entry(each, data, damage), data


def _others(folder: DataFolder, agendas: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """What goes in besides sessions, each under its name in the archive."""
    for path in (folder.programme, *(folder.root / name for name in _PLAIN)):
        yield _name(folder, path), path
    for path in agendas:
        yield f"agendas/{path.name}", path
    try:
        marks = sorted(folder.erased.iterdir())
    except FileNotFoundError:
        return  # nothing was erased yet
    for path in marks:
        yield _name(folder, path), path


def _read(name: str, path: Path, told: Backup) -> Iterator[tuple[str, bytes, str]]:
    """A file with what is wrong with it; nothing for one that is not there or cannot go in."""
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        return  # deleted, or a draft that became a fact, since the folder was listed
    except StoreError as error:
        told.left_out.append(str(error))
        return
    if not fits(name) or len(data) > FILE_LIMIT:
        why = f"is larger than {FILE_LIMIT >> 20} MB" if fits(name) else "has not a name that goes into a backup"
        told.left_out.append(f"{shown(path)} {why}. Keep a copy of it yourself")
        return
    damage = _damage(path, data)
    if damage:
        told.damaged.append(damage)
    yield name, data, damage


def _entry(name: str, data: bytes, damage: str) -> Entry:
    return Entry(name, len(data), sha256(data).hexdigest(), damage)


def _name(folder: DataFolder, path: Path) -> str:
    return os.fsdecode(folder.key(path))


def _damage(path: Path, data: bytes) -> str:
    """Why a file of the store cannot be read; empty for a whole one."""
    try:
        match path.suffix:
            case ".json" if id_in(path.stem):
                record_in(unseal(data, path).tables, path)
            case ".json":
                programme_in(unseal(data, path).tables, path)
            case _:
                pass  # a draft that cannot be read is none, and the rest is the person's own
    except (Damaged, NewerFormat) as error:
        return str(error)
    return ""


def _write(
    beside: Path, disk: Disk, files: Iterable[tuple[Entry, bytes]], made: datetime, program: str
) -> dict[str, str]:
    """Write the archive; the checksum of each file in it, the manifest's too."""
    remove_file(disk, beside)
    entries: list[Entry] = []
    descriptor = disk.create(beside)
    try:
        with zipfile.ZipFile(_Stream(disk, descriptor), "w") as held:
            for entry, data in files:
                held.writestr(_info(entry.name, made), data)
                entries.append(entry)
            manifest = Manifest(FORMAT, program, made, tuple(entries)).spelled()
            held.writestr(_info(MANIFEST, made), manifest)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    return {entry.name: entry.sha256 for entry in entries} | {MANIFEST: sha256(manifest).hexdigest()}


def _info(name: str, made: datetime) -> zipfile.ZipInfo:
    sayable = made.year in range(1980, 2108)  # zip knows no other years, whatever the clock says
    info = zipfile.ZipInfo(name, made.timetuple()[:6]) if sayable else zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o100600 << 16  # whoever unpacks it by hand gets files for their own eyes
    return info


def _verify(beside: Path, written: dict[str, str]) -> None:
    """Insist that the archive gives back, byte for byte, what was read from the folder.

    As the bytes are the same, a file that could be read in the folder can be read in the archive.
    """
    _forget_cache(beside)
    try:
        with opened(beside) as archive:
            back = {name: entry.sha256 for name, entry in archive.entries.items()}
            back[MANIFEST] = sha256(archive.manifest.spelled()).hexdigest()
    except StoreError:
        back = {}
    if back != written:
        raise NotKept(
            f"Not kept: what the disk gave back at {shown(beside.parent)} is not the backup that was written, so there "
            "is none. Check the disk, or name another"
        )


def _forget_cache(path: Path) -> None:
    """Have the file read from the disk, not from memory, as far as the system can be asked."""
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


class _Stream(io.RawIOBase):
    """An open file to which every byte goes through the disk."""

    def __init__(self, disk: Disk, descriptor: int) -> None:
        super().__init__()
        self._disk = disk
        self._descriptor = descriptor

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """All of it."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._disk.write(self._descriptor, rest) :]
        return len(data)
