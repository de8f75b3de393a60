"""One setting is written and nothing else changes, whichever way it is written; the short way loads no tomlkit."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rmsession import rewriting
from rmsession.rewriting import rewritten

ROOT = Path(__file__).parents[1]
_LINES = st.sampled_from(
    [
        "", "# me = 1", 'me = "Ada"', 'me = "Ada" # me', "me = 'Ada'", 'me="A"', 'theme = "nord"', "demo = true",
        'recent = ["/a", "/b"]', "recent = [\n  '/a',\n]", 'note = """', '"""', "[later]", "[[many]]", 'a.b = "c"',
        'me = "A"\r', "x = {me = 1}", 'me = "\\u0041"',
    ]
)  # fmt: skip
_VALUES = st.one_of(st.text(max_size=6), st.lists(st.text(max_size=4), max_size=3))


@given(st.lists(_LINES, max_size=6).map("\n".join), st.sampled_from(["me", "recent", "theme"]), _VALUES)
@example('note = """\nme = "Ada"\n"""', "me", "Robin")
@example('me = "Ada"', "me", "\x7f\x1b\n\\d")
def test_nothing_else_changes(text, key, value):
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(ValueError, match=r"."):
            rewritten(text, key, lambda _: value)
        return
    seen = []
    after = rewritten(text, key, lambda known: seen.append(known) or value)
    assert set(map(str, seen)) == {str(before.get(key))}
    assert tomllib.loads(after) == {**before, key: value}
    for line in text.splitlines():
        if line.startswith("#"):
            assert line in after


def test_both_ways_spell_alike():
    for text in ("", "# mine\n", 'me = "Ada"\n', 'zone = "UTC"  # here\nme = "Ada"\n'):
        both = [way(text, "me", lambda _: "Robin Ö") for way in (rewriting._in_a_line, rewriting._in_a_document)]
        assert both[0] == both[1]


@pytest.mark.parametrize("text", ['me = "Ada" # it is me', "[later]\nkey = 1", "me = 'Ada'", 'me = "A"\r\nx = 1\r\n'])
def test_what_is_more_than_a_line_is_left_to_who_keeps_comments(text):
    assert rewriting._in_a_line(text, "me", lambda _: "Robin") is None


def test_a_setting_of_one_line_loads_no_tomlkit(tmp_path):
    code = f"""
import sys
from pathlib import Path
from rmsession.settings import remember, remember_agenda
home = Path({str(tmp_path)!r})
remember(home, "me", "Robin")
remember_agenda(home, Path("/a.md"))
remember_agenda(home, Path("/b.md"))
print([name for name in ("tomlkit", "tomllib") if name in sys.modules], (home / "config.toml").read_text())
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == '[] me = "Robin"\nrecent = ["/b.md", "/a.md"]\n\n'
