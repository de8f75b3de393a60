"""The thread that asks: of several questions only the newest is answered, and the one under way is called off.

It never waits for the writer, nor the writer for it, and the event loop waits for neither.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from rmsession.core.search import Stop
from rmsession.core.store import Store

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Question:
    """One question with its place for an answer."""

    put: Callable[[Store, Stop], object]
    answer: Future[object]

    def give(self, found: object) -> None:
        """Answer, unless whoever asked has gone."""
        if self.answer.set_running_or_notify_cancel():
            self.answer.set_result(found)


class Seeker:
    """Asks the store one thing at a time; a newer question makes an older one needless."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._wake = threading.Condition()
        self._waiting: _Question | None = None
        self._newest: _Question | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    async def ask(self, question: Callable[[Store, Stop], T]) -> T | None:
        """The answer; None when a newer question came, or the end. The question is told when to stop.

        Raises:
            StoreError: what the store raised.
        """
        asked = _Question(question, Future())
        with self._wake:
            if self._closed:
                return None
            passed, self._waiting = self._waiting, asked
            self._newest = asked
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            self._wake.notify_all()
        if passed:
            passed.give(None)
        return await asyncio.wrap_future(asked.answer)  # type: ignore[arg-type]  # Future is invariant

    def call_off(self) -> None:
        """Nobody waits for an answer any more."""
        with self._wake:
            passed, self._waiting, self._newest = self._waiting, None, None
        if passed:
            passed.give(None)

    def stop(self) -> None:
        """Call off what is under way and ask no more; does not wait for it."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        self.call_off()

    def _next(self) -> _Question | None:
        with self._wake:
            while self._waiting is None and not self._closed:
                self._wake.wait()
            asked, self._waiting = self._waiting, None
            return asked

    def _work(self) -> None:
        while asked := self._next():
            if asked.answer.set_running_or_notify_cancel():
                self._put(asked)

    def _put(self, asked: _Question) -> None:
        def stale() -> bool:
            return self._newest is not asked

        try:
            found = asked.put(self._store, stale)
        except Exception as error:  # noqa: BLE001 - told to who asked, who would wait for ever
            asked.answer.set_exception(error)
        else:
            asked.answer.set_result(None if stale() else found)
