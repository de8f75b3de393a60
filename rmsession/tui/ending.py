"""How a run of the app comes to its end, or steps aside for the shell: nothing that was typed is lost.

A signal comes between two keys, not behind all of them: what was typed before it is heard out first.
"""

# ruff: noqa: PLC0415 - loaded when it is opened: the first paint needs none of it

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from textual.driver import Driver
from textual.message import Message
from textual.timer import Timer

from rmsession.tui.hops import through
from rmsession.tui.launch import Ran
from rmsession.tui.recorder import Recorder
from rmsession.tui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    # Home is painted without what a session needs.
    from rmsession.tui.desk import Desk

DRAFT_SECONDS: Final = 0.25
"""Between a key and its draft; keys that follow within it share the draft."""
HEAR_SECONDS: Final = 5.0
"""How long a program that must end may take for what was typed before; a tenth of one is usual."""
_WRITE_SECONDS: Final = 5.0
"""How long the draft may take to the disk before a program stops that may never go on."""
_HOPS: Final = 4
"""From the app to a field, its pane, the screen, and what that makes of it."""
_LOOK_SECONDS: Final = 0.1


class Ended(Message):
    """The program shall end: a signal says so, or the terminal is gone, which says the same as SIGHUP."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class Stopped(Message):
    """The shell wants the terminal (SIGTSTP); `halt` stops the process, `away` says whether it is in the background."""

    def __init__(self, halt: Callable[[], None], away: Callable[[], bool]) -> None:
        super().__init__()
        self.halt = halt
        self.away = away


class Continued(Message):
    """Somebody had stopped the process behind its back."""


class _Over(Exception):
    """The run ends while it is aside: the terminal is not to be taken again."""


class Ending:
    """Keeps the draft behind the keys, and at every way out."""

    def __init__(self, app: TypedAhead, recorder: Recorder, desk: Callable[[], Desk | None]) -> None:
        self._app = app
        self._recorder = recorder
        self._desk_of_now = desk
        self._timer: Timer | None = None
        self._task: asyncio.Task[None] | None = None
        self._over = False
        self._aside = False

    @property
    def desk(self) -> Desk | None:
        """The session of which something may be under way: it runs, or something is typed that is not settled."""
        desk = self._desk_of_now()
        return desk if desk and (desk.live or desk.forms or desk.asides.noted) else None

    def ran(self, crash: BaseException | None, unkept: int) -> Ran:
        """How it ended, once it has."""
        session = self.desk.session if self.desk else None
        return Ran(
            code=self._app.return_code or 0,
            crash=crash,
            unkept=unkept,
            left=session.record.id if session else None,
            drafted=self._recorder.drafted,
            off_record=bool(session and session.off_record),
        )

    def typed(self) -> None:
        """Something was typed: a moment later it is on its way to the disk."""
        if self._timer is None:
            self._timer = self._app.set_timer(DRAFT_SECONDS, self._beat)

    def leave(self, number: int) -> None:
        """A signal ends the program: what was typed is heard out, and the draft kept."""
        if not self._over:
            self._over = True
            self._later(self._left(128 + number))

    def crashed(self) -> None:
        """Something broke: the draft is kept at once, and once more when the rest has been heard out."""
        if self._over:
            return
        self._over = True
        try:
            self._keep()
        finally:
            self._later(self._closed())

    def step_aside(self, message: Stopped) -> None:
        """Give the terminal to the shell until it gives it back."""
        if not self._over and not self._aside:
            self._aside = True
            self._later(self._stepped_aside(message))

    def come_back(self) -> None:
        """Take the terminal anew: whoever stopped the process may have changed it."""
        if not self._over and not self._aside:
            with self._app.suspend():
                pass

    async def _left(self, code: int) -> None:
        await self._heard_out()
        self._keep()
        self._app.exit(return_code=code)

    async def _closed(self) -> None:
        try:
            await self._heard_out()
            self._keep()
        finally:
            self._app._close_messages_no_wait()  # noqa: SLF001 - as Textual ends after an error

    async def _stepped_aside(self, message: Stopped) -> None:
        await self._heard_out()
        self._keep()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._recorder.ask(lambda _: None), _WRITE_SECONDS)
        with suppress(_Over), self._app.suspend():
            message.halt()
            while message.away():
                if self._over:
                    raise _Over
                await asyncio.sleep(_LOOK_SECONDS)
        self._aside = False

    async def _heard_out(self) -> None:
        """Wait until all that was typed so far has arrived where it belongs, if that does not take too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HEAR_SECONDS):
                listening = getattr(self._app._driver, "heard_out", None)  # noqa: SLF001 - ours, but in a test
                if listening:
                    await asyncio.to_thread(listening, HEAR_SECONDS / 2)
                for _ in range(_HOPS):
                    await through([self._app])
                    await self._app.nothing_waits()
                    await through(
                        pump for screen in self._app.screen_stack for pump in (*screen.walk_children(), screen)
                    )

    def _keep(self) -> None:
        desk = self.desk
        if desk is None:
            return
        for fact in desk.session.facts:
            if fact.id in self._recorder.lost:
                desk.asides.note_lost(fact)
        desk.keep_draft()

    def _beat(self) -> None:
        self._timer = None
        if self.desk:
            self.desk.beat()

    def _later(self, steps: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.get_running_loop().create_task(steps)


def has_shell() -> bool:
    """Whether there is a shell to step aside for: it would have put the program into a group of its own."""
    return hasattr(signal, "SIGTSTP") and os.getpgrp() != os.getsid(0)


def ask_to_stop() -> None:
    """Ask everything that runs in the foreground with this program to stop, as the terminal does at ctrl+z."""
    os.kill(0, signal.SIGTSTP)


def driver_class() -> type[Driver] | None:
    """The driver for this system's terminals; None: Textual's own."""
    if sys.platform == "win32":
        return None
    # Only where there are terminals that it knows.
    from rmsession.tui.driver import TerminalDriver

    return TerminalDriver


def let_go() -> None:
    """Let signals end the process at once again, now that nothing waits to be kept."""
    if sys.platform != "win32":
        from rmsession.tui.driver import ENDING

        for number in ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
