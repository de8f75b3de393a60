"""The clocks of the running program are set under it: a sleep and a stop are asked about, a clock set back is told."""

from __future__ import annotations

import re
import signal
import time
from datetime import datetime

import pytest
from faults.clock import Clock
from faults.shim import WHY_NOT, available
from support.program import Person, until
from support.tally import tally

pytestmark = pytest.mark.skipif(not available(), reason=WHY_NOT)

NEAR = 30
"""Seconds by which a busy machine may be late in showing a line; each jump is many times as long."""


def test_clocks_that_jump_never_stop_keeping_and_are_never_charged_in_silence(tmp_path):
    clock = Clock(tmp_path / "clock")
    person = Person(tmp_path / "data", clock.environment())
    with person.taken_up(columns=80, lines=24) as term:
        said: list[tuple[float, float]] = []

        def say(words: str) -> float:
            """Enter a line; the session seconds that passed more than the machine's since the line before."""
            before = said[-1] if said else None
            term.type(f"{words}\r")
            until(lambda: person.facts()[-1]["data"].get("content", {}).get("text") == words)
            said.append((person.facts()[-1]["at"], time.monotonic()))
            return (said[-1][0] - before[0]) - (said[-1][1] - before[1]) if before else 0.0

        def answer(minutes: int, key: str) -> None:
            term.wait(re.compile(rf"\b{minutes} min away \(ended \d\d:\d\d\): count it or not\?"))
            term.press(key)
            term.wait(lambda text: "count it or not" not in text)

        say("before")
        clock.sleep(14 * 60)
        answer(14, "d")
        assert abs(say("after a sleep")) < NEAR
        clock.sleep(16 * 60)
        answer(16, "c")
        assert abs(say("after a sleep that counts") - 16 * 60) < NEAR

        term.signal(signal.SIGSTOP)
        clock.stop(25 * 60)
        time.sleep(0.5)
        term.signal(signal.SIGCONT)
        term.wait("25 min away")
        clock.stop(5 * 60)
        answer(30, "d")
        assert abs(say("after two stops")) < NEAR

        walls = [fact["wall"] for fact in person.facts()]
        clock.set(-3600)
        term.wait("The computer's clock was set back")
        assert abs(say("after it was set back")) < NEAR
        term.type("half a line")
        draft = person.files()[0].with_suffix(".draft")
        until(lambda: b"half a line" in draft.read_bytes())
        assert datetime.fromisoformat(person.facts()[-1]["wall"]) < datetime.fromisoformat(walls[-1])
    settled = [fact["data"]["counted"] for fact in person.facts() if fact["kind"] == "GapSettled"]
    assert settled == [False, True, False]
    tally("clocks that jump under the program", cases=5)
