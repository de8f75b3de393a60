"""The records of a store in memory, none of which says what any of them says was erased."""

from __future__ import annotations

from dataclasses import replace

from rmsession.core.erasing import without
from rmsession.core.facts import Erased, Fact
from rmsession.core.record import Record, carried_lines, erased_captures, in_order, lost_texts
from rmsession.core.store import Draft
from rmsession.core.tombstones import stones_in
from rmsession.store.redaction import obedient


class MemoryRecords:
    """Records with their revisions and drafts, by session; whoever uses them lets one thread in at a time."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.revisions: dict[str, int] = {}
        self.drafts: dict[str, Draft] = {}
        self._erased: dict[str, Erased] = {}
        """The tombstones of captures, by id; those of deleted sessions too."""

    def add(self, record: Record) -> None:
        """Keep a new record."""
        if carried_lines(record):  # somebody may have erased a line after it was taken
            record = self.obeying(record)
        self.records[record.id] = replace(record, facts=in_order(record.facts))
        self.revisions[record.id] = 1
        self._spread(record)

    def change(self, before: Record, after: Record, *coming: Fact) -> None:
        """Keep a changed record; words that went, also from facts that were `coming`, leave its draft."""
        texts = lost_texts(before, after, *coming)
        draft = self.drafts.get(after.id)
        if texts and draft:
            self.drafts[after.id] = without(draft, texts, erased_captures(after))
        if after != before:
            self.records[after.id] = after
            self.revisions[after.id] += 1
            self._spread(after)

    def remove(self, session: str) -> None:
        """Forget a session, but not what it said was erased."""
        del self.records[session], self.revisions[session]
        self.drafts.pop(session, None)

    def obeying(self, record: Record) -> Record:
        """Another copy of a record, without the words of what was erased here."""
        return obedient(record, self._erased)

    def _spread(self, record: Record) -> None:
        """Erase in every session the lines of which this one has the first tombstones."""
        news = {target: stone for target, stone in stones_in(record.facts).items() if target not in self._erased}
        self._erased |= news
        for each in [*self.records.values()] if news else []:
            self.change(each, obedient(each, news))
