"""Texts made to be slow, deep or large: each a function of how many characters it may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator

SIGNS = "[]*_`~><(){}\\&|:-+=#!.\"'1½²٣𝟗\t \n\r\0x\u0301\u200d\ud800é世"
"""Alone, over and over."""
PIECES = (
    "a*",
    "**a ",
    "*a_ ",
    "> ",
    "- ",
    "1. ",
    "# ",
    "- [ ] ",
    "[a](",
    "[a](b) ",
    "![[",
    "[a][b]",
    "[a]: ",
    "<a ",
    "<a b='",
    "</",
    "<?",
    "<![CDATA[",
    "<!--",
    "-->",
    "<!---->",
    "<!-- x -->",
    "<!--5 min-->",
    "`<!--",
    "a <!--",
    "&amp;",
    "&#",
    "``\\",
    "``` ",
    "(5 min",
    "(5 mx) ",
    "10 min ",
    "10:00 - ",
    "9:00-",
    "5+",
    "1h30",
    "5:",
    "1/2 ",
    "½ ",
    "half an ",
    "one ",
    "1,",
    "1.1.",
    "2026-01-01 ",
    "mon ",
    "Agenda ",
    "Anna/Bo & ",
    "Ann, ",
    "@a ",
    "http://x.y ",
    "(private)",
    "(a) ",
    "[ ] ",
    "{:a",
    "{#",
    "|a",
    "|-",
    "a|",
    "word ",
    ": ",
    " - ",
    "...",
    "~~a",
    "<ul><li>",
    "<li ",
    "<summary",
    "<details>",
    "<tr><td>",
)
"""Over and over on one line."""
BEFORE = ("", "## ", "- ", "> ", "|a|min|\n|-|-|\n|", "## A (5 min)\n- [ ] ", "<div>", "---\ntitle: ", "```\n")
"""What the line begins with."""
LINES = (
    "## a",
    "## T (5 min)",
    "- T (5 min)",
    "T (5 min)",
    "- 10:00 T",
    "10:00 - 10:30 T",
    "> T (5 min)",
    "    T (5 min)",
    "- [ ] ask",
    "- ? ask",
    "- x (private) y",
    "<!--",
    "-->",
    "a <!--",
    "a <!-- b --> c",
    "<!-- x -->",
    "a\n=",
    "---",
    "***",
    "+++",
    "```",
    "~~~",
    "|a|min|\n|-|-|\n|b|5|\n",
    "[r]: /u",
    "[r",
    "[a]: /u 'x",
    "<div>",
    "<ul><li>a (5 min)</ul>\n",
    "<details><summary>x</summary>\n",
    "**Agenda:**\n\n- a\n",
    "## Agenda\n\n- a (5 min)\n",
    "## Day 1\n### a (5 min)",
    "## A\n- b (1 min)",
    "- a\n\n* b\n",
    "1) a\n2. b",
    "- Ann / @ann",
    "Time: 9:00 - 10:00",
    "Total: 5 min",
    "Duration: 1 h",
    "A: b (5 min)",
    "title: x",
    "- a\n  - b (5 min)\n    - c",
    "| a (5 min) |",
    "x",
    "",
    " " * 50,
)
"""As many lines as there may be."""


def shapes() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Every shape with its name."""
    for piece in (*SIGNS, *PIECES):
        for before in BEFORE if piece in PIECES else BEFORE[:3]:
            yield f"{before!a} {piece!a}", lambda size, before=before, piece=piece: _filled(before, piece, size)
    for line in LINES:
        yield f"lines {line!a}", lambda size, line=line: _lines(line, size)
        yield (
            f"under a topic {line!a}",
            lambda size, line=line: "## A (5 min)\n" + f"{line}\n" * (size // (len(line) + 1)),
        )
    yield "bullets ever deeper", lambda size: "".join("  " * step + "- a (5 min)\n" for step in range(int(size**0.5)))
    yield "quotes ever deeper", lambda size: "".join(">" * step + " a\n" for step in range(int((2 * size) ** 0.5)))
    yield "ever more backticks", lambda size: "".join("`" * step + " " for step in range(int((2 * size) ** 0.5)))
    yield "square table", lambda size: "|a" * _side(size) + "|\n" + "|-" * _side(size) + "|\n" + "|b\n" * _side(size)
    yield "wrapped prompt", lambda size: "## A (5 min)\n- [ ] ask\n" + "  more\n" * (size // 7)
    yield "blanks behind private", lambda size: "## A (5 min)\n- x (private)" + " " * size + "y\n"
    yield "blanks in a heading", lambda size: "## a" + " " * size + "b (5 min)"
    yield "blanks in settings", lambda size: "---\na: x" + " " * min(size, 39_000) + "y\nb: [\n---\n# A\n"
    yield "one prompt of many lines", lambda size: "## A (5 min)\n<!--\n" + "more\n" * (size // 5) + "-->\n"
    yield "topics of their own", lambda size: "".join(f"## T{number} (5 min)\n" for number in range(size // 17))
    yield "the clock round", lambda size: "".join(f"- {n // 60 % 24:02}:{n % 60:02} T{n}\n" for n in range(size // 15))


def _filled(before: str, piece: str, size: int) -> str:
    behind = "\n---\n# A\n" if before.startswith("---") else " (10 min)\n"
    return before + piece * (min(size, 39_000 if before.startswith("---") else size) // len(piece)) + behind


def _lines(line: str, size: int) -> str:
    return f"{line}\n" * (size // (len(line) + 1))


def _side(size: int) -> int:
    return int((size / 5) ** 0.5) + 1
