"""Keys with names type what Textual says they type, and their names are not looked up among those of all signs."""

import unicodedata

import pytest
from textual import screen
from textual.keys import Keys, key_to_character

from rmsession.tui.key_signs import SIGNS, know, sign_of

KEYS = sorted({*(each.value for each in Keys), *SIGNS, "a", "comma", "space", "alt+f", "no_such_key", "@"})


def test_every_key_types_what_textual_says():
    assert [sign_of(key) for key in KEYS] == [key_to_character(key) for key in KEYS]


def test_the_keys_of_a_session_are_not_looked_up(monkeypatch):
    monkeypatch.setattr(screen, "key_to_character", key_to_character)
    know()
    key_to_character.cache_clear()
    monkeypatch.setattr(unicodedata, "lookup", pytest.fail)
    assert [screen.key_to_character(key) for key in ("f2", "escape", "tab", "pageup")] == [None, "\x1b", "\t", None]
