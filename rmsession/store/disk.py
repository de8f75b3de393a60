"""Everything the store changes on a disk, one system call at a time, and what to say when the disk refuses.

`Disk` is the seam: nothing else in the store creates, writes, renames or removes a file (but SQLite, for the
derived index, and the locks). Tests make each of these calls fail in each possible way.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from rmsession.core.store_errors import NotKept
from rmsession.core.text import clean
from rmsession.lasting import sync_folder

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN: Final = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE: Final = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV, errno.ENXIO}


class Disk:
    """The calls that change what lies on the disk; everything made is for its owner's eyes only."""

    def make_folder(self, path: Path) -> None:
        """Make one folder, 0700 whatever the umask. Raises `FileExistsError` when there is something already."""
        path.mkdir(0o700)
        path.chmod(0o700)

    def restrict(self, path: Path) -> None:
        """Close a folder or a file that was already there to everybody else."""
        path.chmod(0o700 if path.is_dir() else 0o600)

    def create(self, path: Path) -> int:
        """A new file, open for writing, 0600 whatever the umask. Raises `FileExistsError`."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, 0o600)
        if hasattr(os, "fchmod"):  # Windows has neither the call nor the modes
            os.fchmod(descriptor, 0o600)
        return descriptor

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        """Write a part of it, as much as fits; how many bytes it was."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Return when the file's bytes are on the disk (on macOS: handed to the drive)."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close it."""
        os.close(descriptor)

    def replace(self, old: Path, new: Path) -> None:
        """Put one file in the place of another, at once or not at all."""
        old.replace(new)

    def remove(self, path: Path) -> None:
        """Remove a file. Raises `FileNotFoundError`."""
        path.unlink()

    def sync_folder(self, path: Path) -> None:
        """Return when the folder's names are on the disk, as far as the system can say so."""
        sync_folder(path)


def replace_file(disk: Disk, path: Path, temporary: Path, data: bytes, *, lasting: bool = True) -> None:
    """Put these bytes in the place of a file: whoever reads sees the old ones or the new ones, whole.

    `temporary` lies in the same folder, and only one writer uses that name at a time (the caller holds the lock);
    one left by a killed writer is swept. Not `lasting` outlives the program, but not a power cut.

    Raises:
        NotKept: the disk refused. The old file is as it was, unless only the last step, making the rename last,
            failed: then the new one is there, and writing it again is harmless.
    """
    try:
        _write_beside(disk, temporary, data, lasting=lasting)
        disk.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            disk.remove(temporary)
        raise not_kept(path, error) from error
    if lasting:
        make_lasting(disk, path)


def make_lasting(disk: Disk, path: Path) -> None:
    """Return when this file's name, or its absence, is on the disk.

    Raises:
        NotKept: the disk refused.
    """
    try:
        disk.sync_folder(path.parent)
    except OSError as error:
        raise not_kept(path, error) from error


def remove_file(disk: Disk, path: Path) -> bool:
    """Remove a file if it is there; whether it was.

    Raises:
        NotKept: the disk refused.
    """
    try:
        disk.remove(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise not_kept(path, error) from error
    return True


def not_kept(path: Path, error: OSError) -> NotKept:
    """The one line that says what the disk refused and how to mend it."""
    where = shown(path)
    match error.errno:
        case number if number in _FULL:
            return NotKept(
                f"Not kept: the disk is full at {where}. Free some space; nothing kept before is lost", "disk full"
            )
        case number if number in _FORBIDDEN:
            message = f"Not kept: {where} may not be written to. Allow writing there, or name another folder"
            return NotKept(message, "no permission" if error.errno != errno.EROFS else "read-only disk")
        case number if number in _GONE:
            return NotKept(f"Not kept: {where} is gone. Put its folder back, or connect its drive again", "folder gone")
        case _:
            reason = error.strerror or type(error).__name__
            return NotKept(
                f"Not kept: the disk reports “{reason}” at {where}. Check the disk, then try again", "disk error"
            )


def shown(path: Path) -> str:
    """A path as it may stand in a line for people: file names can hold control characters."""
    return clean(os.fspath(path))


def _write_beside(disk: Disk, temporary: Path, data: bytes, *, lasting: bool) -> None:
    try:
        descriptor = disk.create(temporary)
    except FileExistsError:
        disk.remove(temporary)
        descriptor = disk.create(temporary)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[disk.write(descriptor, rest) :]
        if lasting:
            disk.sync(descriptor)
    finally:
        disk.close(descriptor)
