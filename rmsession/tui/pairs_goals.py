"""The goals that a pair's earlier sessions named, looked for when a closing begins that asks about them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Final

from rmsession.core.agenda import FeedbackKind
from rmsession.core.documents import Hit
from rmsession.core.frozen import frozen
from rmsession.core.goals import Named, named_in
from rmsession.core.query import parse
from rmsession.core.session import Session
from rmsession.core.store import Store
from rmsession.core.store_errors import StoreError
from rmsession.tui.recorder import Recorder

PATIENCE_SECONDS: Final = 2.0
"""How long a form waits for them; then it asks about this session's alone."""
_MOST_LINES: Final = 1000
"""Lines about goals that are looked at, the newest."""
_ASKED_IN: Final = (FeedbackKind.MIDPOINT, FeedbackKind.FINAL)


@frozen
class _Sought:
    """A question on its way."""

    pair: str
    answer: asyncio.Task[Sequence[Hit]]


class PairsGoals:
    """Asks the store behind the screen's back; what cannot be read is not asked about, and not reported."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._sought: _Sought | None = None

    def read(self, session: Session) -> None:
        """Begin to look for them, where the session's forms ask about goals."""
        pair = session.pair.id
        if session.record.agenda.feedback in _ASKED_IN and (self._sought is None or self._sought.pair != pair):
            answer = asyncio.create_task(self._hits(pair, session.record.created.date()))
            self._sought = _Sought(pair, answer)

    async def named(self, session: Session) -> tuple[Named, ...]:
        """The goals, once they are found; none where that takes too long."""
        self.read(session)
        if self._sought is None:
            return ()
        with suppress(TimeoutError):
            return named_in(await asyncio.wait_for(asyncio.shield(self._sought.answer), PATIENCE_SECONDS), session)
        return ()

    async def _hits(self, pair: str, today: date) -> Sequence[Hit]:
        try:
            return await self._recorder.ask(partial(goal_lines, pair=pair, today=today))
        except StoreError:
            return ()


def goal_lines(store: Store, pair: str, today: date) -> Sequence[Hit]:
    """What search finds of a pair's shared goals."""
    return store.search(parse("kind:goal ", today), today, pair=pair, limit=_MOST_LINES).hits
