"""What a terminal sends for a key, as the person meant it who pressed it."""

# ruff: noqa: PLC0415 - loaded when it is needed

from __future__ import annotations

from typing import Final

from textual import events
from textual.message import Message

_TEXT: Final = frozenset({"Zs", "Cf", "Co"})
"""Spaces of other scripts, signs that join and part letters, and those of a platform's own: unprintable to Python."""


class Key(events.Key):
    """A key whose character is text, though Python calls it unprintable; by its name it is dealt with like any other.

    Without it ideographic and no-break spaces, and the joiners of Persian and of emoji, are kept when they are pasted,
    and lost when they are typed.
    """

    @property
    def is_printable(self) -> bool:
        """It is."""
        return True


def as_meant(message: Message) -> Message:
    """A key as it was meant; anything else as it is."""
    if not isinstance(message, events.Key):
        return message
    if message.key == "ctrl+j":
        # A terminal that is still as the shell left it, as when somebody types ahead of the program, makes this of
        # enter; what else it could mean nothing here does.
        return events.Key("enter", "\r")
    sign = message.character
    if sign is None or sign.isprintable() or len(sign) != 1 or sign.isascii():
        return message
    # Only for these: the table of all signs is large, and seldom asked.
    import unicodedata

    return Key(message.key, sign) if unicodedata.category(sign) in _TEXT else message
