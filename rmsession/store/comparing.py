"""What a backup, or one session's file, would change in a data folder: for each session the two copies side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Final

from rmsession.core.facts import Erased, Fact
from rmsession.core.frozen import frozen
from rmsession.core.record import Record, clash, merge
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.store.archive import FILE_LIMIT, Archive, opened
from rmsession.store.disk import shown
from rmsession.store.folder import DataFolder
from rmsession.store.ledger import digest, obeying
from rmsession.store.names import id_in
from rmsession.store.seal import read_bytes, unseal
from rmsession.store.session_file import load, record_in
from rmsession.store.snapshots import find_good_copy

_SEAL: Final = b'{"seal":'


class Fate(Enum):
    """What becomes of one session of a backup."""

    NEW = "new"
    """It is not here and comes in."""
    ADDS = "adds"
    """It is here, and facts come in."""
    MENDS = "mends"
    """Its file here is damaged, and a good one takes its place."""
    SAME = "same"
    """All of it is here already."""
    DELETED = "deleted"
    """It was deleted here, and stays deleted."""
    REFUSED = "refused"
    """It cannot be read, there or here; `Change.why` says which."""


@frozen
class Change:
    """What becomes of one session, and by how much."""

    session: str
    fate: Fate
    facts: int = 0
    """Facts that come in, or that a tombstone of the other copy erases."""
    here_only: int = 0
    """Facts that stand here alone, and stay."""
    rivals: int = 0
    """Facts whose ids have another content here; those here stay."""
    why: str = ""


@frozen
class There:
    """The copies of one session in a backup."""

    session: str
    record: Record | None
    """Their union; None when none can be read."""
    spelled: bytes
    """The file that says the same; empty when none does."""
    stem: str
    draft: str
    """The name of its draft in the backup; empty when there is none."""
    why: str = ""
    rivals: int = 0


@frozen
class Source:
    """A backup, or a single session's file (a snapshot is one), as something to restore from."""

    path: Path
    archive: Archive | None
    single: bytes = b""

    def sessions(self) -> dict[str, list[str]]:
        """The names of each session's files in it."""
        found: dict[str, list[str]] = {}
        for name in self._names():
            session = id_in(PurePosixPath(name).stem)
            if session and name.endswith(".json"):
                found.setdefault(session, []).append(name)
        return found

    def there(self, session: str, names: Iterable[str]) -> There:
        """The copies of one session, read and united."""
        record, spelled, why, rivals, stem = None, b"", "", 0, ""
        for name in names:
            data, path = self.read(name), self.path / name
            try:
                copy = record_in(unseal(data, path).tables, path)
            except (Damaged, NewerFormat) as error:
                why = why or str(error)
                continue
            stem = path.stem
            if record is None:
                record, spelled = copy, data
            elif (both := united(record, copy)) != (record, 0):
                (record, more), spelled = both, b""
                rivals += more
        drafts = (name.removesuffix(".json") + ".draft" for name in names)
        draft = next((each for each in drafts if self.archive and each in self.archive.entries), "")
        return There(session, record, spelled, stem, draft, "" if record else why, rivals)

    def read(self, name: str) -> bytes:
        """The bytes of one file in it. Raises `Damaged`."""
        return self.archive.read(name) if self.archive else self.single

    def _names(self) -> Iterable[str]:
        return self.archive.entries if self.archive else (self.path.name,)


@contextmanager
def source(path: Path) -> Iterator[Source]:
    """What lies at a path, proven.

    Raises:
        NewerFormat: a later program made it.
        Damaged: it is not as it was made.
        StoreError: it is nothing to restore from, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            single = file.read(len(_SEAL)) == _SEAL
            size = path.stat().st_size
    except (OSError, ValueError) as error:  # a name that no file can have is one of the latter
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise StoreError(f"{shown(path)} cannot be read: {reason}. Name a backup, or a snapshot") from error
    if not single:
        with opened(path) as archive:
            yield Source(path, archive)
        return
    if id_in(path.stem) is None or size > FILE_LIMIT:
        raise StoreError(f"{shown(path)} has not the name, or the size, of a session's file. Give it its name back")
    data = read_bytes(path)
    unseal(data, path)
    yield Source(path, None, data)


def compared(
    folder: DataFolder, path: Path | None, there: There, erased: Mapping[str, date], *, deleted: bool
) -> tuple[Change, Record | None]:
    """What becomes of a session, and the record that it comes to.

    `path` is its file here; `deleted` brings back what was deleted here.
    """
    session = there.session
    if there.record is None:
        return Change(session, Fate.REFUSED, why=there.why), None
    theirs = obeying(there.record, erased)
    try:
        here = load(path) if path else None
    except FileNotFoundError:
        here = None
    except Damaged:
        good = find_good_copy(folder, session)
        theirs, rivals = united(theirs, obeying(load(good), erased)) if good else (theirs, 0)
        return Change(session, Fate.MENDS, len(theirs.facts), rivals=there.rivals + rivals), theirs
    except StoreError as error:
        return Change(session, Fate.REFUSED, why=str(error)), None
    if here is None:
        gone = digest(session) in erased and not deleted
        return Change(session, Fate.DELETED if gone else Fate.NEW, len(theirs.facts), rivals=there.rivals), theirs
    after, rivals = united(here, theirs)
    comes_in = len(set(after.facts) - set(here.facts))
    only = len({fact.id for fact in here.facts} - {fact.id for fact in theirs.facts})
    # A tombstone that the ledger does not know may not have reached the other copies of the session here.
    fate = Fate.ADDS if comes_in or new_stones(after, erased) else Fate.SAME
    return Change(session, fate, comes_in, only, rivals + there.rivals), after


def new_stones(record: Record, erased: Mapping[str, date]) -> tuple[Fact, ...]:
    """The tombstones of erasures that are news here."""
    return tuple(
        fact for fact in record.facts if isinstance(fact.what, Erased) and digest(fact.what.target) not in erased
    )


def united(here: Record, there: Record) -> tuple[Record, int]:
    """The union of two copies with the heading of the first, and how many facts of the other had a rival in it.

    A rival, the same id with other content, is not taken over: nobody can say which of the two is right.
    """
    known = {fact.id: fact for fact in here.facts}
    fitting = tuple(fact for fact in there.facts if not clash(known.get(fact.id, fact), fact))
    return merge(here, replace(here, facts=fitting)), len(there.facts) - len(fitting)
