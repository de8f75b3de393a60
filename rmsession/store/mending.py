"""Mends what a look at a data folder found, each thing only with a proof, and each step so that it can be done again.

A damaged file is set aside before anything takes its place. Nothing is mended that another program has open, and a
file of a newer format is not touched.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.programme import Programme
from rmsession.core.store_errors import Busy, StoreError
from rmsession.store import setaside, snapshots
from rmsession.store.checkup import check_up
from rmsession.store.conditions import several, too_wide
from rmsession.store.disk import Disk, not_kept, remove_file, replace_file, shown
from rmsession.store.findings import Ailment, Finding, Report
from rmsession.store.folder import DataFolder
from rmsession.store.index import Index
from rmsession.store.index_file import BESIDE
from rmsession.store.leftovers import leftovers
from rmsession.store.locks import at_rest
from rmsession.store.names import id_in
from rmsession.store.people import ProgrammeFile
from rmsession.store.remedies import insist
from rmsession.store.seal import read_bytes
from rmsession.store.session_file import load

_ROUNDS: Final = 3
"""What is mended can bring to light what can be mended then: the leftovers of a session that was damaged."""


@frozen
class Mended:
    """What became of the findings."""

    done: tuple[str, ...]
    """One line for each thing that was mended."""
    undone: tuple[str, ...]
    """One line for each that could not be mended just now, and why."""
    left: Report
    """What there is to find afterwards."""


def mend(folder: DataFolder, disk: Disk, now: datetime) -> Mended:
    """Mend what can be mended, and look again."""
    done: list[str] = []
    tried: dict[tuple[Ailment, Path], str] = {}
    report = check_up(folder, disk, now)
    for _ in range(_ROUNDS):
        new = [each for each in report.findings if each.mendable and (each.ailment, each.path) not in tried]
        if not new:
            break
        for each in new:
            tried[each.ailment, each.path] = ""
            try:
                done += _MENDERS[each.ailment](folder, disk, each)
            except FileNotFoundError:
                continue  # it is gone: somebody was first
            except StoreError as error:
                tried[each.ailment, each.path] = f"Not mended: {shown(each.path)}. {error}"
        report = check_up(folder, disk, now)
    return Mended(tuple(done), tuple(filter(None, tried.values())), report)


def _damaged(folder: DataFolder, disk: Disk, finding: Finding) -> list[str]:
    path, remedy = finding.path, finding.remedy
    if remedy is None:
        return []
    insist(remedy.whole, path)  # once more: from here on things are written
    session = id_in(path.name.partition(".")[0])
    guards = _of_session(folder, session) if session else (folder.lock("programme"),)
    with at_rest(*guards) as nobody_has_it:
        if not nobody_has_it:
            raise _open_elsewhere()
        if read_bytes(path) != remedy.damaged:
            return []  # it was changed meanwhile; the next look judges it anew
        aside = setaside.copy(path, remedy.damaged, disk)
        temporary = path.with_suffix(".draft.tmp" if path.suffix == ".draft" else ".tmp")
        replace_file(disk, path, temporary, remedy.whole)
    return [f"Mended {shown(path)}: {remedy.how}. The damaged one is {shown(aside)}"]


def _leftover(folder: DataFolder, disk: Disk, finding: Finding) -> list[str]:
    for each in leftovers(folder):
        if each.path == finding.path:
            with at_rest(*each.guards) as nobody_writes:
                if not nobody_writes:
                    raise _open_elsewhere()
                return [f"Removed {shown(each.path)}"] if remove_file(disk, each.path) else []
    return []


def _stale_lock(folder: DataFolder, disk: Disk, finding: Finding) -> list[str]:
    session = finding.path.name.partition(".")[0]
    guards = _of_session(folder, session)
    with at_rest(*guards) as nobody_has_it:
        if not nobody_has_it or session in folder.copies():  # it may have begun just now
            return []
        gone = remove_file(disk, finding.path)
        for path in guards:  # one of the two was perhaps made by looking
            remove_file(disk, path)
    return [f"Removed {shown(finding.path)}"] if gone else []


def _permissions(folder: DataFolder, disk: Disk, _: Finding) -> list[str]:
    paths = too_wide(folder)
    for path in paths:
        try:
            disk.restrict(path)
        except OSError as error:
            raise not_kept(path, error) from error
    return [f"Closed {several(paths)} to others"] if paths else []


def _index(folder: DataFolder, disk: Disk, finding: Finding) -> list[str]:
    for ending in BESIDE:
        remove_file(disk, folder.index.with_name(folder.index.name + ending))
    fresh = Index(folder, disk)
    fresh.summaries(None, 1)
    fresh.close()
    return [f"Made {shown(finding.path)} anew from the sessions' files"]


def _old_snapshot(folder: DataFolder, disk: Disk, _: Finding) -> list[str]:
    return [f"Removed {shown(path)}" for path in snapshots.sweep(folder, disk, datetime.now(UTC))]


def _unknown_pair(folder: DataFolder, disk: Disk, finding: Finding) -> list[str]:
    pair = load(finding.path).pair
    people = ProgrammeFile(folder.programme, folder.lock("programme"), disk)
    people.take_in(Programme((pair.mentor, pair.mentee), (pair,)))
    return [f"Made the pair of {shown(finding.path)} known, as that session has it"]


def _of_session(folder: DataFolder, session: str) -> tuple[Path, Path]:
    return folder.lock(session), folder.lock(session, "live")


def _open_elsewhere() -> Busy:
    return Busy("It is open in another program just now. Close it there, then try again")


_MENDERS: Final[dict[Ailment, Callable[[DataFolder, Disk, Finding], list[str]]]] = {
    Ailment.DAMAGED: _damaged,
    Ailment.LEFTOVER: _leftover,
    Ailment.STALE_LOCK: _stale_lock,
    Ailment.TOO_WIDE: _permissions,
    Ailment.INDEX: _index,
    Ailment.OLD_SNAPSHOT: _old_snapshot,
    Ailment.UNKNOWN_PAIR: _unknown_pair,
}
"""What can be mended, and by whom."""
