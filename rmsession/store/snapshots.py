"""Snapshots: a past session as it stood before it was changed, kept for thirty days.

They lie at ``snapshots/2026-11-22-011705-of-2026-11-21-kick-off-<id>.json``: byte for byte the session's file, under a
name that says when (UTC) it was copied. Such a name reads as a session's file too, so whatever reads or redacts one
does the same with a snapshot. They never stand in the way of keeping a fact, are redacted and deleted with their
session, and go into no archive but in the place of a damaged file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from rmsession.core.facts import Erased, Fact, SittingOpened
from rmsession.core.frozen import frozen
from rmsession.core.record import merge
from rmsession.core.store_errors import Damaged, NewerFormat, NoSuchSession, NotKept, StoreError
from rmsession.store.disk import Disk, make_lasting, remove_file, replace_file, shown
from rmsession.store.folder import DataFolder
from rmsession.store.names import id_in
from rmsession.store.seal import read_bytes, unreadable, unseal
from rmsession.store.session_file import SessionFile, load, record_in

KEPT: Final = timedelta(days=30)
"""So long a snapshot is kept."""
APART: Final = timedelta(hours=1)
"""One snapshot stands for all changes of a session in so long: the cost falls on the first."""

_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d-\d{6})-of-(.+)")
_WHEN: Final = "%Y-%m-%d-%H%M%S"


@frozen
class Snapshot:
    """One copy of a session's file."""

    path: Path
    session: str
    made: datetime
    """In UTC, as its name says."""
    stem: str
    """The name, without its ending, of the file that was copied."""


def changes_past(fact: Fact) -> bool:
    """Whether keeping this fact changes a session that was over: what is said after the end, and a reopening."""
    return fact.at is None or isinstance(fact.what, SittingOpened)


def snapshots(folder: DataFolder, session: str | None = None) -> list[Snapshot]:
    """Those of one session, or all, the newest first.

    Raises:
        StoreError: their folder cannot be read.
    """
    found = (_snapshot(path) for path in _listed(folder) if path.suffix == ".json")
    of_it = (each for each in found if each and session in (None, each.session))
    return sorted(of_it, key=lambda each: (each.made, each.stem), reverse=True)


def find_good_copy(folder: DataFolder, session: str) -> Path | None:
    """The newest snapshot of a session that can be read whole; None when there is none.

    Raises:
        StoreError: their folder cannot be read.
    """
    for each in snapshots(folder, session):
        with suppress(StoreError, FileNotFoundError):
            load(each.path)
            return each.path
    return None


def sweep(folder: DataFolder, disk: Disk, now: datetime) -> list[Path]:
    """Remove what is `outdated`; the files that went.

    Raises:
        NotKept: the disk refused.
        StoreError: their folder cannot be read.
    """
    return [path for path in outdated(folder, now) if remove_file(disk, path)]


def outdated(folder: DataFolder, now: datetime) -> list[Path]:
    """Snapshots older than `KEPT`, and what killed writers left of some.

    Old is what both its name and the disk say is old, so that a clock that was wrong once throws nothing away; what
    is dated after now stays. So does the newest whole one of a session whose own file cannot be read: it mends it.

    Raises:
        StoreError: their folder cannot be read.
    """
    found = []
    for path in _listed(folder):
        each, limit = _snapshot(path), KEPT if path.suffix == ".json" else APART
        old = each is not None and now - each.made > limit and now - _written(path) > limit
        if each and old and not (path.suffix == ".json" and _mends(folder, each)):
            found.append(path)
    return found


