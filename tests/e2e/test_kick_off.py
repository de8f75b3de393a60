"""The installed program, driven through the kick-off from start to minutes; then its file and its Markdown are read."""

from __future__ import annotations

import json
import re

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
        term.settle()
        term.press("f")
        term.wait("Enter writes it")
        term.settle()
        term.press("ctrl+u")
        exported = person.home.parent / "minutes.md"
        term.type(f"{exported}\r")
        until(exported.exists)
        raw = bytes(term.raw)
    return person, exported.read_text(encoding="utf-8"), raw


def close(term: Terminal) -> None:
    """Read back, set the next date, fill both forms, end, export from the summary."""
    term.wait("1 to read back")
    term.wait("Enter Accept")
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


COURSE = [
    ("Started", {}),
    *(("Captured", {"kind": kind}) for _, kind in CAPTURED),
    *[("Ticked", {"done": True})] * 5,
    ("Extended", {"seconds": 300.0}),
    ("TopicEntered", {"done": True}),
    ("TopicParked", {}),
    ("TopicEntered", {"done": True}),
    ("TopicEntered", {"done": False}),
    ("Paused", {}),
    ("Resumed", {}),
    ("OffRecordSet", {"on": True}),
    ("OffRecordSet", {"on": False}),
    ("Captured", {"kind": "note"}),
    ("Undone", {}),
    ("ClosingBegan", {}),
    ("Accepted", {}),
    ("NextDateSet", {"when": "2027-01-12T15:00:00+01:00", "zone": "Europe/Berlin"}),
    ("FeedbackGiven", {"role": "mentee", "visibility": "counts", "via": "screen"}),
    ("FeedbackGiven", {"role": "mentor", "visibility": "counts", "via": "screen"}),
    ("Ended", {}),
]


def test_the_file_holds_the_course_fact_by_fact(held):
    person, _, _ = held
    facts = person.facts()
    assert [fact["kind"] for fact in facts] == [kind for kind, _ in COURSE]
    for fact, (_, fields) in zip(facts, COURSE, strict=True):
        assert {name: fact["data"][name] for name in fields} == fields
    assert [fact["seq"] for fact in facts] == list(range(1, len(facts) + 1))
    private = [fact["data"]["content"]["text"] for fact in facts if fact["audience"] == "mentor"]
    assert private == ["the private sentinel"]
    assert facts[25]["data"]["target"] == facts[24]["id"]
    action = facts[2]["data"]["content"]
    assert (action["text"], action["owner"], action["due"]) == ("send the policy draft", ALEX, "2026-12-01")
    assert (facts[6]["data"]["content"]["score"], facts[7]["data"]["content"]["score"]) == (2, 3)


def test_the_forms_hold_every_answer(held):
    person, _, _ = held
    mentee, mentor = (fact["data"]["answers"] for fact in person.facts() if fact["kind"] == "FeedbackGiven")
    assert [(each["item"], each["score"] or each["text"]) for each in mentee] == [
        ("good-use", 4), ("on-goals", 4), ("frank", 5), ("pace", 4), ("will-use", 5), ("before", 2), ("now", 4),
        ("fit", 1), ("keep", "more examples"), ("change", "less talk"),
    ]  # fmt: skip
    assert [(each["item"], each["score"] or each["text"]) for each in mentor] == [
        ("good-use", 5), ("on-goals", 5), ("frank", 4), ("pace", 4), ("prepared", 3),
        ("keep", "more examples"), ("change", "less talk"),
    ]  # fmt: skip


def test_the_minutes_line_by_line(held):
    person, exported, _ = held
    session = json.loads(person.run("list", "--json").splitlines()[0])["id"]
    minutes = person.run("export", session, "-f", "md", "-o", "-")
    assert exported == minutes
    said = re.sub(r"Date: .*? \(", "Date: DAY (", re.sub(r"took (under )?\d+ min", "took T", minutes))
    assert [line for line in said.splitlines() if line] == MINUTES
    again = json.loads(person.run("check", "--json", str(person.home.parent / "minutes.md")))
    assert [(topic["title"], topic["minutes"]) for topic in again["topics"]] == TOPICS


def test_nothing_private_or_off_the_record_leaves(held):
    person, exported, raw = held
    assert "sentinel" not in exported
    assert b"the private sentinel" not in raw.replace(b"~ the private sentinel", b"")
    for path in person.home.rglob("*"):
        assert not path.is_file() or b"off-record sentinel" not in path.read_bytes()


TOPICS = [
    ("Hello and role swap", 5),
    ("Ground rules and confidentiality", 10),
    ("Where you start: self-rating", 10),
    ("Pick two or three goals", 12),
    ("First action and feedback", 8),
]
MINUTES = """\
---
kind: minutes
duration: 45
---
# Kick-off: how we will work
- Mentor: Robin Fox
- Mentee: Alex Stone
- Date: DAY (Europe/Berlin)
- Time: planned 45 min, took T
- Next meeting: Tue 12 Jan 2027, 15:00 (Europe/Berlin)
## Agenda
### Hello and role swap (5 min)
Planned 5 min, took T. Ticked:
- ✓ May I type notes as we talk?
- ✓ You may read every shared line, and have any of it erased
- ✓ Say "off the record" and I stop typing
- ✓ I may keep private notes of my own
- ✓ The programme lead gets dates, minutes, counts and scores, never our text
Notes:
- Wants fewer dashboards, more stories
### Ground rules and confidentiality (10 min)
Planned 10 min, took T, parked.
### Where you start: self-rating (10 min)
Planned 10 min, took T.
### Pick two or three goals (12 min)
Planned 12 min, took T, left open.
### First action and feedback (8 min)
Planned 8 min, took T.
## Decisions
- we meet on Tuesdays
## Questions
- Who owns the policy today
## Ideas
- a reading club for directors
## Goals
- post twice a month = 2
## Self-ratings
- social media = 3
## Parked
- Topic: Ground rules and confidentiality
- why the policy changed
## Action items
- [ ] send the policy draft @"Alex Stone" due:2026-12-01""".splitlines()
