"""What a program switched on in the terminal, and whether it switched everything off again."""

from __future__ import annotations

import re
import termios

from support.program import Person, until
from support.terminal import Terminal

from rmsession.core.store import Draft
from rmsession.store import drafts

OFF = {9, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1047, 1048, 1049, 2004, 2026, 2031, 2048}
"""Private modes that a shell does not expect: mouse, focus, alternate screen, paste, synchronized output, sizes."""
ON = {7, 25}
"""Those that it does: lines wrap, the cursor shows."""
LEAVE = b"\x1b[?1049l"
"""Back to the screen with the shell on it."""


def left_on(raw: bytes) -> list[str]:
    """What is not as a shell expects it after these bytes were painted."""
    modes: dict[int, bytes] = {}
    for numbers, state in re.findall(rb"\x1b\[\?([\d;]+)([hl])", raw):
        modes |= dict.fromkeys(map(int, numbers.split(b";")), state)
    wrong = [f"?{number}h" for number in sorted(modes) if modes[number] == b"h" and number not in ON]
    wrong += [f"?{number}l" for number in ON if modes.get(number) == b"l"]
    wrong += [f"?{number}: unheard of" for number in sorted(set(modes) - OFF - ON)]
    if len(re.findall(rb"\x1b\[>\d*u", raw)) != len(re.findall(rb"\x1b\[<\d*u", raw)):
        wrong.append("the keyboard protocol")
    if re.search(rb"\x1b\][012];", raw):
        wrong.append("the window's title")
    return wrong


def discipline(term: Terminal) -> list[object]:
    """How the terminal treats keys: echo, lines, signals, flow control."""
    return termios.tcgetattr(term._fd)


def parting(term: Terminal) -> str:
    """What stands below the shell's prompt after the program ended."""
    return bytes(term.raw).rsplit(LEAVE, 1)[-1].decode()


def draft_of(person: Person) -> Draft:
    """The draft of the one session, as it lies on the disk."""
    (path,) = person.files()
    found = drafts.read(path)
    assert found is not None
    return found


def said_goodbye(term: Terminal, person: Person, secrets: tuple[str, ...]) -> None:
    """The terminal is as it was, and two plain lines say where the draft is and how to go on."""
    until(lambda: "--resume" in parting(term))
    words = parting(term)
    plain = re.sub(r"\x1b\[\?\d+[hl]", "", words)
    assert left_on(bytes(term.raw)) == []
    (draft,) = person.home.glob("sessions/*/*/*.draft")
    kept, go_on = [line for line in plain.splitlines() if "crash.log" not in line]
    assert kept == f"rmsession: what was kept is kept, and what was being typed is in {draft}"
    assert re.fullmatch(r"rmsession: go on with: rmsession run --resume [0-9a-f]{4,}", go_on)
    assert "\x1b" not in plain
    for secret in ("Traceback", "locals", *secrets):
        assert secret not in plain
