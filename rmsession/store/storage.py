"""TinyDB's `Storage`, made safe: sealed, replaced as a whole, and read again only when it changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb import Storage

from rmsession.store.disk import Disk, replace_file
from rmsession.store.seal import SEAL_LIMIT, Tables, opened, read_sealed, seal, unreadable
from rmsession.store.signature import Signature
from rmsession.store.spelling import Document, dumps


class SealedStorage(Storage):
    """One sealed file as TinyDB's storage.

    The caller holds the file's lock from before a read until after the write that rests on it. Documents are
    values: put another in the place of one (`Table.remove`, `Table.insert`), never update one in place, or its
    old spelling is written again.
    """

    def __init__(self, path: Path, temporary: Path, disk: Disk) -> None:
        super().__init__()
        self._path = path
        self._temporary = temporary
        self._disk = disk
        self._tables: Tables | None = None
        """As on the disk; None when that is not known."""
        self._seen: tuple[Signature, bytes] | None = None
        self._revision = 0
        self._spelled: dict[str, dict[str, tuple[Document, bytes]]] = {}
        self._gathered: Tables | None = None
        self._gathering = False
        self.readings = 0
        """How often the tables were taken from the disk anew: whoever keeps something derived compares it."""

    def read(self) -> Tables | None:
        """The tables, or None when there is no file yet.

        Raises:
            StoreError: Damaged, NewerFormat, or it cannot be read.
        """
        if self._gathered is not None:
            return dict(self._gathered)
        seen = self._look()
        if self._tables is None or seen != self._seen:
            self._read_anew(exists=seen is not None)
            self._seen = seen  # from before the reading: a change meanwhile is seen next time
        # A shallow copy: TinyDB puts a new table into the outer dictionary before the write that may fail.
        return dict(self._tables) if self._tables is not None and seen is not None else None

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace the file by one with these tables and the next revision.

        Raises:
            NotKept: the disk refused.
        """
        tables: Tables = {name: dict(table) for name, table in data.items()}
        if self._gathering:
            self._gathered = tables
            return
        whole = seal(self._spell(tables), self._revision + 1)
        self._tables = None  # not known, should the write fail half-way or be interrupted
        replace_file(self._disk, self._path, self._temporary, whole)
        self._seen = self._look()
        self._tables = tables
        self._revision += 1

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all writes inside one: the file takes all of them or none."""
        self._gathering = True
        try:
            yield
        except BaseException:
            self._gathered = None
            raise
        finally:
            self._gathering = False
        gathered, self._gathered = self._gathered, None
        if gathered is not None:
            self.write(gathered)

    def _look(self) -> tuple[Signature, bytes] | None:
        """What tells whether the file is the one last seen.

        The first line is compared too: inode numbers are used again at once, and clocks tick in milliseconds, but
        no two revisions have the same first line.
        """
        try:
            with opened(self._path) as file:
                return Signature.of(os.fstat(file.fileno())), file.read(SEAL_LIMIT)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unreadable(self._path, error) from error

    def _read_anew(self, *, exists: bool) -> None:
        self.readings += 1
        self._tables, self._spelled, self._revision = None, {}, 0
        if exists:
            held = read_sealed(self._path)
            self._tables, self._revision = held.tables, held.revision
        else:
            self._tables = {}

    def _spell(self, tables: Tables) -> dict[str, list[tuple[str, bytes]]]:
        """Every document's line; only new documents are spelled, so a long session costs little more than a short."""
        before, self._spelled = self._spelled, {}
        for name, table in tables.items():
            known = before.get(name, {})
            self._spelled[name] = {
                number: old
                if (old := known.get(number)) is not None and old[0] is document
                else (document, dumps(document))
                for number, document in sorted(table.items(), key=lambda item: int(item[0]))
            }
        return {name: [(number, line) for number, (_, line) in table.items()] for name, table in self._spelled.items()}
