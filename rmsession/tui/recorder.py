"""The one writer: a thread that keeps facts in order, and says afterwards what it has kept.

The event loop never waits for the disk. A job that fails stays at the head of the queue and is tried again, so
that order holds and keeping resumes by itself; what waits is counted on the screen.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message

from rmsession.core.store_errors import Conflict, NotKept, StoreError

if TYPE_CHECKING:
    # Home is painted without what a session needs.
    from rmsession.core.facts import Fact
    from rmsession.core.store import Draft, Store

SETTLE_SECONDS = 1.0
"""A write takes milliseconds; one that takes longer than this is not on its way but refused."""
RETRY_SECONDS = 1.0
"""How long a refused write waits before it is tried again."""
T = TypeVar("T")


@dataclass(slots=True)
class _Job:
    """One thing to do with the store, with its place for an answer."""

    run: Callable[[], object]
    answer: Future[object] | None = None
    fact: str | None = None


class Recorder:
    """Keeps facts and drafts in the order in which they come; knows the screen only as a place to post to."""

    class Kept(Message):
        """A fact is on the disk."""

        def __init__(self, fact: str, waiting: int) -> None:
            super().__init__()
            self.fact = fact
            self.waiting = waiting

    class NotYet(Message):
        """The disk refuses; it will be tried again."""

        def __init__(self, why: str, cause: str, waiting: int) -> None:
            super().__init__()
            self.why = why
            self.cause = cause
            """The same in two or three words."""
            self.waiting = waiting

    class Refused(Message):
        """A fact can never be kept where it belongs; `why` says so in one line."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    def __init__(self, store: Store, broke: Callable[[Exception], object] | None = None) -> None:
        self._store = store
        self._broke = broke or _said
        """Told, in the writer's thread, what nobody foresaw."""
        self._lost: list[str] = []
        self._listeners: tuple[Callable[[Message], object], ...] = ()
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._drafts: dict[str, Draft] = {}
        self._held = ExitStack()
        self._waiting = 0
        self._count = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many facts are not yet on the disk."""
        return self._waiting

    @property
    def lost(self) -> frozenset[str]:
        """Facts, by id, that cannot be kept however often they are tried."""
        return frozenset(self._lost)

    @property
    def drafted(self) -> bool:
        """Whether every draft is on the disk."""
        return not self._drafts

    def listen(self, post: Callable[[Message], object]) -> None:
        """Post what is kept and what is not to this place too; it must be safe to call from a thread."""
        self._listeners = (*self._listeners, post)

    def unlisten(self, post: Callable[[Message], object]) -> None:
        """Post there no more."""
        self._listeners = tuple(each for each in self._listeners if each != post)

    def keep(self, session: str, fact: Fact) -> None:
        """Keep one more fact."""
        self._put(_Job(lambda: self._store.append(session, fact), fact=fact.id))

    def draft(self, session: str, draft: Draft) -> None:
        """Keep what is not yet a fact; of several that wait only the last is written."""
        with self._count:
            queued = session in self._drafts
            self._drafts[session] = draft
        if not queued:
            self._jobs.put(_Job(lambda: self._write_draft(session)))

    async def ask(self, question: Callable[[Store], T]) -> T:
        """Put a question to the store behind all that waits, and wait for the answer without blocking the screen.

        Whoever asked may leave meanwhile: what was asked for is done all the same, for it may be a change.

        Raises:
            StoreError: what the store raised.
        """
        answer: Future[T] = Future()
        job = _Job(lambda: question(self._store), answer)  # type: ignore[arg-type]  # Future is invariant
        self._jobs.put(job)
        coming = asyncio.wrap_future(answer)
        coming.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may be left to hear it
        return await asyncio.shield(coming)

    async def settled(self) -> int:
        """Give what is on its way a moment to arrive; how many facts are not on the disk even then."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_SECONDS):
                await self.ask(lambda _: None)
                while self._waiting:  # more came behind the question
                    await self.ask(lambda _: None)
        return self._waiting

    async def hold(self, session: str, person: str) -> None:
        """Hold a session against a second run, until `release`. Raises `Busy`."""
        await self.ask(lambda store: self._held.enter_context(store.live(session, person=person)))

    async def release(self) -> None:
        """Let go of every session held."""
        await self.ask(lambda _: self._held.close())

    def stop(self, timeout: float = 5.0) -> int:
        """Finish what can be finished, let go, and return how many facts could not be kept."""
        self._stopping.set()
        self._jobs.put(None)
        self._thread.join(timeout)
        return self._waiting + len(self._lost)

    def _put(self, job: _Job) -> None:
        with self._count:
            self._waiting += 1
        self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            while not self._done(job):
                if self._stopping.wait(RETRY_SECONDS):
                    break
        self._held.close()

    def _done(self, job: _Job) -> bool:
        """Run a job; False when it is worth trying again."""
        try:
            return self._tried(job)
        except Exception as error:  # noqa: BLE001 - told to who asked, or to `broke`: what waits behind is still kept
            if job.answer:
                job.answer.set_exception(error)
            else:
                self._give_up(job)
                self._broke(error)
            return True

    def _tried(self, job: _Job) -> bool:
        if job.answer:
            # Whoever asked may have gone: a screen that was left, an app that ends.
            if job.answer.set_running_or_notify_cancel():
                job.answer.set_result(job.run())
            return True
        try:
            job.run()
        except NotKept as refusal:
            why, cause = str(refusal), refusal.cause
            self._post(lambda: self.NotYet(why, cause, self._waiting))
            return False
        except (StoreError, Conflict) as refusal:
            why = str(refusal)
            self._give_up(job)
            self._post(lambda: self.Refused(why))
            return True
        if job.fact:
            fact = job.fact
            self._settle(job)
            self._post(lambda: self.Kept(fact, self._waiting))
        return True

    def _give_up(self, job: _Job) -> None:
        self._settle(job)
        if job.fact:
            self._lost.append(job.fact)

    def _post(self, make: Callable[[], Message]) -> None:
        # Each listener gets a message of its own: a message belongs to one queue.
        for post in self._listeners:
            post(make())

    def _settle(self, job: _Job) -> None:
        if job.fact:
            with self._count:
                self._waiting -= 1

    def _write_draft(self, session: str) -> None:
        with self._count:
            draft = self._drafts.pop(session)
        try:
            self._store.keep_draft(session, draft)
        except BaseException:
            with self._count:
                self._drafts.setdefault(session, draft)
            raise


def _said(error: Exception) -> None:
    raise error
