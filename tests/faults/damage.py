"""Ways in which a file comes to be not what was written, and a small data folder to do it in.

A shape is what happens to the bytes, or to the file itself. A kind is one sort of file that the program keeps; a kind
that is not in `KINDS` while the folder holds such a file fails `test_every_kind_of_file_is_damaged`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from support.building import BEGIN, MENTOR, PAIR, content, fact, fact_id
from support.held import held, session_id

from rmsession.core.facts import Captured
from rmsession.core.store import Draft
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.settings import remember
from rmsession.store.opening import open_store

ILL = session_id("dead")
"""The session that a damaged file is of."""
WELL = session_id("beef")
"""Another, which must never feel it."""
LINE = "half a line nobody kept"

Spoil = Callable[[bytes], bytes]


def _swapped(data: bytes) -> bytes:
    first, second = (b'"session":', b'"facts":') if b'"facts":' in data else (b'"people":', b'"pairs":')
    return data.replace(first, b"\0").replace(second, first).replace(b"\0", second)


def _twice(data: bytes) -> bytes:
    """Every id twice in its object, the second of them wrong."""
    return re.sub(rb'"id":"([^"]*)"', rb'"id":"\1","id":"another"', data)


BYTES: dict[str, Spoil] = {
    "empty": lambda _: b"",
    "half": lambda data: data[: len(data) // 2],
    "without its last byte": lambda data: data[:-1],
    "cut off in its first line": lambda data: data[:40],
    "one byte": lambda data: data[:1],
    "two of them": lambda data: data + data,
    "another checksum": lambda data: re.sub(rb'"sha256":"(..)', rb'"sha256":"00', data),
    "another text": lambda data: data.replace(b"a", b"e"),
    "zeros": lambda data: b"\0" * len(data),
    "zeros at its end": lambda data: data[:-512] + b"\0" * 512,
    "white space": lambda data: b" \n" * 99,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "no UTF-8": lambda data: data.replace(b"e", b"\xff"),
    "keys twice": _twice,
    "swapped tables": _swapped,
    "deep nesting": lambda data: b'{"seal":' * 99_999,
    "a huge number": lambda data: re.sub(rb'"revision":\d+', b'"revision":' + b"9" * 5000, data),
    "a list": lambda _: b"[]",
    "a stock TinyDB file": lambda _: b'{"_default": {"1": {"a": 1}}}',
    "no JSON": lambda _: b"hello\n",
}
"""What can happen to the bytes of a file."""


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _link(to: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.unlink()
        path.symlink_to(to)

    return change


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


PLACES: dict[str, Callable[[Path], None]] = {
    "a folder": _folder,
    "a link to nothing": _link("away/from/here"),
    "a link to itself": lambda path: _link(path.name)(path),
    "a pipe": _pipe,
    "forbidden": lambda path: path.chmod(0),
}
"""What can stand in a file's place."""
SHAPES = [*BYTES, *PLACES]
FEWER = [*list(BYTES)[::3], *PLACES]
"""Enough for what can be made anew, or done without."""


def spoil(path: Path, shape: str) -> None:
    """Damage a file."""
    if shape in BYTES:
        before = path.read_bytes()
        after = BYTES[shape](before) if b'{"seal"' in before or shape in _FOR_ANY else b"\xff\0 not what was written"
        path.write_bytes(after if after != before else before[:-1])
    else:
        PLACES[shape](path)


_FOR_ANY = {"empty", "half", "without its last byte", "one byte", "two of them", "zeros", "white space", "a list"}
"""Shapes that mean something in a file that is not sealed."""

KINDS: dict[str, str] = {
    "session": f"sessions/*/*/*{ILL}.json",
    "draft": f"sessions/*/*/*{ILL}.draft",
    "programme": "programme.json",
    "snapshot": f"snapshots/*{ILL}.json",
    "index": "index.sqlite",
    "device": "device",
    "settings": "config.toml",
    "holder": f"locks/{ILL}.who",
    "lock": f"locks/{ILL}.lock",
    "live": f"locks/{ILL}.live",
    "erasure": "erased/*",
}
"""Every kind of file that is kept, and where one of the ill session lies."""


def the(kind: str, home: Path) -> Path:
    """The file of that kind that is to be damaged."""
    return next(iter(sorted(home.glob(KINDS[kind]))))


def later(number: int, text: str = "said later"):
    """A fact after the end of a session."""
    return fact(Captured(Kind.NOTE, None, content(text)), 900 + number)


def folder(home: Path) -> None:
    """Two sessions and everything that lies around them, one file of each kind."""
    store = open_store(home)
    ill, well = held("dead").record, held("beef", end=False).record
    store.begin(ill)
    store.begin(well)
    store.keep_pair(PAIR)
    store.keep_draft(ILL, Draft(BEGIN, 1.0, UserText(LINE)))
    store.append(ILL, later(1))  # after its end: that makes a snapshot
    store.append(ILL, replace(later(2, "to be erased"), by=MENTOR.id))
    store.redact(ILL, fact_id(902), by=MENTOR.id, wall=BEGIN)
    with store.live(ILL, person="Robin"):
        held_by = (home / "locks" / f"{ILL}.who").read_bytes()
    (home / "locks" / f"{ILL}.who").write_bytes(held_by)  # as a killed program leaves it
    store.history()
    store.close()
    remember(home, "me", "Robin")
