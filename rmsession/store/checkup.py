"""A look at everything in a data folder: what is damaged, left over, open to others, or not as it should be.

Reads only, but for a lock that is tried. Whatever is found is a value; `mending` acts on it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rmsession.core.fold import session_of
from rmsession.core.programme import Pair
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.terms import Phase
from rmsession.core.text import clean
from rmsession.store import conditions, drafts
from rmsession.store.disk import Disk, shown
from rmsession.store.findings import Ailment, Finding, Report, in_order
from rmsession.store.folder import DataFolder, session_in
from rmsession.store.index_check import index_trouble
from rmsession.store.index_look import stray_line
from rmsession.store.ledger import Ledger
from rmsession.store.leftovers import leftovers, line_about
from rmsession.store.locks import at_rest
from rmsession.store.names import id_in
from rmsession.store.people import ProgrammeFile
from rmsession.store.remedies import remedy_for, why_none
from rmsession.store.seal import unreadable
from rmsession.store.session_file import load
from rmsession.store.setaside import SUFFIX
from rmsession.store.snapshots import KEPT, outdated, snapshots
from rmsession.store.walking import files_under

_SET_BACK: Final = timedelta(minutes=5)
"""By so much two computers' clocks may differ without anybody being told."""


def check_up(folder: DataFolder, disk: Disk, now: datetime) -> Report:
    """Everything that is the matter with a data folder; one that is not there yet is well."""
    root = folder.root
    try:
        if root.is_dir():
            return _Look(folder, disk, now).report()
        if not os.path.lexists(root):
            return Report()
        line = f"{shown(root)} is no folder. Name another place for the data"
    except OSError as error:  # a folder above it may not be entered
        line = str(unreadable(root, error))
    return Report((Finding(Ailment.UNREADABLE, root, line),))


