"""Keeping ``programme.json``: who mentors whom, as TinyDB tables ``people`` and ``pairs``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinydb import TinyDB, where
from tinydb.table import Document as Numbered

from rmsession.core.programme import Pair, Person, Programme
from rmsession.store.disk import Disk
from rmsession.store.known import PairDocument, programme_in, read
from rmsession.store.locks import writing
from rmsession.store.spelling import Document
from rmsession.store.storage import SealedStorage
from rmsession.store.values import document_of


class ProgrammeFile:
    """Everybody known in one data folder."""

    def __init__(self, path: Path, lock: Path, disk: Disk) -> None:
        self._path = path
        self._lock = lock
        self._storage = SealedStorage(path, path.with_suffix(".tmp"), disk)
        self._database = TinyDB(storage=lambda: self._storage)

    def read(self) -> Programme:
        """Everybody, in the order in which they came.

        Raises:
            Damaged, NewerFormat, StoreError: the file cannot be read.
        """
        return read(self._path)

    def keep_person(self, person: Person) -> None:
        """Keep a person, replacing the one with that id. Raises `NotKept`, or what `read` raises."""
        with self._changing():
            self._put("people", document_of(person))

    def keep_pair(self, pair: Pair) -> None:
        """Keep a pair and its people. Raises `NotKept`, or what `read` raises."""
        with self._changing():
            self._put("people", document_of(pair.mentor))
            self._put("people", document_of(pair.mentee))
            self._put("pairs", document_of(PairDocument(pair.id, pair.mentor.id, pair.mentee.id)))

    def take_in(self, other: Programme) -> None:
        """Keep the people and pairs of another folder that are not known here. Raises as `keep_person`."""
        with self._changing():
            known = self.read()
            there = {each.id for each in known.people} | {each.id for each in known.pairs}
            for person in other.people:
                if person.id not in there:
                    self._put("people", document_of(person))
            for pair in other.pairs:
                if pair.id not in there:
                    self._put("pairs", document_of(PairDocument(pair.id, pair.mentor.id, pair.mentee.id)))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with writing(self._lock), self._storage.together():
            tables = self._storage.read()
            if tables is not None:
                programme_in(tables, self._path)  # what cannot be read whole is not written to
            yield

    def _put(self, name: str, document: Document) -> None:
        table = self._database.table(name, cache_size=0)
        known = table.get(where("id") == document["id"])
        numbers = [each.doc_id for each in table]
        number = max(numbers, default=0) + 1
        if isinstance(known, Numbered):
            number = known.doc_id
            table.remove(doc_ids=[number])
        table.insert(Numbered(document, doc_id=number))
