"""Keys in the order in which they were typed: what is typed ahead of a screen that is on its way waits for it.

A key that opens something goes through several hands, and then a module is loaded or a record read. Keys that follow
meanwhile would be taken by the screen that is about to be covered, and mean something else there.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from contextlib import suppress
from typing import Any, Final
from weakref import WeakSet

from textual import events
from textual.dom import DOMNode
from textual.worker import Worker, get_current_worker

from rmsession.core.frozen import frozen
from rmsession.tui.clipboard import CarefulClipboard
from rmsession.tui.hops import through
from rmsession.tui.steps import DIALOG, FLOW

PATIENCE_SECONDS: Final = 2.0
"""How long keys wait for a screen; then they go where the keyboard is, as a dead keyboard would be worse."""
_HOPS: Final = 3
"""From what has the keyboard to its screen and the app; then what these make of it, and what is made of that."""
_LOOK_SECONDS: Final = 0.002


@frozen
class _Typed:
    """Something typed that has to wait."""

    event: events.Key | events.Paste
    passed_over_by: DOMNode | None
    """What had the keyboard when the event was passed on, and made nothing of it; None: nobody has seen it yet."""

    @property
    def time(self) -> float:
        """When it was typed, in seconds of a clock of the process."""
        return self.event.time

    def anew(self) -> events.Key | events.Paste:
        """The same, as if nobody had seen it."""
        event = self.event
        return event.copy() if isinstance(event, events.Key) else events.Paste(event.text)


class TypedAhead(CarefulClipboard):
    """An app that gives each key to the screen which the keys before it lead to."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._waiting: list[_Typed] = []
        """What was typed and not yet dealt with, in the order of typing."""
        self._passing: events.Event | None = None
        """What is let through just now."""
        self._heard_by: DOMNode | None = None
        """What had the keyboard when the last key was passed on."""
        self._asked = False
        """Whether something was done since the app was last seen to have come to rest."""
        self._letting_through: asyncio.Task[None] | None = None
        self._at_a_screen: WeakSet[Worker[Any]] = WeakSet()
        """Workers that have opened a screen, and wait for its answer or do as it says."""
        self._too_slow: WeakSet[Worker[Any]] = WeakSet()
        """Workers that keys wait for no longer."""

    async def on_event(self, event: events.Event) -> None:
        """Deal with what happens; a key waits while what the keys before it lead to is on its way."""
        if isinstance(event, events.Key | events.Paste):
            if event is not self._passing and self._must_wait():
                self._put_off(event)
                return
            if not event.is_forwarded:
                self._heard_by = self.focused or self.screen
        await super().on_event(event)

    async def run_action(self, *action: Any, **how: Any) -> bool:
        """Do what a key asks for; where that leads is looked at when another key comes."""
        self._asked = True
        return await super().run_action(*action, **how)

    async def push_screen_wait(self, screen: Any, *, mode: str | None = None) -> Any:
        """Open a screen and wait for its answer."""
        worker = get_current_worker()
        self._at_a_screen.add(worker)
        answer = await super().push_screen_wait(screen, mode=mode)
        if worker.group == FLOW:
            self._at_a_screen.discard(worker)
        return answer

    async def nothing_waits(self) -> None:
        """Wait until all that was typed has been let through."""
        if self._letting_through:
            await asyncio.wait([self._letting_through])

    def _must_wait(self) -> bool:
        return self._letting_through is not None or self._asked or bool(self._on_their_way())

    def _on_their_way(self) -> list[Worker[Any]]:
        """Workers that are about to open a screen."""
        return [
            each
            for each in self.workers
            if each.group in (FLOW, DIALOG)
            and not (each.is_finished or each in self._at_a_screen or each in self._too_slow)
        ]

    def _put_off(self, event: events.Key | events.Paste) -> None:
        # One that comes back because nobody made anything of it was typed before those that nobody has seen.
        typed = _Typed(event, self._heard_by if event.is_forwarded else None)
        insort(self._waiting, typed, key=lambda each: each.time)
        if self._letting_through is None:
            self._letting_through = asyncio.create_task(self._let_through())

    async def _let_through(self) -> None:
        try:
            await self._come_to_rest()
            while self._waiting:
                typed = self._waiting.pop(0)
                event = typed.event
                if typed.passed_over_by not in (None, self.focused or self.screen):
                    event = typed.anew()  # somebody else has the keyboard by now, and may want it
                self._passing = event
                self.post_message(event)
                await self._come_to_rest()
        finally:
            self._letting_through = self._passing = None

    async def _come_to_rest(self) -> None:
        """Wait until what was done has led where it leads, and that can be typed at."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    self._asked = False
                    for _ in range(_HOPS):
                        await through([self])
                        for each in (self.focused or self.screen).ancestors_with_self:
                            await through([each])
                    if not (self._asked or self._on_their_way()):
                        return
                    await asyncio.sleep(_LOOK_SECONDS)
        self._too_slow.update(self._on_their_way())
