"""What nobody foresaw: one line for the person, the place in the code for whoever mends it, and no user text."""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from rmsession import __version__
from rmsession.cli.talk import complain
from rmsession.closed import append_to, make_folder

LOG = "crash.log"
"""The name of the file in the data folder."""


def watch(home: Callable[[], Path]) -> None:
    """From here on an unforeseen error is told by `tell`; `home` says the data folder when it comes to that.

    That of a thread, of a finalizer, and what a library logs too: Python prints those with their messages, which
    may quote a note, on a terminal that somebody else may see.
    """

    def told(error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            tell(error, trace, home())

    sys.excepthook = lambda _, error, trace: told(error, trace)
    sys.unraisablehook = lambda broken: told(broken.exc_value, broken.exc_traceback)
    threading.excepthook = lambda broken: told(broken.exc_value, broken.exc_traceback)
    logging.lastResort = _Logged(told)


class _Logged(logging.Handler):
    """What nobody else takes of a library's log: the error in it is told, its words are not."""

    def __init__(self, told: Callable[[BaseException | None, TracebackType | None], None]) -> None:
        super().__init__(logging.ERROR)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of the error that a record brings, if it brings one."""
        _, error, trace = record.exc_info or (None, None, None)
        self._told(error, trace)


def tell(error: BaseException, trace: TracebackType | None, home: Path) -> None:
    """Say in one line that the program broke, and note where in a file that holds nothing anybody typed."""
    what = f"stopped by an error of its own ({type(error).__name__}); what was kept is kept."
    try:
        _note(_places(error, trace), home)
    except OSError:
        complain(f"{what} Where it happened could not be noted in {home}")
    else:
        complain(f"{what} Where it happened is noted, without any text, in {home / LOG}: please report it")


def _places(error: BaseException, trace: TracebackType | None) -> list[str]:
    """The error's kind and the places it came through; never its message, which may quote a note."""
    python = sys.version.split()[0]
    lines = [f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z rmsession {__version__} Python {python} {type(error).__name__}"]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    before = error.__cause__ or error.__context__
    return lines + (_places(before, before.__traceback__) if before else [])


def _note(lines: list[str], home: Path) -> None:
    make_folder(home)
    with os.fdopen(append_to(home / LOG), "a", encoding="utf-8", errors="replace") as stream:
        stream.write("\n".join(lines) + "\n")
