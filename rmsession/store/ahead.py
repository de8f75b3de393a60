"""A look at the files that another process begins while this one still loads what it needs, and then ends with it.

That one goes through the months from the first, this one, once it wants to know, from the last, until they meet. What
the other saw counts only where nothing differs from what is known, which is nearly always: then the files were so
after the program was called, and that is all that a look can say. Else they are looked at again.
"""

from __future__ import annotations

import marshal
import os
import sys

# Not `signal`, which makes an enumeration of what it has; nor `typing`: this begins before anything else.
from _signal import SIGKILL  # type: ignore[import-not-found] # it is what `signal` is made of
from collections.abc import Callable

from rmsession.store.sighting import Glimpse, above_months, glimpse, in_month

TYPE_CHECKING = False  # as `typing` has it
if TYPE_CHECKING:
    from typing import Any, NoReturn

_SURE = 64
"""Bits of a folder's mark with which no two are ever taken for the same."""
_NUMBER = 8
"""Bytes of a length, as the other process tells it."""


class Ahead:
    """One such look, under way."""

    def __init__(self, home: Callable[[], str | os.PathLike[str]]) -> None:
        """Begin it in the data folder that `home` says. Raises `OSError`: there is no process to be had."""
        # A pipe would hold up whoever writes all of it until somebody reads; this file lies in no folder.
        self._said = os.memfd_create("seen")
        self._news, news = os.pipe()
        """How long each thing is that was said, once it is there."""
        self._heard = 0
        """Bytes of all that was read."""
        self._ended = False
        try:
            self._process = os.fork()
        except OSError:
            for each in (self._said, self._news, news):
                os.close(each)
            raise
        if not self._process:
            _look(home, self._said, news)
        os.close(news)

    def glimpse(self, root: str | os.PathLike[str]) -> Glimpse | None:
        """What both saw; None where the other looked at another folder, or could not begin, or was asked before.

        Raises:
            StoreError: a folder cannot be read.
        """
        if self._ended:
            return None
        try:
            return self._met(root)
        finally:
            self._end()

    def close(self) -> None:
        """Let go of it, be it done or not."""
        self._end()
        if self._process:
            os.waitpid(self._process, 0)
            self._process = 0

    def _end(self) -> None:
        """End the other process; until it is gone there are milliseconds for better things than to wait."""
        if not self._ended:
            self._ended = True
            os.close(self._news)
            os.close(self._said)
            os.kill(self._process, SIGKILL)

    def _met(self, root: str | os.PathLike[str]) -> Glimpse | None:
        where, marks, drafts, months = self._hear(wait=True) or (b"", {}, [], [])
        if where != os.fsencode(root):
            return None
        theirs: list[Glimpse] = []
        ours: list[Glimpse] = []
        while left := len(months) - len(theirs) - len(ours):
            # At the last one the other is already.
            if told := self._hear(wait=left == 1):
                theirs.append(Glimpse(*told))
            else:
                ours.append(glimpse(in_month(os.fspath(root), months[-1 - len(ours)])))
        seen = Glimpse(marks, drafts)
        for each in (*theirs, *reversed(ours)):
            seen.marks.update(each.marks)
            seen.drafts.extend(each.drafts)
        return seen

    def _hear(self, *, wait: bool) -> Any:
        """What the other process says next; None when there is nothing yet, or it ended."""
        os.set_blocking(self._news, wait)
        try:
            length = int.from_bytes(os.read(self._news, _NUMBER), "little")
        except BlockingIOError:
            return None
        data = os.pread(self._said, length, self._heard)
        self._heard += length
        return marshal.loads(data) if data else None  # noqa: S302 - from a copy of this very process


def can_look_ahead() -> bool:
    """Whether another process could look while this one goes on, and not only in its place."""
    # On macOS a copy of a process may not go on as it likes; elsewhere there may be none, or nobody else to run it.
    if sys.platform != "linux" or sys.hash_info.width < _SURE:
        return False
    return hasattr(os, "memfd_create") and len(os.sched_getaffinity(0)) > 1


def _look(home: Callable[[], str | os.PathLike[str]], saying: int, news: int) -> NoReturn:
    """Look, say what there is, and end without a word more: nothing that this process has is its own."""

    def say(what: Any) -> None:
        data = marshal.dumps(what)
        length = len(data)
        while data:
            data = data[os.write(saying, data) :]
        os.write(news, length.to_bytes(_NUMBER, "little"))

    try:
        for stream in {0, 1, 2} - {saying, news}:  # whoever reads those waits until everybody has closed them
            try:
                os.close(stream)
            except OSError:  # it was closed from the start
                continue
        root = os.fspath(home())
        above, months = above_months(root)
        say((os.fsencode(root), *_told(glimpse(above)), months))
        for month in months:
            say(_told(glimpse(in_month(root, month))))
    finally:
        os._exit(0)


def _told(seen: Glimpse) -> tuple[dict[bytes, int], list[str]]:
    return seen.marks, seen.drafts
