"""Damaged files that were set aside: nothing is thrown away, and nothing that is read bears such a name."""

from __future__ import annotations

import os
import re
from itertools import chain, count
from pathlib import Path
from typing import Final

from rmsession.store.disk import Disk, make_lasting, not_kept, replace_file

SUFFIX: Final = ".damaged"
"""What follows a file's whole name; the second of one file is ``.damaged-2``, and so on."""


def kept_of(path: Path) -> list[Path]:
    """What was set aside of one file, whatever of it was removed by hand.

    Raises:
        NotKept: its folder cannot be read.
    """
    mine = re.compile(re.escape(path.name + SUFFIX) + r"(-[1-9][0-9]*)?")
    try:
        return sorted(each for each in path.parent.iterdir() if mine.fullmatch(each.name))
    except OSError as error:
        raise not_kept(path.parent, error) from error


def copy(path: Path, data: bytes, disk: Disk) -> Path:
    """Keep these bytes of a damaged file beside it; they lie there lastingly when this returns.

    The caller holds the lock of what the file belongs to. Bytes that an earlier, interrupted try kept are not kept
    twice.

    Raises:
        NotKept: the disk refused.
    """
    for each in kept_of(path):
        if _holds(each, data):
            make_lasting(disk, each)
            return each
    free = _free(path)
    replace_file(disk, free, temporary_path(path), data)
    return free


def move(path: Path, disk: Disk) -> Path:
    """Put a damaged file itself out of the way of the next one.

    Raises:
        NotKept: the disk refused.
    """
    free = _free(path)
    try:
        disk.replace(path, free)
    except OSError as error:
        raise not_kept(path, error) from error
    make_lasting(disk, free)
    return free


def temporary_path(path: Path) -> Path:
    """Where a copy is written before it has its name."""
    return path.with_name(f"{path.name}{SUFFIX}.tmp")


def _free(path: Path) -> Path:
    first = path.name + SUFFIX
    names = chain([first], (f"{first}-{number}" for number in count(2)))
    return next(each for each in map(path.with_name, names) if not os.path.lexists(each))


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
