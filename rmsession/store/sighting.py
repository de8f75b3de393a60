"""What lies in the folders of sessions at one moment, before any of it is compared with what is known."""

from __future__ import annotations

import os
from functools import partial
from stat import S_ISDIR

from rmsession.store.stamps import stamps
from rmsession.store.walking import names_in

# Nothing here is loaded from `typing`, as it begins before anything else: that takes longer than to look at a month.
ENDING = ".json"
"""Of a session's file."""
_ENDED = os.fsencode(f"{ENDING}\0")
"""The same among names with a NUL behind each."""
_DRAFT = ".draft"
"""Of what is being typed into one."""


class Sight:
    """The files of sessions, folder by folder: a look does for thousands what it does for one."""

    __slots__ = ("drafts", "names", "stamps")

    def __init__(self) -> None:
        self.names: dict[bytes, bytes] = {}
        """Those in each folder that has any, as a shelf has them."""
        self.stamps: dict[bytes, bytes] = {}
        """What those of a folder are known by, if all could be looked at."""
        self.drafts: list[str] = []
        """Where drafts lie."""

    def add(self, more: Sight) -> None:
        """Take in what lies in other folders."""
        self.names.update(more.names)
        self.stamps.update(more.stamps)
        self.drafts.extend(more.drafts)


class Glimpse:
    """The same in few words: enough to find that nothing differs, and a hundredth of what would have to be told."""

    __slots__ = ("drafts", "marks")

    def __init__(self, marks: dict[bytes, int], drafts: list[str]) -> None:
        self.marks = marks
        """Of each folder that has any; as one process and its copies mark it, and no other does."""
        self.drafts = drafts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glimpse) and (self.marks, self.drafts) == (other.marks, other.drafts)

    def __hash__(self) -> int:
        return hash(tuple(self.marks))


def glimpse(seen: Sight) -> Glimpse:
    """What was seen, in few words."""
    return Glimpse({folder: mark(names, seen.stamps.get(folder)) for folder, names in seen.names.items()}, seen.drafts)


def mark(names: bytes, stamps: bytes | None) -> int:
    """What tells the files of a folder from any others: 64 bits, keyed anew for each process."""
    return hash((names, stamps))


def sight(root: str) -> Sight:
    """What lies in a data folder.

    Raises:
        StoreError: a folder cannot be read.
    """
    seen, months = above_months(root)
    for month in months:
        seen.add(in_month(root, month))
    return seen


def above_months(root: str) -> tuple[Sight, list[str]]:
    """What lies in a data folder above the folders of months, and where those are. Raises `StoreError`, as above."""
    seen = Sight()
    years = _into(seen, root, os.path.join(root, "sessions"))  # noqa: PTH118 - as below
    return seen, [month for year in years for month in _into(seen, root, year)]


def in_month(root: str, month: str) -> Sight:
    """What lies in the folder of a month, and however deep below it. Raises `StoreError`, as above."""
    seen = Sight()
    waiting = [month]
    while waiting:
        waiting += _into(seen, root, waiting.pop())
    return seen


def _into(seen: Sight, root: str, at: str) -> list[str]:
    """Look at one folder, and say which lie in it."""
    names, folder = names_in(at), os.fsencode(at[len(root) + 1 :].replace(os.sep, "/"))
    here = os.fsencode("\0".join(names))
    others: list[str] = []
    if (here + b"\0").count(_ENDED) < len(names):  # mostly nothing else is there, and no name is looked at by itself
        others = [os.path.join(at, name) for name in names if not name.endswith(ENDING)]  # noqa: PTH118 - thousands
    if others:
        seen.drafts.extend(path for path in others if path.endswith(_DRAFT))
        names = [name for name in names if name.endswith(ENDING)]
        here = os.fsencode("\0".join(names))
    if names:
        seen.names[folder] = here
        if found := _stamps_of(at, names):
            seen.stamps[folder] = found
    return list(filter(_is_folder, others))


def _is_folder(path: str) -> bool:
    try:
        return S_ISDIR(os.lstat(path).st_mode)
    except OSError:  # it is gone
        return False


def _stamps_of(at: str, names: list[str]) -> bytes | None:
    """The stamps of the files of a folder; None where one could not be looked at."""
    try:
        if os.stat not in os.supports_dir_fd:
            return stamps(os.stat(f"{at}{os.sep}{name}") for name in names)  # noqa: PTH116 - thousands
        folder = os.open(at, os.O_RDONLY)  # a third less than with each path in full
        try:
            return stamps(map(partial(os.stat, dir_fd=folder), names))
        finally:
            os.close(folder)
    except OSError:
        return None
