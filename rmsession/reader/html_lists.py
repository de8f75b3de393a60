"""Lists and tables written as HTML inside Markdown; enough of it to find the topics, not to render it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from rmsession.reader.limits import MOST_TAGS

_LONGEST = 4000
"""Characters of one item that are looked at."""
_DEEPEST = 20
"""Lists in lists."""

_SUMMARY = re.compile(r"<summary[^<>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_PIECE = re.compile(r"<(/?(?:ul|ol)|li|tr|td|th)\b[^<>]{0,500}>", re.IGNORECASE)


def summary_of(block: str) -> str:
    """What a ``<details>`` block is headed."""
    match = _SUMMARY.search(block) if "<summary" in block.lower() else None
    return match[1].strip() if match else ""


@dataclass(slots=True)
class Entry:
    """A list item or table row in HTML."""

    line: int
    """Counted from the block's first line."""
    cells: list[str] = field(default_factory=list)
    inner: list[Entry] = field(default_factory=list)
    """The items of the lists in it."""


def html_groups(block: str) -> tuple[list[tuple[str, list[Entry]]], bool]:
    """The outermost lists (``li``) and tables (``tr``) of a block; a table that holds lists gives the lists alone.

    And whether tags were left out, because they are too many.
    """
    low = block[:200_000].lower()
    if "<li" not in low and "<tr" not in low:
        return [], False
    walk = _Walk(block)
    return walk.groups(), walk.cut


class _Walk:
    """Goes through the tags once; what is never closed ends with the block."""

    def __init__(self, block: str) -> None:
        self.block = block
        self.lists: list[list[Entry]] = []
        self.found: list[list[Entry]] = []
        self.rows: list[Entry] = []
        self.cut = False

    def groups(self) -> list[tuple[str, list[Entry]]]:
        pieces = list(islice(_PIECE.finditer(self.block), MOST_TAGS + 1))
        self.cut = len(pieces) > MOST_TAGS
        del pieces[MOST_TAGS:]
        line, seen = 0, 0
        for place, piece in enumerate(pieces):
            line += self.block.count("\n", seen, piece.start())
            seen = piece.start()
            until = pieces[place + 1].start() if place + 1 < len(pieces) else len(self.block)
            words = " ".join(self.block[piece.end() : min(until, piece.end() + _LONGEST)].split())
            self._tag(piece[1].lower(), line, words)
        lists = [("li", entries) for entries in self.found if entries]
        rows = [row for row in self.rows if any(row.cells)]
        return lists or ([("tr", rows)] if rows else [])

    def _tag(self, tag: str, line: int, words: str) -> None:
        match tag:
            case "ul" | "ol":
                nested = self.lists and self.lists[-1] and len(self.lists) < _DEEPEST
                entries = self.lists[-1][-1].inner if nested else []
                if not self.lists:
                    self.found.append(entries)
                self.lists.append(entries)
            case "/ul" | "/ol":
                del self.lists[-1:]
            case "li":
                if not self.lists:
                    self.lists.append([])
                    self.found.append(self.lists[-1])
                self.lists[-1].append(Entry(line, [words]))
            case "tr":
                self.rows.append(Entry(line))
            case _ if self.rows:
                self.rows[-1].cells.append(words)
            case _:
                pass
