"""Putting generated records into a data folder, as the store writes them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from rmsession.core.record import Record
from rmsession.store.disk import Disk
from rmsession.store.folder import DataFolder
from rmsession.store.session_file import SessionFile


class HastyDisk(Disk):
    """A disk that nobody waits for: what is made here can be made again."""

    def sync(self, descriptor: int) -> None:
        """Do not wait."""

    def sync_folder(self, path: Path) -> None:
        """Do not wait."""


def write(folder: DataFolder, records: Iterable[Record], disk: Disk) -> int:
    """Write new records; how many they are."""
    number = 0
    for number, record in enumerate(records, 1):  # noqa: B007 - the last number is how many
        path = folder.place_for(record)
        folder.make(path.parent)
        SessionFile(path, disk).begin(record)
    return number


def write_private(path: Path, text: str) -> None:
    """A file for its owner's eyes, as the program makes them."""
    with open(path, "w", encoding="utf-8", opener=partial(os.open, mode=0o600)) as file:
        file.write(text)
