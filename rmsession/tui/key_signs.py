"""Which sign a named key types, told without Unicode's names of all signs.

Whenever the focus moves, Textual 8.2 asks for it by those names for each key that is bound. Their tables are 600 KB
that the session would hold from then on, and of the keys that are bound only two are among them.
"""

from __future__ import annotations

from typing import Final

from textual import screen
from textual.keys import key_to_character

SIGNS: Final[dict[str, str | None]] = {
    **dict.fromkeys(f"f{number}" for number in range(1, 25)),
    **dict.fromkeys(("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert")),
    "tab": "\t",
    "escape": "\x1b",
}
"""What Textual would find for them."""


def know() -> None:
    """From here on, let Textual ask for these here."""
    if hasattr(screen, "key_to_character"):
        setattr(screen, "key_to_character", sign_of)  # noqa: B010 - it is another kind of function


def sign_of(key: str) -> str | None:
    """The sign that a key types, None where it types none."""
    return SIGNS[key] if key in SIGNS else key_to_character(key)
