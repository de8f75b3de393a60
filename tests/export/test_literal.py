"""Whatever was typed, Markdown shows those characters and nothing else happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rmsession.core.text import UserText
from rmsession.export.literal import heading, inline, item

HARMLESS = {"inline", "text", "softbreak", "hardbreak", "paragraph_open", "paragraph_close"}
LIST = {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}
SPECIAL = st.text(alphabet="\\`*_[]()<>!#|~&;:=-+.1a \n\t^{}\"'/x@é世\u00a0", max_size=40)
TYPED = st.one_of(SPECIAL, st.text(max_size=40))


def parsed(markdown: str) -> tuple[set[str], str]:
    """The kinds of all tokens, and the text that is shown, without white space."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    kinds, shown = set(), []
    for token in parser.parse(markdown):
        kinds.add(token.type)
        for child in token.children or ():
            kinds.add("text" if child.type == "text_special" else child.type)
            shown.append(child.content)
    return kinds, bare("".join(shown))


def bare(text: str) -> str:
    return "".join(text.split())


@given(TYPED)
def test_an_item_is_a_list_of_one_with_that_text(typed):
    text = UserText(typed)
    kinds, shown = parsed(item(text, " end"))
    assert kinds <= HARMLESS | LIST
    assert shown == bare(text.block) + "end"


@given(TYPED, TYPED)
def test_items_stay_apart_and_leave_what_follows_alone(one, other):
    first, second = UserText("1" + one), UserText(other + "2")
    markdown = f"{item(first)}\n{item(second, mark='- [ ] ')}\n\n## After\n"
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    outermost = [token.type for token in tokens if token.level == 0]
    assert outermost == ["bullet_list_open", "bullet_list_close", "heading_open", "heading_close"]
    assert sum(token.type == "list_item_open" for token in tokens) == 2


@given(TYPED)
def test_a_heading_is_one_line_of_that_text(typed):
    text = UserText(typed)
    kinds, shown = parsed(f"## {heading(text)}\n")
    assert kinds <= {"heading_open", "heading_close", "inline", "text"}
    assert shown == bare(text.line)


@given(TYPED)
def test_inside_a_line_it_is_text(typed):
    text = UserText(typed)
    kinds, shown = parsed(f"Mentor: {inline(text)}.\n")
    assert kinds <= HARMLESS
    assert shown == f"Mentor:{bare(text.line)}."


@pytest.mark.parametrize(
    "plain",
    [
        "Wants fewer dashboards, more stories",
        "snake_case and C:\\path stay, so do 5 < 6 & 7 > 3",
        "mail ada@example.org about #hiring by ~10 o'clock",
        "https://example.org/a_b?x=1&y=2#part",
        "-5 degrees, +1 from Bo, 1.5 hours",
    ],
)
def test_what_means_nothing_is_left_as_it_was_typed(plain):
    assert item(UserText(plain)) == f"- {plain}"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[TODO] ask", "- \\[TODO] ask"),
        ("# no heading", "- \\# no heading"),
        ("1. no list", "- 1\\. no list"),
        ("<!-- no comment -->", "- \\<!-- no comment -->"),
        ("one\ntwo\n\n\n  three\n", "- one\\\n  two\n\n  three"),
        ("a | b\n--- | ---", "- a \\| b\\\n  \\--- \\| ---"),
        ("\x1b[31mred", "- ␛\\[31mred"),
        ("trailing \\", "- trailing \\\\"),
    ],
)
def test_the_escapes_are_few_and_readable(typed, expected):
    assert item(UserText(typed)) == expected
