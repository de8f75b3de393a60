"""Front matter that is read without YAML means what YAML makes of it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rmsession.reader.plain_front import plain

AGENDAS = Path(__file__).parents[2] / "agendas"
PIECES = [
    "duration", "key", "k", ":", ": ", " ", "  ", "-", "- ", "--", "a", "45", "1h 30m", "No", "null", "~", "1e3",
    "0x1F", "Jo Smith", "Jo's", "a, b", "(x)", "50%", "why?", "!", "? ", "#", " #", "[", "{", "'", '"', "|", ">", "&a",
    "*a", "<<", "\t", "é", "\n", "\n", "\nk: ", "\n- ", "\n  - ", "...", "---",
]  # fmt: skip
"""What front matter is made of, and what means something else to YAML at one place or another."""


def asked(block):
    try:
        return yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        return error


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_read_without_yaml_is_what_yaml_reads(block):
    assert plain(block) is None or plain(block) == asked(block)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("duration: 45\n", {"duration": "45"}),
        ("mentor: No\nmentee: Jo O'Neil  \nempty:", {"mentor": "No", "mentee": "Jo O'Neil", "empty": ""}),
        ("q:\n- a b\n- 2\nk: v", {"q": ["a b", "2"], "k": "v"}),
        ("q:\n  - Why not?\n  - b", {"q": ["Why not?", "b"]}),
        ("k: a\nk:\n - b", {"k": ["b"]}),
    ],
)
def test_what_nearly_everybody_writes_needs_no_yaml(block, said):
    assert plain(block) == said == asked(block)


@pytest.mark.parametrize(
    "block",
    ["k: a\n  b", "k:\n- a\n  - b", "k: a\n- b", "- a", "k: 10:30", "k: 'a'", "k: a # b", "k:\n-", "k: a\n\nl: b",
     "k:a", "k:\n  - a\n- b"],
)  # fmt: skip
def test_all_else_is_asked_of_yaml(block):
    assert plain(block) is None


def test_the_agendas_that_come_with_the_program_need_none():
    blocks = [text.split("---\n")[1] for path in AGENDAS.glob("*.md") if (text := path.read_text()).startswith("---\n")]
    assert len(blocks) > 8
    assert all(map(plain, blocks))
