"""What people wrote: kept exactly, shown harmlessly."""

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.text import UserText, clean, shortened

ANY_TEXT = st.text(st.characters(), max_size=60)
"""Lone surrogates too: a file name or a damaged paste can hold them."""
VISIBLE_FORMATS = {
    *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440),
}  # fmt: skip
"""Format characters that draw something: signs under or over Arabic, Syriac and Kaithi digits, hieroglyph layout."""
JOINERS = {0x200C, 0x200D}


@pytest.mark.parametrize("lines", [False, True])
def test_no_character_leaves_anything_a_terminal_obeys_or_an_eye_cannot_see(lines):
    every_character = "".join(map(chr, range(0x110000)))
    shown = set(clean(every_character, lines=lines))
    left = {ord(each) for each in shown if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert left <= VISIBLE_FORMATS | JOINERS | ({0x0A} if lines else set())
    assert left >= JOINERS


@given(ANY_TEXT, st.booleans())
def test_cleaning_twice_is_cleaning_once(raw, lines):
    assert clean(clean(raw, lines=lines), lines=lines) == clean(raw, lines=lines)


@given(ANY_TEXT)
def test_a_line_is_one_line_and_a_block_has_its_own_ends(raw):
    text = UserText(raw)
    assert len(text.line.splitlines()) <= 1
    assert text.block.replace("\n", " ⏎ ") == text.line
    assert text.raw == raw


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("plain", "plain"),
        ("one\r\ntwo\rthree\u2028four", "one ⏎ two ⏎ three ⏎ four"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("\x9b2J", "\ufffd2J"),
        ("a\tb", "a b"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("pass\u200bword\u2063", "password"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),
        ("half \ud83d", "half \ufffd"),
        ("[@click=app.quit]x[/] [TODO]", "[@click=app.quit]x[/] [TODO]"),
        ("\x7f", "␡"),
    ],
)
def test_what_one_line_shows(raw, line):
    assert UserText(raw).line == line


def test_a_user_text_is_no_str_and_cannot_be_changed():
    text = UserText("a")
    assert not isinstance(text, str)
    with pytest.raises(AttributeError, match="frozen"):
        text.raw = "b"
    assert text != "a"
    with pytest.raises(TypeError):
        text < "b"  # noqa: B015 - the comparison itself is refused


def test_a_user_text_never_prints_what_it_says():
    secret = UserText("he is leaving")
    assert "leaving" not in f"{secret!r} {secret} {[secret]}"
    assert repr(secret) == "<text of 13 characters>"


@given(ANY_TEXT, ANY_TEXT)
def test_user_texts_compare_and_hash_as_what_they_say(one, other):
    assert (UserText(one) == UserText(other)) == (one == other)
    assert (UserText(one) <= UserText(other)) == (one <= other)
    assert len({UserText(one), UserText(one)}) == 1
    assert pickle.loads(pickle.dumps(UserText(one))) == UserText(one)


@pytest.mark.parametrize(("raw", "says"), [("", False), (" \n\t", False), (" a ", True)])
def test_blank_text_is_false(raw, says):
    assert bool(UserText(raw)) is says


@given(st.text(max_size=20), st.integers(-1, 25))
def test_shortened_keeps_within_the_limit_and_shows_its_cut(text, limit):
    short = shortened(text, limit)
    assert len(short) <= max(limit, 0)
    assert short == text or limit <= 0 or short.endswith("…")


def test_shortened_leaves_no_space_before_the_cut():
    assert shortened("Ground rules and confidentiality", 14) == "Ground rules…"
