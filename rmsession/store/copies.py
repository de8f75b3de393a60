"""The older copies of a session in the data folder, and that they obey: nothing erased is left in one or comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rmsession.core.facts import Fact
from rmsession.store.disk import Disk, make_lasting, remove_file
from rmsession.store.folder import DataFolder
from rmsession.store.ledger import Ledger, erased_in
from rmsession.store.names import id_in
from rmsession.store.setaside import SUFFIX
from rmsession.store.snapshots import Snapshots, changes_past
from rmsession.store.walking import files_under


class Copies:
    """Snapshots, damaged files put aside, and the ledger of what was erased; the caller holds the session's lock."""

    def __init__(self, folder: DataFolder, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._snapshots = Snapshots(folder, disk)
        self._ledger = Ledger(folder, disk)

    def before(self, fact: Fact, path: Path) -> None:
        """Make a snapshot of a session's file, if this fact is going to change what was over."""
        if changes_past(fact):
            self._snapshots.before_change(path)

    def before_restoring(self, path: Path) -> None:
        """Make a snapshot of a session's file that a backup is going to change."""
        self._snapshots.before_change(path)

    def obey(self, session: str, facts: Iterable[Fact]) -> None:
        """Take out of every copy of a session what these facts' tombstones say was erased.

        Raises:
            NotKept: the disk refused.
            StoreError: a folder cannot be read.
        """
        facts = tuple(facts)
        if erased_in(facts):
            self._snapshots.erase(session, facts)
            self._drop_asides(session)

    def remove(self, session: str) -> None:
        """Remove every copy of a session that goes for good, and remember that it went. Raises as `obey`."""
        self._ledger.add(session)
        self._snapshots.remove(session)
        self._drop_asides(session)

    def troubles(self) -> list[str]:
        """One line for each session that was changed without a snapshot."""
        return self._snapshots.troubles()

    def _drop_asides(self, session: str) -> None:
        for path in asides(self._folder, session):  # damaged, so nobody can take one text out of them
            remove_file(self._disk, path)
            make_lasting(self._disk, path)


def asides(folder: DataFolder, session: str) -> Iterator[Path]:
    """Every damaged file or draft of a session that was set aside, and what a killed writer left of one.

    Raises:
        StoreError: a folder cannot be read.
    """

    def fits(name: str) -> bool:
        return SUFFIX in name and id_in(name.partition(".")[0]) == session

    return (Path(entry.path) for entry in files_under(folder.sessions, fits))
