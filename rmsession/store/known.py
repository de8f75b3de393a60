"""What a programme knows as ``programme.json`` says it, apart from what writes it: lists only read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.outcomes import Change, Milestone
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.store_errors import StoreError
from rmsession.core.uniting import Known
from rmsession.store.seal import Tables, damaged, read_sealed
from rmsession.store.spelling import Document, Unfit, dumps, loads
from rmsession.store.values import document_of, value_of

T = TypeVar("T")
R = TypeVar("R", Profile, Arrangement, Milestone, Change)

_YEARS: Final = range(2, 9999)
"""Outside these a moment may not be told in another zone."""


class PairDocument(msgspec.Struct):
    """A pair by the ids of its people, so that a person has one name everywhere."""

    id: str
    mentor: str
    mentee: str


def read(path: Path) -> Programme:
    """Everything known, in the order in which it came; nothing where there is no file.

    Raises:
        Damaged, NewerFormat, StoreError: the file cannot be read.
    """
    try:
        tables = read_sealed(path).tables
    except FileNotFoundError:
        return Programme()
    return programme_in(tables, path)


def programme_in(tables: Tables, path: Path) -> Programme:
    """What the tables of such a file say; a table that is not there says nothing.

    Raises:
        Damaged: they do not say who it is.
    """
    try:
        people = {each.id: each for each in _values(tables, "people", Person)}
        pairs = [
            Pair(each.id, people[each.mentor], people[each.mentee]) for each in _values(tables, "pairs", PairDocument)
        ]
        return Programme(
            tuple(people.values()),
            tuple(pairs),
            tuple(_revised(tables, "profiles", Profile)),
            tuple(_revised(tables, "arrangements", Arrangement)),
            tuple(_revised(tables, "milestones", Milestone)),
            tuple(_revised(tables, "changes", Change)),
        )
    except Unfit as error:
        raise damaged(path, str(error)) from error
    except KeyError as error:
        raise damaged(path, "a pair in it names a person who is not there") from error


def spelled(value: Known) -> tuple[str, str, Document]:
    """The table in which a value lies, the field that it is known by there, and its document.

    Raises:
        StoreError: it would not read back the same.
    """
    match value:
        case Person():
            return "people", "id", document_of(value)
        case Pair():
            return "pairs", "id", document_of(PairDocument(value.id, value.mentor.id, value.mentee.id))
        case Profile():
            return "profiles", "person", _proven(value)
        case Arrangement():
            return "arrangements", "pair", _proven(value)
        case Milestone():
            return "milestones", "id", _proven(value)
        case Change():
            return "changes", "id", _proven(value)


def revised_of(document: object, kind: type[R]) -> R:
    """The value that a document spells, its moment told with a zone.

    Raises:
        Unfit: it spells none.
    """
    value = value_of(document, kind)
    if value.revised and (value.revised.tzinfo is None or value.revised.year not in _YEARS):
        raise Unfit("when it was revised is no moment with a time zone")
    return value


def _values(tables: Tables, name: str, kind: type[T]) -> list[T]:
    return [value_of(each, kind) for each in tables.get(name, {}).values()]


def _revised(tables: Tables, name: str, kind: type[R]) -> Iterator[R]:
    return (revised_of(each, kind) for each in tables.get(name, {}).values())


def _proven(value: R) -> Document:
    """A value's document, once it was seen to read back: a file that cannot be read costs a whole programme."""
    document: Document = document_of(value)
    try:
        same = revised_of(loads(dumps(document)), type(value)) == value
    except Unfit as error:
        raise StoreError(f"Not kept: what is known of a pair cannot be written down ({error})") from error
    if not same:
        raise StoreError("Not kept: what is known of a pair would not read back the same; its times need a time zone")
    return document
