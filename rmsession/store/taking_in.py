"""Taking in another copy of a session: what it has and the one here lacks comes in; what it erased goes here too."""

# ruff: noqa: PLC0415 - loaded when a copy is taken in: it reads archives too, and a session holds what it uses

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from rmsession.core.facts import Erased
from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.programme import Programme
from rmsession.core.record import Record, merge, new_facts
from rmsession.core.store_errors import NoSuchSession
from rmsession.core.tombstones import stones_in
from rmsession.store.copies import Copies
from rmsession.store.disk import Disk
from rmsession.store.folder import DataFolder
from rmsession.store.ledger import Ledger, digest, obeying
from rmsession.store.names import deleted_here
from rmsession.store.people import ProgrammeFile
from rmsession.store.session_file import SessionFile
from rmsession.store.snapshots import changes_past


@frozen
class Taken:
    """What a copy brought."""

    facts: int
    """How many were new, or say more than those here, or erase one."""
    erased: Mapping[str, Erased]
    """The tombstones that are news here, by the capture's id."""


class TakingIn:
    """Takes copies into one data folder; the caller holds the session's lock.

    Doing it again is harmless and goes on where it was interrupted: the record comes first, then who its people are;
    what an erasure in it takes elsewhere is news until it is remembered (`Everywhere.finish`).
    """

    def __init__(self, folder: DataFolder, disk: Disk, programme: ProgrammeFile) -> None:
        self._folder = folder
        self._copies = Copies(folder, disk)
        self._ledger = Ledger(folder, disk)
        self._programme = programme

    def take_in(self, record: Record, file: Callable[[Path], SessionFile]) -> Taken:
        """Take one in; what it erases is yet to be erased everywhere else.

        Raises:
            Conflict: one id has two contents.
            StoreError: the session was deleted here; or what `SessionFile.change` raises.
        """
        from rmsession.store.comparing import new_stones

        erased = self._ledger.entries()
        theirs = obeying(record, erased)
        try:
            path = self._folder.find(record.id)
        except NoSuchSession:
            self._begin(theirs, erased, file)
            before, after = None, theirs
        else:
            before = file(path).record()
            after = merge(before, theirs)
            # As when one fact is kept: also the second time, for the first may have been interrupted just there.
            if late := next(filter(changes_past, theirs.facts), None):
                self._copies.before(late, path)
            file(path).change(lambda here: merge(here, theirs), *theirs.facts)
        pair = session_of(after).pair
        self._programme.take_in(Programme((pair.mentor, pair.mentee), (pair,)))
        return Taken(len(new_facts(before, after)), stones_in(new_stones(after, erased)))

    def _begin(self, record: Record, erased: Mapping[str, date], file: Callable[[Path], SessionFile]) -> None:
        if digest(record.id) in erased:
            raise deleted_here(record)
        path = self._folder.place_for(record)
        self._folder.make(path.parent)
        file(path).begin(record)
        self._folder.remember(record.id, path)
