"""What a store in memory answers when it is asked for lists: made of the records each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from threading import RLock

from rmsession.core.figures import SessionFigures, figures_of
from rmsession.core.fold import session_of
from rmsession.core.lists import ActionItem, Summary
from rmsession.core.met import met_by_pair
from rmsession.core.query import Query
from rmsession.core.review import actions_of, open_actions_of, summarise
from rmsession.core.search import Findings, Stop, scan
from rmsession.core.store import Progress
from rmsession.core.store_errors import StoreError
from rmsession.core.tables import ActionColumns, SessionTable
from rmsession.core.tabling import action_columns, session_columns
from rmsession.core.terms import MOST_HITS
from rmsession.store.memory_records import MemoryRecords
from rmsession.store.views import earliest_due, newest_first, open_first


class MemoryLists:
    """Records in memory, one thread at a time, until they are let go of; lists of them, and search."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._kept = MemoryRecords()
        self._closed = False

    def history(self, *, pair: str | None = None, limit: int | None = None, fresh: bool = True) -> Sequence[Summary]:
        """What there is, newest first; memory is always fresh."""
        del fresh
        with self._open():
            return newest_first(map(summarise, self._kept.records.values()), pair, limit)

    def open_actions(self, *, pair: str | None = None) -> Sequence[ActionItem]:
        """Action items that wait, the earliest due first."""
        with self._open():
            return earliest_due(
                (each for record in self._kept.records.values() for each in open_actions_of(record)), pair
            )

    def open_columns(self) -> ActionColumns:
        """All open action items as the columns of a list."""
        return action_columns(self.open_actions())

    def session_table(self) -> SessionTable:
        """All sessions as the columns of a list."""
        kept = self.history()
        return SessionTable(session_columns(kept), met_by_pair(kept))

    def actions(self, *, pair: str | None = None, begins: str = "") -> Sequence[ActionItem]:
        """Every action item, or those whose ids begin so, the open ones first."""
        with self._open():
            found = (each for record in self._kept.records.values() for each in actions_of(session_of(record)))
            return open_first((each for each in found if each.capture.startswith(begins)), pair)

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
        with self._open():
            sessions = map(session_of, self._kept.records.values())
            return scan(sessions, query, today, pair=pair, private=private, limit=limit, stop=stop)

    def figures(self, progress: Progress | None = None, stop: Stop | None = None) -> Sequence[SessionFigures]:
        """What every session comes to in figures."""
        del progress, stop
        with self._open():
            return [figures_of(session_of(each)) for _, each in sorted(self._kept.records.items())]

    @contextmanager
    def _open(self) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise StoreError("The store is closed. Start the program again")
            yield
