"""The store that keeps nothing: for rehearsals, and for tests of what stands on a store."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from rmsession.core.arrangement import Rhythm
from rmsession.core.facts import Fact
from rmsession.core.fold import session_of
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.record import Record, merge, new_facts, with_fact
from rmsession.core.search import Stop
from rmsession.core.store import Draft, Progress
from rmsession.core.store_errors import Busy, Conflict
from rmsession.core.text import UserText, clean
from rmsession.core.uniting import Known, lacking, with_known
from rmsession.store.codec import fact_document, header_document
from rmsession.store.known import spelled
from rmsession.store.memory_lists import MemoryLists
from rmsession.store.memory_records import MemoryRecords
from rmsession.store.names import checked_id, deleted_here, no_session, stem_of, the_one
from rmsession.store.redaction import redaction


class MemoryStore(MemoryLists):
    """The same promises as the store on a disk, for as long as the program runs.

    It refuses what the other could not write down, so that a test finds it here.
    """

    def __init__(self, device: str | None = None) -> None:
        self.device = device or str(uuid.uuid4())
        super().__init__()
        self._live: dict[str, str] = {}
        self._programme = Programme()
        self._deleted: set[str] = set()

    def begin(self, record: Record) -> None:
        """Keep a new record. Raises `Conflict`."""
        with self._open():
            header_document(record)
            for fact in record.facts:
                fact_document(fact)
            if checked_id(record.id) in self._kept.records:
                raise Conflict(f"session {record.id} is already there")
            self._kept.add(record)

    def append(self, session: str, fact: Fact) -> None:
        """Keep one more fact. Raises `Conflict`, `NoSuchSession`."""
        with self._open():
            fact_document(fact)
            self._kept.change(self.load(session), with_fact(self.load(session), fact), fact)

    def load(self, session: str) -> Record:
        """The whole record. Raises `NoSuchSession`."""
        with self._open():
            if session not in self._kept.records:
                raise no_session(session)
            return self._kept.records[session]

    def resolve(self, prefix: str) -> str:
        """The one full id that begins so. Raises `NoSuchSession`."""
        with self._open():
            return the_one(prefix, map(stem_of, self._kept.records.values()))

    def revision(self, session: str) -> int:
        """How often the record changed. Raises `NoSuchSession`."""
        with self._open():
            return self._kept.revisions[self.load(session).id]

    def prepare(self, progress: Progress | None = None, stop: Stop | None = None) -> bool:
        """Nothing is to be done: memory is always up to date."""
        del progress, stop
        with self._open():
            return True

    def take_in(self, record: Record) -> int:
        """Merge another copy of a record in. Raises `Conflict`, and `StoreError` when it was deleted here."""
        with self._open():
            known = self._kept.records.get(record.id)
            if known is None:
                if record.id in self._deleted:
                    raise deleted_here(record)
                self.begin(record)
            else:
                for fact in record.facts:
                    fact_document(fact)
                self._kept.change(known, merge(known, self._kept.obeying(record)), *record.facts)
            after = self.load(record.id)
            pair = session_of(after).pair
            theirs = Programme((pair.mentor, pair.mentee), (pair,))
            self._programme = with_known(self._programme, lacking(self._programme, theirs))
            return len(new_facts(known, after))

    def redact(self, session: str, target: str, *, by: str, wall: datetime) -> None:
        """Erase one capture's text. Raises `NoSuchSession`, and `StoreError` when there is no such capture."""
        with self._open():
            self._kept.change(self.load(session), redaction(target, by, wall)(self.load(session)))

    def delete(self, session: str) -> None:
        """Erase a session. Raises `NoSuchSession`, `Busy`."""
        with self._open():
            self.load(session)
            self._insist_free(session)
            self._kept.remove(session)
            self._deleted.add(session)

    def keep_draft(self, session: str, draft: Draft) -> None:
        """Keep what is not yet a fact. Raises `NoSuchSession`."""
        with self._open():
            self._kept.drafts[self.load(session).id] = draft

    def draft(self, session: str) -> Draft | None:
        """The last draft. Raises `NoSuchSession`."""
        with self._open():
            return self._kept.drafts.get(self.load(session).id)

    def drop_draft(self, session: str) -> None:
        """Forget the draft. Raises `NoSuchSession`."""
        with self._open():
            self._kept.drafts.pop(self.load(session).id, None)

    @contextmanager
    def live(self, session: str, *, person: str) -> Iterator[None]:
        """Hold the session. Raises `NoSuchSession`, `Busy`."""
        with self._open():
            self.load(session)
            self._insist_free(session)
            self._live[session] = person
        try:
            yield
        finally:
            with self._lock:
                del self._live[session]

    def names(self) -> dict[str, tuple[UserText, UserText]]:
        """The people of each pair."""
        return {each.id: (each.mentor.name, each.mentee.name) for each in self.programme().pairs}

    def rhythms(self) -> dict[str, Rhythm]:
        """How often each pair means to meet."""
        return {each.pair: each.rhythm for each in self.programme().arrangements}

    def programme(self) -> Programme:
        """Everybody known here."""
        with self._open():
            return self._programme

    def keep_person(self, person: Person) -> None:
        """Keep a person."""
        self.keep_known((person,))

    def keep_pair(self, pair: Pair) -> None:
        """Keep a pair and its two people."""
        self.keep_known((pair,))

    def keep_known(self, values: Sequence[Known]) -> None:
        """Keep all of them or none. Raises `StoreError`."""
        with self._open():
            for each in values:
                spelled(each)
            self._programme = with_known(self._programme, values)

    def troubles(self, *, fresh: bool = True) -> Sequence[str]:  # noqa: ARG002 - memory has no files to look at
        """Nothing: memory has no files."""
        with self._open():
            return ()

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._closed = True
            self._kept, self._programme = MemoryRecords(), Programme()

    def _insist_free(self, session: str) -> None:
        if session in self._live:
            raise Busy(f"The session is open already: {clean(self._live[session])}, in this program. Close it first")
