"""Who may write: locks that the system takes back from a killed program, so none is ever stale.

Only locks of the operating system are used. Where a file system has none, a marker file in their stead would
outlive its program and could be broken by two at once, so writing is refused there.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any, Final

import msgspec
from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

from rmsession.core.store_errors import Busy, NotKept, StoreError
from rmsession.core.text import clean
from rmsession.store.disk import Disk, not_kept, remove_file, replace_file, shown
from rmsession.store.spelling import Unfit, dumps, loads
from rmsession.store.values import document_of, value_of

_PATIENCE: Final = 10.0
"""Seconds to wait for another program's write, which takes milliseconds; longer means that it hangs."""
_POLL: Final = 0.003
_NO_LOCKS: Final = {errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What file systems answer that have no locks, or whose server gives none."""


class _Holder(msgspec.Struct):
    """Who has a session open."""

    person: str
    pid: int
    host: str
    since: datetime


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Be the only program that changes what this lock guards.

    Raises:
        NotKept: another program hangs while writing, or the disk refused.
        StoreError: the file system has no locks.
    """
    lock = _lock(path)
    if not _taken(lock, path, _PATIENCE):
        raise NotKept(f"Not kept: another program has been writing for {_PATIENCE:.0f} s ({shown(path)}). Close it")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def at_rest(*paths: Path) -> Iterator[bool]:
    """Hold these locks without waiting for anybody, all or none of them; whether they are held now.

    Raises:
        NotKept: the disk refused.
        StoreError: the file system has no locks.
    """
    with ExitStack() as held:
        for path in paths:
            lock = _lock(path)
            if not _taken(lock, path, 0):
                held.close()
                yield False
                return
            held.callback(lock.release)
        yield True


@contextmanager
def holding(path: Path, person: str, disk: Disk) -> Iterator[None]:
    """Be the only program in which a session is open; who it is stands beside the lock meanwhile.

    Raises:
        Busy: another program is; the message says who, where and since when.
        NotKept: the disk refused.
    """
    lock, beside = _lock(path), path.with_suffix(".who")
    if not _taken(lock, path, 0):
        raise _busy(beside)
    try:
        try:
            holder = _Holder(person, os.getpid(), socket.gethostname(), datetime.now().astimezone())
            replace_file(disk, beside, beside.with_suffix(".who.tmp"), dumps(document_of(holder)), lasting=False)
            yield
        finally:
            with suppress(NotKept):  # a stale name harms nobody: it is read only while the lock is held
                remove_file(disk, beside)
    finally:
        lock.release()


def _lock(path: Path) -> BaseFileLock:
    return FileLock(path, mode=0o600, thread_local=False, poll_interval=_POLL, **_only_real())


@cache
def _only_real() -> dict[str, Any]:
    """What tells the library to use no marker files; releases before it could be told are caught when they do."""
    return {"fallback_to_soft": False} if "fallback_to_soft" in signature(FileLock).parameters else {}


def _taken(lock: BaseFileLock, path: Path, patience: float) -> bool:
    if not path.parent.is_dir():  # the library would make it, and with it a data folder that was moved away
        raise not_kept(path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
    taken = False
    try:
        lock.acquire(timeout=patience)
        taken = True
    except Timeout:
        pass
    except NotImplementedError as error:
        raise _no_locks(path) from error
    except OSError as error:
        raise _no_locks(path) if error.errno in _NO_LOCKS else not_kept(path, error) from error
    if isinstance(lock, SoftFileLock):  # some releases turn the lock into one where the system has none
        lock.release()
        raise _no_locks(path)
    return taken


def _no_locks(path: Path) -> StoreError:
    return StoreError(
        f"Not kept: the file system of {shown(path.parent)} has no locks, so two programs could write over each "
        "other. Name a folder on a disk of this computer"
    )


def _busy(beside: Path) -> Busy:
    try:
        holder = value_of(loads(beside.read_bytes()), _Holder)
    except (OSError, Unfit):  # taken this very moment, or written by another version
        return Busy("The session is open in another program. Close it there first")
    return Busy(
        f"The session is open in another program: {clean(holder.person)}, process {holder.pid} on "
        f"{clean(holder.host)}, since {holder.since:%Y-%m-%d %H:%M}. Close it there first"
    )
