"""What nobody foresaw: one line for the person, the place in the code for whoever mends it, and no user text."""

from __future__ import annotations

import os
import sys
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
    """From here on an unforeseen error is told by `tell`; `home` says the data folder when it comes to that."""
    sys.excepthook = lambda _, error, trace: tell(error, trace, home())


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
