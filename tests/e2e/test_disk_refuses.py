"""The disk refuses under the running program: what is typed is held, the header says why, and keeping resumes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from faults.shim import WHY_NOT, available, environment
from support.program import Person, until
from support.tally import tally
from support.terminal import Terminal

pytestmark = pytest.mark.skipif(not available(), reason=WHY_NOT)

LINES = 5
"""Entered one behind the other while the disk refuses."""
CAUSES = {"ENOSPC": "disk full", "EROFS": "read-only disk", "EACCES": "no permission", "EIO": "disk error"}
MENDS = {
    "ENOSPC": "Free some space", "EROFS": "Allow writing there", "EACCES": "Allow writing there",
    "EIO": "Check the disk",
}  # fmt: skip


KEPT = re.compile(r"(?<!not )kept \d\d:\d\d")


def person_on(tmp_path: Path, part: str = ".") -> Person:
    """Somebody whose disk refuses what is under this part of the data folder, once `control` names an error."""
    made = Person(tmp_path / "data")
    made.home.mkdir()
    made.control = tmp_path / "fault"
    made.extra = environment(made.control, made.home / part)
    made.home.rmdir()
    return made


def texts(person: Person) -> list[str]:
    """The captured texts in the order of the file."""
    return [fact["data"]["content"]["text"] for fact in person.facts() if fact["kind"] == "Captured"]


def held(term: Terminal, line: str, cause: str, unkept: int) -> None:
    """Wait until the header tells how many are not kept and why, and the line stands there still."""
    term.wait(lambda text: f"✗ {unkept} not kept: {cause}" in text.splitlines()[0])
    term.wait(re.compile(rf"› {line} "))


def test_a_disk_that_refuses_loses_nothing_and_keeping_resumes_by_itself(tmp_path):
    person = person_on(tmp_path)
    said = ["before"]
    with person.taken_up(columns=80, lines=24) as term:
        term.type("before\r")
        term.wait(KEPT)  # what lies there and was not acknowledged would be refused with the others
        assert texts(person) == said
        for error, cause in CAUSES.items():
            person.control.write_text(error)
            lines = [f"{error} number {number}" for number in range(1, LINES + 1)]
            said.extend(lines)
            term.type("".join(f"{line}\r" for line in lines))
            held(term, lines[-1], cause, LINES)
            term.wait(f"Held here. {MENDS[error]}")
            term.type("\r")
            term.wait("Still trying to keep this line; nothing is lost")
            term.type("typed on")
            term.wait("› typed on ")
            person.control.unlink()
            until(lambda: texts(person) == said)
            term.wait(lambda text: "not kept" not in text.splitlines()[0])
            assert "› typed on " in term.text()
            term.press("ctrl+u")
        assert [fact["kind"] for fact in person.facts()] == ["Started"] + ["Captured"] * len(said)

        away = person.home.with_name("elsewhere")
        person.home.rename(away)
        said.append("while it is elsewhere")
        term.type(f"{said[-1]}\r")
        held(term, said[-1], "folder gone", 1)
        person.home.mkdir()
        said.append("over an empty folder")
        term.type(f"{said[-1]}\r")
        held(term, said[-1], "folder gone", 2)
        assert list(person.home.iterdir()) == []
        person.home.rmdir()
        away.rename(person.home)
        until(lambda: texts(person) == said)
        term.wait(lambda text: "not kept" not in text.splitlines()[0])
        assert sorted(path.name for path in person.home.parent.iterdir()) == ["data"]
    tally("disk refuses under the program", cases=len(CAUSES) * LINES + 2)


def test_what_cannot_begin_is_said_and_what_waits_is_asked_about(tmp_path):
    person = person_on(tmp_path, "sessions")
    with person.screen("run", "01-kick-off", "--mentee", "Alex Stone", columns=80, lines=24) as term:
        term.wait("What is your name")
        term.type("Robin Fox\r")
        term.wait("F2")
        term.wait("Start")
        term.settle()
        in_the_way = person.home / "locks" / "programme.lock"
        in_the_way.mkdir()
        begin_is_refused(term, "disk reports")
        assert not (person.home / "programme.json").exists()
        in_the_way.rmdir()
        person.control.write_text("ENOSPC")
        begin_is_refused(term, "disk is full")
        assert not person.files()
        person.control.unlink()
        term.press("f2")
        term.wait("left of")
        until(lambda: len(person.facts()) == 1)

        person.control.write_text("ENOSPC")
        term.type("held\r")
        held(term, "held", "disk full", 1)
        term.type("/quit\r")
        term.wait("stay until it is")
        term.press("f9")
        term.wait("closing")
        give_feedback(term)
        term.wait(lambda text: "not kept: disk full" in text.splitlines()[0])
        term.press("ctrl+q")
        term.wait("not kept: leave without?")
        term.press("s")
        term.wait(lambda text: "leave without?" not in text)
        person.control.unlink()
        until(lambda: "FeedbackGiven" in [fact["kind"] for fact in person.facts()])
        term.wait(lambda text: "not kept" not in text.splitlines()[0])
        assert [fact["kind"] for fact in person.facts()] == [
            "Started", "Captured", "Paused", "ClosingBegan", "FeedbackGiven",
        ]  # fmt: skip
    tally("disk refuses under the program", cases=5)


def begin_is_refused(term: Terminal, why: str) -> None:
    """Try to start; it is said why not, and the plan is still there."""
    term.press("f2")
    term.wait(re.compile(f"Not kept.*{why}", re.DOTALL))
    term.wait("Alex Stone")
    term.wait("Start")
    term.settle()
    assert "left of" not in term.text()


def give_feedback(term: Terminal) -> None:
    """Hand in the mentee's form."""
    term.press("f2")
    term.wait("the mentee first")
    term.press("enter")
    for number, key in enumerate("44545241", 1):
        term.wait(f"{number} of ")
        term.press(key)
    for number in (9, 10):
        term.wait(f"{number} of 10")
        term.press("enter")
    term.wait("You answered 8 of 10")
    term.press("enter")
    term.wait("hand the keyboard back")
    term.press("enter")
    term.wait("the mentee first")
