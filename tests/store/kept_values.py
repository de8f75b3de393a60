"""Strategies for whatever may be kept, built from the types themselves, so that a new kind of event joins by itself."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from typing import Any

from hypothesis import strategies as st

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.facts import Event, Fact, Unknown
from rmsession.core.kinds import KINDS
from rmsession.core.outcomes import Change, Milestone
from rmsession.core.programme import Pair, Person
from rmsession.core.record import Record
from rmsession.core.store import Draft
from rmsession.core.text import UserText
from rmsession.store.spelling import dumps

TEXTS = st.text(max_size=12) | st.sampled_from(
    ["\ud83d", "\ud83d\ude00", "\\ud83d", "\\\\u0041", "a\x00b", "\u2028", "😀", '"},\n', "\x1b[2J", "ß" * 300]
)
OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
AWARE = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=OFFSETS)  # noqa: DTZ001 - bounds are naive
ANY_TIME = AWARE | st.datetimes()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of an annotated type, as wild as the type allows."""
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS,
        float: st.floats(allow_nan=False, allow_infinity=False) | st.integers(-90, 90),
        int: st.integers(-(2**63), 2**63 - 1),
        bool: st.booleans(),
        type(None): st.none(),
        UserText: TEXTS.map(UserText),
        datetime: ANY_TIME,
        date: st.dates(),
    }
    if hint in plain:
        return plain[hint]
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return st.one_of([values(each) for each in typing.get_args(hint)])
    if typing.get_origin(hint) is tuple:
        return st.lists(values(typing.get_args(hint)[0]), max_size=3).map(tuple)
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    assert is_dataclass(hint), f"no values known for {hint}"
    return made(hint)


def made(kind: type[Any], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Instances of a dataclass; `given` says what some fields are."""
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{each.name: given.get(each.name, values(hints[each.name])) for each in fields(kind)})


def unknown() -> st.SearchStrategy[Unknown]:
    """Events of kinds that no program of today writes."""
    data = st.dictionaries(TEXTS, JSON, max_size=3).map(lambda value: dumps(value).decode())
    return st.builds(Unknown, kind=TEXTS.filter(lambda kind: kind not in KINDS), data=data)


def events() -> st.SearchStrategy[Event]:
    """Any event of any kind, known and unknown."""
    return st.one_of([made(kind) for kind in KINDS.values()] + [unknown()])


def facts() -> st.SearchStrategy[Fact]:
    """Any fact."""
    return made(Fact, wall=AWARE, what=events())


def records() -> st.SearchStrategy[Record]:
    """Any record with a usable id and without facts."""
    ids = st.uuids(version=4).map(str)
    return made(Record, id=ids, created=AWARE, facts=st.just(()))


def drafts() -> st.SearchStrategy[Draft]:
    """Any draft."""
    return made(Draft)


def known_values() -> st.SearchStrategy[Any]:
    """Anything that a programme may know and can be kept."""
    few = {"person": st.sampled_from("ab"), "pair": st.sampled_from("ab"), "id": st.sampled_from("ab")}
    kinds = (Profile, Arrangement, Milestone, Change, Person, Pair)
    return st.one_of([made(kind, **_of(kind, few | {"revised": st.none() | AWARE})) for kind in kinds])


def _of(kind: type[Any], given: dict[str, Any]) -> dict[str, Any]:
    return {each.name: given[each.name] for each in fields(kind) if each.name in given}
