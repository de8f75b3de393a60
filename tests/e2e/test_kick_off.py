"""The installed program, driven through the kick-off from start to minutes; then its file and its Markdown are read."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from support.program import Person, until
from support.terminal import Terminal

ALEX = "Alex Stone"
CAPTURED = (
    ("Wants fewer dashboards, more stories", "note"),
    ("@alex send the policy draft by 2026-12-01", "action"),
    ("? Who owns the policy today", "question"),
    ("! a reading club for directors", "idea"),
    ("d: we meet on Tuesdays", "decision"),
    ("g: post twice a month = 2", "goal"),
    ("r: social media = 3", "rating"),
    ("p: why the policy changed", "parked"),
    ("~ the private sentinel", "note"),
)
SCORES = "44545241"
"""The mentee's one-key answers: five statements, confidence before and now, fit."""


def answer(term: Terminal, keys: str, questions: int) -> None:
    """Answer question after question, each when it shows."""
    for number, key in enumerate(keys, 1):
        term.wait(f"{number} of {questions}")
        term.press(key)


def fill_form(term: Terminal, keys: str, questions: int) -> None:
    """Answer the statements by key and the two texts in words, and hand in."""
    answer(term, keys, questions)
    for number, words in ((questions - 1, "more examples"), (questions, "less talk")):
        term.wait(f"{number} of {questions}")
        term.type(words)
        term.wait(words)
        term.press("enter")
    term.wait(f"You answered {questions} of {questions}")
    term.press("enter")


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A person who has held the kick-off, and where the minutes went."""
    person = Person(tmp_path_factory.mktemp("kick-off") / "data")
    with person.session() as term:
        for line, _ in CAPTURED:
            term.type(f"{line}\r")
        until(lambda: len(person.facts()) == 1 + len(CAPTURED))
        assert "sentinel" not in term.text()
        for _ in range(5):
            term.press("alt+t")
        term.wait("✓  5")
        term.press("f5")
        term.wait("left of 10 min")
        term.press("f2", "f6")
        term.wait("Parked")
        term.press("f2")
        term.wait(re.compile(r"▶ Pick two or three goals"))
        term.type("/1\r")
        term.wait(re.compile(r"▶ Hello and role swap"))
        term.press("f4")
        term.wait("paused")
        term.press("f4", "f8")
        term.wait("◉ off the record")
        term.type("the off-record sentinel\r")
        term.wait("Off the record: nothing is kept")
        term.press("ctrl+a", "ctrl+k", "f8")
        term.type("to be undone\r")
        term.wait("note      to be undone")
        term.press("alt+z")
        until(lambda: person.facts()[-1]["kind"] == "Undone")
        term.press("f9")
        close(term)
        raw = bytes(term.raw)
    return person, raw


def close(term: Terminal) -> None:
    """Read back, set the next date, fill both forms, end, export from the summary."""
    term.wait("send the policy draft")
    term.press("enter")
    term.wait("When do you meet next")
    term.type("2027-01-12 15:00")
    term.wait("Tue 12 Jan 2027")
    term.press("enter")
    term.wait("the mentee first")
    term.press("enter")
    term.wait("This part is yours, Alex Stone")
    term.settle()
    assert "policy" not in term.text()
    fill_form(term, SCORES, 10)
    term.wait("hand the keyboard back")
    term.press("enter")
    term.wait("later")
    term.press("enter")
    term.wait("Your own form")
    fill_form(term, "55443", 7)
    term.wait("End")
    term.press("f2")
    term.press("enter")
    term.wait("Export")


def test_it(held):
    pass
