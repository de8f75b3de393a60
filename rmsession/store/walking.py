"""What lies in folders, in order of path, without opening any of it."""

# ruff: noqa: PLC0415 - loaded where it is used: of what reads files, only its word for one that cannot be read

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from operator import attrgetter

TYPE_CHECKING = False  # as `typing` has it, without all the rest that stands there
if TYPE_CHECKING:
    from pathlib import Path

    from rmsession.core.store_errors import StoreError


def entries_of(folder: str | Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing when it is gone.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=attrgetter("name"))
    except FileNotFoundError:
        return []  # nothing has been kept yet, or the month was just removed
    except OSError as error:
        raise _unreadable(folder, error) from error


def names_in(folder: str) -> list[str]:
    """The names of what lies in a folder, in order; none when it is gone.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - of thousands, no path is wanted
    except FileNotFoundError:
        return []  # as above
    except OSError as error:
        raise _unreadable(folder, error) from error


def files_under(folder: str | Path, fits: Callable[[str], bool]) -> Iterator[os.DirEntry[str]]:
    """The files of a folder and those in it whose names fit, in order of path; what stands in a file's place too.

    Raises:
        StoreError: a folder cannot be read.
    """
    for entry in entries_of(folder):
        if fits(entry.name):
            yield entry
        elif entry.is_dir(follow_symlinks=False):
            yield from files_under(entry.path, fits)


def _unreadable(folder: str | Path, error: OSError) -> StoreError:
    from pathlib import Path

    from rmsession.store.seal import unreadable

    return unreadable(Path(folder), error)
