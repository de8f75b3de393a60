"""The one door to the stores."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmsession.store.disk import Disk
from rmsession.store.folder import folder_named
from rmsession.store.tiny import TinyStore

if TYPE_CHECKING:
    from rmsession.store.ahead import Ahead
    from rmsession.store.memory import MemoryStore

MEMORY: Final = "memory:"
"""Names the store that keeps nothing."""


def open_store(
    where: str | Path, *, device: str | None = None, disk: Disk | None = None, ahead: Ahead | None = None
) -> MemoryStore | TinyStore:
    """The store in a data folder, which is made if it is not there; `MEMORY` for one that keeps nothing.

    Nothing is read: opening costs the same with one session and with thousands. `device` is who writes facts here,
    by default the folder's own id; the store tells it in its attribute of that name. `ahead` is a look at the files
    that was begun before.

    Raises:
        StoreError: the folder cannot be used.
    """
    if where == MEMORY:
        # Only here: it loads all that changes a record.
        from rmsession.store.memory import MemoryStore

        return MemoryStore(device)
    disk = disk or Disk()
    folder = folder_named(where, disk)
    folder.ahead = ahead
    return TinyStore(folder, device or folder.device(), disk)
