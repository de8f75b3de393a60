"""How values are spelled in files: values to plain JSON documents and back, checked both ways.

A fact is a header around ``{"kind": name, "data": {...}}``. A kind that this program does not know is kept as
`Unknown` and spelled again as it came. Whatever a document was before, it fits or it is refused: `Unfit`.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Final, TypeVar

import msgspec

from rmsession.core.agenda import Agenda
from rmsession.core.facts import Audience, Event, Fact, Unknown
from rmsession.core.kinds import KINDS
from rmsession.core.programme import Pair
from rmsession.core.record import Record, in_order
from rmsession.core.store import StoreError
from rmsession.core.text import UserText

T = TypeVar("T")
Aware = Annotated[datetime, msgspec.Meta(tz=True)]
Document = dict[str, Any]
"""A JSON object as TinyDB keeps it."""

# JSON can spell a lone surrogate only as an escape, and every reader joins two adjacent escapes into one character.
# Characters beyond the BMP are never escaped here, so each escape of this form is one surrogate by itself.
_ESCAPED_SURROGATE: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89a-f][0-9a-f]{2})")


class Unfit(Exception):
    """A document is not of the shape it should have; the message says where and why."""


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


def dumps(value: object) -> bytes:
    """Compact JSON in UTF-8 that `loads` reads back exactly, lone surrogates included.

    Raises:
        StoreError: a number is not finite, which JSON cannot spell.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        raise StoreError("Not kept: a number in it is not finite. Enter it again") from error
    return text.encode("utf-8", "backslashreplace")


def loads(data: bytes) -> Any:
    """The value that `dumps` spelled.

    Raises:
        Unfit: it is no JSON.
    """
    try:
        text = data.decode()
        if "\\ud" in text:
            text = _ESCAPED_SURROGATE.sub(lambda match: match[1] + chr(int(match[2], 16)), text)
        return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Unfit(f"it is no JSON ({type(error).__name__})") from error


def document_of(value: object) -> Any:
    """A value of frozen dataclasses, enums, dates and user text as plain JSON types."""
    return msgspec.to_builtins(value, enc_hook=_spell)


def value_of(document: object, kind: type[T]) -> T:
    """The value that `document_of` spelled.

    Raises:
        Unfit: the document is not of that type.
    """
    try:
        return msgspec.convert(document, kind, dec_hook=_unspell)
    except (msgspec.ValidationError, RecursionError) as error:
        raise Unfit(str(error)) from error


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


def _spell(value: object) -> str:
    if isinstance(value, UserText):
        return value.raw
    raise NotImplementedError(f"no spelling for {type(value).__name__}")


def _unspell(kind: type, value: object) -> UserText:
    if kind is not UserText or not isinstance(value, str):
        raise ValueError(f"Expected a text, got `{type(value).__name__}`")
    return UserText(value)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):  # 1e999 is JSON, and no clock shows it
        raise ValueError(f"{text[:20]} is too large")
    return number


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")
