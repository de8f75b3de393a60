"""What people wrote, kept exactly and shown harmlessly.

`UserText` is deliberately not a ``str``: a type checker then refuses it wherever a widget, a file name
or a terminal wants one, and each of those gets it through the one module that knows how.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
# Direction overrides and isolates can make a line read as something else; zero-width marks hide in words.
# U+200C and U+200D stay: Persian spelling and joined emoji need them.
_CONTROLS |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C], "")
_CONTROLS |= dict.fromkeys([0x200B, 0x2060, 0xFEFF, 0x00AD, 0x180E, *range(0xFFF9, 0xFFFC)], "")
_CONTROLS |= dict.fromkeys([*range(0xE0001, 0xE0080)], "")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = {0x09: " ", 0x2028: "\n", 0x2029: "\n", 0x0B: "\n", 0x0C: "\n", 0x85: "\n"}


def clean(raw: str, *, lines: bool = False) -> str:
    """The text with nothing in it that a terminal would obey.

    Control characters become their pictures (``␛``), direction overrides and invisible marks go, lone
    surrogates become ``\ufffd``. Line ends become ``⏎`` unless `lines` keeps them.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)
    table = dict(_CONTROLS)
    table[0x0A] = "\n" if lines else " ⏎ "
    return _SURROGATE.sub("\ufffd", text.translate(table))


@dataclass(frozen=True, slots=True, order=True, repr=False)
class UserText:
    """A text that a person wrote; its characters are in `raw`, and nothing prints them by accident."""

    raw: str = ""

    def __bool__(self) -> bool:
        return bool(self.raw.strip())

    def __repr__(self) -> str:
        """Say how long it is, never what it is: logs and tracebacks print values."""
        return f"<text of {len(self.raw)} characters>"

    __str__ = __repr__

    @property
    def line(self) -> str:
        """One safe line, for plain surfaces that interpret no markup."""
        return clean(self.raw)

    @property
    def block(self) -> str:
        """Safe text with its own line ends."""
        return clean(self.raw, lines=True)


def shortened(text: str, limit: int) -> str:
    """The text within `limit` characters; a cut always shows as ``…``."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"
