"""Keeping ``programme.json``: who mentors whom and what is known of them, each kind of value in a TinyDB table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Document as Numbered

from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.uniting import Known, everything_in, key_of, lacking, with_known
from rmsession.store.disk import Disk
from rmsession.store.known import programme_in, read, spelled
from rmsession.store.locks import writing
from rmsession.store.spelling import Document
from rmsession.store.storage import SealedStorage


class ProgrammeFile:
    """Everything known in one data folder."""

    def __init__(self, path: Path, lock: Path, disk: Disk) -> None:
        self._path = path
        self._lock = lock
        self._storage = SealedStorage(path, path.with_suffix(".tmp"), disk)
        self._database = TinyDB(storage=lambda: self._storage)

    def read(self) -> Programme:
        """Everything, in the order in which it came.

        Raises:
            Damaged, NewerFormat, StoreError: the file cannot be read.
        """
        return read(self._path)

    def keep_person(self, person: Person) -> None:
        """Keep a person, replacing the one with that id. Raises `NotKept`, or what `read` raises."""
        self.keep_known((person,))

    def keep_pair(self, pair: Pair) -> None:
        """Keep a pair and its people. Raises `NotKept`, or what `read` raises."""
        self.keep_known((pair,))

    def keep_known(self, values: Sequence[Known]) -> None:
        """Keep all of them in one write, or none. Raises `NotKept`, `StoreError`, or what `read` raises."""
        self._change(lambda _: values)

    def take_in(self, other: Programme) -> None:
        """Keep what another folder knows and this one does not, or knows later. Raises as `keep_person`."""
        self._change(lambda here: lacking(here, other))

    def _change(self, coming: Callable[[Programme], Iterable[Known]]) -> None:
        with self._changing() as here:
            values = list(coming(here))
            # Also those that are here already: the first try may have been told that they are not sure to last.
            named = {(type(each), key_of(each)) for each in _with_people(values)}
            tables: dict[tuple[str, str], list[Document]] = {}
            for each in everything_in(with_known(here, values)):
                if (type(each), key_of(each)) in named:
                    name, key, document = spelled(each)
                    tables.setdefault((name, key), []).append(document)
            for (name, key), documents in tables.items():
                self._put(name, key, documents)

    @contextmanager
    def _changing(self) -> Iterator[Programme]:
        with writing(self._lock), self._storage.together():
            tables = self._storage.read()
            # What cannot be read whole is not written to.
            yield programme_in(tables, self._path) if tables is not None else Programme()

    def _put(self, name: str, key: str, documents: list[Document]) -> None:
        """Let documents take the places of those with the same key; what a later program added to one stays in it."""
        table = self._database.table(name, cache_size=0)
        known = {each.get(key): each for each in table}
        last = max((each.doc_id for each in table), default=0)
        numbered: list[Numbered] = []
        for document in documents:
            old = known.get(document[key])
            last += old is None
            numbered.append(
                Numbered(document, doc_id=last) if old is None else Numbered({**old, **document}, doc_id=old.doc_id)
            )
        table.remove(doc_ids=[old.doc_id for each in numbered if (old := known.get(each[key])) is not None])
        table.insert_multiple(numbered)


def _with_people(values: Iterable[Known]) -> Iterator[Known]:
    for each in values:
        if isinstance(each, Pair):
            yield from (each.mentor, each.mentee)
        yield each
