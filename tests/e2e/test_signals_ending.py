"""Whatever ends the installed program: what was typed is in the draft, the terminal is as before, and it says where."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest
from support.modes import discipline, draft_of, left_on, said_goodbye
from support.program import PROGRAM, Person, busy, until
from support.tally import tally
from support.terminal import Terminal

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


@pytest.fixture(scope="module")
def person(tmp_path_factory) -> Person:
    """Somebody with a session under way."""
    return Person(tmp_path_factory.mktemp("ending") / "data").under_way("one line that is kept")


@pytest.mark.parametrize("number", SIGNALS, ids=lambda each: each.name)
def test_a_signal_in_the_middle_of_typing(person, number):
    before, thought = draft_of(person).line.raw, f" half a thought at {number.name}"
    with person.screen("run", "--resume", columns=80, lines=24) as term:
        shell = discipline(term)
        term.wait("left of")
        assert discipline(term) != shell
        # No wait: the signal comes right behind the last key.
        term.type(thought)
        term.signal(number)
        begun = time.monotonic()
        assert term.wait_exit() == 128 + number
        assert time.monotonic() - begun < 5 * busy()
        said_goodbye(term, person, ("half a thought", "one line"))
        assert discipline(term) == shell
    assert draft_of(person).line.raw == before + thought
    tally("signal while typing", cases=1)


def test_the_lines_entered_just_before_a_signal_are_kept(person):
    lines = [f"said in a hurry {number}" for number in range(12)]
    count = len(person.facts())
    with person.screen("run", "--resume", columns=80, lines=24) as term:
        term.wait("left of")
        # A terminal that tells its size by itself is asked to count pixels, too.
        os.write(term._fd, b"\x1b[?2048;2$y")
        until(lambda: b"\x1b[?1016h" in term.raw)
        term.press("ctrl+a", "ctrl+k")
        term.type("".join(f"{line}\r" for line in lines) + "and one more")
        term.signal(signal.SIGTERM)
        assert term.wait_exit() == 128 + signal.SIGTERM
        said_goodbye(term, person, tuple(lines))
    assert [fact["data"]["content"]["text"] for fact in person.facts()[count:]] == lines
    assert draft_of(person).line.raw == "and one more"
    tally("signal behind entered lines", cases=len(lines))


def test_the_key_ctrl_c_ends_nothing_and_loses_nothing(person):
    with person.screen("run", "--resume", columns=80, lines=24) as term:
        term.wait("left of")
        term.press("ctrl+u")
        term.type("said \x03and\x03 heard")
        term.wait("said and heard")
        term.wait("Ctrl+Q leaves")
        term.signal(signal.SIGTERM)
        assert term.wait_exit() == 128 + signal.SIGTERM
    assert draft_of(person).line.raw == "said and heard"
    tally("ctrl+c while typing", cases=1)


def test_complaints_that_go_elsewhere_leave_the_screen_where_it_is(person):
    log = person.home.parent / "complaints"
    argv = ["/bin/sh", "-c", f"exec {PROGRAM} run --resume 2>{log}"]
    with Terminal(argv, columns=80, lines=24, env=person.environment(), cwd=str(person.home.parent)) as term:
        term.wait("left of")
        term.signal(signal.SIGTERM)
        assert term.wait_exit() == 128 + signal.SIGTERM
        assert left_on(bytes(term.raw)) == []
    assert log.read_text().splitlines()[-1].startswith("rmsession: go on with: ")
    assert "\x1b" not in log.read_text()


GONE = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
if os.fork():
    os.wait()
else:
    os.execv(sys.argv[1], sys.argv[1:])
"""
"""A parent that holds the terminal and lets no hang-up through: only the end of the input tells of it."""


@pytest.mark.parametrize("told", [True, False], ids=["hung up", "silently"])
def test_a_terminal_that_is_closed(person, told):
    before, thought = draft_of(person).line.raw, f" typed before the lid was shut {'aloud' if told else 'unheard'}"
    program = ["run", "--resume"]
    with person.screen(*program, columns=80, lines=24) if told else silent(person, *program) as term:
        term.wait("left of")
        pid = int(re.search(r"(\d+)", who(person)).group())
        term.type(thought)
        term.wait(thought[-20:])
        hang_up(term)
        begun = time.monotonic()
        until(lambda: not alive(pid), 10)
        assert time.monotonic() - begun < 5 * busy()
    assert draft_of(person).line.raw == before + thought
    tally("terminal closed", cases=1)


def silent(person: Person, *arguments: str) -> Terminal:
    argv = [sys.executable, "-c", GONE, str(PROGRAM), *arguments]
    return Terminal(argv, columns=80, lines=24, env=person.environment(), cwd=str(person.home.parent))


def who(person: Person) -> str:
    """Who holds the session: a line with the process's number."""
    (path,) = person.home.glob("locks/*.who")
    return re.search(r'"pid":\s*\d+|pid \d+', path.read_text()).group()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def hang_up(term: Terminal) -> None:
    """Close the terminal under the program, as closing its window does."""
    fd, term._fd = term._fd, os.open(os.devnull, os.O_RDWR)
    # The reader sleeps in a select on it: the descriptor becomes another file, and the last hold on the terminal goes.
    os.dup2(term._fd, fd)
    os.close(fd)
