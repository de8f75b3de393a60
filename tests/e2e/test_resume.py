"""The installed program is killed and taken up again: everything stands where it stood, and the gap is explained."""

from __future__ import annotations

import re
import signal
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from faults.clock import Clock
from faults.shim import WHY_NOT, available
from support.program import Person, until
from support.tally import tally
from support.terminal import Terminal

pytestmark = pytest.mark.skipif(not available(), reason=WHY_NOT)

LINES = "\n\n".join(f"Paragraph number {number} of what the agenda says." for number in range(1, 41))
AGENDA = f"# Long\n\n## Hello (5 min)\n\nHi.\n\n## Read this (20 min)\n\n{LINES}\n\n## After (10 min)\n\n- a\n"
MINUTES = 14
ZONE = ZoneInfo("Europe/Berlin")


def left(screen: str) -> int:
    """Seconds left of the topic, as the line below the clock says."""
    minutes, seconds = re.search(r"(\d\d):(\d\d) left of", screen).groups()
    return int(minutes) * 60 + int(seconds)


def rows(screen: str) -> tuple[list[str], list[str]]:
    """The paragraphs and the captured lines in sight."""
    return re.findall(r"Paragraph number \d+", screen), re.findall(r"note number \d+", screen)


def killed(term: Terminal) -> datetime:
    """When it was killed; a sign of life is given every second."""
    time.sleep(1.3)
    term.signal(signal.SIGKILL)
    assert term.wait_exit() == -signal.SIGKILL
    return datetime.now(ZONE)


def gone(clock: Clock, since: datetime) -> re.Pattern[str]:
    """Let the minutes pass; what the question must then say, whichever minute the last sign of life fell into."""
    clock.sleep(MINUTES * 60 - (datetime.now(ZONE) - since).total_seconds())
    ended = "|".join({f"{moment:%H:%M}" for moment in (since, since - timedelta(seconds=2))})
    return re.compile(rf"{MINUTES} min away \(ended ({ended})\): count it or not\?")


@pytest.fixture
def person(tmp_path):
    (tmp_path / "long.md").write_text(AGENDA, encoding="utf-8")
    clock = Clock(tmp_path / "clock")
    made = Person(tmp_path / "data", clock.environment())
    made.clock = clock
    return made


def test_a_killed_session_comes_back_as_it_was(person):
    with person.session("long.md", columns=80, lines=24) as term:
        term.press("f2")
        term.wait("left of 20 min")
        term.type("".join(f"note number {number}\r" for number in range(12)))
        until(lambda: len(person.facts()) == 14)
        term.type("~ of my own\r")
        until(lambda: len(person.facts()) == 15)
        term.press("pagedown", "pagedown")
        term.type("half of a thght")
        term.press("left", "left", "left")
        term.wait("half of a thght")
        term.settle()
        paragraphs = rows(term.text())[0]
        term.press("alt+e")
        term.wait("Captured lines")
        term.press("e")
        term.wait("Correct this line")
        term.type(" indeed")
        since = killed(term)
        before = left(term.text())

    question = gone(person.clock, since)
    with person.screen("run", "--resume", columns=80, lines=24) as term:
        term.wait(question)
        term.press("d")
        term.wait("You were typing in “Correct this line”")
        assert "indeed" not in term.text()
        term.press("g")
        term.wait(re.compile(r"Correct this line.*•{10}", re.DOTALL))
        term.press("enter")
        until(lambda: person.facts()[-1]["kind"] == "Amended")
        assert person.facts()[-1]["data"]["content"]["text"] == "of my own indeed"
        term.wait("half of a thght")
        term.settle()
        assert before - 30 <= left(term.text()) <= before + 1  # the last sign of life is up to a second old
        assert rows(term.text())[0] == paragraphs
        assert "number 1 " not in term.text()
        term.type("ou")
        term.wait("half of a thought")
        term.press("enter")
        until(lambda: person.facts()[-1]["kind"] == "Captured")
        said, last = person.facts()[-1], person.facts()[14]
        assert said["data"]["content"]["text"] == "half of a thought"
        away = (datetime.fromisoformat(said["wall"]) - datetime.fromisoformat(last["wall"])).total_seconds()
        (gap,) = (fact["data"]["seconds"] for fact in person.facts() if fact["kind"] == "GapSettled")
        assert MINUTES * 60 - 1 < gap < MINUTES * 60 + 45
        assert away - gap - 2 <= said["at"] - last["at"] <= away - gap + 2
    tally("killed with everything under way", cases=1)


def fill_half(term: Terminal) -> None:
    """Answer the statements, and begin with the first of two texts."""
    term.press("enter")
    for number, key in enumerate("4454524", 1):
        term.wait(f"{number} of ")
        term.press(key)
    term.wait("8 of ")
    term.type("more of the exa")
    term.wait("more of the exa")


def test_a_killed_closing_comes_back_with_its_forms(person):
    with person.session("long.md", columns=80, lines=24) as term:
        term.type("@alex send the draft\r")
        until(lambda: len(person.facts()) == 2)
        term.press("f9")
        term.wait("x Drop")
        term.settle()
        term.press("x")
        term.wait("Why is it dropped?")
        term.type("nobody needs it any")
        term.wait("nobody needs it any")
        term.press("f2")
        term.wait("When do you meet next")
        term.type("+2w 1")
        term.press("f2")
        term.wait("the mentee first")
        fill_half(term)
        before = person.facts()[-1]
        since = killed(term)

    question = gone(person.clock, since)
    with person.screen("run", "--resume", columns=80, lines=24) as term:
        term.wait(question)
        term.press("c")
        term.wait(lambda text: "count it or not" not in text and "nobody needs it any" in text)
        term.settle()
        term.type(" more\r")
        until(lambda: person.facts()[-1]["kind"] == "ActionDropped")
        assert person.facts()[-1]["data"]["reason"] == "nobody needs it any more"
        term.wait("+2w 1")
        term.settle()
        term.type("5:00\r")
        until(lambda: person.facts()[-1]["kind"] == "NextDateSet")
        agreed = person.facts()[-1]
        away = (datetime.fromisoformat(agreed["wall"]) - datetime.fromisoformat(before["wall"])).total_seconds()
        assert away - 2 <= agreed["at"] - before["at"] <= away + 2
        term.wait("begun, 8 looked at")
        term.press("enter")
        term.wait("more of the exa")
        term.type("mples\r")
        term.wait("9 of 9")
        term.type("\r")
        term.wait("You answered 8 of 9")
        term.press("enter")
        until(lambda: person.facts()[-1]["kind"] == "FeedbackGiven")
        given = {each["item"]: each["score"] or each["text"] for each in person.facts()[-1]["data"]["answers"]}
        assert given["keep"] == "more of the examples"
        assert list(given.values())[:7] == [4, 4, 5, 4, 5, 2, 4]
    tally("killed with everything under way", cases=1)
