"""Copies of what a programme knows are made one, alike on every machine."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store.kept_values import AWARE, known_values, made

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.outcomes import Change, Milestone
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.text import UserText
from rmsession.core.uniting import everything_in, lacking, later, revised_after, with_known

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def ids(kind):
    return {name: st.just("x") for name in ("person", "pair", "id") if name in kind.__dataclass_fields__}


def rivals(kind):
    given = {**ids(kind), "revised": st.none() | AWARE}
    if kind is Profile:
        given |= dict.fromkeys(("role", "location", "level"), st.sampled_from("ab").map(UserText))
    return st.tuples(*[made(kind, **given)] * 3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of([rivals(kind) for kind in (Profile, Arrangement, Milestone, Change)]))
def test_uniting_asks_neither_who_nor_in_what_order(three):
    one, two, other = three
    assert later(one, two) == later(two, one)
    assert later(later(one, two), other) == later(one, later(two, other))
    assert later(one, one) == one
    assert later(one, two) in (one, two)


@given(st.none() | AWARE, AWARE)
def test_a_revision_counts_over_what_was_there(before, now):
    old = Profile("p", UserText("z"), revised=before)
    new = Profile("p", UserText("a"), revised=revised_after(old, now))
    assert later(old, new) == later(new, old) == new


def test_the_clock_says_when_something_is_new():
    assert revised_after(None, NOW) == NOW
    assert revised_after(Profile("p", revised=NOW - timedelta(1)), NOW) == NOW


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(known_values(), max_size=4), st.lists(known_values(), max_size=4))
def test_what_is_lacking_is_all_that_was_lacking(here, theirs):
    mine, other = with_known(Programme(), here), with_known(Programme(), theirs)
    both = with_known(mine, lacking(mine, other))
    assert not lacking(both, other)
    known = {(type(each), getattr(each, "id", None)) for each in everything_in(both)}
    assert {(type(each), each.id) for each in everything_in(other) if isinstance(each, Person | Pair)} <= known
    assert both.people[: len(mine.people)] == mine.people


def test_a_person_has_one_name_in_every_pair():
    robin, alex = Person("r", UserText("Robin")), Person("a", UserText("Alex"))
    known = with_known(Programme(), (Pair("p", robin, alex), Person("r", UserText("Robin Hood"))))
    assert [each.mentor.name.raw for each in known.pairs] == ["Robin Hood"]
