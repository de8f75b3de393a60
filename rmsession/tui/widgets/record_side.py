"""The right side of the history: the record of the session that is stood on, fetched as one moves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from rmsession.core.decision import Refusal
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Visibility
from rmsession.core.query import Query
from rmsession.core.session import Session
from rmsession.core.store_errors import StoreError
from rmsession.tui.widgets.record_lines import RecordLook
from rmsession.tui.widgets.record_pane import RecordPane
from rmsession.tui.widgets.step import REVEAL_SECONDS

Fetch = Callable[[str], Awaitable[Session | None]]
"""A session's record; None when another one is wanted by now. May raise `StoreError`."""
Tick = Callable[[str, str], Awaitable[Refusal | None]]
"""Do or undo an action item of a session; it is on the disk when the answer comes. May raise `StoreError`."""


_REST_SECONDS = 0.04
"""How long one stands somewhere before its record is fetched: less than between two keys of a key held down."""


class RecordSide(Vertical):
    """One record; private lines show for a moment when they are asked for."""

    class Changed(Message):
        """The record that is shown is another one now, on the disk too."""

    class Shown(Message):
        """Another record is shown, or another place in it."""

    class Troubled(Message):
        """Something cannot be read or done; `why` says so in one line."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    def __init__(self, fetch: Fetch, tick: Tick, look: RecordLook) -> None:
        super().__init__(id="side")
        self._fetch = fetch
        self._tick = tick
        self.look = look
        """How records are looked at; another one holds from the next that is shown."""
        self._stale = False
        """Whether what is shown must be fetched again, even where one stays on it."""

    def compose(self) -> ComposeResult:
        """The record, whole."""
        yield RecordPane()

    @property
    def pane(self) -> RecordPane:
        """Where the record stands."""
        return self.query_one(RecordPane)

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now."""
        return self.look.seat.revealed

    @property
    def has_private(self) -> bool:
        """Whether there is anything that may be revealed: own private lines and titles, answers that both may see."""
        session = self.pane.session
        if session is None:
            return False
        forms = (each for each in session.forms.values() if isinstance(each, FeedbackGiven))
        return self.look.seat.has_private(session) or any(each.visibility is Visibility.BOTH for each in forms)

    def show(self, session: str | None, capture: str | None, query: Query) -> None:
        """Show this session's record, at one of its lines; or nothing."""
        self.look = replace(self.look, query=query)
        self._load(session, capture)

    @work(group="record", exclusive=True)
    async def _load(self, session: str | None, capture: str | None) -> None:
        there = self.pane.session
        if session is not None and (self._stale or there is None or there.record.id != session):
            # Whoever moves on or types on at once does not wait for a record that nobody reads.
            await asyncio.sleep(_REST_SECONDS)
            try:
                there = await self._fetch(session)
            except StoreError as refusal:
                self.post_message(self.Troubled(str(refusal)))
                there = None
            else:
                if there is None:
                    return
                self._stale = False
        self.pane.show(there if session else None, self.look, capture)
        self.post_message(self.Shown())

    def renew(self) -> None:
        """Fetch what is shown again: it may have changed."""
        if self.pane.session:
            self._stale = True
            self._load(self.pane.session.record.id, None)

    def reveal(self, *, on: bool) -> None:
        """Show private lines for a moment, or hide them."""
        if on == self.revealing:
            return
        self.look = replace(self.look, seat=replace(self.look.seat, revealed=on))
        self.pane.show(self.pane.session, self.look)
        if on:
            self.set_timer(REVEAL_SECONDS, self._conceal)
        self.post_message(self.Shown())

    def _conceal(self) -> None:
        self.reveal(on=False)

    @on(RecordPane.Ticked)
    @work(group="tick")
    async def _ticked(self, event: RecordPane.Ticked) -> None:
        """Keep it first, then say so."""
        try:
            refusal = await self._tick(event.session, event.capture)
        except StoreError as trouble:
            self.post_message(self.Troubled(str(trouble)))
            return
        if refusal:
            self.post_message(self.Troubled(refusal.why))
        else:
            self.post_message(self.Changed())
