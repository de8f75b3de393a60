"""The one way for what people wrote to reach the screen, made into what each kind of widget takes.

Textual reads a ``str`` as markup in many places: ``[@click=app.quit]`` becomes a live action, ``[/`` a crash,
``[TODO]`` nothing. `Content` and Rich `Text` are taken literally; where only a ``str`` is accepted it is escaped.
"""

from __future__ import annotations

from rich.text import Text
from textual.content import Content
from textual.style import Style

from rmsession.core.text import UserText, clean, shortened

HIDDEN = "•••"
"""What stands for private text until it is revealed."""

_IN_A_LINE = dict.fromkeys((*range(32), *range(127, 160), 173, 8203, 8206, 8207), "·")
_IN_A_LINE |= dict.fromkeys([*range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, 0x061C], "\u00b7")
_IN_A_LINE |= {0x0A: "⏎", 0x09: " "}


def content(text: UserText, style: str | Style = "", *, limit: int | None = None) -> Content:
    """One literal line for widgets that take `Content`, cut at `limit` characters with an ``…``."""
    line = text.line if limit is None else shortened(text.line, limit)
    return Content.styled(line, style) if style else Content(line)


def block(text: UserText, style: str | Style = "") -> Content:
    """Literal text with its own line ends."""
    return Content.styled(text.block, style) if style else Content(text.block)


def rich(text: UserText, style: str = "") -> Text:
    """One literal line for tables and trees."""
    return Text(text.line, style=style, no_wrap=True, overflow="ellipsis", end="")


def plain(text: UserText, limit: int = 200) -> str:
    """One safe line for where only a ``str`` is taken and no markup is read: window title, placeholder."""
    return shortened(text.line, limit)


def escaped(text: UserText, limit: int = 200) -> str:
    """One safe line for where a ``str`` is read as markup: every bracket is literal."""
    return Content(shortened(text.line, limit)).markup


def typed(value: str) -> str:
    """A line under way, character for character of one cell or more, with nothing a terminal would obey."""
    return value.translate(_IN_A_LINE).encode("utf-8", "replace").decode("utf-8")


def error(message: str) -> Content:
    """A program's own message, which may quote a file name or a text, taken literally."""
    return Content(clean(message))
