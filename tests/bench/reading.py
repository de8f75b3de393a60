"""What reading an agenda costs against markdown-it-py's bare parse of the same text: ``reading.py [--json FILE]``.

Both run in this process, warm, and take turns. The bare parse knows Markdown and nothing of agendas: it has no tables,
and looks for no time, title or prompt; in return it reads emphasis and links, which an agenda's outline does not need.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1])]

from bench.measure import Bar, Row, alternately  # noqa: E402 - needs the path set above
from markdown_it import MarkdownIt  # noqa: E402

from rmsession.reader.agenda_reader import read_text  # noqa: E402
from rmsession.reader.library import bundled  # noqa: E402
from rmsession.reader.limits import SIZE_LIMIT  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.setting import Bench

_AS_MUCH = 1.5
"""Times of the bare parse that reading may take."""
_GROWTH = 1.3
"""How much more a text may cost than as much in texts of an eighth."""
_PARTS = 8
_SMALL = "one-on-one.md"
"""The shortest agenda of the program."""
_FEW = 5
"""Rounds of a text that takes seconds."""
_LINE = "The words of a story that someone tells at length, with *one* of them said [aloud](http://example.org/)."
"""Long enough for a megabyte of such lines to be within what is read of one text."""


def topics(size: int) -> str:
    """So many characters of topics in the house style, each with a paragraph and a box to tick."""
    return _grown(
        size, lambda number: f"## Topic {number} (10 min)\n\n" + f"{_LINE}\n" * 4 + "\n- [ ] Ask, with **care**\n\n"
    )


def bullets(size: int) -> str:
    """So many characters of topics, with bullets in bullets under each."""
    return _grown(
        size,
        lambda number: (
            f"## Topic {number} (10 min)\n\n" + "".join(f"{'  ' * depth}- {_LINE}\n" for depth in range(6)) + "\n"
        ),
    )


def prose(size: int) -> str:
    """So many characters of paragraphs of four lines, in a topic for every hundred of them."""
    return _grown(
        size, lambda number: (f"## Part {number} (5 min)\n\n" if number % 100 == 1 else "") + f"{_LINE}\n" * 4 + "\n"
    )


def tables(size: int) -> str:
    """So many characters of tables of twenty rows, each with a time, a topic and what it is about."""
    rows = "".join(f"| {number % 9 + 1} min | Topic of the row {number} | {_LINE * 5} |\n" for number in range(20))
    return _grown(size, lambda number: f"## Day {number}\n\n| Time | Topic | Notes |\n|---|---|---|\n{rows}\n")


SHAPES: dict[str, Callable[[int], str]] = {
    "topics": topics,
    "nested bullets": bullets,
    "prose": prose,
    "tables": tables,
}


def reading(bench: Bench) -> None:
    """The ready-made agendas, a small one, and the longest texts of several shapes; and how time grows with length."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in bundled()}
    _against(bench, f"the program's {len(texts)} agendas read", list(texts.values()))
    _against(bench, "small agenda read", [texts[_SMALL]])
    for name, shape in SHAPES.items():
        _against(bench, f"1 MB of {name} read", [shape(SIZE_LIMIT)])
    for name, shape in SHAPES.items():
        _growing(bench, name, shape)


def _against(bench: Bench, what: str, texts: Sequence[str]) -> None:
    """The texts read, and parsed by markdown-it-py."""
    parser = MarkdownIt()
    read, parsed = alternately(
        {
            "read": lambda: [read_text(text) for text in texts],
            "parsed": lambda: [parser.parse(text) for text in texts],
        },
        bench.rounds if sum(map(len, texts)) < SIZE_LIMIT // _PARTS else min(bench.rounds, _FEW),
    )
    bench.report.add(Row(f"{what}, against a bare parse", read, parsed, Bar(_AS_MUCH), note=_left_out(texts)))


def _growing(bench: Bench, name: str, shape: Callable[[int], str]) -> None:
    """The longest text against as much in texts of an eighth: both take as long, and a busy machine lengthens both."""
    whole, part = shape(SIZE_LIMIT), shape(SIZE_LIMIT // _PARTS)
    large, small = alternately(
        {"large": lambda: read_text(whole), "small": lambda: [read_text(part) for _ in range(_PARTS)]},
        min(bench.rounds, _FEW),
    )
    what = f"1 MB of {name}, against {_PARTS} times 125 KB"
    bench.report.add(Row(what, large, small, Bar(_GROWTH), note=_left_out([whole])))


def _left_out(texts: Sequence[str]) -> str:
    """What readings say that they left out: time saved on that must be known."""
    told = {problem.message for text in set(texts) for problem in read_text(text).problems}
    return "; ".join(sorted(message for message in told if message.startswith("only the first")))


def _grown(size: int, piece: Callable[[int], str]) -> str:
    """Pieces up to a size; the last is cut there."""
    pieces, length = ["# A long one\n\n"], 0
    while length < size:
        pieces.append(piece(len(pieces)))
        length += len(pieces[-1])
    return "".join(pieces)[:size]


if __name__ == "__main__":
    from bench.alone import alone

    sys.exit(alone(__doc__, reading))
