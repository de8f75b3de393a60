"""The store on a disk: one TinyDB file a session, so keeping a line costs the same after ten years."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import Final

from rmsession.core.facts import Erased, Fact
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.query import Query
from rmsession.core.record import Conflict, Record, in_order
from rmsession.core.review import ActionItem, Summary
from rmsession.core.search import MOST_HITS, Findings, Stop
from rmsession.core.store import Draft, NoSuchSession, NotKept, Progress, StoreError
from rmsession.store import drafts
from rmsession.store.copies import Copies
from rmsession.store.disk import Disk, make_lasting, remove_file
from rmsession.store.folder import DataFolder
from rmsession.store.index import Index
from rmsession.store.locks import holding, writing
from rmsession.store.names import checked_id, no_session, the_one
from rmsession.store.people import ProgrammeFile
from rmsession.store.redaction import redaction
from rmsession.store.session_file import SessionFile, load, revision
from rmsession.store.taking_in import TakingIn

_OPEN_FILES: Final = 4
"""Sessions whose tables are kept between two facts: a program runs one, an import goes through many."""


class TinyStore:
    """Sessions in a data folder; changes come one at a time, reads from any thread at any time."""

    def __init__(self, folder: DataFolder, device: str, disk: Disk) -> None:
        self.device = device
        """Who writes facts here, as `Fact.device`."""
        self._folder = folder
        self._disk = disk
        self._index = Index(folder, disk)
        self._copies = Copies(folder, disk)
        self._programme = ProgrammeFile(folder.programme, folder.lock("programme"), disk)
        self._taking_in = TakingIn(folder, disk, self._index, self._programme)
        self._files: OrderedDict[Path, SessionFile] = OrderedDict()
        self._unsure: set[Path] = set()
        """Files begun without the certainty that they last: the same `begin` again makes sure."""
        self._lock = RLock()
        self._closed = False

    def begin(self, record: Record) -> None:
        """Keep a new record. Raises `Conflict`, `NotKept`."""
        path = self._folder.place_for(replace(record, id=checked_id(record.id)))
        with self._open(), writing(self._folder.lock(record.id)):
            if self._is_begun(record):
                make_lasting(self._disk, path)
            else:
                self._folder.make(path.parent)
                self._unsure.add(path)
                self._file(path).begin(record)
                self._folder.remember(record.id, path)
                self._index.touched(path)
            self._unsure.discard(path)

    def append(self, session: str, fact: Fact) -> None:
        """Keep one more fact. Raises `Conflict`, `NoSuchSession`, `NotKept`, `Damaged`, `NewerFormat`."""
        with self._changing(session) as file:
            self._copies.before(fact, file.path)
            # Only a tombstone takes away what the index may know: after one, other facts must not wait for that.
            if file.append(fact) and isinstance(fact.what, Erased):
                self._index.forget(file.path)
            self._index.touched(file.path)
            self._copies.obey(session, (fact,))

    def load(self, session: str) -> Record:
        """The whole record. Raises `NoSuchSession`, `Damaged`, `NewerFormat`."""
        path = self._find(session)
        try:
            return load(path)
        except FileNotFoundError:
            raise no_session(session) from None

    def resolve(self, prefix: str) -> str:
        """The one full id that begins so, damaged sessions included. Raises `NoSuchSession`."""
        self._insist_open()
        return the_one(prefix, (path.stem for path in self._folder.copies().values()))

    def revision(self, session: str) -> int:
        """The number in the file's first line. Raises `NoSuchSession`, `Damaged`, `NewerFormat`."""
        path = self._find(session)
        try:
            return revision(path)
        except FileNotFoundError:
            raise no_session(session) from None

    def history(self, *, pair: str | None = None, limit: int | None = None, fresh: bool = True) -> Sequence[Summary]:
        """What there is, newest first, without what `troubles` names."""
        self._insist_open()
        return self._index.summaries(pair, limit, fresh=fresh)

    def open_actions(self, *, pair: str | None = None) -> Sequence[ActionItem]:
        """Action items that wait, the earliest due first."""
        self._insist_open()
        return self._index.open_actions(pair)

    def actions(self, *, pair: str | None = None) -> Sequence[ActionItem]:
        """Every action item, the open ones first."""
        self._insist_open()
        return self._index.actions(pair)

    def search(
        self,
        query: Query,
        today: date,
        *,
        pair: str | None = None,
        private: bool = False,
        limit: int = MOST_HITS,
        stop: Stop | None = None,
    ) -> Findings:
        """What answers a query."""
        self._insist_open()
        return self._index.search(query, today, pair=pair, private=private, limit=limit, stop=stop)

    def prepare(self, progress: Progress | None = None, stop: Stop | None = None) -> bool:
        """Bring lists and search up to date; whether that came to its end."""
        self._insist_open()
        return self._index.prepare(progress, stop)

    def take_in(self, record: Record) -> int:
        """Merge another copy of a record in. Raises `Conflict`, `NotKept`, `Damaged`, `NewerFormat`, `StoreError`."""
        with self._open(), writing(self._folder.lock(checked_id(record.id))):
            count = self._taking_in.take_in(record, self._file)
            self._index.touched(self._folder.find(record.id))
            return count

    def redact(self, session: str, target: str, *, by: str, wall: datetime) -> None:
        """Erase one capture's text from draft, file, index and copies, in this order; it can be done again.

        Raises `NoSuchSession`, `NotKept`, `Damaged`, `NewerFormat`, and `StoreError` when there is no such capture.
        """
        with self._changing(session):
            for path in self._folder.places(session):
                file = self._file(path)
                file.sweep()
                file.change(redaction(target, by, wall))
                self._index.forget(path)
                self._copies.obey(session, file.record().facts)

    def delete(self, session: str) -> None:
        """Erase a session, also one that is damaged. Raises `NoSuchSession`, `Busy`, `NotKept`."""
        with self._open():
            self._folder.find(session)
            with self.live(session, person="(deleting it)"), self._changing(session):
                self._copies.remove(session)
                for path in self._folder.places(session):
                    drafts.drop(path, self._disk)
                    self._file(path).sweep()
                    self._index.forget(path)  # before: once the file is gone, nobody can delete the session again
                    remove_file(self._disk, path)
                    make_lasting(self._disk, path)
                    self._files.pop(path, None)
                    self._index.forget(path)  # after: another program may have listed it meanwhile
            for kind in ("live", "lock", "who", "who.tmp"):
                with suppress(NotKept):  # the session is erased; what stays is an empty file or a name
                    remove_file(self._disk, self._folder.lock(session, kind))

    def keep_draft(self, session: str, draft: Draft) -> None:
        """Keep what is not yet a fact. Raises `NoSuchSession`, `NotKept`."""
        with self._changing(session) as file:
            drafts.keep(file.path, draft, self._disk)

    def draft(self, session: str) -> Draft | None:
        """The last draft, if it can be read. Raises `NoSuchSession`."""
        return drafts.read(self._find(session))

    def drop_draft(self, session: str) -> None:
        """Forget the draft. Raises `NoSuchSession`, `NotKept`."""
        with self._changing(session) as file:
            drafts.put_away(file.path, self._disk)

    @contextmanager
    def live(self, session: str, *, person: str) -> Iterator[None]:
        """Hold the session against a second run, here and on every machine that shares the folder's locks.

        Raises `NoSuchSession`, `Busy`, `NotKept`.
        """
        with self._open():
            self._folder.find(session)
        with holding(self._folder.lock(session, "live"), person, self._disk):
            yield

    def programme(self) -> Programme:
        """Everybody known here. Raises `Damaged`, `NewerFormat`."""
        self._insist_open()
        return self._programme.read()

    def keep_person(self, person: Person) -> None:
        """Keep a person. Raises `NotKept`, `Damaged`, `NewerFormat`."""
        with self._open():
            self._programme.keep_person(person)

    def keep_pair(self, pair: Pair) -> None:
        """Keep a pair and its two people. Raises `NotKept`, `Damaged`, `NewerFormat`."""
        with self._open():
            self._programme.keep_pair(pair)

    def troubles(self) -> Sequence[str]:
        """One line for each file that is left out or cannot be read."""
        self._insist_open()
        unread = filter(None, map(drafts.trouble, drafts.sessions_with_one(self._folder)))
        lines = [*self._index.troubles(), *map(str, unread), *self._copies.troubles()]
        try:
            self._programme.read()
        except StoreError as error:
            lines.append(str(error))
        return lines

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._closed = True
            self._files.clear()
            self._index.close()

    @contextmanager
    def _open(self) -> Iterator[None]:
        """Let one thread at a time change something, while the folder is there."""
        with self._lock:
            self._insist_open()
            self._folder.require()
            yield

    @contextmanager
    def _changing(self, session: str) -> Iterator[SessionFile]:
        """Let one program at a time change this session."""
        with self._open():
            path = self._folder.find(session)
            with writing(self._folder.lock(session)):
                yield self._file(path)

    def _insist_open(self) -> None:
        if self._closed:
            raise StoreError("The store is closed. Start the program again")

    def _find(self, session: str) -> Path:
        self._insist_open()
        return self._folder.find(session)

    def _file(self, path: Path) -> SessionFile:
        file = self._files.pop(path, None) or SessionFile(path, self._disk)
        self._files[path] = file
        while len(self._files) > _OPEN_FILES:
            self._files.popitem(last=False)
        return file

    def _is_begun(self, record: Record) -> bool:
        """Whether an earlier try of the same came further than it knew. Raises `Conflict` for another's."""
        try:
            path = self._folder.find(record.id)
        except NoSuchSession:
            return False
        if path in self._unsure and load(path) == replace(record, facts=in_order(record.facts)):
            return True
        raise Conflict(f"session {record.id} is already there")
