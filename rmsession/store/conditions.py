"""What a data folder lies on and who can get at it: permissions, owners, locks, room, the kind of file system."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from rmsession.core.store_errors import NotKept, StoreError
from rmsession.store import mounts
from rmsession.store.disk import Disk, remove_file, shown
from rmsession.store.findings import Ailment, Finding
from rmsession.store.folder import DataFolder
from rmsession.store.locks import at_rest

LEAST_ROOM: Final = 50 * 1000 * 1000
"""Bytes left on a disk below which it is nearly full."""

_OURS: Final = ("sessions", "snapshots", "erased", "locks", "device", "crash.log", "config.toml", "programme", "index")
"""How the names of what the program makes in the data folder begin; agendas are their author's business."""
_UNDER_WAY: Final = ".rmsession-"
_OTHERS: Final = 0o077
_OTHERS_WRITE: Final = 0o022


def found(folder: DataFolder, disk: Disk) -> Iterator[Finding]:
    """Everything that is the matter there."""
    yield from _permissions(folder)
    yield from _locks(folder, disk)
    with suppress(OSError):
        left = shutil.disk_usage(folder.root).free
        if left < LEAST_ROOM:
            line = f"The disk of {shown(folder.root)} has {left // 1_000_000} MB left. Free some space"
            yield Finding(Ailment.FULL, folder.root, line)
    if caution := mounts.caution(folder.root):
        shared = mounts.nature_of(mounts.kind_of(folder.root)) is mounts.Nature.SHARED
        yield Finding(Ailment.NETWORK if shared else Ailment.NO_PERMISSIONS, folder.root, caution)


def too_wide(folder: DataFolder) -> list[Path]:
    """What others than the owner can get at."""
    if os.name == "nt":  # what its modes say means nothing there
        return []
    return [path for path, mode, _ in _parts(folder) if mode & _OTHERS]


def _permissions(folder: DataFolder) -> Iterator[Finding]:
    if wide := too_wide(folder):
        line = f"{several(wide)} can be read by others (files should be 0600, folders 0700)"
        yield Finding(Ailment.TOO_WIDE, wide[0], line, mendable=True)
    if hasattr(os, "geteuid"):
        strange = [path for path, _, owner in _parts(folder) if owner != os.geteuid()]
        if strange:
            line = f"{several(strange)} belongs to somebody else. Take it over with chown, or let them remove it"
            yield Finding(Ailment.OWNER, strange[0], line)


def _locks(folder: DataFolder, disk: Disk) -> Iterator[Finding]:
    """Whether locks hold there, by taking one."""
    trial = folder.lock("doctor")
    if not trial.parent.is_dir():
        return  # nothing was written yet
    try:
        with at_rest(trial):
            pass
        remove_file(disk, trial)
    except NotKept as error:
        yield Finding(Ailment.READ_ONLY, trial.parent, str(error))
    except StoreError as error:
        yield Finding(Ailment.NO_LOCKS, trial.parent, str(error))


def _parts(folder: DataFolder) -> Iterator[tuple[Path, int, int]]:
    """Everything the program made, with mode and owner; links are left alone."""
    try:
        names = sorted(os.listdir(folder.root))  # noqa: PTH208 - names are wanted
    except OSError:
        return  # told where it is read
    ours = [name for name in names if name.startswith((*_OURS, _UNDER_WAY))]
    root = _seen(folder.root)
    alone = {*ours, "agendas"}.issuperset(names)
    if root and (alone or root[1] & _OTHERS_WRITE):  # a folder that holds other things too keeps its owner's choice
        yield root
    for name in ours:
        yield from _under(folder.root / name)


def _under(path: Path) -> Iterator[tuple[Path, int, int]]:
    seen = _seen(path)
    if seen is None:
        return
    yield seen
    if stat.S_ISDIR(seen[1]):
        with suppress(OSError):  # told where it is read
            for each in sorted(path.iterdir()):
                yield from _under(each)


def _seen(path: Path) -> tuple[Path, int, int] | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return None if stat.S_ISLNK(status.st_mode) else (path, status.st_mode, status.st_uid)


def several(paths: list[Path]) -> str:
    """The first of some places, and how many more there are."""
    return shown(paths[0]) + (f" (and {len(paths) - 1} more)" if len(paths) > 1 else "")
