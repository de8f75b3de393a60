"""The installed program is killed in the middle of a topic and resumed: nothing kept is lost, the clock goes on."""

from __future__ import annotations

import re
import signal
import time

from support.program import Person, until


def left(screen: str) -> int:
    """Seconds left of the topic, as the line below the clock on a narrow screen says."""
    minutes, seconds = re.search(r"(\d\d):(\d\d) left of", screen).groups()
    return int(minutes) * 60 + int(seconds)


def test_everything_kept_is_there_after_a_kill(tmp_path):
    person = Person(tmp_path / "data")
    said = [f"note number {number}" for number in range(8)]
    with person.taken_up(columns=80, lines=24) as term:
        term.press("f2", "f5")
        term.wait("left of 15 min")
        for line in said:
            term.type(f"{line}\r")
        term.wait(said[-1])
        until(lambda: len(person.facts()) == 3 + len(said))
        term.type("half a thou")
        term.wait("half a thou")
        time.sleep(1.3)
        before = left(term.text())
        term.signal(signal.SIGKILL)
        assert term.wait_exit() == -signal.SIGKILL
    kept = [fact["data"]["content"]["text"] for fact in person.facts() if fact["kind"] == "Captured"]
    assert kept == said
    with person.screen("run", "--resume", columns=80, lines=24) as term:
        term.wait("left of 15 min")
        term.settle()
        assert "half a thou" in term.text()
        assert "Ground rules" in term.text()
        # The time away is under two minutes and counts; it is the wall's, to the second or two.
        assert before - 60 <= left(term.text()) <= before
        assert said[-1] in term.text()
        term.type("ght kept\r")
        term.wait("half a thought kept")
    assert [fact["kind"] for fact in person.facts()].count("Captured") == len(said) + 1


def test_a_second_run_of_a_live_session_is_refused(tmp_path):
    person = Person(tmp_path / "data")
    with person.taken_up() as term:
        term.type("kept\r")
        until(lambda: len(person.facts()) == 2)
        with person.screen("run", "--resume") as other:
            other.wait("Robin Fox")
            other.settle()
            assert re.search(r"pid \d+|\d{2}:\d{2}", other.text())
            assert "left of" not in other.text()
        assert "left of" in term.text()
