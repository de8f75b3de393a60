"""Every key of the session screen, pressed in a real terminal with text in the line: it acts, the text stays."""

from __future__ import annotations

import pytest
from support.program import Person, until

from rmsession.tui.keys import ACTS

WORKS = {
    "next": "left of 10 min",
    "back": "This is the first topic",
    "pause": "paused",
    "resume": "▶",
    "extend": "left of 10 min",
    "park": "Parked",
    "reveal": "Wait for a spoken yes",
    "off": "◉ off the record",
    "on": "F8 Off rec.",
    "close": "Read back",
    "tick": "✓  1",
    "undo": "There is nothing to undo",
    "redo": "There is nothing to redo",
    "edit": "Nothing is captured yet",
    "topics": "enter jumps to one",
    "fit": "There is no time to end by",
    "hide": "any key to return",
    "help": "The capture line",
}
"""What shows that a key acted."""
BEFORE = {"resume": "/pause\r", "on": "/off\r"}


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A person who has said their name already."""
    person = Person(tmp_path_factory.mktemp("keys") / "data")
    with person.session():
        pass
    return person


@pytest.mark.parametrize("act", [act for act in ACTS if act.key], ids=lambda act: act.word)
def test_key(started, act):
    with started.session() as term:
        if act.word in BEFORE:
            term.type(BEFORE[act.word])
            term.settle()
        term.type("half a thought")
        term.wait("half a thought")
        before = term.text()
        assert act.word in {"resume", "on"} or WORKS[act.word] not in before
        term.press(act.key)
        term.wait(WORKS[act.word])
        if act.word in {"topics", "help", "hide", "close"}:
            term.press(*(["escape"] if act.word != "close" else ["f3", "f3", "f3"]), gap=0.2)
            until(lambda: WORKS[act.word] not in term.text())
        term.settle()
        assert "half a thought" in term.text()
