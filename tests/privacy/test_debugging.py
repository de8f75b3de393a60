"""The screen's library can log, picture and send what it shows; here it is never told to, and has no key for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import textual
from support.program import Person, until
from support.stage import staged
from support.tally import tally
from textual.app import App
from textual.screen import Screen

from rmsession.cli.quiet import _LOUD, hush
from rmsession.tui import keys
from rmsession.tui.app import RmSessionApp

LOOKS = {
    "TEXTUAL_ALLOW_SIGNALS", "TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DIM_FACTOR",
    "TEXTUAL_DISABLE_KITTY_KEY", "TEXTUAL_FILTERS", "TEXTUAL_FPS", "TEXTUAL_SMOOTH_SCROLL", "TEXTUAL_SPEEDUPS",
    "TEXTUAL_THEME",
}  # fmt: skip
"""What only says how it looks or how fast it is."""
WORD = "zqprivatezq"


def read_by_textual() -> set[str]:
    """Every variable that the installed Textual asks for."""
    sources = (path.read_text(encoding="utf-8") for path in Path(textual.__path__[0]).rglob("*.py"))
    ask = re.compile(r"(?:environ\w*(?:\.get)?|getenv)[\w\s]*[(\[]\s*[\"'](TEXTUAL\w*)[\"']")
    return {name for source in sources for name in ask.findall(source)}


def test_each_variable_that_textual_reads_is_a_look_or_is_not_told_to_it():
    asked = read_by_textual()
    assert {"TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT"} <= asked
    assert asked <= LOOKS | set(_LOUD)
    environ = dict.fromkeys(asked | {"PATH"}, "1")
    hush(environ)
    assert set(environ) == (asked & LOOKS) | {"PATH"}


def test_a_variable_left_by_a_developer_writes_no_log_and_no_picture(tmp_path, monkeypatch):
    for name in _LOUD:
        monkeypatch.setenv(name, str(tmp_path / "spied" / name))
    monkeypatch.setenv("TEXTUAL_SCREENSHOT", "1")
    monkeypatch.setenv("TEXTUAL_SHOW_RETURN", "1")
    monkeypatch.setenv("TEXTUAL_LOG", str(tmp_path / "spied.log"))
    monkeypatch.setenv("TEXTUAL_SCREENSHOT_LOCATION", str(tmp_path))
    monkeypatch.setenv("TEXTUAL", "debug")
    monkeypatch.setenv("TEXTUAL_DEVTOOLS_PORT", "8081")
    monkeypatch.setenv("TEXTUAL_PRESS", "")
    monkeypatch.delenv("TEXTUAL_DRIVER")
    person = Person(tmp_path / "data")
    with person.session() as term:
        term.type(f"~ {WORD}\r")
        until(lambda: any(fact["kind"] == "Captured" for fact in person.facts()))
        term.press("ctrl+q")
        term.wait("Leave while")
        term.press("e")
        term.wait_exit()
    left = {path for path in tmp_path.rglob("*") if path.is_file() and tmp_path / "data" not in path.parents}
    assert left == set()
    assert WORD.encode() not in term.raw
    tally("private marks in what left", cases=len(_LOUD))


@pytest.mark.parametrize("word", ["screenshot", "devtools", "debug", "log", "maximize"])
def test_no_key_and_no_command_pictures_the_screen(word):
    from rmsession.tui import screens  # every screen, found by its module

    folder = Path(screens.__path__[0])
    for module in folder.glob("*.py"):
        __import__(f"rmsession.tui.screens.{module.stem}")
    classes = [App, RmSessionApp, Screen]
    for each in classes:
        classes += [kind for kind in each.__subclasses__() if kind not in classes]
    actions = {
        str(getattr(binding, "action", binding[1] if isinstance(binding, tuple) else binding))
        for kind in classes
        for binding in kind.__dict__.get("BINDINGS", ())
    }
    assert len(actions) > 50
    assert not [action for action in actions if word in action]
    assert not [act for act in keys.ACTS if word in act.word]


async def test_the_palette_offers_no_picture():
    async with staged() as stage:
        titles = {command.title for command in stage.app.get_system_commands(stage.screen)}
        assert {"Theme", "Park", "Help"} <= titles
        assert not [title for title in titles if "shot" in title.casefold() or "axim" in title]
