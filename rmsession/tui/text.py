"""The one way for what people wrote to reach the screen, made into what each kind of widget takes.

Textual reads a ``str`` as markup in many places: ``[@click=app.quit]`` becomes a live action, ``[/`` a crash,
``[TODO]`` nothing. `Content` and Rich `Text` are taken literally; where only a ``str`` is accepted it is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style

from rmsession.core.text import HARMFUL, UserText, clean, shortened

HIDDEN = "•••"
"""What stands for private text until it is revealed."""

_HARMFUL = re.compile(HARMFUL)
_IN_A_LINE = {"\n": "⏎", "\t": " "}


def content(text: UserText, style: str | Style = "", *, limit: int | None = None) -> Content:
    """One literal line for widgets that take `Content`, cut at `limit` characters with an ``…``."""
    line = text.line if limit is None else shortened(text.line, limit)
    return Content.styled(line, style) if style else Content(line)


def block(text: UserText, style: str | Style = "") -> Content:
    """Literal text with its own line ends."""
    return Content.styled(text.block, style) if style else Content(text.block)


def plain(text: UserText, limit: int = 200) -> str:
    """One safe line for where only a ``str`` is taken and no markup is read: window title, placeholder."""
    return shortened(text.line, limit)


def escaped(text: UserText, limit: int = 200) -> str:
    """One safe line for where a ``str`` is read as markup: every bracket is literal."""
    # Not Content.markup nor textual.markup.escape: they leave `[TODO]`, `[/` and `[$x]` to be read as tags (8.2.8).
    return shortened(text.line, limit).replace("[", "\\[")


def typed(value: str) -> str:
    """A line under way, character for character, with nothing a terminal would obey and nothing that hides."""
    return value if value.isprintable() else _HARMFUL.sub(lambda sign: _IN_A_LINE.get(sign[0], "·"), value)


def offered(words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that a line may complete: an `Input` draws them as they are."""
    return tuple(word for word in words if clean(word) == word)


def error(message: str) -> Content:
    """A program's own message, which may quote a file name or a text, taken literally."""
    return Content(clean(message))


class Gate(LineFilter):
    """The last gate before the terminal: no painted line holds anything that a terminal obeys, whatever painted it.

    All text comes through the functions above. This stands behind them for widgets of libraries, which draw what is
    typed or pasted into them, and file names, as they are.
    """

    def __init__(self, first: tuple[LineFilter, ...] = ()) -> None:
        super().__init__()
        self._first = first
        """What lines go through before: Textual keeps another copy of every line for each filter that it knows of."""

    @classmethod
    @cache
    def behind(cls, first: tuple[LineFilter, ...]) -> Gate:
        """The gate behind these filters; the same one for the same, or no painted line is kept."""
        return cls(first)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without such characters, as wide as before."""
        for each in self._first:
            segments = each.apply(segments, background)
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(_harmless(text), style, control) for text, style, control in segments]


def _harmless(text: str) -> str:
    kept = _HARMFUL.sub("", text)
    return kept + " " * (cell_len(text) - cell_len(kept))
