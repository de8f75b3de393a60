"""What the history asks of the store: its sessions, what a search finds, one record; each in a thread of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, tzinfo
from functools import partial

from rmsession.core.commands import Command, Finish, ReopenAction
from rmsession.core.decision import Refusal
from rmsession.core.facts import Fact
from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.late import change
from rmsession.core.lists import Summary
from rmsession.core.programme import Pair, same_name
from rmsession.core.query import Query
from rmsession.core.search import Findings, Stop
from rmsession.core.session import Session
from rmsession.core.store import Store
from rmsession.core.store_errors import Conflict
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.core.zones import zone_named
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder
from rmsession.tui.seeker import Seeker
from rmsession.tui.widgets.history_filters import Offered, offered_of
from rmsession.tui.widgets.history_rows import Row, by_month

FIRST = 60
"""Sessions that are shown before the others are known: a screenful, whatever its height."""
Told = Callable[[int, int], object]
"""Told from a thread how many files of how many have been read."""


@frozen
class Shelf:
    """The sessions of a pair as far as they are known."""

    rows: tuple[Row, ...] = ()
    known: Mapping[str, Summary] = field(default_factory=dict)
    whole: bool = False
    """Whether these are all, and as they are now."""


class Archive:
    """Questions about one pair at a time; a newer one of the same kind makes an older one needless."""

    def __init__(self, launch: Launch, recorder: Recorder) -> None:
        self._launch = launch
        self._recorder = recorder
        self.pairs: tuple[Pair, ...] = ()
        """The pairs of whoever sits here."""
        self.pair: Pair | None = None
        """Whose sessions are asked for."""
        self._zone = zone_named(launch.zone) or launch.clock.now().wall.tzinfo
        self._lists = Seeker(launch.store, "history")
        self._finds = Seeker(launch.store, "search")
        self._records = Seeker(launch.store, "record")
        self._filters = Seeker(launch.store, "filters")

    async def look_around(self, wanted: str | None) -> Pair | None:
        """Learn which pairs there are; the one `wanted` by its id, or the only one. Raises `StoreError`."""
        known = await self._recorder.ask(lambda store: store.programme().pairs)
        self.pairs = _mine(known, self._launch.me)
        if wanted:
            return next((each for each in known if each.id == wanted), None)
        return self.pairs[0] if len(self.pairs) == 1 else None

    async def sessions(self, told: Told) -> AsyncIterator[Shelf]:
        """What was known lately, at once; then all, when every file that changed was read. Raises `StoreError`."""
        pair, zone = self.pair.id if self.pair else "", self._zone

        def lately(store: Store, _: Stop) -> Shelf:
            return _shelf(store.history(pair=pair, limit=FIRST, fresh=False), zone)

        def everything(store: Store, stop: Stop) -> Shelf | None:
            if not store.prepare(told, stop):
                return None
            return _shelf(store.history(pair=pair, fresh=False), zone, whole=True)

        for question in (lately, everything):
            shelf = await self._lists.ask(question)
            if shelf is None:
                return
            yield shelf

    async def find(self, query: Query) -> Findings | None:
        """What answers a search; None when another one came, or nothing is searched for. Raises `StoreError`."""
        if not query or self.pair is None:
            self._finds.call_off()
            return None
        pair, today = self.pair.id, self._today
        found = await self._finds.ask(lambda store, stop: store.search(query, today, pair=pair, stop=stop))
        return found if found and found.complete else None

    async def filters(self, titles: Iterable[UserText]) -> Offered:
        """What can be filtered by. Raises `StoreError`."""
        pair, today, anything = self.pair, self._today, Query(kinds=tuple(Kind))
        if pair is None:
            return offered_of((), (), Findings(), today)
        lately = await self._filters.ask(lambda store, stop: store.search(anything, today, pair=pair.id, stop=stop))
        return offered_of(titles, (pair.mentee.name, pair.mentor.name), lately or Findings(), today)

    async def record(self, session: str) -> Session | None:
        """A whole record; None when another one is wanted by now. Raises `StoreError`."""
        return await self._records.ask(lambda store, _: session_of(store.load(session)))

    async def tick(self, session: str, capture: str) -> Refusal | None:
        """Do an action item, or open it again; kept when the answer comes. Raises `StoreError`."""
        launch, wall = self._launch, self._launch.clock.now().wall

        def keep(store: Store) -> Fact | Refusal:
            asked = partial(_ticked, capture=capture)
            return change(store, session, asked, wall, me=launch.me, device=launch.device)

        try:
            kept = await self._recorder.ask(keep)
        except Conflict as conflict:
            return Refusal(str(conflict))
        return kept if isinstance(kept, Refusal) else None

    def stop(self) -> None:
        """Ask no more."""
        for each in (self._lists, self._finds, self._records, self._filters):
            each.stop()

    @property
    def _today(self) -> date:
        return self._launch.clock.now().wall.date()


def _mine(known: tuple[Pair, ...], me: UserText | None) -> tuple[Pair, ...]:
    """The pairs of whoever sits here; all of them where they are in none."""
    return (
        tuple(each for each in known if me and any(same_name(one.name, me) for one in (each.mentor, each.mentee)))
        or known
    )


def _ticked(session: Session, capture: str) -> Command | Refusal:
    """The request that an action item be done, or open again when it is settled."""
    action = session.captures.get(capture)
    if action is None or not action.stands:
        return Refusal("That line is no longer there.")
    return Finish(capture) if action.status is ActionStatus.OPEN else ReopenAction(capture)


def _shelf(summaries: Sequence[Summary], zone: tzinfo | None, *, whole: bool = False) -> Shelf:
    return Shelf(by_month(summaries, zone), {each.id: each for each in summaries}, whole)
