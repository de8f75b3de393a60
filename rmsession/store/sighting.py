"""What lies in the folders of sessions at one moment, before any of it is compared with what is known."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from stat import S_ISDIR
from typing import Final, NamedTuple

from rmsession.store.signature import stamps
from rmsession.store.walking import names_in

ENDING: Final = ".json"
"""Of a session's file."""
_DRAFT: Final = ".draft"
"""Of what is being typed into one."""


class Sight(NamedTuple):
    """The files of sessions, folder by folder: a look does for thousands what it does for one."""

    names: dict[bytes, bytes]
    """Those in each folder that has any, as a shelf has them."""
    stamps: dict[bytes, bytes]
    """What those of a folder are known by, if all could be looked at."""
    drafts: list[str]
    """Where drafts lie."""


def sight(root: str, known: Mapping[bytes, bytes]) -> Sight:
    """What lies in a data folder; `known` has the names in folders where every one is known to be a session's.

    Raises:
        StoreError: a folder cannot be read.
    """
    seen = Sight({}, {}, [])
    _into(seen, len(root) + 1, os.path.join(root, "sessions"), known)  # noqa: PTH118 - as below
    return seen


def _into(seen: Sight, start: int, at: str, known: Mapping[bytes, bytes]) -> None:
    """Look at one folder and those in it."""
    names, folder = names_in(at), os.fsencode(at[start:].replace(os.sep, "/"))
    here = os.fsencode("\0".join(names))
    if known.get(folder) != here:
        # What is known holds nothing else: where a folder is as it was, no name is looked at by itself.
        names = [name for name in names if name.endswith(ENDING) or _other(seen, start, at, name, known)]
        here = os.fsencode("\0".join(names))
    if names:
        seen.names[folder] = here
        if found := _stamps_of(at, names):
            seen.stamps[folder] = found


def _other(seen: Sight, start: int, at: str, name: str, known: Mapping[bytes, bytes]) -> bool:
    """Look at what has not the ending of a session's file, and is none."""
    path = os.path.join(at, name)  # noqa: PTH118 - there may be thousands
    if name.endswith(_DRAFT):
        seen.drafts.append(path)
    with suppress(OSError):  # it is gone
        if S_ISDIR(os.lstat(path).st_mode):
            _into(seen, start, path, known)
    return False


def _stamps_of(at: str, names: list[str]) -> bytes | None:
    """The stamps of the files of a folder; None where one could not be looked at."""
    with suppress(OSError):
        if os.stat not in os.supports_dir_fd:
            return stamps(os.stat(f"{at}{os.sep}{name}") for name in names)  # noqa: PTH116 - thousands
        folder = os.open(at, os.O_RDONLY)  # a third less than with each path in full
        try:
            return stamps([os.stat(name, dir_fd=folder) for name in names])
        finally:
            os.close(folder)
    return None
