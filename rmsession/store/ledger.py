"""What was erased here for good, so that no older copy brings it back: deleted sessions and redacted captures.

Each is an empty file ``erased/2026-11-22-<digest>``: the day, and the beginning of the SHA-256 of the id. The name is
all there is, so no entry can be half written or damaged, and none tells the id to whoever does not know it already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from rmsession.core.facts import Erased, Fact
from rmsession.core.record import Record, lines_in, redacted
from rmsession.store.disk import Disk, make_lasting, not_kept, remove_file
from rmsession.store.folder import DataFolder
from rmsession.store.seal import unreadable

_LENGTH: Final = 32
_NAME: Final = re.compile(rf"(\d{{4}}-\d\d-\d\d)-([0-9a-f]{{{_LENGTH}}})")


class Ledger:
    """What was erased in one data folder."""

    def __init__(self, folder: DataFolder, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk

    def add(self, *ids: str) -> None:
        """Remember that these were erased today; what is remembered already keeps its day.

        Raises:
            NotKept: the disk refused.
            StoreError: the folder cannot be read.
        """
        today = datetime.now(UTC).date()
        self.take_in({digest(each): today for each in ids})

    def take_in(self, entries: Mapping[str, date]) -> None:
        """Remember these too. Raises as `add`."""
        known = self.entries()
        for key, day in sorted(entries.items()):
            if key not in known:
                self._create(self._path(key, day))

    def drop(self, ident: str) -> None:
        """Forget that something was erased: it was brought back on purpose. Raises as `add`."""
        key = digest(ident)
        day = self.entries().get(key)
        if day is not None:
            remove_file(self._disk, self._path(key, day))
            make_lasting(self._disk, self._path(key, day))

    def entries(self) -> dict[str, date]:
        """The day of each erasure, by digest.

        Raises:
            StoreError: the folder cannot be read.
        """
        try:
            names = sorted(path.name for path in self._folder.erased.iterdir())
        except FileNotFoundError:
            return {}  # nothing was erased yet
        except OSError as error:
            raise unreadable(self._folder.erased, error) from error
        entries: dict[str, date] = {}
        for name in names:
            if entry := entry_in(name):
                entries.setdefault(*entry)
        return entries

    def _path(self, key: str, day: date) -> Path:
        return self._folder.erased / f"{day:%Y-%m-%d}-{key}"

    def _create(self, path: Path) -> None:
        self._folder.make(path.parent)
        try:
            self._disk.close(self._disk.create(path))
        except FileExistsError:
            pass  # another program was first
        except OSError as error:
            raise not_kept(path, error) from error
        make_lasting(self._disk, path)


def digest(ident: str) -> str:
    """What stands for an id: it is random, so nobody finds it by trying."""
    return sha256(ident.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def entry_in(name: str) -> tuple[str, date] | None:
    """The digest and the day that a file's name here says, if it is such a name."""
    match = _NAME.fullmatch(name)
    try:
        return (match[2], date.fromisoformat(match[1])) if match else None
    except ValueError:
        return None


def erased_in(facts: Iterable[Fact]) -> set[str]:
    """The captures whose tombstones are among these facts."""
    return {fact.what.target for fact in facts if isinstance(fact.what, Erased)}


def obeying(record: Record, entries: Mapping[str, date]) -> Record:
    """The record without the text of captures that were erased here, should it be an older copy, or a later session's.

    One that took an erased line as a topic loses the words of that.
    """
    for line in sorted(lines_in(record) if entries else ()):
        if day := entries.get(digest(line)):
            # Who erased it stands in no file any more; the day is all that is left.
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            record = redacted(record, line, by="", wall=midnight)
    return record
