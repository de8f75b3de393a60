"""What a session screen does every second: look at the clock, give a sign of life, see what other programs wrote."""

from __future__ import annotations

from contextlib import suppress

from rich.cells import cached_cell_len

from rmsession.core.clock import Gap, SetBack
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Phase
from rmsession.tui.desk import Desk
from rmsession.tui.glance import Glance
from rmsession.tui.recorder import Recorder

SHORTEST_TICK = 0.1
"""Seconds; a shorter wait would look twice at the same second."""
MERGE_TICKS = 3
"""Ticks between two looks for what another program wrote."""

FORGET_TICKS = 300
"""Ticks after which the widths of painted texts are forgotten: Rich keeps 4,096, and each second paints new digits."""


class Pulse:
    """The part of it that knows no screen."""

    def __init__(self, desk: Desk, recorder: Recorder) -> None:
        self._desk = desk
        self._recorder = recorder
        self._ticks = 0
        self._revision = -1

    def tick(self) -> Gap | SetBack | None:
        """Look at the clock and keep what is under way; what was strange about the clock."""
        # The closing looks at the clock itself, and holds a question back while the mentee has the keyboard.
        strange = None if self._desk.session.phase is Phase.CLOSING else self._desk.tick()
        self._ticks += 1
        if self._ticks % FORGET_TICKS == 0:
            cached_cell_len.cache_clear()
        self._desk.beat()
        return strange

    @property
    def looks_around(self) -> bool:
        """Whether this is a tick at which to take in what another program wrote."""
        return self._ticks % MERGE_TICKS == 0

    async def take_in(self) -> bool:
        """Take what another program wrote, such as an action done from a second terminal; whether there was any."""
        session = self._desk.session.record.id
        # A damaged or busy file is told where facts are kept; looking for news can wait for the next time.
        with suppress(StoreError):
            revision = await self._recorder.ask(lambda store: store.revision(session))
            if revision != self._revision:
                record = await self._recorder.ask(lambda store: store.load(session))
                self._revision = revision
                return self._desk.take_in(record)
        return False


def until_next_second(glance: Glance | None) -> float:
    """Seconds until just behind the moment at which the shown second changes."""
    if glance is None or glance.session.phase is Phase.PAUSED:
        return 1.0
    rest = glance.pace.topic_left % 1 + 0.02
    return rest if rest > SHORTEST_TICK else rest + 1.0
