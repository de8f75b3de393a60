"""One session's TinyDB file: table ``session`` with one document, table ``facts`` with one document a fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Document as Numbered
from tinydb.table import Table

from rmsession.core.facts import Erased, Fact
from rmsession.core.record import Record, erased_captures, lost_texts, with_fact
from rmsession.core.store_errors import Conflict
from rmsession.store import drafts
from rmsession.store.codec import fact_document, fact_of, header_document, record_of
from rmsession.store.disk import Disk, make_lasting, remove_file
from rmsession.store.names import id_in, no_session
from rmsession.store.seal import SEAL_LIMIT, Tables, damaged, opened, read_sealed, revision_in, unreadable
from rmsession.store.spelling import Document, Unfit, dumps, loads
from rmsession.store.storage import SealedStorage


class SessionFile:
    """The writing side of one session's file; the caller holds its lock around each call.

    What the last call knew of the file is kept, and used again when the file is still the same.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._disk = disk
        self._temporary = path.with_suffix(".tmp")
        self._storage = SealedStorage(path, self._temporary, disk)
        self._database = TinyDB(storage=lambda: self._storage)
        self._facts: Table = self._database.table("facts", cache_size=0)
        self._numbers: dict[str, int] = {}
        """Each fact's document, by the fact's id."""
        self._next = 1
        self._erased = False
        self._readings = -1

    def begin(self, record: Record) -> None:
        """Write a record where there is no file yet.

        Raises:
            NotKept: the disk refused.
        """
        header = header_document(record)
        facts = [Numbered(fact_document(fact), doc_id=number) for number, fact in enumerate(record.facts, 1)]
        with self._storage.together():
            self._database.table("session", cache_size=0).insert(Numbered(header, doc_id=1))
            self._facts.insert_multiple(facts)

    def append(self, fact: Fact) -> None:
        """Keep one more fact.

        Raises:
            Conflict: the same id stands there with other content.
            NoSuchSession, Damaged, NewerFormat: there is nothing to append to.
            NotKept: the disk refused.
        """
        document = fact_document(fact)
        self._refresh()
        if isinstance(fact.what, Erased) or self._erased:
            self.change(lambda record: with_fact(record, fact), fact)
            return
        known = self._numbers.get(fact.id)
        if known is None:
            self._facts.insert(Numbered(document, doc_id=self._next))
            self._numbers[fact.id] = self._next
            self._next += 1
            return
        if fact_of(loads(dumps(document))) != fact_of(self._facts.get(doc_id=known)):
            raise Conflict(f"fact {fact.id} is already there with other content")
        # It may be there because its own first try came so far and then failed to make the rename last.
        make_lasting(self._disk, self.path)

    def change(self, to: Callable[[Record], Record], *coming: Fact) -> None:
        """Write what differs in a changed record, in one step; text that goes leaves the draft first.

        Documents of untouched facts stay as they are, with whatever a later program wrote into them.

        Raises:
            NoSuchSession, Damaged, NewerFormat: there is nothing to change.
            NotKept: the disk refused.
        """
        self._refresh()
        before = self.record()
        after = to(before)
        if texts := lost_texts(before, after, *coming):
            drafts.scrub(self.path, texts, erased_captures(after), self._disk)
        old = {fact.id: fact for fact in before.facts}
        changed = [fact for fact in after.facts if old.get(fact.id) != fact]
        heading = header_document(after) if replace(after, facts=()) != replace(before, facts=()) else None
        if not changed and not heading:
            make_lasting(self._disk, self.path)
            return
        self._readings = -1
        with self._storage.together():
            if heading:  # that of a copy gave way to the whole one's
                table = self._database.table("session", cache_size=0)
                table.truncate()
                table.insert(Numbered(heading, doc_id=1))
            for fact in changed:
                self._put(fact)

    def sweep(self) -> None:
        """Remove what a killed writer may have left. Raises `NotKept`."""
        remove_file(self._disk, self._temporary)
        remove_file(self._disk, drafts.temporary_path(self.path))

    def record(self) -> Record:
        """The record as it stands."""
        tables = self._storage.read()
        if tables is None:
            raise no_session(id_in(self.path.stem) or self.path.stem)
        return record_in(tables, self.path)

    def _put(self, fact: Fact) -> None:
        number = self._numbers.get(fact.id)
        if number is None:
            number, self._next = self._next, self._next + 1
        else:
            self._facts.remove(doc_ids=[number])
        self._facts.insert(Numbered(fact_document(fact), doc_id=number))

    def _refresh(self) -> None:
        """Know what is in the file, anew if another program wrote it."""
        tables = self._storage.read()
        if tables is None:
            raise no_session(id_in(self.path.stem) or self.path.stem)
        if self._readings == self._storage.readings:
            return
        record = record_in(tables, self.path)  # what cannot be read whole is not written to
        facts = tables.get("facts", {})
        self._numbers = {document["id"]: int(number) for number, document in facts.items()}
        self._next = max(map(int, facts), default=0) + 1
        self._erased = any(isinstance(fact.what, Erased) for fact in record.facts)
        self._readings = self._storage.readings


def load(path: Path) -> Record:
    """The record that a file holds.

    Raises:
        FileNotFoundError: there is none.
        Damaged, NewerFormat, StoreError: it cannot be read.
    """
    return record_in(read_sealed(path).tables, path)


def revision(path: Path) -> int:
    """The revision that a file says it is, without reading the rest of it.

    Raises:
        FileNotFoundError: there is none.
        Damaged, NewerFormat, StoreError: it cannot be read.
    """
    try:
        with opened(path) as file:
            return revision_in(file.read(SEAL_LIMIT), path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(path, error) from error


def record_in(tables: Tables, path: Path) -> Record:
    """The record in a session file's tables.

    Raises:
        Damaged: they hold no record, or not the one that the file's name says.
    """
    try:
        record = record_of(_header(tables), tuple(fact_of(each) for each in tables.get("facts", {}).values()))
    except Unfit as error:
        raise damaged(path, str(error)) from error
    if record.id != id_in(path.stem):
        raise damaged(path, "it holds another session than its name says")
    if len({fact.id for fact in record.facts}) != len(record.facts):
        raise damaged(path, "two facts in it have one id")
    return record


def _header(tables: Tables) -> Document:
    headers = list(tables.get("session", {}).values())
    if len(headers) != 1:
        raise Unfit(f"it holds {len(headers)} sessions instead of one")
    return headers[0]
