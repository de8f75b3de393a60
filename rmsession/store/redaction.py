"""Redaction as every store does it: of a capture that is there, and harmless when done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rmsession.core.facts import Captured, Erased
from rmsession.core.record import Record, redacted
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
