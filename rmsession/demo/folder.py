"""Where a demo lies: a temporary folder that goes when the demo is left, or one that somebody wants to keep.

A demo that was killed leaves its folder; the next demo finds that nobody holds it any more, and removes it.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from rmsession.core.store_errors import StoreError
from rmsession.demo.programme import MARK
from rmsession.store.locks import at_rest

_PREFIX: Final = "rmsession-demo-"
_HELD: Final = "in-use"
"""The lock that a demo holds as long as it runs; the system takes it back from a killed one."""
_YOUNG: Final = 60.0
"""Seconds in which a new folder may not be locked yet."""


class NotEmpty(Exception):
    """The folder that was named is no place for a demo; the message says why, and what to do."""


@contextmanager
def passing(spared: str) -> Iterator[Path]:
    """A temporary folder, removed when it is left; unless a file of the name `spared` lies in it.

    Raises:
        OSError: there is no place for one.
        StoreError: the place for temporary files has no locks.
    """
    sweep(spared)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        with at_rest(folder / _HELD):
            yield folder
    finally:
        if not (folder / spared).exists():
            shutil.rmtree(folder, ignore_errors=True)


def sweep(spared: str) -> None:
    """Remove what killed demos left, but for folders with a file of the name `spared`."""
    top = Path(tempfile.gettempdir())
    with suppress(OSError):
        for each in list(top.glob(f"{_PREFIX}*")):
            if _ours(each) and not (each / spared).exists() and _let_go(each):
                shutil.rmtree(each, ignore_errors=True)


def kept(folder: Path, own: Iterable[Path]) -> Path:
    """The folder in which a demo is to be kept, once it is sure that nobody's data lie there.

    Args:
        folder: As it was named.
        own: The data folders of whoever asks, there or not.

    Raises:
        NotEmpty: something lies there, or it is where one's own sessions belong.
    """
    folder = Path(os.path.expanduser(folder)).resolve()  # noqa: PTH111 - as for --home
    for home in own:
        if home.resolve() in (folder, *folder.parents):
            raise NotEmpty(f"{folder}: your own sessions belong there; name another folder")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotEmpty(f"{folder}: something lies there already; name a folder that is new or empty")
    except OSError as wrong:
        raise NotEmpty(f"{folder}: {wrong.strerror}; name a folder that you may write to") from wrong
    return folder


def clear(folder: Path, *, itself: bool) -> None:
    """Remove what lies in a folder, and the folder itself unless somebody else had made it."""
    if itself:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for each in folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)


def _ours(folder: Path) -> bool:
    """Whether this is a folder that a demo of the same person made, and not just now."""
    known = folder.lstat()
    mine = not hasattr(os, "getuid") or known.st_uid == os.getuid()
    if not (mine and stat.S_ISDIR(known.st_mode) and time.time() - known.st_mtime > _YOUNG):
        return False
    try:
        return (folder / "config.toml").read_text(encoding="utf-8").startswith(MARK)
    except (OSError, UnicodeError):
        return not any(each.name != _HELD for each in folder.iterdir())


def _let_go(folder: Path) -> bool:
    """Whether no demo holds it any more."""
    try:
        with at_rest(folder / _HELD) as free:
            return free
    except StoreError:
        return False
