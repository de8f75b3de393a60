"""A look at the files that another process takes while this one still loads what it needs: that takes as long.

What it saw counts only where nothing differs from what is known, which is nearly always: then the files were so after
the program was called, and that is all that a look can say. Else they are looked at again.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL
from typing import NoReturn

from rmsession.store.sighting import Sight, sight


class Ahead:
    """One such look, under way."""

    def __init__(self, home: Callable[[], Path]) -> None:
        """Begin it in the data folder that `home` says. Raises `OSError`: there is no process to be had."""
        self._answer, answer = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            os.close(self._answer)
            os.close(answer)
            raise
        if not self._process:
            _tell(home, answer)
        os.close(answer)

    def sight(self, root: Path) -> Sight | None:
        """What it saw; None where it saw another folder, could not look at all of it, or told so before."""
        if not self._process:
            return None
        with open(self._answer, "rb") as stream:  # noqa: PTH123 - a pipe has no path
            data = stream.read()
        os.waitpid(self._process, 0)
        self._process = 0
        try:
            where, *seen = marshal.loads(data)  # noqa: S302 - from a copy of this very process
        except (EOFError, ValueError, TypeError):  # it was ended before its end
            return None
        return Sight(*seen) if where == os.fsencode(root) else None

    def close(self) -> None:
        """Let go of it, be it done or not."""
        if self._process:
            os.close(self._answer)
            os.kill(self._process, SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0


def can_look_ahead() -> bool:
    """Whether another process could look while this one goes on, and not only in its place."""
    # On macOS a copy of a process may not go on as it likes; elsewhere there may be none, or nobody else to run it.
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _tell(home: Callable[[], Path], answer: int) -> NoReturn:
    """Look, say what there is, and end without a word more: nothing that this process has is its own."""
    try:
        for stream in {0, 1, 2} - {answer}:  # whoever reads those waits until everybody has closed them
            with suppress(OSError):  # it was closed from the start
                os.close(stream)
        root = os.fspath(home())
        data = marshal.dumps((os.fsencode(root), *sight(root, {})))
        while data:
            data = data[os.write(answer, data) :]
    finally:
        os._exit(0)
