"""What looks like an operator and is searched for as text is told, and nothing else."""

from datetime import date

import pytest
from core.test_query import FINDS, MANY
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.query import parse
from rmsession.core.query_misread import misread

TODAY = date(2026, 11, 22)
DAYS = "days are 2026-11-22, 2026-11, 2026, today, yesterday, or 3d and 2w for so long ago"
KINDS = "kinds are note, action, question, idea, decision, goal, rating and parked"
STATES = "states are open, done, dropped, split, overdue, private and due"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("draft kind:acton", [("kind:acton", KINDS)]),
        ("is:opn IS:open", [("is:opn", STATES)]),
        ("since:2026-02-30 -on:2026-13", [("since:2026-02-30", DAYS), ("-on:2026-13", DAYS)]),
        ('on:"22 nov"', [('on:"22 nov"', DAYS)]),
        ("kind: action", [("kind:", KINDS)]),
        ('topic:""', [('topic:""', "topic: takes a name, right behind the colon")]),
        ("agendas:kick", [("agendas:kick", "there is agenda:")]),
        ("1:1 https://x.org todo:x has:note -is:open note: -x 10:30", []),
    ],
)
def test_what_was_taken_as_text_is_told_with_what_is_possible(typed, told):
    found = list(misread(typed, TODAY))
    assert [(each.typed.raw, each.possible) for each in found] == told
    assert all(each.negated is each.typed.raw.startswith("-") for each in found)


@given(MANY.map(" ".join) | st.text())
def test_what_is_told_of_is_text_for_the_search_too(text):
    told = list(misread(text, TODAY))
    for each in told:
        query = parse(f"{each.typed.raw} ", TODAY)
        assert query.terms or not query
        assert not query.without
    assert all(each.typed.raw in text for each in told)


@pytest.mark.parametrize("text", [each for each in FINDS if "odd" not in each and "13" not in each])
def test_what_is_understood_is_not_told(text):
    assert not list(misread(text, TODAY))
