"""Files and folders for their owner's eyes only, whatever the umask says; inside the store, `Disk` does the same."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from rmsession.lasting import sync_folder

_FILE, _FOLDER = 0o600, 0o700


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, lastingly; what is there keeps its owner's choice.

    Raises:
        OSError: the disk refused.
    """
    if path.is_dir():
        return
    if path != path.parent:
        make_folder(path.parent)
    with suppress(FileExistsError):  # another program was first
        path.mkdir(_FOLDER)
        path.chmod(_FOLDER)
        sync_folder(path.parent)


def create(path: Path) -> int:
    """A new file, open for writing. Raises `FileExistsError` and other `OSError`."""
    return closed(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE))


def append_to(path: Path) -> int:
    """A file, there or new, open for writing at its end. Raises `OSError`."""
    return closed(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _FILE))


def closed(handle: int) -> int:
    """The same handle, its file readable and writable by its owner alone."""
    if hasattr(os, "fchmod"):  # Windows has neither the call nor the modes
        os.fchmod(handle, _FILE)
    return handle
