"""JSON says everything of a session that may leave: two sessions that differ in any of it differ in JSON.

Each field of each value that a session is made of is changed in turn; what is not in JSON is named here, with why.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any

from export.test_formats import met
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import Roll

from rmsession.core.agenda import Agenda, Prompt, Topic
from rmsession.core.record import Record
from rmsession.core.session import Capture, Session
from rmsession.core.text import UserText
from rmsession.export.whole import whole

STAYS = {
    (Session, "out"): "what was undone is gone",
    (Session, "let_go"): "it names what may be private in another session",
    (Session, "last_time"): "as let_go",
    (Session, "reviewed"): "as let_go",
    (Session, "forms"): "feedback has a choice of its own, and tests of its own",
    (Record, "device"): "on which machine it was written is nobody's affair",
    (Record, "facts"): "the session is what they add up to",
    (Record, "pair"): "the session's own pair is said, after corrections",
    (Agenda, "topics"): "the session's own topics are said, in their present order",
    (Agenda, "mentor"): "the pair says who it was",
    (Agenda, "mentee"): "as mentor",
    (Agenda, "source"): "a path tells of a disk",
    (Topic, "line"): "the place in a file that stays here",
    (Prompt, "line"): "as a topic's",
    (Capture, "withdrawn"): "it is not there then",
    (Capture, "erased"): "as withdrawn",
    (Capture, "audience"): "a private one is not there",
    (Capture, "base"): "a version that was replaced is nobody's affair",
    (Capture, "wordings"): "as base: what it says stays here",
}
"""Fields that JSON does not tell by themselves."""
MET = met().session
JSON = whole(MET)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], type[Any], str, Any]]:
    """Every field of every value under a session: the way to it, whose it is, its name and its annotated type."""
    match value:
        case _ if is_dataclass(value) and not isinstance(value, UserText):
            hints = typing.get_type_hints(type(value))
            for each in fields(value):
                if (type(value), each.name) in STAYS:
                    continue
                yield path, type(value), each.name, hints[each.name]
                yield from places(getattr(value, each.name), (*path, each.name))
        case tuple():
            for place, each in enumerate(value):
                yield from places(each, (*path, place))
        case dict():
            for key, each in value.items():
                yield from places(each, (*path, key))


def changed(value: Any, path: tuple[Any, ...], change: Any) -> Any:
    """The value with another one at the end of a path."""
    if not path:
        return change(value)
    step, *rest = path
    match value:
        case tuple():
            return (*value[:step], changed(value[step], tuple(rest), change), *value[step + 1 :])
        case dict():
            return {**value, step: changed(value[step], tuple(rest), change)}
        case _:
            return replace(value, **{step: changed(getattr(value, step), tuple(rest), change)})


SEEN = [
    place
    for place in places(MET)
    # What is the mentor's own is not in it, whatever it says.
    if not (place[0][:1] == ("captures",) and len(place[0]) > 1 and not MET.captures[place[0][1]].shared)
]


def another(old: Any, hint: Any, roll: Roll) -> Any:
    """Another value of a field; the old one where its type has no other."""
    match old:
        case bool():
            return not old
        case str():
            return f"{old}x"
        case UserText():
            return UserText(f"{old.raw}x")
        case frozenset() | dict() | tuple():
            return type(old)()
        case _:
            return next((made for made in (roll.value(hint) for _ in range(20)) if made != old), old)


def told(path: tuple[Any, ...], name: str, hint: Any, seed: int) -> bool:
    """Whether JSON tells of another value there; so it does where there is no other."""
    roll = Roll(Random(seed), ["t1"], ["p1"], ["f1"], wild=0)
    other = changed(MET, path, lambda holder: replace(holder, **{name: another(getattr(holder, name), hint, roll)}))
    return other == MET or whole(other) != JSON


def test_every_field_is_in_json_or_named_here():
    assert [f"{kind.__name__}.{name}" for path, kind, name, hint in SEEN if not told(path, name, hint, 1)] == []


@given(st.sampled_from(SEEN), st.integers(0, 2**32))
def test_what_may_leave_makes_a_difference(place, seed):
    path, _, name, hint = place
    assert told(path, name, hint, seed)


def test_what_is_named_here_is_there():
    assert all(name in {each.name for each in fields(kind)} for kind, name in STAYS)
