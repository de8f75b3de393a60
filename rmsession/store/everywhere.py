"""Erasing a line wherever it went in a data folder: its own session, and later ones that took it as a topic.

Every session's file is asked for the line's id, whatever the lists say: they may be old or missing, and a session may
have been told since to be another pair's. Of most files no more than the bytes are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rmsession.core.facts import Erased
from rmsession.core.record import Record, carried_lines, lines_in
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.store.copies import Copies
from rmsession.store.disk import Disk, make_lasting, remove_file
from rmsession.store.folder import DataFolder
from rmsession.store.index import Index
from rmsession.store.ledger import Ledger, obeying
from rmsession.store.locks import writing
from rmsession.store.names import id_in
from rmsession.store.redaction import obedient
from rmsession.store.seal import read_bytes
from rmsession.store.session_file import SessionFile, load
from rmsession.store.spelling import dumps
from rmsession.store.walking import files_under


class Everywhere:
    """Erases lines in every session of one data folder."""

    def __init__(self, folder: DataFolder, disk: Disk, index: Index) -> None:
        self._folder = folder
        self._disk = disk
        self._index = index
        self._copies = Copies(folder, disk)
        self._ledger = Ledger(folder, disk)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Let no session begin with an erased line, or be looked for, at the same moment; no session's lock is held.

        Raises what `writing` raises.
        """
        with writing(self._folder.lock("erasing")):
            yield

    @contextmanager
    def obeyed(self, record: Record) -> Iterator[Record]:
        """A record that is about to begin, without the words of lines that were erased after it took them.

        Raises what `guarded` raises, and `StoreError` when nobody can say what was erased.
        """
        if not carried_lines(record):
            yield record
            return
        with self.guarded():
            yield obeying(record, self._ledger.entries())

    def erase(self, stones: Mapping[str, Erased]) -> None:
        """Erase these lines, by their ids, in every session that says one; the caller holds `guarded`.

        The session in which one was captured comes last: while it stands there, whoever was interrupted sees it and
        erases it again. Doing it again is harmless, and goes on where it was interrupted.

        Raises:
            Damaged, NewerFormat: a file that names one of them cannot be read; nothing was changed.
            NotKept: the disk refused.
            StoreError: a folder cannot be read.
        """
        if not stones:
            return
        held = self._held(stones)
        for path in self._naming(stones, ".tmp"):
            with writing(self._folder.lock(_session(path.name) or "")):
                remove_file(self._disk, path)  # a killed writer left it
                make_lasting(self._disk, path)
        for session in sorted(held, key=lambda each: (_is_own(held[each], stones), each)):
            with writing(self._folder.lock(session)):
                self._erase_in(session, held[session], stones)

    def remember(self, *lines: str) -> None:
        """Remember that these are erased, so that no older copy brings them back. Raises as `erase`."""
        self._ledger.add(*lines)  # last: what stands there has left every file

    def finish(self, stones: Mapping[str, Erased]) -> None:
        """Erase lines of which some record here has the tombstone, and remember that they are. Raises as `erase`."""
        if stones:
            with self.guarded():
                self.erase(stones)
                self.remember(*stones)

    def _held(self, stones: Mapping[str, Erased]) -> dict[str, Record]:
        """The sessions that say it, each as one of its copies tells it; a snapshot may be all there is."""
        held: dict[str, Record] = {}
        for path in self._naming(stones, ".json"):
            try:
                record = load(path)
            except FileNotFoundError:
                continue  # gone meanwhile
            except (Damaged, NewerFormat):
                if path.is_relative_to(self._folder.snapshots):
                    continue  # it goes with its session's others
                raise
            if not lines_in(record).isdisjoint(stones):
                held[record.id] = record
        return held

    def _erase_in(self, session: str, record: Record, stones: Mapping[str, Erased]) -> None:
        """Erase them in one session; the caller holds its lock."""
        places = self._folder.places(session)
        for path in places:
            file = SessionFile(path, self._disk)
            file.sweep()
            file.change(lambda record: obedient(record, stones))
            self._index.forget(path)
        if not places:  # somebody took the file away, and the lists do not know it yet
            self._index.forget(self._folder.place_for(record))
        self._copies.obey(session, obedient(record, stones).facts)

    def _naming(self, stones: Mapping[str, Erased], ending: str) -> Iterator[Path]:
        """The files of sessions and snapshots with this ending whose bytes hold one of these ids."""
        ids = [dumps(target)[1:-1] for target in stones]
        for folder in (self._folder.sessions, self._folder.snapshots):
            for entry in files_under(folder, lambda name: name.endswith(ending)):
                if _session(entry.name) is None:
                    continue  # a stray file is no session's
                path = Path(entry.path)
                try:
                    data = read_bytes(path)
                except FileNotFoundError:
                    continue  # gone meanwhile
                except StoreError:
                    if folder == self._folder.sessions and ending == ".json":
                        raise
                    continue  # no copy that anybody could read
                if any(each in data for each in ids):
                    yield path


def _session(name: str) -> str | None:
    """Whose file it is, by its name: a snapshot's tells the session too."""
    return id_in(name.partition(".")[0])


def _is_own(record: Record, stones: Mapping[str, Erased]) -> bool:
    """Whether one of these lines was captured in this session."""
    return any(fact.id in stones for fact in record.facts)