class Snapshots:
    """Makes, redacts and removes the snapshots of one data folder; the caller holds the session's lock."""

    def __init__(self, folder: DataFolder, disk: Disk, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder = folder
        self._disk = disk
        self._now = now
        self._made: dict[str, datetime] = {}
        self._troubles: dict[str, str] = {}

    def before_change(self, path: Path) -> None:
        """Copy a session's file, unless that was done within the hour.

        A disk that refuses is told in `troubles` and does not stop the change: facts are only ever added, and what
        somebody just typed has no other copy, while the file that a snapshot would copy is still there.
        """
        session, now = id_in(path.stem), self._now()
        if session is None or (session in self._made and abs(now - self._made[session]) < APART):
            return
        try:
            if not any(abs(now - each.made) < APART for each in snapshots(self._folder, session)):
                self._make(path, session, now)
        except (Damaged, NewerFormat, FileNotFoundError):
            return  # the change itself will say so
        except StoreError as error:
            self._troubles[session] = f"There is no snapshot of {shown(path)} from before its last change. {error}"
            return
        self._made[session] = now
        self._troubles.pop(session, None)

    def erase(self, session: str, facts: Iterable[Fact]) -> None:
        """Take out of every snapshot what these facts' tombstones say was erased; one that cannot be read goes.

        Raises:
            NotKept: the disk refused.
            StoreError: their folder cannot be read.
        """
        stones = tuple(fact for fact in facts if isinstance(fact.what, Erased))
        self._remove(session, leftovers=True)
        for each in snapshots(self._folder, session):
            try:
                SessionFile(each.path, self._disk).change(lambda record: merge(record, replace(record, facts=stones)))
            except (Damaged, NewerFormat):
                remove_file(self._disk, each.path)
                make_lasting(self._disk, each.path)
            except NoSuchSession:
                pass  # swept meanwhile

    def remove(self, session: str) -> None:
        """Remove every snapshot of a session. Raises `NotKept`, and `StoreError` when there is no looking for them."""
        self._remove(session, leftovers=False)
        self._made.pop(session, None)
        self._troubles.pop(session, None)

    def troubles(self) -> list[str]:
        """One line for each session that was changed without a snapshot."""
        return sorted(self._troubles.values())

    def _make(self, path: Path, session: str, now: datetime) -> None:
        data = _whole(path)
        self._remove(session, leftovers=True)
        target = self._folder.snapshots / f"{now.astimezone(UTC):{_WHEN}}-of-{path.stem}.json"
        self._folder.make(target.parent)
        replace_file(self._disk, target, target.with_suffix(".tmp"), data)
        if read_bytes(target) != data:
            remove_file(self._disk, target)
            raise NotKept(f"Not kept: the disk gave back something else than was written to {shown(target)}. Check it")
        with suppress(NotKept):  # they are swept the next time
            sweep(self._folder, self._disk, now)

    def _remove(self, session: str, *, leftovers: bool) -> None:
        """Remove a session's files here: all, or only what killed writers left."""
        mine = [path for path in _listed(self._folder) if (each := _snapshot(path)) and each.session == session]
        for path in mine:
            if not leftovers or path.suffix != ".json":
                remove_file(self._disk, path)
        if mine:
            make_lasting(self._disk, mine[0])


def _listed(folder: DataFolder) -> list[Path]:
    try:
        return sorted(folder.snapshots.iterdir())
    except FileNotFoundError:
        return []  # no past session was changed yet
    except OSError as error:
        raise unreadable(folder.snapshots, error) from error


def _snapshot(path: Path) -> Snapshot | None:
    """What a file here is a snapshot of, or was to become one of."""
    stem = path.name.partition(".")[0]
    match, session = _NAME.fullmatch(stem), id_in(stem)
    if match is None or session is None:
        return None
    try:
        made = datetime.strptime(match[1], _WHEN).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Snapshot(path, session, made, match[2])


def _mends(folder: DataFolder, snapshot: Snapshot) -> bool:
    """Whether it is the newest whole copy of a session whose own file is damaged."""
    try:
        load(folder.find(snapshot.session))
    except Damaged:
        return find_good_copy(folder, snapshot.session) == snapshot.path
    except (StoreError, FileNotFoundError):
        return False
    return False


def _written(path: Path) -> datetime:
    """When the disk says that it was written; long ago for one that is gone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.min.replace(tzinfo=UTC)


def _whole(path: Path) -> bytes:
    """The bytes of a session's file that can be read whole. Raises what `load` raises."""
    data = read_bytes(path)
    record_in(unseal(data, path).tables, path)
    return data
