"""Alt and a letter, known to Textual's key parser as sequences of their own.

Textual 8.2 tells them from an escape followed by a letter only when 0.1 s pass without another escape: two of them
in a hurry, as a held key sends, were typed into the line as ``^t``. As known sequences they act at once, and one
that is bound to nothing types nothing.
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from rmsession.core.frozen import frozen


@frozen
class AltKey:
    """One such key, as Textual's parser takes the members of its own `Keys`."""

    value: str
    """The name of the key event."""


def teach() -> None:
    """Add what the parser does not know yet; what it knows (alt+b and alt+f move by words) stays."""
    known = cast("dict[str, Any]", ANSI_SEQUENCES_KEYS)
    for letter in ascii_lowercase:
        known.setdefault(f"\x1b{letter}", (AltKey(f"alt+{letter}"),))
