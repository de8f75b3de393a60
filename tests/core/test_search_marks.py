"""What is highlighted is what was found, in the text as it was written; a snippet fits and holds the first match."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core import marks as marks_module
from rmsession.core.folding import folded, placed, tokens, words_placed
from rmsession.core.marks import _cells, marks, snippet
from rmsession.core.query import parse
from rmsession.core.query_match import Found, matches
from rmsession.core.text import UserText

TODAY = date(2026, 11, 22)
SOME = [
    "the", "Draft", "Zoë", "Zoe\u0308", "ﬁle", "straße", "c++", "don’t", "日本語", "1:1", "😀", "\r\n", "İ",
    "\ud83d", "ᾳ",
]  # fmt: skip
TEXTS = st.text(max_size=30) | st.lists(st.sampled_from(SOME), max_size=8).map(" ".join)


def marked(query, text):
    return [text[low:high] for low, high in marks(parse(query, TODAY), text)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("draft ", "A draft, drafts, DRAFT", ["draft", "DRAFT"]),
        ("dra", "A draft, drafts", ["dra", "dra"]),
        ("zoe ", "Zoë and Zoe\u0308 and zoe", ["Zoë", "Zoe\u0308", "zoe"]),
        ("file ", "the ﬁle", ["ﬁle"]),
        ("fi", "the ﬁle", ["ﬁ"]),
        ("strasse ", "Straße 5", ["Straße"]),
        ("c++", "c and C++ and c+", ["C++"]),
        ("don't ", "I don’t, dont", ["don’t"]),
        ('"send  the" draft ', "Send\nthe draft; send it", ["Send\nthe", "draft"]),
        ("日本", "日本語", ["日本"]),
        ("-draft the ", "the draft", ["the"]),
        ("kind:note is:open", "a kind note", []),
        ("", "anything", []),
    ],
)
def test_what_is_highlighted(query, text, found):
    assert marked(query, text) == found


@given(TEXTS)
def test_a_text_folded_sign_by_sign_is_the_text_folded(text):
    plain, places = placed(text)
    assert plain == folded(text)
    assert len(places) == len(plain)
    assert places == sorted(places)
    assert [word for word, _, _ in words_placed(plain)] == tokens(text)


@given(TEXTS, TEXTS)
def test_spans_lie_apart_in_order_inside_the_text_and_say_whether_it_was_found(query, text):
    asked = parse(query, TODAY)
    spans = marks(asked, text)
    edges = [place for span in spans for place in span]
    assert edges == sorted(set(edges))
    assert all(0 <= place <= len(text) for place in edges)
    only_words = asked.terms and all(not term.negated for term in asked.terms) and not (asked.owners or asked.tags)
    if only_words and not (asked.kinds or asked.states or asked.since or asked.before or asked.people):
        found = matches(asked, Found(text, None, TODAY, agenda=query, topic=query))
        assert spans or not found


@given(TEXTS.map(lambda text: text * 3), TEXTS, st.integers(-1, 40))
def test_a_snippet_fits_shows_every_cut_and_changes_nothing(text, query, columns):
    pieces = snippet(parse(query, TODAY), UserText(text), columns)
    raw = [piece.text.raw for piece in pieces]
    assert sum(_cells(sign) for part in raw for sign in part) <= max(columns, 0)
    whole = "".join(raw)
    inner = whole.removeprefix("…").removesuffix("…")
    assert inner in text
    assert columns <= 0 or not text or whole == text or "…" in whole


@pytest.mark.parametrize("columns", range(20, 60, 7))
def test_a_snippet_of_a_long_text_holds_the_first_match(columns):
    text = UserText("many words stand before it, " * 20 + "the draft is here" + ", and as many behind it" * 20)
    pieces = snippet(parse("draft ", TODAY), text, columns)
    assert [piece.text.raw for piece in pieces if piece.marked] == ["draft"]
    assert (pieces[0].text.raw, pieces[-1].text.raw) == ("…", "…")
    assert pieces[1].text.raw.startswith(("many", "words", "stand", "before", "it,", "the")), "it begins within a word"


@pytest.mark.parametrize("columns", range(-1, 60, 3))
def test_a_plain_text_is_cut_as_if_each_sign_were_measured(columns, monkeypatch):
    text, query = (
        UserText("so many words before the draft, and as many words behind it, all plain"),
        parse("draft ", TODAY),
    )
    quick = snippet(query, text, columns)
    monkeypatch.setattr(marks_module, "_is_plain", lambda _: False)
    assert snippet(query, text, columns) == quick