class _Look:
    """One look; what an earlier part found out, a later one uses."""

    def __init__(self, folder: DataFolder, disk: Disk, now: datetime) -> None:
        self._folder = folder
        self._disk = disk
        self._now = now
        self._facts = 0
        self._sessions = 0
        self._newest: datetime | None = None
        self._unknown: dict[str, Path] = {}
        self._damaged: set[str] = set()

    def report(self) -> Report:
        """What every part found; a part that cannot look says why."""
        found: list[Finding] = []
        parts: tuple[Callable[[], Iterator[Finding]], ...] = (
            self._files,
            self._programme,
            self._drafts,
            self._snapshots,
            self._erasures,
            self._leftovers,
            self._kept_aside,
            self._clock,
            lambda: index_trouble(self._folder),
            lambda: conditions.found(self._folder, self._disk),
        )
        for part in parts:
            try:
                found.extend(part())
            except StoreError as error:
                found.append(Finding(Ailment.UNREADABLE, self._folder.root, str(error)))
        return Report(in_order(found), self._sessions, self._facts)

    def _files(self) -> Iterator[Finding]:
        seen: set[str] = set()
        for entry in self._folder.files():
            path, session = Path(entry.path), session_in(entry)
            if session is None or session in seen:
                yield Finding(Ailment.STRAY if session is None else Ailment.COPY, path, stray_line(path, session))
                continue
            seen.add(session)
            yield from self._judge(path, self._read_session, session)

    def _read_session(self, path: Path) -> None:
        record = load(path)
        self._sessions += 1
        self._facts += len(record.facts)
        self._unknown.setdefault(record.pair.id, path)
        newest = max((fact.wall for fact in record.facts), default=record.created)
        self._newest = max(newest, self._newest or newest)

    def _programme(self) -> Iterator[Finding]:
        path = self._folder.programme
        people = ProgrammeFile(path, self._folder.lock("programme"), self._disk)
        known: list[Pair] = []
        findings = list(self._judge(path, lambda _: known.extend(people.read().pairs)))
        yield from findings
        if findings:
            return  # it is not known who is unknown
        for pair in self._unknown.keys() - {each.id for each in known}:
            where = self._unknown[pair]
            line = f"{shown(path)} does not know the pair of {shown(where)}; the session itself says who they are"
            yield Finding(Ailment.UNKNOWN_PAIR, where, line, mendable=True)

    def _drafts(self) -> Iterator[Finding]:
        for session in self._folder.with_draft():
            path = drafts.draft_path(session)
            yield from self._judge(path, _read_draft, id_in(session.stem))
            draft = drafts.read(session)
            count = drafts.characters(draft) if draft else 0
            why = _why_over(session)
            if count and why:
                line = f"{shown(path)} holds {count} characters that were typed and not kept, and its session {why}"
                yield Finding(Ailment.DRAFT, path, f"{line}. Remove the file when they are not wanted")

    def _snapshots(self) -> Iterator[Finding]:
        for each in snapshots(self._folder):
            yield from self._judge(each.path, load)
        for path in outdated(self._folder, self._now):
            if path.suffix == ".json":
                line = f"{shown(path)} is a snapshot kept for longer than {KEPT.days} days"
                yield Finding(Ailment.OLD_SNAPSHOT, path, line, mendable=True)

    def _erasures(self) -> Iterator[Finding]:
        """Nothing, when what was erased can be looked up: else a backup could bring it back, and that is told."""
        Ledger(self._folder, self._disk).entries()
        yield from ()

    def _leftovers(self) -> Iterator[Finding]:
        for each in leftovers(self._folder, self._damaged):
            try:
                with at_rest(*(guard for guard in each.guards if os.path.lexists(guard))) as nobody_writes:
                    pass
            except StoreError as error:
                yield Finding(Ailment.UNREADABLE, each.path, str(error))
                continue
            if nobody_writes:
                ailment = Ailment.STALE_LOCK if each.stale_lock else Ailment.LEFTOVER
                yield Finding(ailment, each.path, line_about(each), mendable=not _is_folder(each.path))

    def _kept_aside(self) -> Iterator[Finding]:
        for part in (self._folder.sessions, self._folder.snapshots):
            for entry in files_under(part, lambda name: SUFFIX in name and not name.endswith(".tmp")):
                yield _aside(Path(entry.path))
        for path in self._folder.root.glob(f"*{SUFFIX}*"):
            if not path.name.endswith(".tmp"):
                yield _aside(path)

    def _clock(self) -> Iterator[Finding]:
        if self._newest and self._newest - self._now > _SET_BACK:
            line = (
                f"This computer's clock says {self._now:%Y-%m-%d %H:%M}, and a fact was kept at "
                f"{self._newest.astimezone(self._now.tzinfo):%Y-%m-%d %H:%M}. Set the clock; nothing is lost by it"
            )
            yield Finding(Ailment.CLOCK, self._folder.root, line)

    def _judge(self, path: Path, read: Callable[[Path], object], session: str | None = None) -> Iterator[Finding]:
        """Read a file, and say what is wrong with it."""
        try:
            read(path)
        except FileNotFoundError:
            return  # removed while we looked
        except (Damaged, NewerFormat) as error:
            if session:
                self._damaged.add(session)
            yield self._ill(path, error)
        except StoreError as error:
            yield Finding(Ailment.UNREADABLE, path, str(error))

    def _ill(self, path: Path, error: StoreError) -> Finding:
        remedy = remedy_for(self._folder, path, newer=isinstance(error, NewerFormat))
        if remedy:
            line = f"{shown(path)} is damaged: {remedy.how}"
            return Finding(Ailment.DAMAGED, path, line, mendable=True, remedy=remedy)
        if isinstance(error, NewerFormat):
            return Finding(Ailment.NEWER, path, str(error))
        return Finding(Ailment.DAMAGED, path, f"{error}: rmsession restore FILE{why_none(path)}")


def _read_draft(path: Path) -> None:
    if error := drafts.trouble(path.with_suffix(".json")):
        raise error


def _why_over(session: Path) -> str:
    """Why nobody will be offered the draft of this session; empty when somebody will."""
    try:
        record = load(session)
    except FileNotFoundError:
        return "is gone"
    except StoreError:
        return ""
    return "is over" if session_of(record).phase is Phase.ENDED else ""


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _aside(path: Path) -> Finding:
    line = f"{shown(path)} is a damaged file that was set aside. Remove it when nothing is missing in its place"
    return Finding(Ailment.SET_ASIDE, path, clean(line))
