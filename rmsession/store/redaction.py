"""Redaction as every store does it: of a capture that is there, wherever it went, and harmless when done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from rmsession.core.facts import Captured, Erased
from rmsession.core.record import Record, lines_in, redacted
from rmsession.core.store_errors import StoreError
from rmsession.core.text import clean, shortened


def redaction(target: str, by: str, wall: datetime) -> Callable[[Record], Record]:
    """What turns a record into the one without that capture's text.

    It raises `StoreError` for a record that has no such capture: a mistyped id must not look like an erasure.
    """

    def to(record: Record) -> Record:
        there = any(fact.id == target and isinstance(fact.what, Captured | Erased) for fact in record.facts)
        if not there:
            raise StoreError(
                f"Session {record.id} has no capture {shortened(clean(target), 60)}. Nothing was erased; check the id"
            )
        return redacted(record, target, by=by, wall=wall)

    return to


def obedient(record: Record, stones: Mapping[str, Erased]) -> Record:
    """A record that says nothing of lines, its own or those it took as topics, that these tombstones say are gone."""
    for line in sorted(lines_in(record) & stones.keys()):
        record = redacted(record, line, by=stones[line].by, wall=stones[line].wall)
    return record
