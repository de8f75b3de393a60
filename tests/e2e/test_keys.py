"""Every key of the session screen, pressed in a real terminal with text in the line: it acts, the text stays."""

from __future__ import annotations

import pytest
from support.program import Person, until

from rmsession.tui.keys import ACTS

LOOKING = {
    "undo": "There is nothing to undo",
    "redo": "There is nothing to redo",
    "edit": "Nothing is captured yet",
    "back": "This is the first topic",
    "last": "opened with nothing from last time",
    "fit": "There is no time to end by",
    "topics": "enter jumps to one",
    "hide": "any key to return",
    "help": "The capture line",
    "reveal": "Wait for a spoken yes",
}
"""What shows that a key acted, of those that leave a session that has just begun as it is."""
DOING = {
    "tick": "✓  1",
    "pause": "paused",
    "resume": "▶",
    "off": "◉ off the record",
    "on": "F8 Off rec.",
    "next": "left of 10 min",
    "extend": "left of 15 min",
    "park": "Parked",
    "close": "Read back",
}
"""The same of those that take the session on, each from where the one before left it."""
OVER = {"topics": ["escape"], "help": ["escape"], "hide": ["escape"], "close": ["f3", "f3", "f3"]}
"""How to come back to the session screen."""
LINE = "half a thought"
KEYS = {act.word: act.key for act in ACTS if act.key}


def test_every_key_is_tried():
    assert {*LOOKING, *DOING} == set(KEYS)


@pytest.mark.parametrize("words", [LOOKING, DOING], ids=["looking", "doing"])
def test_keys(tmp_path, words):
    with Person(tmp_path / "data").taken_up() as term:
        term.type(LINE)
        term.wait(LINE)
        for word, sign in words.items():
            assert word in {"resume", "on"} or sign not in term.text(), word
            term.press(KEYS[word])
            term.wait(sign)
            if word in OVER:
                term.press(*OVER[word], gap=0.2)
                until(lambda sign=sign: sign not in term.text())
            term.wait(LINE)
