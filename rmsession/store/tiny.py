"""The store on a disk, as everybody asks it: lists and search at once, what keeps once something is to be kept."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

# As `functools` does: what else is in `threading` takes a millisecond, and most commands have one thread.
from _thread import RLock
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rmsession.core.store_errors import StoreError
from rmsession.core.terms import MOST_HITS
from rmsession.store.disk import Disk
from rmsession.store.folder import DataFolder
from rmsession.store.index import Index
from rmsession.store.names import no_session, the_one
from rmsession.store.programme_look import Names, ProgrammeLook

if TYPE_CHECKING:
    from rmsession.core.arrangement import Rhythm
    from rmsession.core.facts import Fact
    from rmsession.core.figures import SessionFigures
    from rmsession.core.lists import ActionItem, Summary
    from rmsession.core.programme import Pair, Person, Programme
    from rmsession.core.query import Query
    from rmsession.core.record import Record
    from rmsession.core.search import Findings, Stop
    from rmsession.core.store import Draft, Progress
    from rmsession.core.tables import ActionColumns, SessionTable
    from rmsession.core.uniting import Known
    from rmsession.store.keeping import Keeper

T = TypeVar("T")


class TinyStore:
    """Sessions in a data folder; changes come one at a time, reads from any thread at any time."""

    def __init__(self, folder: DataFolder, device: str, disk: Disk) -> None:
        self.device = device
        """Who writes facts here, as `Fact.device`."""
        self._folder = folder
        self._disk = disk
        self._index = Index(folder, disk)
        self._programme = ProgrammeLook(folder.programme, self._index)
        self._keeper: Keeper | None = None
        self._lock = RLock()
        self._closed = False

    def begin(self, record: Record) -> None:
        """Keep a new record. Raises `Conflict`, `NotKept`."""
        self._keeping().begin(record)

    def append(self, session: str, fact: Fact) -> None:
        """Keep one more fact. Raises `Conflict`, `NoSuchSession`, `NotKept`, `Damaged`, `NewerFormat`."""
        self._keeping().append(session, fact)

    def load(self, session: str) -> Record:
        """The whole record. Raises `NoSuchSession`, `Damaged`, `NewerFormat`."""
        # Only here, as where a file is read below: lists read none.
        from rmsession.store.session_file import load

        return self._read(session, load)

    def resolve(self, prefix: str) -> str:
        """The one full id that begins so, damaged sessions included. Raises `NoSuchSession`."""
        self._insist_open()
        return the_one(prefix, (path.stem for path in self._folder.copies().values()))

    def revision(self, session: str) -> int:
        """The number in the file's first line. Raises `NoSuchSession`, `Damaged`, `NewerFormat`."""
        from rmsession.store.session_file import revision

        return self._read(session, revision)

    def history(self, *, pair: str | None = None, limit: int | None = None, fresh: bool = True) -> Sequence[Summary]:
        """What there is, newest first, without what `troubles` names."""
        self._insist_open()
        return self._index.summaries(pair, limit, fresh=fresh)

    def open_actions(self, *, pair: str | None = None) -> Sequence[ActionItem]:
        """Action items that wait, the earliest due first."""
        self._insist_open()
        return self._index.open_actions(pair)

    def open_columns(self) -> ActionColumns:
        """All open action items as the columns of a list."""
        self._insist_open()
        return self._index.open_columns()

    def keep_told(self, name: str, leaning: bytes, words: bytes) -> None:
        """Keep what a list said that was made of `open_columns`, if those are still so, to be found by `told`."""
        self._insist_open()
        self._index.keep_told(name, leaning, words)

    def session_table(self) -> SessionTable:
        """All sessions as the columns of a list."""
        self._insist_open()
        return self._index.session_table()

    def actions(self, *, pair: str | None = None, begins: str = "") -> Sequence[ActionItem]:
        """Every action item, or those whose ids begin so, the open ones first."""
        self._insist_open()
        return self._index.actions(pair, begins)

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

    def figures(self, progress: Progress | None = None, stop: Stop | None = None) -> Sequence[SessionFigures]:
        """What every session comes to in figures."""
        self._insist_open()
        return self._index.figures(progress, stop)

    def take_in(self, record: Record) -> int:
        """Merge another copy of a record in. Raises `Conflict`, `NotKept`, `Damaged`, `NewerFormat`, `StoreError`."""
        return self._keeping().take_in(record)

    def redact(self, session: str, target: str, *, by: str, wall: datetime) -> None:
        """Erase one capture's text from draft, file, index and copies, in this order; it can be done again.

        Raises `NoSuchSession`, `NotKept`, `Damaged`, `NewerFormat`, and `StoreError` when there is no such capture.
        """
        self._keeping().redact(session, target, by=by, wall=wall)

    def delete(self, session: str) -> None:
        """Erase a session, also one that is damaged. Raises `NoSuchSession`, `Busy`, `NotKept`."""
        self._keeping().delete(session)

    def keep_draft(self, session: str, draft: Draft) -> None:
        """Keep what is not yet a fact. Raises `NoSuchSession`, `NotKept`."""
        self._keeping().keep_draft(session, draft)

    def draft(self, session: str) -> Draft | None:
        """The last draft, if it can be read. Raises `NoSuchSession`."""
        from rmsession.store import drafts

        return self._read(session, drafts.read)

    def drop_draft(self, session: str) -> None:
        """Forget the draft. Raises `NoSuchSession`, `NotKept`."""
        self._keeping().drop_draft(session)

    def live(self, session: str, *, person: str) -> AbstractContextManager[None]:
        """Hold the session against a second run, here and on every machine that shares the folder's locks.

        Raises `NoSuchSession`, `Busy`, `NotKept`.
        """
        return self._keeping().live(session, person=person)

    def programme(self) -> Programme:
        """Everybody known here. Raises `Damaged`, `NewerFormat`."""
        self._insist_open()
        # Only here: it loads msgspec, and sessions name their people themselves.
        from rmsession.store.known import read

        return read(self._folder.programme)

    def names(self) -> Names:
        """The people of each pair. Raises `Damaged`, `NewerFormat`."""
        self._insist_open()
        return self._programme.names()

    def rhythms(self) -> Mapping[str, Rhythm]:
        """How often each pair means to meet. Raises `Damaged`, `NewerFormat`."""
        self._insist_open()
        return self._programme.rhythms()

    def keep_person(self, person: Person) -> None:
        """Keep a person. Raises `NotKept`, `Damaged`, `NewerFormat`."""
        self._keeping().keep_person(person)

    def keep_pair(self, pair: Pair) -> None:
        """Keep a pair and its two people. Raises `NotKept`, `Damaged`, `NewerFormat`."""
        self._keeping().keep_pair(pair)

    def keep_known(self, values: Sequence[Known]) -> None:
        """Keep all of them in one write, or none. Raises `NotKept`, `Damaged`, `NewerFormat`, `StoreError`."""
        self._keeping().keep_known(values)

    def troubles(self, *, fresh: bool = True) -> Sequence[str]:
        """One line for each file that is left out or cannot be read."""
        self._insist_open()
        unread: list[StoreError] = []
        if beside := list(self._folder.with_draft()) if fresh else self._index.drafts():
            # Only here: hardly ever is a draft under way while lists are asked for.
            from rmsession.store.drafts import trouble

            unread = list(filter(None, map(trouble, beside)))
        kept = self._keeper.troubles() if self._keeper else []
        lines = [*self._index.troubles(fresh=fresh), *map(str, unread), *kept]
        return [*lines, *filter(None, [self._programme.trouble()])]

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._closed = True
            if self._keeper:
                self._keeper.close()
            self._index.close()

    def _keeping(self) -> Keeper:
        """What changes the folder, made when something is first to be changed."""
        with self._lock:
            if self._keeper is None:
                # Only here: what locks, writes and copies takes half a start, and lists need none of it.
                from rmsession.store.keeping import Keeper

                self._keeper = Keeper(self._folder, self._disk, self._index, self._lock, self._insist_open)
            return self._keeper

    def _insist_open(self) -> None:
        if self._closed:
            raise StoreError("The store is closed. Start the program again")

    def _read(self, session: str, what: Callable[[Path], T]) -> T:
        self._insist_open()
        try:
            return what(self._folder.find(session))
        except FileNotFoundError:
            raise no_session(session) from None
