"""What people wrote, kept exactly and shown harmlessly.

`UserText` is deliberately not a ``str``: a type checker then refuses it wherever a widget, a file name
or a terminal wants one, and each of those gets it through the one module that knows how.
"""

from __future__ import annotations

import re
from functools import total_ordering

_CONTROLS: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
# Direction overrides and isolates can make a line read as something else; zero-width marks hide in words.
# U+200C and U+200D stay: Persian spelling and joined emoji need them.
_CONTROLS |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C], "")
_CONTROLS |= dict.fromkeys([0x200B, *range(0x2060, 0x2065), *range(0x206A, 0x2070), 0xFEFF, 0x00AD, 0x180E], "")
_CONTROLS |= dict.fromkeys([*range(0xFFF9, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)], "")
_CONTROLS |= dict.fromkeys(range(0xE0001, 0xE0080), "")
_CONTROLS |= {0x09: " "}
_ONE_LINE = _CONTROLS | {0x0A: " ⏎ "}
_SEVERAL = _CONTROLS | {0x0A: "\n"}
# Compiled where a text is not clean already, which is seldom: a list does without.
_LINE_END = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_SURROGATE = "[\ud800-\udfff]"
HARMFUL = f"[{''.join(map(chr, _CONTROLS))}\u2028\u2029\ud800-\udfff]"
"""The pattern of what `clean` takes away or replaces: what a terminal obeys, what no eye sees, what cannot be sent."""


def clean(raw: str, *, lines: bool = False) -> str:
    """The text with nothing in it that a terminal would obey.

    Control characters become their pictures (``␛``), direction overrides and invisible marks go, lone
    surrogates become ``\ufffd``. Line ends become ``⏎`` unless `lines` keeps them.
    """
    if raw.isprintable():  # nearly all is, and a list cleans thousands; no harmful sign is
        return raw
    text = re.sub(_LINE_END, "\n", raw).translate(_SEVERAL if lines else _ONE_LINE)
    return re.sub(_SURROGATE, "\ufffd", text)


@total_ordering
class UserText:
    """A text that a person wrote; its characters are in `raw`, and nothing prints them by accident."""

    # Not a dataclass: the codec would then spell it as an object instead of calling its hook.
    __slots__ = ("raw",)
    raw: str

    def __init__(self, raw: str = "") -> None:
        object.__setattr__(self, "raw", raw)

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"UserText is frozen: {name} cannot be set")

    def __eq__(self, other: object) -> bool:
        return self.raw == other.raw if isinstance(other, UserText) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self.raw < other.raw if isinstance(other, UserText) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.raw)

    def __bool__(self) -> bool:
        return bool(self.raw.strip())

    def __repr__(self) -> str:
        """Say how long it is, never what it is: logs and tracebacks print values."""
        return f"<text of {len(self.raw)} characters>"

    def __reduce__(self) -> tuple[type[UserText], tuple[str]]:
        return UserText, (self.raw,)

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
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip() + "…" if limit > 0 else ""
