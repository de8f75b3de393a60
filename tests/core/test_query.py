"""The language of search: every text is a query, and says what a reader would expect."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.folding import folded
from rmsession.core.query import STATES, Found, Query, Term, matches, parse, tokens
from rmsession.core.terms import Kind

TODAY = date(2026, 11, 22)
LINE = Found(
    "Send the C++ draft to Zoë’s team, don't wait; 1:1 on post_2026",
    Kind.ACTION,
    date(2026, 10, 31),
    owner="Ana Lópéz",
    tags=("social", "q4"),
    states=frozenset({"open", "due"}),
    agenda="Kick-off",
    topic="Goals & habits",
    people=("Robin Fox", "Ana López"),
)

FINDS = [
    "", "draft", "DRAFT send", "dra", "send dra", '"the c++ draft"', "c++", "C++ dr", "don't", "don’t", "zoe",
    "zoë's", "1:1", "post_2026", "2026", "-absent", "draft -absent", "@ana", "@lopez", "owner:ana", "#social",
    "tag:Q4", "kind:action", "kind:actions", "kind:note kind:action", "is:open", "is:done is:due",
    "agenda:kick", 'agenda:"kick-off"', "topic:goals", "with:robin", "pair:fox", "before:2026-11",
    "since:2026-10-31", "on:2026-10", "on:2026", "after:2026-09", "since:4w", "before:today",
    "DRAFT #social @ana is:open before:2026-11", '"draft', "team,", '""', "draft ;", ":", "1 :1",
    '@"Ana Lópéz"', '@"ana lopez" draft', '@"ana l', '#"social"', '@"', 'draft @""', '-@"ana lopez"',
]  # fmt: skip
MISSES = [
    "drafts", "raft", "dra ft", "dra send", '"dra"', '"draft the"', "c#", "c+++", "dont", "-draft", "@robin",
    "#soc", "kind:note", "is:done", "is:private", "agenda:monthly", "with:zoe", "before:2026-10",
    "before:2026-10-31", "after:2026-10", "since:3d", "on:2027", "is:odd", "kind:odd", "before:odd",
    "on:2026-13", "on:2026-02-30", "odd:draft", "@", "#", "-", "- draft", '"zzz', "++c",
    '@"Ana Fox"', '@"robin', '#"soc"',
]  # fmt: skip


@pytest.mark.parametrize("text", FINDS)
def test_found(text):
    assert matches(parse(text, TODAY), LINE)


@pytest.mark.parametrize("text", MISSES)
def test_not_found(text):
    assert not matches(parse(text, TODAY), LINE)


def test_only_the_last_word_is_under_way():
    assert [term.prefix for term in parse("a b", TODAY).terms] == [False, True]
    assert [term.prefix for term in parse("a b ", TODAY).terms] == [False, False]
    assert parse('a "b c', TODAY).terms[-1] == Term("b c", ("b", "c"))


def test_several_times_narrow_and_several_kinds_widen():
    query = parse("since:2026-01 since:2026-03 before:2027 before:2026-06 kind:note kind:idea", TODAY)
    assert (query.since, query.before) == (date(2026, 3, 1), date(2026, 6, 1))
    assert query.kinds == (Kind.NOTE, Kind.IDEA)


def test_scripts_without_spaces_are_searched_sign_by_sign():
    line = Found("次回の会議までに資料を送る", Kind.NOTE, TODAY)
    assert matches(parse("会議", TODAY), line)
    assert matches(parse("資料を", TODAY), line)
    assert not matches(parse("料資", TODAY), line)


WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
MANY = st.lists(
    st.sampled_from([*FINDS, *MISSES, '"', "-", ":", "is:", "before:", "before:9999", "since:99999w"]), max_size=8
)


@given(MANY.map(" ".join) | st.text())
def test_any_text_is_a_query(text):
    query = parse(text, TODAY)
    assert isinstance(matches(query, LINE), bool)
    assert isinstance(parse(text.upper(), TODAY), Query)
    assert set(query.states) <= set(STATES)


@given(WORD)
def test_whatever_stands_in_a_line_is_found_by_searching_for_it(text):
    line = Found(f"before {text} after", Kind.NOTE, TODAY)
    wanted = parse(f'"{text}"', TODAY) if '"' not in text else Query()
    assert matches(wanted, line)
    for word in tokens(text):
        assert matches(parse(word, TODAY), line)


@given(st.text(), st.text())
def test_more_words_never_find_more(one, other):
    both = parse(f'"{one.replace(chr(34), "")}" "{other.replace(chr(34), "")}"', TODAY)
    if matches(both, LINE):
        assert matches(parse(f'"{one.replace(chr(34), "")}"', TODAY), LINE)


@given(st.text())
def test_folding_is_done_once(text):
    assert folded(folded(text)) == folded(text)
