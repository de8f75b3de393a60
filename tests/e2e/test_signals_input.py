"""Bytes that no keyboard sends: the program goes on, and nothing typed before, between or after them is lost."""

from __future__ import annotations

import os
import signal
import time

import pytest
from support.modes import draft_of, left_on
from support.program import Person, until
from support.tally import tally

GARBAGE = {
    "no UTF-8": b"\xff",
    "a lead byte alone": b"\xc3",
    "two of three": b"\xe2\x82",
    "a surrogate": b"\xed\xa0\x80",
    "beyond Unicode": b"\xf5\x80\x80\x80",
    "a key beyond Unicode": b"\x1b[9999999;1u",
    "a key that is no number": b"\x1b[1:2;3u",
    "a terminal without a size": b"\x1b[48;24;80;0;0t\x1b[<0;1;1M\x1b[<0;1;1m",
    "C1 controls": b"\x9b\x9d\x90",
    "NUL": b"\x00\x00",
    "focus and mouse": b"\x1b[I\x1b[O\x1b[<35;10;5M",
}


@pytest.fixture(scope="module")
def person(tmp_path_factory) -> Person:
    """Somebody with a session under way."""
    return Person(tmp_path_factory.mktemp("input") / "data").under_way("begun")


def test_bytes_that_mean_nothing(person):
    count = len(person.facts())
    with person.screen("run", "--resume", columns=80, lines=24) as term:
        term.wait("left of")
        for number, (what, data) in enumerate(GARBAGE.items()):
            os.write(term._fd, f"before {number}, ".encode() + data + f" behind {number}\r".encode())
            until(lambda: len(person.facts()) > count + number)  # noqa: B023 - called at once
            text = person.facts()[-1]["data"]["content"]["text"]
            assert text.startswith(f"before {number}, "), what
            assert text.endswith(f"behind {number}"), what
            # Nothing but the sign that stands for what could not be read.
            between = text.removeprefix(f"before {number}, ").removesuffix(f" behind {number}")
            assert not between.strip("\ufffd"), (what, between)
        paste = b"\x1b[200~pasted \xff\xc3 and\r\nmore\x1b[201~\r"
        os.write(term._fd, paste)
        until(lambda: len(person.facts()) == count + len(GARBAGE) + 1)
        assert person.facts()[-1]["data"]["content"]["text"] == "pasted \ufffd\ufffd and\nmore"
        term.type("half a thought")
        os.write(term._fd, b"\x1b" * 3000)
        term.type(" behind")
        term.wait("half a thought behind")
        term.signal(signal.SIGTERM)
        assert term.wait_exit() == 128 + signal.SIGTERM
        assert left_on(bytes(term.raw)) == []
    assert draft_of(person).line.raw == "half a thought behind"
    tally("garbage on the input", cases=len(GARBAGE) + 2)


def test_a_terminal_that_reads_nothing_for_a_while_ends_all_the_same(person):
    with person.screen("run", "--resume", columns=200, lines=60) as term:
        term.wait("left of")
        term.press("ctrl+u")
        term.type("said into the void")
        term.wait("said into the void")
        term._lock.acquire()  # the reader waits for it, and so nobody reads
        try:
            for number in range(12):  # whole screens, until there is no room for more
                term._set_size(200 - number % 2, 60)
                time.sleep(0.1)
            term.type(" and on" * 20, gap=0.03)
            term.signal(signal.SIGTERM)
            assert term.wait_exit(12) == 128 + signal.SIGTERM
        finally:
            term._lock.release()
        until(lambda: b"--resume" in term.raw)
        assert left_on(bytes(term.raw)) == []
    assert draft_of(person).line.raw == "said into the void" + " and on" * 20
    tally("terminal that reads nothing", cases=1)
