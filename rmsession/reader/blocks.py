"""A topic's Markdown as lines to draw: indentation, a mark, and runs of text with their emphasis.

It is drawn as one thing: a widget for each block costs ten times as much and gains nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rmsession.core.frozen import frozen
from rmsession.reader.bare import BareMarkdown

INDENT = 2
MOST_CHARACTERS = 200_000
"""More than this of one topic is not drawn; nobody reads it during a session."""


@frozen
class Run:
    """Some characters in one emphasis."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    struck: bool = False
    link: str = ""
    """Where it leads, as written; to be shown, and opened only when it is http or https."""


@frozen
class Block:
    """One paragraph, bullet, heading or line of code."""

    runs: tuple[Run, ...]
    indent: int = 0
    """Cells to the left of the mark."""
    mark: str = ""
    """A bullet or a number; continuation lines stand behind it."""
    heading: bool = False
    gap: bool = False
    """Whether a blank line stands in front."""


@cache
def _parser() -> MarkdownIt:
    return BareMarkdown({"maxNesting": 60}).enable(["table", "strikethrough"])


@lru_cache(maxsize=64)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The lines of a Markdown text, HTML left out."""
    cut, pen = markdown[:MOST_CHARACTERS], _Pen()
    lines = tuple(block for token in _parser().parse(cut) for block in pen.draw(token))
    if len(markdown) > MOST_CHARACTERS:
        lines += (Block((Run(f"… cut at {MOST_CHARACTERS:,} characters", emphasis=True),), gap=True),)
    return lines


class _Pen:
    """Walks over tokens and draws a block for each that says something."""

    def __init__(self) -> None:
        self._marks: list[str] = []
        self._counts: list[int | None] = []
        self._fresh = self._heading = self._below = False
        self._row: list[Run] | None = None

    def draw(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "inline":
                yield from self._inline(list(_runs(token.children or [])))
            case "tr_open":
                self._row = []
            case "tr_close":
                yield Block(tuple(self._row or ()), indent=_indent(self._marks))
                self._row = None
            case "fence" | "code_block":
                for number, line in enumerate(token.content.rstrip("\n").split("\n")):
                    gap = self._below and not number
                    yield Block((Run(line, code=True),), _indent(self._marks) + INDENT, gap=gap)
                self._below = True
            case "hr":
                yield Block((Run("───"),), gap=True)
            case "heading_open" | "heading_close":
                self._heading = token.nesting > 0
            case _:
                self._list(token)

    def _inline(self, runs: list[Run]) -> Iterator[Block]:
        if self._row is not None:
            self._row += [*([Run(" │ ")] if self._row else []), *runs]
            return
        mark = self._marks[-1] if self._fresh and self._marks else ""
        indent = _indent(self._marks[:-1] if mark else self._marks)
        yield Block(tuple(runs), indent, mark, self._heading, gap=self._below and not self._marks)
        self._fresh, self._below = False, True

    def _list(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._counts.append(None)
            case "ordered_list_open":
                self._counts.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._counts.pop()
            case "list_item_open":
                count = self._counts[-1]
                self._marks.append("•" if count is None else f"{count}.")
                self._counts[-1] = None if count is None else count + 1
                self._fresh = True
            case "list_item_close":
                self._marks.pop()
            case _:
                pass


def _indent(marks: list[str]) -> int:
    return sum(len(mark) + 1 for mark in marks)


def _runs(tokens: list[Token]) -> Iterator[Run]:
    strong = emphasis = struck = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "s_open" | "s_close":
                struck += token.nesting
            case "link_open":
                link = str(token.attrGet("href") or "")
            case "link_close":
                link = ""
            case "text" | "code_inline":
                code = token.type == "code_inline"
                yield Run(token.content, strong > 0, emphasis > 0, code, struck > 0, link)
            case "image":
                yield Run(token.content or "image", emphasis=True)
            case "softbreak":
                yield Run(" ")
            case "hardbreak":
                yield Run("\n")
            case _:
                continue
