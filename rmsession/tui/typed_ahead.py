"""Keys in the order in which they were typed: what is typed ahead of what a key leads to waits for it.

A key that does something goes through several hands, and then a module may be loaded or a record read. Keys that follow
meanwhile would be taken by what has the keyboard still, and mean something else there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import Any, Final
from weakref import WeakSet

from textual import events, on
from textual.message import Message
from textual.worker import NoActiveWorker, Worker, get_current_worker

from rmsession.tui.clipboard import CarefulClipboard
from rmsession.tui.hops import painted
from rmsession.tui.steps import AWAITED, FILLING, FLOW, OFFERING
from rmsession.tui.typed_signs import Key

PATIENCE_SECONDS: Final = 2.0
"""How long keys wait for a screen; then they go where the keyboard is, as a dead keyboard would be worse."""
_HOPS: Final = 3
"""From what has the keyboard to its screen and the app; then what these make of it, and what is made of that."""
_WAY_SECONDS: Final = 0.1
"""How long it may take from hand to hand; longer only where one of them is gone meanwhile, or very busy."""
_LOOK_SECONDS: Final = 0.002


class _Passed(Message):
    """Goes where a key goes: through what has the keyboard, and all that this lies in, to the app."""

    def __init__(self) -> None:
        super().__init__()
        self.by = asyncio.Event()


class TypedAhead(CarefulClipboard):
    """An app that gives each key to what the keys before it lead to."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._waiting: deque[events.Key | events.Paste] = deque()
        """What was typed and nobody has seen yet."""
        self._let_in: list[events.Event] = []
        """What waited no longer, and has not come by again."""
        self._passed_on: events.Event = events.Key("", None)
        """What was passed on last."""
        self._moved = False
        """Whether something was done since the app was last seen to have come to rest."""
        self._useless = False
        """Whether the key that was passed on last came back, and means nothing here either."""
        self._resting: asyncio.Task[None] | None = None
        """Waits for the app to come to rest after a key that did something, then lets in what was typed since."""
        self._at_a_screen: WeakSet[Worker[Any]] = WeakSet()
        """Workers that have opened a screen, and wait until it stands or for its answer, or do as it says."""
        self._too_slow: WeakSet[Worker[Any]] = WeakSet()
        """Workers that keys wait for no longer."""

    async def on_event(self, event: events.Event) -> None:
        """Deal with what happens; a key waits while what the keys before it lead to is on its way."""
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
        elif event.is_forwarded:
            self._useless = True  # for what had the keyboard; it comes back
            await super().on_event(event)
        else:
            if event in self._let_in:
                self._let_in.remove(event)
            elif self._waits(event):
                self._waiting.append(event)
                self._set_going()
                return
            self._passed_on, self._useless = event, False
            if not self._is_text(event):
                self._set_going()
            await super().on_event(event)

    async def run_action(self, *action: Any, **how: Any) -> bool:
        """Do what a key asks for, and have the next one wait until that has led where it leads."""
        self._useless = False
        self._set_going()
        return await super().run_action(*action, **how)

    def push_screen(self, *screen: Any, **how: Any) -> Any:
        """Open a screen; who does so has arrived, whether it waits until that stands or for its answer."""
        opening = super().push_screen(*screen, **how)
        with suppress(NoActiveWorker):
            self._at_a_screen.add(get_current_worker())
        return opening

    async def push_screen_wait(self, screen: Any, *, mode: str | None = None) -> Any:
        """Open a screen and wait for its answer."""
        answer = await super().push_screen_wait(screen, mode=mode)
        worker = get_current_worker()
        if worker.group == FLOW:
            self._at_a_screen.discard(worker)
        return answer

    async def nothing_waits(self) -> None:
        """Wait until all that was typed has been let in; where the app broke, text is let in past it."""
        if self._exception is None and self._resting:
            await asyncio.wait([self._resting])
        while self._exception and self.focused and self._waiting:
            if self._is_text(event := self._waiting.popleft()):
                self.focused._forward_event(event)  # noqa: SLF001 - as the app would, if it still did anything

    def _waits(self, event: events.Key | events.Paste) -> bool:
        """Whether something that was typed before is not through yet, or leads to what is still on its way."""
        if self._let_in or self._waiting or self._on_their_way(event):
            return True
        return self._resting is not None and not (_turns_away(event) and self._on_their_way())

    def _is_text(self, event: events.Key | events.Paste) -> bool:
        """Whether it is text for a line that is being written: that leads nowhere."""
        typed = ("a", "a") if isinstance(event, events.Paste | Key) else (event.key, event.character)
        return self.focused is not None and self.focused.check_consume_key(*typed)

    def _is_over(self) -> bool:
        """Whether the app ends, so that keys lead nowhere any more."""
        return self._exit or not self.screen_stack

    def _on_their_way(self, event: events.Key | events.Paste | None = None) -> list[Worker[Any]]:
        """Workers that will open a screen or fill the one that is there, and that such a key waits for."""
        waited_for = (each for each in self.workers if each.group in AWAITED and not each.is_finished)
        found = [each for each in waited_for if not (each in self._at_a_screen or each in self._too_slow)]
        if not found or event is None:
            return found
        if _turns_away(event):
            return [each for each in found if each.group not in FILLING or each.node not in self.screen_stack[-1:]]
        return [each for each in found if each.group not in OFFERING or not self._is_text(event)]

    @property
    def _first(self) -> events.Key | events.Paste | None:
        """What waits first, if anything does."""
        return self._waiting[0] if self._waiting else None

    def _set_going(self) -> None:
        self._moved = True
        if self._resting is None:
            self._resting = asyncio.create_task(self._let_all_in())

    async def _let_all_in(self) -> None:
        """Wait until the app rests, then let in what was typed meanwhile: key by key, and text in one go."""
        try:
            await self._come_to_rest()
            while self._waiting and not self._is_over():
                event = self._waiting.popleft()
                self._let_in.append(event)
                self.post_message(event)
                if not self._is_text(event):
                    await self._come_to_rest()
        finally:
            self._resting = None

    async def _come_to_rest(self) -> None:
        """Wait until what was done has led where it leads, and that can be typed at; not for long."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                quiet = 0
                while quiet < _HOPS:
                    self._moved = False
                    on_their_way = self._on_their_way(self._first)
                    arrived = await self._gone_through()
                    if self._is_over():
                        return
                    if on_their_way or not arrived or self._on_their_way(self._first):
                        quiet = 0
                        await asyncio.sleep(_LOOK_SECONDS)
                        continue
                    if self._useless or getattr(self.focused, "dealt_with", None) is self._passed_on:
                        return
                    quiet = 0 if self._moved else quiet + 1
                    if quiet == _HOPS and await painted(self.screen):
                        quiet = 0
        except TimeoutError:
            self._too_slow.update(self._on_their_way())

    async def _gone_through(self) -> bool:
        """Go the way of a key, from here to what has the keyboard and back, behind all that goes there."""
        passed = _Passed()
        if not self._is_over() and self.call_later((self.focused or self.screen).post_message, passed):
            with suppress(TimeoutError):
                await asyncio.wait_for(passed.by.wait(), _WAY_SECONDS)
        return passed.by.is_set()

    @on(_Passed)
    def _passed(self, message: _Passed) -> None:
        message.by.set()


def _turns_away(event: events.Key | events.Paste) -> bool:
    """Whether it leaves the screen that is in front, whatever that is being filled with."""
    return isinstance(event, events.Key) and event.key == "escape"
