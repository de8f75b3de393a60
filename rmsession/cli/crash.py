"""What nobody foresaw: one line for the person, the place in the code for whoever mends it, and no user text."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any

from rmsession import __version__
from rmsession.cli.talk import complain
from rmsession.closed import append_to, make_folder

if TYPE_CHECKING:
    import logging
    from importlib.machinery import ModuleSpec

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
    for name, watched in (("threading", _watch_threads), ("logging", _watch_logs)):
        if module := sys.modules.get(name):
            watched(module, told)
        else:
            sys.meta_path.insert(0, _OnceLoaded(name, partial(watched, told=told)))


Told = Callable[[BaseException | None, TracebackType | None], None]


def _watch_threads(threads: Any, told: Told) -> None:
    """Have what breaks a thread come here."""
    threads.excepthook = lambda broken: told(broken.exc_value, broken.exc_traceback)


def _watch_logs(logs: Any, told: Told) -> None:
    """Have what nobody else takes of a library's log come here: the error in it is told, its words are not."""
    logs.lastResort = logs.Handler(logs.ERROR)

    def emit(record: logging.LogRecord) -> None:
        _, error, trace = record.exc_info or (None, None, None)
        told(error, trace)

    logs.lastResort.emit = emit


class _OnceLoaded:
    """Does something with a module as soon as anybody loads it: most commands need neither, a tenth of a start."""

    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        self._name = name
        self._then = then

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What Python's own finders find, with something to be done at its end."""
        if name != self._name:
            return None
        sys.meta_path.remove(self)
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in sys.meta_path)), None)
        if spec and spec.loader:
            load = spec.loader.exec_module

            def load_and_then(module: ModuleType) -> None:
                load(module)
                self._then(module)

            spec.loader.exec_module = load_and_then  # type: ignore[method-assign] # of this one loader
        return spec


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
    while trace:  # as `traceback` does, which would have to be loaded while the program breaks
        code = trace.tb_frame.f_code
        lines.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    before = error.__cause__ or error.__context__
    return lines + (_places(before, before.__traceback__) if before else [])


def _note(lines: list[str], home: Path) -> None:
    make_folder(home)
    with os.fdopen(append_to(home / LOG), "a", encoding="utf-8", errors="replace") as stream:
        stream.write("\n".join(lines) + "\n")
