"""End to end, in a real terminal: nothing private is in the bytes that reach it until the reveal key is pressed."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

from privacy.sentinels import OTHERS, PRIVATE_PROMPTS, PRIVATE_TOPIC, agenda_text, another, mark, names_in
from support.program import Person, until
from support.tally import tally
from support.terminal import Terminal

from rmsession.store.opening import open_store

TYPED = "typed in the terminal"
WORD = mark(TYPED)
HIDDEN = {TYPED, *PRIVATE_PROMPTS, *PRIVATE_TOPIC, *OTHERS}
SIZES = ((120, 36), (60, 16), (80, 24))


class Listening:
    """Looks for marks in what reaches a terminal: its raw bytes, and the screen after each read."""

    def __init__(self, term: Terminal) -> None:
        self.term = term
        self.heard = 0
        self.screens: list[str] = []
        feed = term._stream.feed

        def fed(data: bytes) -> None:
            feed(data)
            now = "\n".join(term.rows())
            if self.screens[-1:] != [now]:
                self.screens.append(now)

        term._stream.feed = fed

    def marks(self, names: set[str]) -> set[str]:
        """Those that came since the last time: in the bytes, in what was copied, or on any screen in between."""
        with self.term._lock:
            data, screens = bytes(self.term.raw[self.heard :]), "\n".join(self.screens)
            self.heard, self.screens = len(self.term.raw), []
        copied = b"".join(base64.b64decode(each) for each in re.findall(rb"\x1b]52;c;([^\a]*)\a", data))
        wrapped = "".join(screens.split())
        return names_in(data + copied + screens.encode() + wrapped.encode(), names)


def at_another_size(term: Terminal) -> None:
    """In the next of the sizes; all come round often."""
    size = SIZES[(SIZES.index((term.columns, term.lines)) + 1) % len(SIZES)]
    painted = len(term.raw)
    term.resize(*size)
    until(lambda: len(term.raw) > painted)
    term.settle(quiet=0.1, timeout=3)


def prepared(folder: Path) -> Person:
    """A person who has another mentee's session in the folder, and an agenda with private prompts."""
    person = Person(folder / "data")
    other = another()
    store = open_store(person.home)
    store.begin(other.record)
    store.keep_pair(other.record.pair)
    store.close()
    (person.home / "config.toml").write_text('me = "Robin"\n', encoding="utf-8")
    (folder / "talk.md").write_text(agenda_text(), encoding="utf-8")
    assert other.record.pair.mentor.name.raw == "Robin"
    return person


def kept(person: Person, kind: str) -> int:
    """How many facts of this kind the running session has on the disk."""
    running = next(path for path in person.files() if "ef01" not in path.name)
    facts = json.loads(running.read_text(encoding="utf-8"))["facts"].values()
    return sum(fact["kind"] == kind for fact in facts)


def in_the_topics(term: Terminal, person: Person) -> None:
    term.wait("Start")
    at_another_size(term)  # the preview
    term.press("f2")
    term.wait("left of")
    for line in (f"~ {WORD}", f"/park ~ {WORD}"):
        term.type(line, gap=0.01)
        term.wait("•" * 8)
        term.press("enter")
    term.type("for both of us\r")
    until(lambda: kept(person, "Captured") == 3)
    term.wait("for both of us")
    at_another_size(term)
    term.type("/2\r")
    until(lambda: kept(person, "TopicEntered") == 1)
    at_another_size(term)  # the private topic
    term.type("/1\r")
    until(lambda: kept(person, "TopicEntered") == 2)
    term.wait("ick")


def in_the_dialogs(term: Terminal) -> None:
    for key, shows in (
        ("alt+j", "jump"), ("alt+e", "Captured lines"), ("alt+h", "any key"), ("f1", "The capture line"),
        ("ctrl+p", "search for"),
    ):  # fmt: skip
        term.press(key)
        term.wait(re.compile(re.escape(shows), re.IGNORECASE))
        if key == "ctrl+p":
            term.type(WORD[1:5])
        term.settle(quiet=0.15)
        term.press("escape")
        term.wait(lambda text, shows=shows: shows.lower() not in text.lower())
        term.settle(quiet=0.15)
    term.press("up", "up", "up", "ctrl+e", "ctrl+u")  # the lines typed before
    term.settle(quiet=0.15)
    term.type("/resume\r")
    term.wait("F4 Pause")
    term.type("/export\r")
    term.wait("Export what is shared")
    term.settle(quiet=0.15)
    term.press("escape")
    term.wait("F9")


def in_the_closing(term: Terminal) -> None:
    term.press("f9")
    term.wait("ead back")
    at_another_size(term)
    term.press("f2")
    term.wait("mentee first")
    at_another_size(term)  # the hand-over
    term.press("t")
    term.wait("Send this")
    term.settle(quiet=0.15)
    term.press("f2")
    term.wait("clipboard")
    term.press("escape")
    term.wait("mentee first")
    term.press("f2")
    term.wait("Enter ends")
    term.press("enter")
    term.wait("took")
    at_another_size(term)  # the summary
    term.press("escape")
    term.wait("nobody chosen")
    at_another_size(term)  # Home


def test_with_nothing_revealed_nothing_private_reaches_the_terminal(tmp_path):
    person = prepared(tmp_path)
    with person.screen("run", "talk.md", "--mentee", "Alex Stone", columns=80, lines=24) as term:
        listening = Listening(term)
        in_the_topics(term, person)
        in_the_dialogs(term)
        assert listening.marks(HIDDEN) == set()
        term.press("f7")  # asked for: now it shows, and pressed again it does not
        term.wait(WORD)
        term.press("f7")
        term.wait(lambda text: WORD not in text)
        term.settle()
        assert TYPED in listening.marks(HIDDEN)
        at_another_size(term)
        in_the_closing(term)
        term.press("ctrl+q")
        assert term.wait_exit() == 0
        until(lambda: term._ended)
        assert listening.marks(HIDDEN | {"topic"}) == {"topic"}
        raw = bytes(term.raw)
    # The alternate screen from first to last: nothing stays in the scrollback, and nothing is in the title.
    before, after = re.split(rb"\x1b\[\?1049h.*\x1b\[\?1049l", raw, flags=re.DOTALL)
    assert not re.search(rb"[A-Za-z]{4}", re.sub(rb"\x1b(\[[0-9;?=<>]*[A-Za-z]|P[^\x1b]*\x1b\\)", b"", before + after))
    assert not re.search(rb"\x1b\][012];|\x1bk", raw)
    tally("private marks on the screen", cases=len(HIDDEN))
