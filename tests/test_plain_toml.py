"""What is read without a parser is what the parser reads."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.plain_toml import read_plain

NAMES = st.sampled_from(["me", "zone", "recent", "a b", "a.b", '"me"', "é", "", "[me]", "# me"])
INSIDE = st.text(st.sampled_from('aß" \\,[]#=\t\r\n\x00\x7f\u2028'), max_size=6)
VALUES = st.one_of(
    INSIDE.map('"{}"'.format), INSIDE, st.lists(INSIDE.map('"{}"'.format), max_size=3).map(", ".join).map("[{}]".format)
)
LINES = st.one_of(st.builds("{}{}{}".format, NAMES, st.sampled_from([" = ", "=", "  = ", " =  "]), VALUES), INSIDE)


@given(st.lists(LINES, max_size=4).map("\n".join))
def test_it_says_what_the_parser_says_or_nothing(text):
    if (said := read_plain(text)) is not None:
        assert said == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        'me = "Zoë Fox"\nzone = "Europe/Berlin"\n',
        '\nrecent = ["/home/ada/kick-off.md", "/tmp/[1], 2.md"]\n',
        'theme = ""\n',
    ],
)
def test_what_the_program_writes_needs_no_parser(text):
    assert read_plain(text) == tomllib.loads(text)


@pytest.mark.parametrize("text", ['me = "a"\nme = "b"', "demo = true", 'me = "a" # I', 'me = "a\\n"', "[me]", "me"])
def test_what_is_more_is_left_to_the_parser(text):
    assert read_plain(text) is None
