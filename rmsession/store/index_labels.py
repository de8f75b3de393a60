"""Words that the index has for what is known of a document: its owner, its tags, its due date, its agenda."""

# ruff: noqa: S608 - the names of tables are ours

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import Final

AGENDA: Final = "a"
"""The sign of words for agendas' titles, which are known of each session as a whole."""
_STRANGE: Final = range(0xD800, 0xE080)
"""Half characters, and those that stand for others here."""


class _Letters(dict[int, int]):
    """Makes one word of any folded text: what would end a word, or is no character, becomes one of nobody's.

    Each is found when it is first met: a table of all would hold a third of a megabyte, and few are ever met.
    """

    def __missing__(self, code: int) -> int:
        if chr(code).isascii() and not chr(code).isalnum():
            letter = 0xE000 + code
        else:
            letter = 0x10_0000 + code if code in _STRANGE else code
        self[code] = letter
        return letter


_LETTERS: Final = _Letters()
_BACK: Final = {0xE000 + code: chr(code) for code in range(0x80)}
MONTH: Final = len("2026-11")
Labels = Callable[[str], Iterable[str]]
"""The words of one kind that any document has, by the sign of that kind."""
MOST_ASKED: Final = 2000
"""Beyond them it is quicker to look at every document that has a word of that kind."""
MOST_LEFT_OUT: Final = 20_000
"""The same of what documents may not have: else nearly all there are would be looked at, for seconds."""


def label(sign: str, name: str) -> str:
    """The word for one thing of a kind, by its folded name."""
    return f"_{sign}{name.translate(_LETTERS)}"


def late(labels: Labels, today: date) -> list[str] | None:
    """The words of due dates that are past: of whole months, and of the days of this one."""
    month = today.isoformat()[:MONTH]
    before = fitting(labels("v"), lambda label: _is_before(label, month))
    days = fitting(labels("u"), lambda label: _plain(label)[:MONTH] == month and _is_before(label, today.isoformat()))
    return None if before is None or days is None else before + days


def _is_before(label: str, day: str) -> bool:
    back = _plain(label)
    return back[:4].isdigit() and back < day


def _plain(label: str) -> str:
    return label.translate(_BACK)


def fitting(labels: Iterable[str], fits: Callable[[str], bool], most: int = MOST_ASKED) -> list[str] | None:
    """The words of one kind that fit; None when they are too many to ask for each."""
    found = [label for label in labels if fits(label[2:])]
    return found if len(found) <= most else None


def labels(connection: sqlite3.Connection, tables: Iterable[str], sign: str) -> tuple[str, ...]:
    """The words of one kind that any document has."""
    found: set[str] = set()
    for table in tables:
        with suppress(sqlite3.OperationalError):
            connection.execute(f"CREATE VIRTUAL TABLE temp.of_{table} USING fts5vocab(main, {table}, row)")
        rows = connection.execute(
            f"SELECT term FROM temp.of_{table} WHERE term >= ? AND term < ?", (f"_{sign}", f"_{chr(ord(sign) + 1)}")
        )
        found.update(term for (term,) in rows)
    return tuple(sorted(found))
