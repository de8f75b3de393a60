"""The terminal, as a thing that can send garbage, stall, go away, or be wanted by the shell for a while.

Textual 8.2's own driver ends the app at one byte that is no UTF-8 and at a key code beyond Unicode; spins when the
terminal is closed; blocks the event loop for good when nobody reads what is painted; starts a second time, over
itself, at a SIGCONT that no SIGTSTP came before; and leaves the signals that end a program to kill it.
"""

from __future__ import annotations

import errno
import os
import select
import signal
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from queue import Empty, Full
from threading import Event
from typing import IO, Any, Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys
from textual.message import Message

from rmsession.tui.ending import Continued, Ended, Stopped
from rmsession.tui.typed_signs import as_meant

ENDING: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
"""Signals that ask a program to end."""
LOOK_SECONDS: Final = 0.1
"""Between two looks at whether the terminal is still wanted."""
STALL_SECONDS: Final = 1.0
"""How long painting waits for a terminal that reads nothing; then it goes on without."""
_CHUNK: Final = 4096
_A_MOMENT: Final = 0.005


class Parser(XTermParser):
    """Textual's parser; sequences that make no sense are passed over where Textual raises."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        try:
            return list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):  # a code that is no character, such as ESC [ 9999999 ; 1 u
            return [events.Key(Keys.Ignore, sequence)]

    def parse_mouse_code(self, code: str) -> Message | None:
        """What the mouse did; None where that cannot be told, as in a terminal that says it has no size."""
        try:
            return super().parse_mouse_code(code)
        except ZeroDivisionError:
            return None


class Output:
    """What is painted on; a terminal that went away takes everything and shows nothing."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.busy = False
        """Whether something is being painted at this moment."""

    def fileno(self) -> int:
        """The descriptor painted on."""
        return self._file.fileno()

    def write(self, text: str) -> None:
        """Paint."""
        self.busy = True
        try:
            self._file.write(text)
        except OSError as refusal:
            self._give_up(refusal)
        self.busy = False

    def flush(self) -> None:
        """Let it be seen."""
        self.busy = True
        try:
            self._file.flush()
        except OSError as refusal:
            self._give_up(refusal)
        self.busy = False

    def _give_up(self, refusal: OSError) -> None:
        # What is buffered would be tried again at every turn, and would break the end of the process.
        if refusal.errno not in (errno.EAGAIN, errno.EINTR):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


class TerminalDriver(LinuxDriver):
    """Textual's driver for a terminal that may misbehave; what ends or stops a program comes as messages."""

    def __init__(self, app: Any, **how: Any) -> None:
        super().__init__(app, **how)
        if not sys.__stderr__.isatty():  # type: ignore[union-attr]  # the command line saw to it that there is one
            # `2>log` is for complaints; the screen is for the person in front of it.
            self._file = sys.__stdout__
        self._output = Output(self._file)  # type: ignore[arg-type]
        self._file = self._output  # type: ignore[assignment]  # all that the writer thread asks of it
        self._quiet = Event()
        self._gone = False
        self._up = False
        self._stalled = False
        for number in ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup, say
                signal.signal(number, self._asked_to_end)

    def heard_out(self, seconds: float) -> bool:
        """Wait until the app was handed all that has been typed so far; False when that took longer. Blocks."""
        self._quiet.clear()
        return self._gone or self._quiet.wait(seconds)

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._up = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._up = self._writer_thread is not None  # in the background nothing was started

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if not self._up:
            return
        if not self._gone and not select.select([], [self.fileno], [], STALL_SECONDS)[1]:
            self._discard()
        super().stop_application_mode()
        # Textual turns it on where the terminal can count pixels, and never off: the next program would be surprised.
        self.write("\x1b[?1016l")

    def disable_input(self) -> None:
        """Hear no more; from the background, where the terminal is another's, nothing is to be done to it."""
        if self._up:
            super().disable_input()

    def close(self) -> None:
        """Paint what waits, and no more."""
        self._up = False
        super().close()

    def stop(self) -> None:
        """Stop the process as SIGTSTP does, and return when it goes on; at once where there is no shell to go to."""
        held = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTSTP, signal.SIGCONT)}
        os.kill(os.getpid(), signal.SIGTSTP)
        for number, handler in held.items():
            signal.signal(number, handler)

    def in_background(self) -> bool:
        """Whether the terminal is another's for now."""
        with suppress(OSError):
            return os.tcgetpgrp(self.fileno) != os.getpgrp()
        return False

    def write(self, data: str) -> None:
        """Paint, while there is somebody to paint for."""
        if not self._up or self._writer_thread is None:
            return
        queue = self._writer_thread._queue  # noqa: SLF001 - its own write waits for ever
        if self._stalled and not queue.empty():
            return
        if self._stalled:
            self._stalled = False
            self._app.call_later(self._app.refresh, layout=True)
        try:
            queue.put(data, timeout=STALL_SECONDS)
        except Full:
            self._stalled = True

    def process_message(self, message: Message) -> None:
        """Hand the app what was typed, as it was meant."""
        super().process_message(as_meant(message))

    def run_input_thread(self) -> None:
        """Hand the app what is typed, until it no longer listens or the terminal is gone."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        parser = Parser(self._debug)
        while not self.exit_event.is_set():
            if not self._readable(LOOK_SECONDS):
                self._quiet.set()
            elif not self._take(parser, decode):
                return
            for event in parser.tick():
                self.process_message(event)
        # What was typed before is still the app's; Textual throws away what comes after.
        while self._readable(0) and self._take(parser, decode):
            pass

    def _readable(self, seconds: float) -> bool:
        return bool(select.select([self.fileno], [], [], seconds)[0])

    def _take(self, parser: Parser, decode: Any) -> bool:
        """Take what is there; False when the terminal is gone."""
        data = b""
        with suppress(OSError):
            data = os.read(self.fileno, _CHUNK)
        if not data:
            self._gone = True
            self._quiet.set()
            self.send_message(Ended(signal.SIGHUP))
            return False
        if text := decode(data):  # nothing yet, of a character that comes in two reads
            for event in parser.feed(text):
                self.process_message(event)
        return True

    def _discard(self) -> None:
        """Nobody reads what is painted: throw away what waits, so that there is room to say good-bye."""
        writer = self._writer_thread
        for _ in range(round(STALL_SECONDS / _A_MOMENT)):
            if writer is None or writer.ident is None or not (self._output.busy or writer._queue.qsize()):  # noqa: SLF001
                return
            with suppress(Empty):
                while True:
                    writer._queue.get_nowait()  # noqa: SLF001
            with suppress(termios.error):
                termios.tcflush(self.fileno, termios.TCOFLUSH)
            # Its write sleeps on, whatever room there is now, until a signal wakes it.
            signal.pthread_kill(writer.ident, signal.SIGWINCH)
            time.sleep(_A_MOMENT)

    def _asked_to_end(self, number: int, _: object) -> None:
        # Once the app is through, the loop is closed: what is still being kept is being kept anyway.
        with suppress(RuntimeError):
            self.send_message(Ended(number))

    def _sigtstp_application(self, *_: object) -> None:
        with suppress(RuntimeError):
            self.send_message(Stopped(self.stop, self.in_background))

    def _sigcont_application(self, *_: object) -> None:
        with suppress(RuntimeError):
            self.send_message(Continued())
