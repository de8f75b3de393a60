"""The program breaks where nobody foresaw it: what was typed is in the draft, and nothing of it on the terminal."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from support import faulty
from support.modes import discipline, draft_of, parting, said_goodbye
from support.program import Person
from support.tally import tally
from support.terminal import Terminal

FAULTS = ("screen", "drawn", "drawing", "timer", "worker", "thread", "app", "input")


@pytest.fixture(scope="module")
def person(tmp_path_factory) -> Person:
    """Somebody with a session under way."""
    return Person(tmp_path_factory.mktemp("crash") / "data").under_way("one line that is kept")


def breaking(person: Person, fault: str) -> Terminal:
    argv = [sys.executable, faulty.__file__, fault, "run", "--resume"]
    return Terminal(argv, columns=80, lines=24, env=person.environment(), cwd=str(person.home.parent))


def broke(term: Terminal, person: Person, thought: str) -> None:
    assert term.wait_exit() == 1
    said_goodbye(term, person, (faulty.SECRET, thought, "one line"))
    log = person.home / "crash.log"
    assert f"noted, without any text, in {log}" in parting(term)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    noted = log.read_text()
    for secret in (faulty.SECRET, thought, "one line", "held"):
        assert secret not in noted
    log.unlink()


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_of_its_own(person, fault):
    before, thought = draft_of(person).line.raw, f" said before the {fault} broke"
    with breaking(person, fault) as term:
        shell = discipline(term)
        term.wait("left of")
        term.type(thought)
        term.press("pagedown", gap=0)
        broke(term, person, thought)
        assert discipline(term) == shell
    assert draft_of(person).line.raw == before + thought
    tally("crash", cases=1)


def test_a_fact_that_cannot_be_written_is_in_the_draft(person):
    count = len(person.facts())
    with breaking(person, "recorder") as term:
        term.wait("left of")
        term.press("ctrl+a")
        term.press("ctrl+k", gap=0.3)
        term.type(f"kept\r@alex and {faulty.SIGN} by fri\rhalf a thought")
        assert term.wait_exit() == 1
        assert "1 entry could not be written" in parting(term)
    assert [fact["data"]["content"]["text"] for fact in person.facts()[count:]] == ["kept"]
    draft = draft_of(person)
    assert draft.line.raw == "half a thought"
    (aside,) = draft.asides
    assert f"and {faulty.SIGN}" in aside.text.raw
    tally("crash", cases=1)


def test_the_places_of_the_errors_are_noted(person):
    with breaking(person, "worker") as term:
        term.wait("left of")
        term.press("pagedown")
        term.wait_exit()
    noted = (person.home / "crash.log").read_text()
    assert "ZeroDivisionError" in noted
    assert f"{Path(faulty.__file__)}" in noted
