"""A frozen value is in every way what `dataclass` makes of its class; most of that is not made anew for each."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rmsession
from rmsession.core.frozen import frozen

ROOT = Path(rmsession.__file__).parent


class _Fields:
    name: str
    count: int = 0
    known: dict[str, int] = field(default_factory=dict, compare=False, repr=False)


def _made(decorate):
    """A class of these fields; `dataclass` takes defaults away from the class that it is given."""
    body = {**_Fields.__dict__, "__qualname__": "Point", "__doc__": "A point."}
    return decorate(type("Point", (), {name: each for name, each in body.items() if name != "__weakref__"}))


Theirs = _made(dataclass(frozen=True, slots=True))
Ours = _made(frozen)


@frozen
class Empty:
    """Nothing in it."""


@frozen
class More(Ours):
    """One field more."""

    last: tuple[int, ...] = ()


@frozen
class Spelled:
    """It says itself what it is."""

    raw: str

    def __repr__(self) -> str:
        return "something"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spelled)

    def __hash__(self) -> int:
        return 7


_VALUES = st.tuples(st.text(max_size=2), st.integers(0, 2), st.dictionaries(st.just("a"), st.integers(0, 1)))


@given(_VALUES, _VALUES)
def test_it_is_what_a_dataclass_is(one, two):
    ours, theirs = (Ours(*one), Ours(*two)), (Theirs(*one), Theirs(*two))
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert [hash(each) for each in ours] == [hash(each) for each in theirs]
    assert [repr(each) for each in ours] == [repr(each) for each in theirs]
    assert [each.name for each in fields(Ours)] == [each.name for each in fields(Theirs)]
    assert Ours.__match_args__ == Theirs.__match_args__
    assert Ours.__slots__ == Theirs.__slots__
    assert replace(ours[0], name=two[0]) == Ours(two[0], one[1])
    assert ours[0] != theirs[0]
    assert ours[0] != one


def test_it_is_frozen_and_says_which_field():
    value = Ours("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        value.name = "b"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del value.name
    with pytest.raises(FrozenInstanceError):
        value.other = 1
    assert not hasattr(value, "__dict__")


def told(what, *given, **named):
    with pytest.raises(TypeError) as error:
        what(*given, **named)
    return str(error.value)


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), (("a", 1, {}, 4), {}), (("a",), {"name": "b"}), (("a",), {"other": 1})]
)
def test_what_does_not_fit_is_refused_in_the_same_words_by_the_first_and_the_later_values(given, named):
    anew = _made(frozen)
    known = told(Theirs, *given, **named)
    assert [told(anew, *given, **named) for _ in range(2)] == [known, known]
    assert anew("a") == anew("a", 0)
    assert anew("a").known is not anew("a").known


def test_what_takes_the_fields_is_made_for_the_first_value_and_stays():
    anew = _made(frozen)
    waits = anew.__init__
    one = anew("a", count=2)
    taking = anew.__init__
    assert taking is not waits
    waits(two := anew("b"), "a", 2)
    assert (one.name, one.count, one.known) == ("a", 2, {})
    assert two == one
    assert anew("c").count == 0


def test_it_is_copied_and_pickled():
    value = More("a", 1, {"x": 1}, (1, 2))
    assert copy.copy(value) == copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value).known == {"x": 1}


def test_kinds_differ_and_nothing_equals_itself():
    assert More("a") != Ours("a")
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert repr(Empty()) == "Empty()"
    assert repr(More("a", 2)) == "More(name='a', count=2, last=())"


def test_what_a_class_says_itself_stands():
    assert Spelled("a") == Spelled("b")
    assert hash(Spelled("a")) == 7
    assert repr(Spelled("a")) == "something"


def test_a_class_holds_nothing_that_all_share():
    from rmsession.core.facts import Captured, Ticked

    for name in ("__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__"):
        assert Captured.__dict__[name] is Ticked.__dict__[name] is Empty.__dict__[name]


def test_the_program_makes_its_values_so():
    others = [
        path.relative_to(ROOT)
        for path in ROOT.rglob("*.py")
        if "@dataclass(frozen=True, slots=True)\n" in path.read_text("utf-8")
    ]
    assert others == []
