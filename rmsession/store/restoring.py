"""Restoring: what a backup has and this folder lacks comes in, and nothing that was kept or erased since is undone.

Facts are only ever added, so a session that went on since the backup keeps what it has. Doing it again is harmless,
so who is interrupted does just that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from rmsession.core.facts import Erased
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.record import Record
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.tombstones import stones_in
from rmsession.core.uniting import lacking
from rmsession.store import drafts, setaside
from rmsession.store.codec import fact_document, header_document
from rmsession.store.comparing import Change, Fate, Source, There, compared, new_stones, united
from rmsession.store.copies import Copies
from rmsession.store.disk import Disk, replace_file
from rmsession.store.everywhere import Everywhere
from rmsession.store.folder import DataFolder
from rmsession.store.index import Index
from rmsession.store.known import programme_in
from rmsession.store.ledger import Ledger, digest, entry_in, obeying
from rmsession.store.locks import writing
from rmsession.store.people import ProgrammeFile
from rmsession.store.seal import read_bytes, seal, spelled, unseal
from rmsession.store.session_file import SessionFile


@dataclass(slots=True)
class Restored:
    """What a backup changes in a folder, or what it changed."""

    changes: list[Change] = field(default_factory=list)
    people: int = 0
    """People and pairs that come in."""
    known: int = 0
    """What else is known of them that comes in: arrangements, outcomes."""
    files: list[str] = field(default_factory=list)
    """Settings and agendas that come in, by their names in the backup."""
    aside: list[Path] = field(default_factory=list)
    """Where damaged files were kept that gave way."""
    refused: list[str] = field(default_factory=list)
    """One line for whatever else cannot come in."""

    def count(self, fate: Fate) -> int:
        """How many sessions have this fate."""
        return sum(change.fate is fate for change in self.changes)

    @property
    def something(self) -> bool:
        """Whether anything comes in at all."""
        fates = {change.fate for change in self.changes}
        return bool(self.people or self.known or self.files or fates & {Fate.NEW, Fate.ADDS, Fate.MENDS})


class Restoring:
    """Takes into one data folder what a backup has."""

    def __init__(self, folder: DataFolder, disk: Disk, given: Source, *, deleted: bool = False) -> None:
        self._folder = folder
        self._disk = disk
        self._given = given
        self._deleted = deleted
        self._here = folder.copies()
        self._ledger = Ledger(folder, disk)
        self._copies = Copies(folder, disk)
        self._programme = ProgrammeFile(folder.programme, folder.lock("programme"), disk)

    def look(self) -> Restored:
        """What would change; nothing does. Raises `Damaged`, and `StoreError` when a folder cannot be read."""
        told, erased = Restored(), self._ledger.entries()
        for there in self._there():
            told.changes.append(self._compared(there, erased)[0])
        self._people(told, change=False)
        told.files = [name for name, _ in self._missing()]
        return told

    def restore(self) -> Restored:
        """Change it, and what was changed. Raises `NotKept` besides what `look` raises; doing it again goes on."""
        told = Restored()
        self._folder.require()
        index, stones = Index(self._folder, self._disk), dict[str, Erased]()
        everywhere = Everywhere(self._folder, self._disk, index)
        try:
            for there in self._there():
                with everywhere.guarded(), writing(self._folder.lock(there.session)):
                    change, erased = self._take_in(there, told)
                told.changes.append(change)
                stones |= erased
            unfinished = _finished(everywhere, stones, told)
        finally:
            index.close()
        self._people(told, change=True)
        for name, path in self._missing():
            self._folder.make(path.parent)
            replace_file(self._disk, path, path.with_name(f".{path.name}.tmp"), self._given.read(name))
            told.files.append(name)
        self._ledger.take_in({key: day for key, day in self._marks().items() if key not in unfinished})
        return told

    def _there(self) -> Iterator[There]:
        for session, names in self._given.sessions().items():
            yield self._given.there(session, names)

    def _take_in(self, there: There, told: Restored) -> tuple[Change, dict[str, Erased]]:
        """Let one session come in, and what its tombstones say is news; the caller holds its lock."""
        erased = self._ledger.entries()
        change, record = self._compared(there, erased)
        if record is None or there.record is None:
            return change, {}
        path = self._path(there) or self._folder.place_for(record)
        match change.fate:
            case Fate.NEW:
                self._folder.make(path.parent)
                self._put(path, record, there)
                if there.draft and record == there.record:  # else it may hold what was erased since
                    self._put_draft(path, there)
                if digest(record.id) in erased:
                    self._ledger.drop(record.id)
            case Fate.MENDS:
                told.aside.append(setaside.copy(path, read_bytes(path), self._disk))
                self._put(path, record, there)
            case Fate.ADDS:
                self._copies.before_restoring(path)
                theirs = obeying(there.record, erased)
                SessionFile(path, self._disk).change(lambda here: united(here, theirs)[0], *theirs.facts)
            case _:
                return change, {}
        return change, stones_in(new_stones(record, erased))

    def _compared(self, there: There, erased: dict[str, date]) -> tuple[Change, Record | None]:
        return compared(self._folder, self._path(there), there, erased, deleted=self._deleted)

    def _path(self, there: There) -> Path | None:
        """A session's file here; looked for once, as looking for each anew goes through the whole folder each time."""
        path = self._here.get(there.session) or (self._folder.place_for(there.record) if there.record else None)
        return path if path and path.exists() else None

    def _put(self, path: Path, record: Record, there: There) -> None:
        """Write a whole session: the very bytes of the backup, if they say just this."""
        data = there.spelled if there.spelled and record == there.record else _spelled(record)
        replace_file(self._disk, path, path.with_suffix(".tmp"), data)

    def _put_draft(self, path: Path, there: There) -> None:
        data = self._given.read(there.draft)
        with suppress(Damaged):  # one that cannot be read is none
            unseal(data, drafts.draft_path(path))
            replace_file(self._disk, drafts.draft_path(path), drafts.temporary_path(path), data)

    def _people(self, told: Restored, *, change: bool) -> None:
        """Count, or let come in, the people and pairs that are not known here."""
        theirs = self._their_people(told)
        if theirs is None:
            return
        try:
            here = self._programme.read()
        except Damaged:
            here = Programme()
            if change:
                with writing(self._folder.lock("programme")):
                    path = self._folder.programme
                    told.aside.append(setaside.copy(path, read_bytes(path), self._disk))
                    data = self._given.read(path.name)
                    replace_file(self._disk, path, path.with_suffix(".tmp"), data)
        except StoreError as error:
            told.refused.append(str(error))
            return
        coming = lacking(here, theirs)
        told.people = sum(isinstance(each, Person | Pair) for each in coming)
        told.known = len(coming) - told.people
        if change and coming:
            self._programme.take_in(theirs)

    def _their_people(self, told: Restored) -> Programme | None:
        archive, path = self._given.archive, self._given.path / self._folder.programme.name
        if archive is None or path.name not in archive.entries:
            return None
        try:
            return programme_in(unseal(archive.read(path.name), path).tables, path)
        except StoreError as error:
            told.refused.append(str(error))
            return None

    def _missing(self) -> list[tuple[str, Path]]:
        """Settings and agendas of the backup that are not here: those that are here are the person's own choice."""
        archive = self._given.archive
        names = archive.entries if archive else ()
        places = [(name, self._folder.root / PurePosixPath(name)) for name in names if _is_plain(name)]
        return [(name, path) for name, path in places if not path.is_symlink() and not path.exists()]

    def _marks(self) -> dict[str, date]:
        """What was erased where the backup was made, but for sessions that are here."""
        archive = self._given.archive
        names = archive.entries if archive else ()
        marks = dict(filter(None, (entry_in(PurePosixPath(name).name) for name in names if name.startswith("erased/"))))
        here = {digest(session) for session in self._folder.copies()}
        return {key: day for key, day in marks.items() if key not in here}


def _finished(everywhere: Everywhere, stones: Mapping[str, Erased], told: Restored) -> set[str]:
    """Erase these lines in later sessions too; what stands for those of which that could not be done."""
    try:
        everywhere.finish(stones)
    except (Damaged, NewerFormat) as error:
        told.refused.append(str(error))
        return {digest(target) for target in stones}
    return set()


def _is_plain(name: str) -> bool:
    # Not the device: what two folders write must be told apart, and each has made its own when it was opened.
    return name == "config.toml" or name.startswith("agendas/")


def _spelled(record: Record) -> bytes:
    facts = {str(number): fact_document(fact) for number, fact in enumerate(record.facts, 1)}
    return seal(spelled({"session": {"1": header_document(record)}, "facts": facts}), max(1, len(facts)))
