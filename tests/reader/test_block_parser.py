"""The block parser of agendas against markdown-it's own: the same outline of every text, in less time."""

import functools
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rmsession.reader.block_parser import BlockParser
from rmsession.reader.limits import DEEPEST

HERE = Path(__file__).resolve()
SPECIFICATION = HERE.parents[3] / "shared" / "corpus" / "hostile" / "commonmark.json"
KEPT = {
    "inline", "heading_open", "heading_close", "bullet_list_open", "bullet_list_close", "ordered_list_open",
    "ordered_list_close", "list_item_open", "list_item_close", "blockquote_open", "blockquote_close", "html_block",
    "fence", "table_open", "table_close", "tr_open", "tr_close",
}  # fmt: skip
"""What an outline is made of, said once more: the tokens that both must agree on."""
SIGNS = [
    "# a", "## b #", "#c", "Setext", "===", "---", "- - -", "***", "_ _ _", "= =", "-", "*", "+", "- a", "* b", "+ c",
    "-d", "**e** f", "1. g", "2) h", "12345678901. i", "1.", "10", "> q", ">", ">> r", "> - s", "- > t", "```", "~~~",
    "``` x", "`y`", "    code", "\tcode", "  in", "   far", "-\tu", "- ```", "|a|b|", "|-|-|", "a | b", "-|-", ":-:",
    "|", "<div>", "</p>", "<!-- x", "-->", "<b>", "<a>z", "[r]: /u", "\\", "", "", "", " ", "\t", "\x0b", "\xa0", "w",
]  # fmt: skip
before = st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "\t", "> ", ">", "- ", "1. ", "  > ", ">\t"])
texts = st.lists(st.tuples(before, before, st.sampled_from(SIGNS)).map("".join), max_size=16).map("\n".join)


@functools.cache
def parsers():
    """Ours and markdown-it's."""
    both = [MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").disable(["reference"]) for _ in "12"]
    for parser in both:
        parser.core.ruler.enableOnly(["block"])
    both[0].block = BlockParser()
    return both


def outline(parser, text):
    """All that the outline is made from, token by token."""
    return [
        (token.type, token.tag, token.nesting, token.map, token.content)
        # How deep a paragraph's words lie nobody asks; of what opens it is what tells that it lies too deep.
        + (() if token.type == "inline" else (token.level,))
        for token in parser.parse(text)
        if token.type in KEPT
    ]


def agree(text):
    ours, theirs = parsers()
    assert outline(ours, text) == outline(theirs, text)


@settings(max_examples=400, deadline=None)
@given(texts | st.text(alphabet="-*+_#>`~|:=<!a1. \t\n", max_size=60))
@example("> a\n>")
@example("|a|\n|-|\n> ")
@example("-\n\n\n- b")
@example("a\n\n ")
@example("- a\n\n\n  b\n    c")
@example("> 1. > a\nb\n===")
def test_any_text_has_the_same_blocks(text):
    agree(text)


@pytest.mark.parametrize("folder", ["agendas", "tests/reader/cases"])
def test_agendas_have_the_same_blocks(folder):
    files = sorted((HERE.parents[2] / folder).glob("*.md"))
    assert len(files) > 5
    for path in files:
        agree(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="no examples of the specification beside the checkout")
def test_the_examples_of_the_specification_have_the_same_blocks():
    for one in json.loads(SPECIFICATION.read_text(encoding="utf-8")):
        agree(one["markdown"])


def test_a_very_deep_text_has_the_same_blocks():
    agree("\n".join("  " * depth + "- a" for depth in range(60)))
    agree("> " * 60 + "a")
