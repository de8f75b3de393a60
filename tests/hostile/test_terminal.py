"""The installed program on a real terminal, with hostile texts from every source: its raw bytes obey none."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hostile.payloads import harm
from support.program import Person, until
from support.tally import tally
from support.terminal import Terminal

SEQUENCES = {
    "colours and styles": r"\x1b\[[0-9;:]*m",
    "place": r"\x1b\[[0-9;]*[HABCDGd]",
    "erase": r"\x1b\[[0-9]*[JK]",
    "modes": r"\x1b\[\?[0-9;]+[hl]",
    "questions about modes": r"\x1b\[\?[0-9]+\$p",
    "keyboard": r"\x1b\[[><=][0-9;]*u",
    "mouse pointer": r"\x1b\]22;[a-z-]*\x07",
    "what terminal is it": r"\x1b\[(?:c|>q|6n|>0q)|\x1b\[\?u|\x1b\[14t|\x1b\[16t|\x1bP\+q[0-9a-f]*\x1b\\",
    "Textual's sequence for macOS": r"\x1bP=[12]s\x1b\\",
    "save and restore": r"\x1b[78]|\x1b\[[su]",
    "clipboard": r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07",
}
"""What Textual sends of its own accord; a test compares with a run in which nothing is hostile."""
KNOWN = re.compile("|".join(f"(?:{each})" for each in SEQUENCES.values()))
HOSTILE = (
    "Ψ[TODO] \x1b]0;owned\x07\x1b[2J\x9b31m\x1b]8;;https://evil\x1b\\x\x1b]52;c;eA==\x07"
    "\u202e\u200b\x85 [@click=app.quit]x[/] [/"
)
NAME = "Ψ[/x] \x1b]2;owned\x07\x9b2J\u202e"


def strange(raw: bytes) -> list[str]:
    """What is left of the bytes beside text, line ends and the sequences that are known."""
    text = raw.decode("utf-8", "surrogateescape")
    left = KNOWN.sub("", text)
    return [
        repr(left[max(each.start() - 20, 0) : each.end() + 40])
        for each in re.finditer("[^\r\n]", left)
        if harm(each[0])
    ]


def prepared(folder: Path, text: str, name: str) -> Path:
    """An agenda, with a hostile file name, and a config.toml; everything says `text`."""
    flat = " ".join(text.split("\n"))
    path = folder / f"{name.replace('/', '∕')}.md"
    path.write_text(
        f"---\ntitle: {flat}\nmentee: {flat}\n---\n# {flat}\n\n{flat} [x](https://example.org/a)\n\n"
        f"## {flat} (10 min)\n\n"
        f"- [ ] {flat}\n- ? {flat}\n<!-- {flat} -->\n\n{flat}\n\n## Second {flat} (5 min)\n",
        encoding="utf-8",
    )
    home = folder / "data"
    home.mkdir(mode=0o700)
    me = "".join(f"\\U{ord(each):08X}" for each in f"Me {name}")
    (home / "config.toml").write_text(f'me = "{me}"\ntheme = "{me}"\n', encoding="utf-8")
    return path


def step_to(term: Terminal, step: str) -> None:
    """Leave out the steps of the closing before this one; each key counts only once its step stands."""
    for _ in range(4):
        with contextlib.suppress(TimeoutError):
            term.wait(f"▶ {step}", timeout=2)
            return
        term.press("f2")
    term.wait(f"▶ {step}")


def held(folder: Path, text: str, name: str) -> tuple[bytes, Person]:
    """A session from its start to its minutes, and Home afterwards; the raw bytes of both."""
    agenda, person = prepared(folder, text, name), Person(folder / "data")
    with person.screen("run", str(agenda), "--mentee", f"Other {name}") as term:
        term.wait("Start")
        term.press("f2")
        term.wait("left of")
        for line in (text, f"@{name} {text}", f"? {text}", f"/{text}", f"#{text}"):
            paste(term, line)
            term.press("enter")
        paste(term, f"{text}\x1b[201~{text}")
        term.press("enter")
        until(lambda: len(person.facts()) >= 4)
        for keys, shown in (
            (("alt+e",), "Captured lines"),
            (("escape", "alt+j"), "Topics"),
            (("escape", "ctrl+p"), "Search"),
        ):
            term.press(*keys, gap=0.3)  # escape and a key right behind it are one key to a terminal
            term.wait(shown)
        term.press("escape", "f9", gap=0.3)
        term.wait("Read back")
        step_to(term, "Feedback")
        term.press("enter")
        term.wait("1 of 9", timeout=30)
        term.press("escape", "y", gap=0.3)
        step_to(term, "End")
        term.press("enter")
        term.wait("took", timeout=30)
        term.press("f")
        term.wait("Export what is shared")
        term.press("enter")
        term.wait("Written")
        term.press("escape")
        term.wait("choose who", timeout=30)
        term.press("w")
        term.wait("Who sits with you")
        term.press("escape", "ctrl+q", gap=0.3)
        assert term.wait_exit(30) == 0
        return bytes(term.raw), person


def paste(term: Terminal, text: str) -> None:
    """As a terminal with bracketed paste hands it over, which takes the end of a paste out of what is pasted."""
    term.paste(text)
    term.settle(0.2)


@pytest.mark.timeout(240)
def test_a_session_with_hostile_texts_sends_the_terminal_nothing_that_a_plain_one_does_not(tmp_path):
    (tmp_path / "hostile").mkdir()
    raw, person = held(tmp_path / "hostile", HOSTILE, NAME)
    assert strange(raw) == []
    assert b"\x1b]0;" not in raw
    assert b"\x1b]2;" not in raw
    assert b"\x1b]8;" not in raw
    assert b"owned" in raw, "the texts were shown"
    text = raw.decode()
    assert "[TODO]" in text
    for printed in (
        person.run("list"),
        person.run("show", person.files()[0].stem[-36:]),
        person.run("check", "nothing.md", code=3),
    ):
        assert not harm(printed, lines=True)
    tally("hostile text: raw bytes of the terminal read", cases=len(raw))


SENT = (
    b"\x1b]0;x\x07", b"\x1b]8;;u\x1b\\", b"\x1b]52;c;?\x07", b"\x1bc", b"\x07", b"\x00", b"\x7f", b"\xc2\x9b2J",
    b"\xe2\x80\xae", b"\x1b[21t", b"\x1bPq\x1b\\", b"\xff",
)  # fmt: skip


@pytest.mark.parametrize("sent", SENT)
def test_what_is_strange_on_a_terminal_is_found(sent):
    assert strange(b"a \x1b[1m" + sent + b"b\r\n")
    assert strange(b"a \x1b[1m\x1b]52;c;YQ==\x07\x1b[2;3Hb\r\n") == []
