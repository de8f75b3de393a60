"""Who mentors whom as ``programme.json`` says it, apart from what writes it: lists only read it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from rmsession.core.programme import Pair, Person, Programme
from rmsession.store.seal import Tables, damaged, read_sealed
from rmsession.store.spelling import Unfit
from rmsession.store.values import value_of

T = TypeVar("T")


class PairDocument(msgspec.Struct):
    """A pair by the ids of its people, so that a person has one name everywhere."""

    id: str
    mentor: str
    mentee: str


def read(path: Path) -> Programme:
    """Everybody, in the order in which they came; nobody where there is no file.

    Raises:
        Damaged, NewerFormat, StoreError: the file cannot be read.
    """
    try:
        tables = read_sealed(path).tables
    except FileNotFoundError:
        return Programme()
    return programme_in(tables, path)


def programme_in(tables: Tables, path: Path) -> Programme:
    """Everybody in the tables of such a file.

    Raises:
        Damaged: they do not say who it is.
    """
    try:
        people = {each.id: each for each in _values(tables, "people", Person)}
        pairs = [
            Pair(each.id, people[each.mentor], people[each.mentee]) for each in _values(tables, "pairs", PairDocument)
        ]
    except Unfit as error:
        raise damaged(path, str(error)) from error
    except KeyError as error:
        raise damaged(path, "a pair in it names a person who is not there") from error
    return Programme(tuple(people.values()), tuple(pairs))


def _values(tables: Tables, name: str, kind: type[T]) -> list[T]:
    return [value_of(each, kind) for each in tables.get(name, {}).values()]
