"""Ctrl+Z and back, under a real shell: the terminal is the shell's meanwhile, and nothing is lost on either side."""

from __future__ import annotations

import os
import re
import shutil
import signal
import termios
import time
from contextlib import contextmanager

import pytest
from faults.clock import Clock
from faults.shim import WHY_NOT, available
from support.modes import LEAVE, draft_of, left_on
from support.program import PROGRAM, Person, until
from support.tally import tally
from support.terminal import Terminal

SHELL = shutil.which("bash")
PROMPT = "shell-is-here> "
pytestmark = pytest.mark.skipif(SHELL is None, reason="there is no bash to step aside for")


@pytest.fixture(scope="module")
def person(tmp_path_factory) -> Person:
    """Somebody with a session under way."""
    return Person(tmp_path_factory.mktemp("stopped") / "data").under_way("begun")


@contextmanager
def shell(person: Person):
    """An interactive shell that knows jobs, and the program in its foreground."""
    argv = [str(SHELL), "--norc", "--noprofile", "--noediting", "-i"]
    environment = person.environment() | {"PS1": PROMPT, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
    with Terminal(argv, columns=80, lines=24, env=environment, cwd=str(person.home.parent)) as term:
        term.wait(PROMPT)
        # Exported, as the tests have them, they would tell the program its size once and for all.
        term.type("unset COLUMNS LINES; rmsession run --resume\r")
        yield term
        term.type("exit\r")


def cooked(term: Terminal) -> bool:
    """Whether keys are echoed, come in lines, and ctrl+c is a signal."""
    wanted = termios.ECHO | termios.ICANON | termios.ISIG
    return termios.tcgetattr(term._fd)[3] & wanted == wanted


def since_left(term: Terminal) -> bytes:
    return bytes(term.raw).rpartition(LEAVE)[2]


def is_the_shells(term: Terminal) -> None:
    until(lambda: b"Stopped" in since_left(term) and PROMPT.encode() in since_left(term))
    assert left_on(bytes(term.raw)) == []
    assert cooked(term)


def pid(term: Terminal) -> int:
    """Which process has the terminal."""
    return os.tcgetpgrp(term._fd)


@pytest.mark.parametrize("how", ["key", "signal"])
def test_to_the_shell_and_back(person, how):
    thought = f"a thought before the {how}"
    with shell(person) as term:
        term.wait("left of")
        term.press("ctrl+u", gap=0)
        term.type(thought)
        if how == "key":
            term.press("ctrl+z", gap=0)
        else:
            os.kill(pid(term), signal.SIGTSTP)
        is_the_shells(term)
        assert draft_of(person).line.raw == thought
        # What is typed now is the shell's, and echoed.
        term.type("echo $((6 * 7))\r")
        until(lambda: b"42" in since_left(term))
        term.resize(100, 30)
        painted = len(term.raw)
        term.type("fg\r")
        until(lambda: thought.encode() in term.raw[painted:])
        term.wait(thought)
        assert not cooked(term)
        # In its new size, from edge to edge.
        until(lambda: max(len(row.rstrip()) for row in term.text().splitlines()) == 100)
        term.type(" and after it")
        term.wait(f"{thought} and after it")
        os.killpg(pid(term), signal.SIGTERM)
        until(lambda: b"go on with" in since_left(term))
        assert left_on(bytes(term.raw)) == []
        until(lambda: cooked(term))
    assert draft_of(person).line.raw == f"{thought} and after it"
    tally("stopped and back", cases=1)


def test_stopped_behind_its_back_it_takes_the_terminal_anew(person):
    with shell(person) as term:
        term.wait("left of")
        term.press("ctrl+u", gap=0)
        term.type("said")
        term.wait("said")
        job = pid(term)
        os.killpg(job, signal.SIGSTOP)
        until(lambda: cooked(term))  # the shell took it
        term.type("fg\r")
        time.sleep(0.5)
        until(lambda: not cooked(term))
        term.type(" and heard")
        term.wait("said and heard")
        os.killpg(job, signal.SIGTERM)
        until(lambda: b"go on with" in since_left(term))
        assert left_on(bytes(term.raw)) == []
    assert draft_of(person).line.raw == "said and heard"
    tally("stopped and back", cases=1)


def test_ended_while_it_is_stopped(person):
    with shell(person) as term:
        term.wait("left of")
        term.press("ctrl+u", gap=0)
        term.type("said before the stop")
        term.wait("said before the stop")
        job = pid(term)
        term.press("ctrl+z")
        is_the_shells(term)
        os.killpg(job, signal.SIGTERM)
        term.type("bg\r")
        until(lambda: b"go on with" in since_left(term))
        assert left_on(bytes(term.raw)) == []
        assert cooked(term)
    assert draft_of(person).line.raw == "said before the stop"


@pytest.mark.skipif(not available(), reason=WHY_NOT)
def test_the_time_away_is_asked_about(tmp_path):
    clock = Clock(tmp_path / "clock")
    person = Person(tmp_path / "data", clock.environment()).under_way("begun")
    with shell(person) as term:
        term.wait("left of")
        term.type("half a thought")
        term.press("ctrl+z", gap=0)
        is_the_shells(term)
        clock.sleep(14 * 60)
        term.type("fg\r")
        term.wait(re.compile(r"14 min away .*: count it or not\?"))
        term.press("d")
        term.wait("half a thought")
        os.killpg(pid(term), signal.SIGTERM)
        until(lambda: b"go on with" in since_left(term))
    tally("stopped and back", cases=1)


def test_without_a_shell_there_is_nothing_to_step_aside_for(person):
    with person.screen("run", "--resume", columns=80, lines=24) as term:
        term.wait("left of")
        term.press("ctrl+z")
        term.wait("no shell to step aside for")
        os.kill(term.pid, signal.SIGTSTP)
        time.sleep(0.5)
        term.press("ctrl+u")
        term.type("it goes on")
        term.wait("it goes on")
