"""The side of the store on a disk that keeps: one TinyDB file a session, so a line costs the same after ten years.

Apart from the side that is asked: what locks, writes and copies takes half a start, and lists need none of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Final

from rmsession.core.facts import Erased, Fact
from rmsession.core.programme import Pair, Person
from rmsession.core.record import Record, in_order
from rmsession.core.store import Draft
from rmsession.core.store_errors import Conflict, NoSuchSession, NotKept
from rmsession.core.tombstones import stones_in
from rmsession.core.uniting import Known
from rmsession.store import drafts
from rmsession.store.copies import Copies
from rmsession.store.disk import Disk, make_lasting, remove_file
from rmsession.store.everywhere import Everywhere
from rmsession.store.folder import DataFolder
from rmsession.store.index import Index
from rmsession.store.locks import holding, writing
from rmsession.store.names import checked_id
from rmsession.store.people import ProgrammeFile
from rmsession.store.redaction import redaction
from rmsession.store.session_file import SessionFile, load
from rmsession.store.taking_in import TakingIn

_OPEN_FILES: Final = 4
"""Sessions whose tables are kept between two facts: a program runs one, an import goes through many."""


class Keeper:
    """What changes a data folder; `TinyStore` says what each of its calls means, and may raise."""

    def __init__(
        self, folder: DataFolder, disk: Disk, index: Index, lock: RLock, insist_open: Callable[[], None]
    ) -> None:
        self._folder = folder
        self._disk = disk
        self._index = index
        self._copies = Copies(folder, disk)
        self._programme = ProgrammeFile(folder.programme, folder.lock("programme"), disk)
        self._taking_in = TakingIn(folder, disk, self._programme)
        self._everywhere = Everywhere(folder, disk, index)
        self._files: OrderedDict[Path, SessionFile] = OrderedDict()
        self._unsure: set[Path] = set()
        """Files begun without the certainty that they last: the same `begin` again makes sure."""
        self._lock = lock
        self._insist_open = insist_open

    def begin(self, record: Record) -> None:
        """Keep a new record. Raises `Conflict`, `NotKept`."""
        path = self._folder.place_for(replace(record, id=checked_id(record.id)))
        with self._open(), self._everywhere.obeyed(record) as obedient, writing(self._folder.lock(record.id)):
            if self._is_begun(obedient):
                make_lasting(self._disk, path)
            else:
                self._folder.make(path.parent)
                self._unsure.add(path)
                self._file(path).begin(obedient)
                self._folder.remember(record.id, path)
                self._index.touched(path)
            self._unsure.discard(path)

    def append(self, session: str, fact: Fact) -> None:
        """Keep one more fact. Raises `Conflict`, `NoSuchSession`, `NotKept`, `Damaged`, `NewerFormat`."""
        with self._changing(session) as file:
            self._copies.before(fact, file.path)
            file.append(fact)
            self._index.touched(file.path)
        if isinstance(fact.what, Erased):  # only a tombstone takes away what is known elsewhere
            with self._open():
                self._everywhere.finish(stones_in((fact,)))

    def take_in(self, record: Record) -> int:
        """Merge another copy of a record in. Raises `Conflict`, `NotKept`, `Damaged`, `NewerFormat`, `StoreError`."""
        with self._open():
            with self._everywhere.obeyed(record) as theirs, writing(self._folder.lock(checked_id(record.id))):
                taken = self._taking_in.take_in(theirs, self._file)
                self._index.touched(self._folder.find(record.id))
            self._everywhere.finish(taken.erased)
            return taken.facts

    def redact(self, session: str, target: str, *, by: str, wall: datetime) -> None:
        """Erase one capture's text from draft, file, index and copies, in this order; it can be done again.

        So it goes from later sessions that took the line as a topic, and from those first.

        Raises `NoSuchSession`, `NotKept`, `Damaged`, `NewerFormat`, and `StoreError` when there is no such capture.
        """
        with self._open(), self._everywhere.guarded():
            redaction(target, by, wall)(self._file(self._folder.find(session)).record())
            self._everywhere.erase({target: Erased(target, "", by, wall)})
            self._everywhere.remember(target)

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

    def keep_person(self, person: Person) -> None:
        """Keep a person. Raises `NotKept`, `Damaged`, `NewerFormat`."""
        with self._open():
            self._programme.keep_person(person)

    def keep_pair(self, pair: Pair) -> None:
        """Keep a pair and its two people. Raises `NotKept`, `Damaged`, `NewerFormat`."""
        with self._open():
            self._programme.keep_pair(pair)

    def keep_known(self, values: Sequence[Known]) -> None:
        """Keep all of them in one write, or none. Raises `NotKept`, `Damaged`, `NewerFormat`, `StoreError`."""
        with self._open():
            self._programme.keep_known(values)

    def troubles(self) -> list[str]:
        """One line for each session that this program changed without a snapshot."""
        return self._copies.troubles()

    def close(self) -> None:
        """Let go of every file."""
        self._files.clear()

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
