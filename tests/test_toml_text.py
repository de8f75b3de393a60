"""A setting is changed in the text of all settings, and nothing else is."""

import time
import tomllib

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from rmsession import toml_text
from rmsession.toml_text import NoTomlError, changed, said_in

LINES = [
    'me = "Robin"\n', 'me = "R" # mine\n', "# me = 1\n", 'zone = "UTC"\n', 'theme = """\nme = "x"\n"""\n', "\n",
    "[later]\n", "[[later]]\n", "me = [\n  1,\n]\n", "me.too = 1\n", "when = 1979-05-27\n", "far = nan\n", "x = 1\r\n",
    "me=2\n", "open = true",
]  # fmt: skip

PIECES = [
    "k", " = ", "=", '"a"', '"', "'b'", "[", "]", ", ", "# x", "\t", "\r", "\x7f", "\\", "true", "False", "1", "é",
    "\n", '\nk = "', '\nk = ["a", "b"', '\nl = ["a", ]\n', '"""', "k.l", "\ufeff",
]  # fmt: skip
"""What such texts are made of, and what means something else at one place or another."""


def said(read, text):
    try:
        return read(text)
    except ValueError:
        return None


def ada(document):
    document["me"] = "Ada"


def meant(text):
    return tomlkit.parse(text).unwrap()


@given(st.lists(st.sampled_from(LINES), max_size=5).map("".join))
def test_a_line_says_what_a_reader_of_all_of_toml_would_write(before):
    try:
        document = tomlkit.parse(before)
        ada(document)
        wanted = tomllib.loads(tomlkit.dumps(document))
    except (ValueError, tomlkit.exceptions.TOMLKitError):
        with pytest.raises(NoTomlError):
            changed(before, "me", ada)
        return
    after = changed(before, "me", ada)
    assert repr(tomllib.loads(after)) == repr(wanted) or tomllib.loads(after) == wanted  # a NaN equals nothing
    others = {line for line in before.split("\n") if line.startswith(("#", "zone", "when", "far", "x"))}
    assert others <= {*after.split("\n")}


@given(st.lists(st.sampled_from([*LINES, *PIECES]), max_size=6).map("".join))
def test_a_text_says_what_a_reader_of_all_of_toml_reads(text):
    assert repr(said(said_in, text)) == repr(said(tomllib.loads, text))


def test_settings_as_nearly_all_are_need_no_such_reader(monkeypatch):
    monkeypatch.setattr(tomllib, "loads", pytest.fail)
    text = '# mine\nme = "Ünal O\'Neil" # a\n\ndemo = true\nrecent = ["/a,b.md" , "/#.md"]\nagendas=""\nx = []'
    assert said_in(text) == {
        "me": "Ünal O'Neil", "demo": True, "recent": ["/a,b.md", "/#.md"], "agendas": "", "x": []
    }  # fmt: skip


def test_a_text_of_blanks_is_read_at_once():
    for text in ("k = [" + " " * 90_000, "k =" + " " * 90_000 + "x", 'k = ["a"' + " " * 90_000, " " * 90_000 + "x"):
        begun = time.process_time()
        assert said(said_in, text) is None
        assert time.process_time() - begun < 1


@pytest.mark.parametrize("name", ["Ada", 'A"da\\', "\x1b[31m", "\x7f", "Ünal ⏎", "\u2028", "a\nb", "#"])
def test_any_name_is_kept_as_it_is(name):
    after = changed("# mine\n", "me", lambda document: document.__setitem__("me", name))
    assert tomllib.loads(after) == {"me": name}
    assert after.startswith("# mine\n")


def test_plain_settings_are_changed_without_what_reads_all_of_toml(monkeypatch):
    monkeypatch.setattr(toml_text, "_anywhere", lambda *_: pytest.fail("not in one line"))
    text = '# mine\nzone = "Europe/Berlin"  # where I live\nrecent = ["/a.md"]'
    text = changed(text, "me", ada)
    text = changed(text, "recent", lambda document: document.__setitem__("recent", ["/b.md", *document["recent"]]))
    assert text == '# mine\nzone = "Europe/Berlin"  # where I live\nrecent = ["/b.md", "/a.md"]\nme = "Ada"\n'
    assert changed(text, "me", ada) == text
