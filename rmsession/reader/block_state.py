"""A text's lines and tokens as markdown-it's block rules want them, without what only a renderer asks for."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.utils import EnvType

BARS = "bars"
"""Told in the parse's environment of a text in which there may be tables."""
_FEEDS = frozenset(
    {
        "inline", "heading_open", "heading_close", "bullet_list_open", "bullet_list_close", "ordered_list_open",
        "ordered_list_close", "list_item_open", "list_item_close", "blockquote_open", "blockquote_close",
        "html_block", "fence", "table_open", "table_close", "tr_open", "tr_close",
    }
)  # fmt: skip
"""The tokens that an outline is made of."""


class BlockToken(Token):
    """A token of the block parse, made without what only a renderer asks for."""

    def __init__(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:
        # Not the dataclass's own: with thirteen fields it takes longer than the rule that calls for the token.
        self.type = ttype
        self.tag = tag
        self.nesting = nesting
        self.level = level
        self.map = None
        self.content = ""


class BlockState(StateBlock):
    """A text's lines as markdown-it's rules want them: where each begins and ends, and how far it is set in."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        self.unread = BlockToken("", "", 0, 0)
        """What rules write into that make a token nobody reads."""
        if "|" in src:
            env[BARS] = True
        lines = src.split("\n")
        bare = [line.lstrip(" \t") for line in lines]
        if not bare[-1]:  # what follows the last line end is no line
            lines.pop()
        widths = [len(line) for line in lines]
        shifts = [width - len(rest) for width, rest in zip(widths, bare, strict=False)]
        columns = shifts.copy()
        if "\t" in src:
            columns = [_columns(line[:shift]) if shift else 0 for line, shift in zip(lines, shifts, strict=True)]
        self.bMarks = list(accumulate((width + 1 for width in widths), initial=0))
        self.eMarks = [begin + width for begin, width in zip(self.bMarks, widths, strict=False)]
        self.bMarks[-1] = len(src)
        self.eMarks.append(len(src))
        self.tShift = [*shifts, 0]
        self.sCount = [*columns, 0]
        self.bsCount = [0] * len(self.bMarks)
        self.lineMax = len(widths)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """A token; it joins the others only where the outline is made of its kind."""
        if nesting < 0:
            self.level -= 1
        level = self.level
        if nesting > 0:
            self.level = level + 1
        if ttype not in _FEEDS:
            return self.unread
        token = BlockToken(ttype, tag, nesting, level)
        self.tokens.append(token)
        return token


def _columns(blank: str) -> int:
    """How wide blanks and tabs are."""
    return len(blank.expandtabs(4)) if "\t" in blank else len(blank)
