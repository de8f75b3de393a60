"""Files outside the store, written whole or not at all: whoever looks sees the old bytes or the new ones.

A temporary file lies beside its goal meanwhile, under a name that says which program writes it, so that what a killed
one left there is swept by the next write.
"""

# ruff: noqa: PLC0415 - loaded where it is used: lists and the first paint need none of it

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from rmsession.closed import create
from rmsession.lasting import sync_folder

_NO_LINKS: Final = {
    errno.EPERM,
    errno.ENOSYS,
    errno.EOPNOTSUPP,
    errno.ENOTSUP,
    errno.EINVAL,
    errno.EMLINK,
    errno.EXDEV,
}
"""What file systems answer that cannot give a file a second name."""
_TEMPORARY: Final = re.compile(r"\.rmsession-(\d{1,9})-[0-9a-f]+\.tmp")


def write_whole(path: Path, data: bytes, *, over: bool = False, swept: bool = False) -> None:
    """Put a file there, for its owner's eyes only; it is on the disk when this returns.

    Args:
        path: Where; its folder must exist.
        data: What it will hold.
        over: Take the place of a file that is there.
        swept: The folder was swept by an earlier write of this run; looking through it for each of ten thousand files
            would take more than writing them.

    Raises:
        FileExistsError: there is something already, and it is not to be written over.
        OSError: the disk refused, and what was there is as it was; unless only the last step, making the new name
            last, failed over an old file: then the new one is there, and writing it again is harmless.
    """
    if not swept:
        _sweep(path.parent)
    # Only here: it loads what ciphers need, and most commands write no such file.
    from secrets import token_hex

    beside = path.parent / f".rmsession-{os.getpid()}-{token_hex(4)}.tmp"
    try:
        _fill(beside, data)
        if over:
            beside.replace(path)
        else:
            _put_anew(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    try:
        sync_folder(path.parent)
    except OSError:
        if not over:  # told that it was not written, its author may write it again
            with suppress(OSError):
                path.unlink()
        raise


def _fill(path: Path, data: bytes) -> None:
    with os.fdopen(create(path), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _put_anew(beside: Path, path: Path) -> None:
    """Give the file its name unless something has it. Raises `FileExistsError`."""
    if os.name == "nt":
        beside.rename(path)  # refuses there by itself
        return
    try:
        path.hardlink_to(beside)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _claim(beside, path)
        return
    with suppress(OSError):  # it is written; the name beside it is swept by the next write
        beside.unlink()


def _claim(beside: Path, path: Path) -> None:
    """Take the name first and then its place: killed in between, it leaves an empty file, never half of one."""
    os.close(create(path))
    try:
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def leftovers(folder: Path) -> list[Path]:
    """What killed programs left here of what they wrote. Raises `OSError`."""
    named = ((path, _TEMPORARY.fullmatch(path.name)) for path in folder.iterdir())
    return [path for path, match in named if match and not _runs(int(match[1]))]


def _sweep(folder: Path) -> None:
    """Remove what killed programs left here."""
    with suppress(OSError):
        for path in leftovers(folder):
            path.unlink()


def _runs(process: int) -> bool:
    """Whether there is such a process here; where the system cannot be asked without harm, there may be."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
