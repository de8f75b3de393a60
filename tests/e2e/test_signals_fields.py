"""Wherever something is typed, a signal or a kill leaves it in the draft: dialogs, closing lines, forms."""

from __future__ import annotations

import signal
import time

import pytest
from support.modes import draft_of, said_goodbye
from support.program import Person, until
from support.tally import tally
from support.terminal import Terminal

from rmsession.core.store import Draft

TEXT = "a thought that is nowhere else"


def dialog(term: Terminal) -> None:
    term.wait("left of")
    term.type("/who\r")
    term.wait("Who is this session with?")


def closing(term: Terminal) -> None:
    term.wait("left of")
    term.press("f9")
    term.wait("Read back")
    term.press("n")
    term.wait("One more line")


def form(term: Terminal) -> None:
    term.wait("Read back")
    term.press("f2")
    term.wait("When do you meet next")
    term.press("f2")
    term.wait("the mentee first")
    term.press("enter")
    for number, key in enumerate("44545241", 1):
        term.wait(f"{number} of 10")
        term.press(key)
    term.wait("9 of 10")


def aside(draft: Draft) -> bool:
    return any(each.text.raw.endswith(TEXT) for each in draft.asides)


def answer(draft: Draft) -> bool:
    return any(each.text and each.text.raw == TEXT for form in draft.forms for each in form.answers)


SCENES = {"dialog": (dialog, aside), "closing": (closing, aside), "form": (form, answer)}


@pytest.fixture(scope="module")
def person(tmp_path_factory) -> Person:
    """Somebody with a session under way."""
    made = Person(tmp_path_factory.mktemp("fields") / "data")
    with made.taken_up(columns=80, lines=24) as term:
        term.type("@alex send the draft by fri\r")
        until(lambda: len(made.facts()) == 2)
    return made


def folder(person: Person) -> Person:
    """The same, with nothing of an earlier scene under way."""
    for path in person.home.glob("sessions/*/*/*.draft"):
        path.unlink()
    return person


# In this order: the form is reached from the closing that the scene before left open.
@pytest.mark.parametrize("scene", SCENES)
def test_a_signal_while_something_is_typed(person, scene):
    arrive, holds = SCENES[scene]
    with folder(person).screen("run", "--resume", columns=80, lines=24) as term:
        arrive(term)
        term.type(TEXT)
        term.signal(signal.SIGTERM)
        assert term.wait_exit() == 128 + signal.SIGTERM
        said_goodbye(term, person, (TEXT,))
    assert holds(draft_of(person))
    tally("signal with a field half filled", cases=1)


def test_a_kill_while_a_form_is_filled(person):
    arrive, holds = SCENES["form"]
    with folder(person).screen("run", "--resume", columns=80, lines=24) as term:
        arrive(term)
        term.type(TEXT)
        time.sleep(1.0)
        term.signal(signal.SIGKILL)
        term.wait_exit()
    assert holds(draft_of(person))
    tally("SIGKILL with a field half filled", cases=1)


def test_nothing_of_what_is_typed_off_the_record_is_kept_and_it_says_so(tmp_path):
    person = Person(tmp_path / "data")
    with person.taken_up(columns=120, lines=24) as term:
        term.type("on the record\r")
        until(lambda: len(person.facts()) == 2)
        term.press("f8")
        term.wait("◉ off the record")
        term.type(TEXT)
        term.signal(signal.SIGTERM)
        assert term.wait_exit() == 128 + signal.SIGTERM
        until(lambda: b"--resume" in term.raw)
        assert b"; what was being typed was off the record, and is kept nowhere" in term.raw
    assert TEXT not in repr(draft_of(person).line.raw)
    assert all(TEXT.encode() not in path.read_bytes() for path in person.home.rglob("*") if path.is_file())
