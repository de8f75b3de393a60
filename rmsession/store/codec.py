"""How values are spelled in files: values to plain JSON documents and back, checked both ways.

A fact is a header around ``{"kind": name, "data": {...}}``. A kind that this program does not know is kept as
`Unknown` and spelled again as it came. Whatever a document was before, it fits or it is refused: `Unfit`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import msgspec

from rmsession.core.agenda import Agenda
from rmsession.core.facts import Event, Fact, Unknown
from rmsession.core.kinds import KINDS
from rmsession.core.programme import Pair
from rmsession.core.record import Record, in_order
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Audience
from rmsession.store.spelling import Document, Unfit, dumps, loads
from rmsession.store.values import Aware, document_of, value_of

_YEARS: Final = range(2, 9999)
"""Outside these a moment may not be told in another zone."""


class _FactDocument(msgspec.Struct):
    id: str
    by: str
    device: str
    seq: int
    wall: Aware
    at: float | None
    audience: Audience
    kind: str
    data: Document
    partial: bool = False


class _HeaderDocument(msgspec.Struct):
    id: str
    pair: Pair
    agenda: Agenda
    zone: str
    device: str
    created: Aware
    planned_start: datetime | None
    partial: bool = False


def fact_document(fact: Fact) -> Document:
    """A fact as one document.

    Raises:
        StoreError: it would not read back the same (a time without zone, a number that is none).
    """
    match fact.what:
        case Unknown(kind=kind, data=data):
            content = _unknown_content(data)
        case event:
            kind, content = type(event).__name__, document_of(event)
    document = {
        "id": fact.id,
        "by": fact.by,
        "device": fact.device,
        "seq": fact.seq,
        "wall": document_of(fact.wall),
        "at": fact.at,
        "audience": fact.audience.value,
        "kind": kind,
        "data": content,
    }
    if fact.partial:
        document["partial"] = True
    _insist(fact, document)
    return document


def fact_of(document: object) -> Fact:
    """The fact that a document spells.

    Raises:
        Unfit: it spells none.
    """
    spelled = value_of(document, _FactDocument)
    _insist_on_year(spelled.wall)
    kind = KINDS.get(spelled.kind)
    what: Event = value_of(spelled.data, kind) if kind else Unknown(spelled.kind, dumps(spelled.data).decode())
    return Fact(
        id=spelled.id,
        by=spelled.by,
        device=spelled.device,
        seq=spelled.seq,
        wall=spelled.wall,
        at=spelled.at,
        audience=spelled.audience,
        partial=spelled.partial,
        what=what,
    )


def header_document(record: Record) -> Document:
    """A record without its facts as one document.

    Raises:
        StoreError: it would not read back the same.
    """
    document: Document = document_of(replace(record, facts=()))
    del document["facts"]
    try:
        same = record_of(loads(dumps(document)), ()) == replace(record, facts=())
    except Unfit as error:
        raise StoreError(f"Not kept: the session cannot be written down ({error})") from error
    if not same:
        raise StoreError("Not kept: the session would not read back the same; its times need a time zone")
    return document


def record_of(header: object, facts: tuple[Fact, ...]) -> Record:
    """The record that a header document and its facts make, in fold order.

    Raises:
        Unfit: the header spells none.
    """
    spelled = value_of(header, _HeaderDocument)
    _insist_on_year(spelled.created)
    return Record(
        id=spelled.id,
        pair=spelled.pair,
        agenda=spelled.agenda,
        zone=spelled.zone,
        device=spelled.device,
        created=spelled.created,
        planned_start=spelled.planned_start,
        partial=spelled.partial,
        facts=in_order(facts),
    )


def _insist(fact: Fact, document: Document) -> None:
    """Refuse to write what would not read back: it costs some 30 µs, and a file that cannot be read costs a session."""
    try:
        back = fact_of(loads(dumps(document)))
    except Unfit as error:
        raise StoreError(f"Not kept: it cannot be written down ({error})") from error
    if isinstance(fact.what, Unknown):
        back = replace(back, what=fact.what)  # its data is kept by value, whatever its spacing
    if back != fact:
        raise StoreError("Not kept: it would not read back the same; its times need a zone and its numbers a value")


def _insist_on_year(moment: datetime) -> None:
    if moment.year not in _YEARS:
        raise Unfit(f"the year {moment.year} is no year for a session")


def _unknown_content(data: str) -> Any:
    try:
        return loads(data.encode("utf-8", "backslashreplace"))
    except Unfit as error:
        raise StoreError(f"Not kept: a fact of an unknown kind cannot be written down ({error})") from error
