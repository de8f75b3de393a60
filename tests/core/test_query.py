"""The language of search: every text is a query, and says what a reader would expect."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.folding import folded
from rmsession.core.query import STATES, Query, Term, parse, tokens
from rmsession.core.query_match import Found, asks_for_words_only, has_words, matches
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
    '@"Ana Lópéz"', '@"ana lopez" draft', '@"ana l', '#"social"', '@"', 'draft @""', "-@robin",
    '-@"ana fox"', "-owner:robin",
    "-#soc", "-tag:q3", "-kind:note", "-is:done -is:private", "-has:notes", "-agenda:monthly", "-topic:money",
    "-with:zoe", "-before:2026-10", "-since:2026-11", "-on:2026-09", "-on:2026-10-30", "-after:2026-10", "-goal:ship",
    "-kind:odd", "-is:odd", "-on:2026-13", "draft -kind:note -@robin -#q3",
]  # fmt: skip
MISSES = [
    "drafts", "raft", "dra ft", "dra send", '"dra"', '"draft the"', "c#", "c+++", "dont", "-draft", "@robin",
    "#soc", "kind:note", "is:done", "is:private", "agenda:monthly", "with:zoe", "before:2026-10",
    "before:2026-10-31", "after:2026-10", "since:3d", "on:2027", "is:odd", "kind:odd", "before:odd",
    "on:2026-13", "on:2026-02-30", "odd:draft", "@", "#", "-", "- draft", '"zzz', "++c",
    '@"Ana Fox"', '@"robin', '#"soc"', "-@ana", '-@"ana lopez"',
    "-owner:lopez", "-#social", '-#"social"', "-tag:Q4", "-kind:action", "-kind:note -kind:action", "-is:open",
    "-is:done -is:due", "-has:due", "-agenda:kick", '-agenda:"kick-off"', "-topic:goals", "-with:robin", "-pair:fox",
    "-before:2026-11", "-since:2026-10-31", "-on:2026-10", "-on:2026", "-after:2026-09", "draft -@ana", "@ana -is:open",
    "-@robin -#social",
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


FILTERS = [
    "@ana", '@"Ana Lópéz"', "owner:fox", "#social", "tag:q3", "goal:ship", "kind:action", "kind:notes", "is:open",
    "is:done", "is:private", "has:due", "agenda:kick", "topic:goals", "with:robin", "since:2026-11", "before:2026-11",
    "after:2026-09", "on:2026-10", "on:2026-10-30",
]  # fmt: skip
LINES = st.builds(
    Found,
    st.sampled_from(["Send the draft", "@ana is:open", ""]),
    st.sampled_from([None, Kind.NOTE, Kind.ACTION]),
    st.sampled_from([date(2026, 9, 30), date(2026, 10, 30), date(2026, 11, 22)]),
    owner=st.sampled_from(["", "Ana Lópéz", "Robin Fox"]),
    tags=st.sampled_from([(), ("social",), ("q3", "social")]),
    goals=st.sampled_from([(), ("Ship it",)]),
    states=st.sampled_from([frozenset(), frozenset({"open", "due"}), frozenset({"done", "private"})]),
    agenda=st.sampled_from(["", "Kick-off"]),
    topic=st.sampled_from(["", "Goals"]),
    people=st.sampled_from([("Robin Fox", "Ana López"), ("Kim", "Sam")]),
)


@given(LINES, st.lists(st.sampled_from(FILTERS), min_size=1, max_size=3, unique=True))
def test_a_minus_leaves_out_exactly_what_is_found_without_it(line, filters):
    found = [matches(parse(f"{each} ", TODAY), line) for each in filters]
    assert matches(parse(" ".join(f"-{each}" for each in filters), TODAY), line) is not any(found)


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


@pytest.mark.parametrize("line", ["", "draft", "dr -send", '"send the" x', "-draft"])
def test_words_alone_answer_what_asks_for_words(line):
    query = parse(line, TODAY)
    assert asks_for_words_only(query)
    for text in ("Send the draft", "x", "the draft is there"):
        found = Found(text, None, TODAY)
        assert has_words(query, text) is matches(query, found)


@pytest.mark.parametrize("line", ["draft #web", "x @alex", "x -@alex", "a kind:action", "a is:open", "a since:2025"])
def test_nor_do_they_answer_what_asks_for_more(line):
    assert not asks_for_words_only(parse(line, TODAY))
