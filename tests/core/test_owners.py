"""Who an ``@name`` means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.owners import OwnerFound, named, owner_in, written

PAIR = ("Ana Lima", "Jo Smith-Baker", "Zoë")


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("Ana Lima", "Ana Lima"),
        ("ana  LIMA", "Ana Lima"),
        ("ana", "Ana Lima"),
        ("AL", "Ana Lima"),
        ("al", "Ana Lima"),
        ("ana.lima", "Ana Lima"),
        ("ana-lima", "Ana Lima"),
        ("jo", "Jo Smith-Baker"),
        ("jo_smith_baker", "Jo Smith-Baker"),
        ("js", "Jo Smith-Baker"),
        ("zoë", "Zoë"),
        ("zoe\u0308", "Zoë"),
        ("me", "Kim Doe"),
        ("kim", "Kim Doe"),
        ("an", None),
        ("lima", None),
        ("sam", None),
        ("", None),
        (" ", None),
    ],
)
def test_a_name_means_one_known_person(typed, person):
    assert named(typed, PAIR, "Kim Doe") == person


def test_a_name_that_two_people_share_means_neither():
    assert named("ana", ("Ana Lima", "Ana Costa")) is None
    assert named("ana costa", ("Ana Lima", "Ana Costa")) == "Ana Costa"


def test_a_whole_name_goes_before_somebody_elses_first_name_and_before_me():
    assert named("ana", ("Ana Lima", "Ana")) == "Ana"
    assert named("me", ("Me",), "Kim") == "Me"
    assert named("me", ("Ana",)) is None


def test_the_same_name_twice_is_one_person():
    assert named("ana lima", ("Ana Lima", "ana lima")) == "Ana Lima"
    assert named("ana", ("Ana Lima",), "Ana Lima") == "Ana Lima"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ana send it", OwnerFound("Ana Lima", True, "send it")),
        ("@ana: send it", OwnerFound("Ana Lima", True, "send it")),
        ("@ana, send it", OwnerFound("Ana Lima", True, "send it")),
        ("ask @ana, then send it", OwnerFound("Ana Lima", True, "ask, then send it")),
        ("send it to @ana.", OwnerFound("Ana Lima", True, "send it to.")),
        ("send it (with @ana) soon", OwnerFound("Ana Lima", True, "send it (with) soon")),
        ('@"Ana Lima" send it', OwnerFound("Ana Lima", True, "send it")),
        ('@"Jo Smith" send it', OwnerFound("Jo Smith", False, "send it")),
        ('@"Jo ""Ace"" Smith" send it', OwnerFound('Jo "Ace" Smith', False, "send it")),
        ("@ana-maria send it", OwnerFound("ana-maria", False, "send it")),
        ("@José send it", OwnerFound("José", False, "send it")),
        ("@jose\u0301 send it", OwnerFound("jose\u0301", False, "send it")),
        ("@小明，发", None),
        ("@小明， 发", OwnerFound("小明", False, "， 发")),
        ("@हिन्दी भेजो", OwnerFound("हिन्दी", False, "भेजो")),
        ("a@b.c wrote to @sam", OwnerFound("sam", False, "a@b.c wrote to")),
        ("read @sam's draft with @zoë", OwnerFound("Zoë", True, "read @sam's draft with")),
        ("line\n@ana line", OwnerFound("Ana Lima", True, "line\nline")),
        ("line @ana\nline", OwnerFound("Ana Lima", True, "line\nline")),
        ("@sam/ana send it", OwnerFound("sam/ana", False, "send it")),
        ("a@b.c", None),
        ("@ana@mastodon.example says", None),
        ("@ home", None),
        ("@3pm", None),
        ('@"" x', None),
        ('@" " x', None),
        ('@"open x', None),
        ("@sam's", None),
        ("", None),
    ],
)
def test_the_owner_in_a_text(text, found):
    assert owner_in(text, PAIR) == found


def test_only_a_leading_owner():
    assert owner_in("@ana send it", PAIR, leading=True) == OwnerFound("Ana Lima", True, "send it")
    assert owner_in("ask @ana", PAIR, leading=True) is None


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("ana", "@ana"),
        ("Ana Lima", '@"Ana Lima"'),
        ('Jo "Ace"', '@"Jo ""Ace"""'),
        ("Jo Jr.", '@"Jo Jr."'),
        ("Jr.", '@"Jr."'),
        ("3po", '@"3po"'),
    ],
)
def test_a_name_as_a_line_carries_it(name, token):
    assert written(name) == token


@given(st.text().filter(str.strip))
def test_a_written_name_is_found_again(name):
    assert owner_in(f"{written(name)} x", (name,)) == OwnerFound(name, True, "x")
    plain = " ".join(name.split())
    assert owner_in(f"{written(name)} x", ()) == OwnerFound(plain, False, "x")
