"""SIGKILL at any moment of a conversation: every kept line is there once, and at most a second of typing is not."""

from __future__ import annotations

import random
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from support.modes import draft_of
from support.program import Person, busy
from support.tally import tally
from support.terminal import Terminal

LOST_SECONDS = 1.0
"""How much typing a kill may take along: seconds in which the machine is the program's."""
CLEAR = "\x15"
RUNNING = re.compile("left of|over its")  # a long run outlasts the topic
KEPT = re.compile(r"kept \d\d:\d\d")
WORDS = (
    "wants",
    "fewer",
    "dashboards",
    "more",
    "stories",
    "and",
    "a draft of",
    "the policy",
    "by spring",
    "unread yet",
)


@dataclass
class Typist:
    """Types at somebody's speed, and knows when which key was pressed."""

    term: Terminal
    random: random.Random
    keys: list[tuple[float, str]] = field(default_factory=list)
    late: float = 0.0
    """How long this machine kept the typist waiting at most: that is not the program's to answer for."""

    def type(self, text: str, until: float) -> bool:
        """Type until the text or the time is over; False when it was the time."""
        pause = self.random.choice([0.0, 0.0, 0.01, 0.03, 0.08])
        for key in text:
            if time.monotonic() >= until:
                return False
            self.term.type(key)
            now = time.monotonic()
            self.keys.append((now, key))
            if pause:
                time.sleep(pause)
                self.late = max(self.late, time.monotonic() - now - pause)
        return True

    def typed(self, before: float) -> str:
        """Everything typed before a moment."""
        return "".join(key for when, key in self.keys if when <= before)


@dataclass
class Killed:
    """What a kill left, and what it took along."""

    kept: list[str]
    lost: int = 0
    wrong: list[str] = field(default_factory=list)


def allowed() -> float:
    """Seconds of typing that a kill may take along, on a machine that has so much else to do."""
    return LOST_SECONDS * busy()


def lines(person: Person) -> list[str]:
    """The captured lines in the file, in its order."""
    return [fact["data"]["content"]["text"] for fact in person.facts() if fact["kind"] == "Captured"]


def said(chance: random.Random, number: int) -> str:
    return f"{number:04} {' '.join(chance.choices(WORDS, k=chance.randint(1, 9)))}"


def killed(person: Person, chance: random.Random, number: int) -> Killed:
    """Take the session up, type and enter lines, scroll, kill at any moment, and look at what is left."""
    before = lines(person)
    with person.screen("run", "--resume", columns=chance.choice([80, 120]), lines=chance.choice([16, 24, 36])) as term:
        term.wait(RUNNING)
        typist = Typist(term, chance)
        term.type(CLEAR)
        end = time.monotonic() + chance.choice([chance.uniform(0, 0.4), chance.uniform(0, 2.5)])
        entered: list[str] = []
        going = True
        while going:
            line = said(chance, number * 100 + len(entered))
            if chance.random() < 0.2:
                term.press(chance.choice(["pageup", "pagedown", "home", "end"]), gap=0)
            going = typist.type(line + "\r", end)
            if going:
                entered.append(line)
                if chance.random() < 0.3:
                    time.sleep(min(chance.uniform(0, 0.5), max(end - time.monotonic(), 0)))
        seen = lines(person)
        term.signal(signal.SIGKILL)
        at = time.monotonic()
        assert term.wait_exit() == -signal.SIGKILL
    return judged(person, (before, seen), entered, typist, at)


def judged(
    person: Person, earlier: tuple[list[str], list[str]], entered: list[str], typist: Typist, at: float
) -> Killed:
    """What a kill at this moment left, against what stood in the file before and was seen in it since."""
    (before, seen), after = earlier, lines(person)
    new = after[len(before) :]
    found = Killed(after)
    if after[: len(before)] != before or after[: len(seen)] != seen:
        found.lost += 1
        found.wrong.append("what was kept before is not there")
    if len(set(after)) != len(after):
        found.wrong.append("a line is there twice")
    # A line begun at the very end may have been entered without our having counted it.
    if new != [*entered, typist.typed(at).rpartition("\r")[2]][: len(new)]:
        found.wrong.append(f"{new} is no beginning of {entered}")
    draft = draft_of(person).line.raw
    due = typist.typed(at - allowed() - typist.late)
    missing = due.count("\r") - len(new)
    rest = due.rpartition("\r")[2]
    if missing > 0 and not (missing == 1 and draft == entered[len(new)]):
        found.lost += missing
        found.wrong.append(f"{missing} entered a second before the kill are not there")
    elif missing == 0 and not draft.startswith(rest):
        found.lost += 1
        found.wrong.append(f"{rest!r} was typed a second before the kill, and the draft says {draft!r}")
    return found


def person_with_session(folder) -> Person:
    return Person(folder).under_way("0000 begun")


def row(folder, seed: int, kills: int) -> list[str]:
    """One session, killed and taken up again so many times; what went wrong."""
    person, chance, wrong, lost = person_with_session(folder), random.Random(seed), [], 0
    for number in range(1, kills + 1):
        found = killed(person, chance, number)
        lost += found.lost
        wrong += [f"seed {seed}, kill {number}: {each}" for each in found.wrong]
    tally("SIGKILL of the real program", cases=kills, lost=lost, wrong=len(wrong))
    return wrong


def test_what_the_screen_calls_kept_is_on_the_disk(tmp_path):
    person, rounds = person_with_session(tmp_path / "data"), 3
    for number in range(rounds):
        line = f"said in round {number}"
        with person.screen("run", "--resume", columns=80, lines=24) as term:
            term.wait(RUNNING)
            assert not KEPT.search(term.text())
            term.type(f"{line}\r")
            term.wait(KEPT)
            term.signal(signal.SIGKILL)
            term.wait_exit()
        assert lines(person)[-1] == line
    tally("SIGKILL at the word kept", cases=rounds)


def test_killed_at_any_moment(tmp_path):
    with ThreadPoolExecutor(2) as both:
        rows = [both.submit(row, tmp_path / f"data{seed}", seed, 4) for seed in (1, 2)]
    assert [wrong for each in rows for wrong in each.result()] == []


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_killed_at_any_moment_for_long(tmp_path):
    seeds = [random.randrange(10**6) for _ in range(8)]
    with ThreadPoolExecutor(2) as both:
        rows = [both.submit(row, tmp_path / f"data{seed}", seed, 27) for seed in seeds]
    assert [wrong for each in rows for wrong in each.result()] == []
