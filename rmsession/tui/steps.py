"""The groups of workers that what is typed meanwhile waits for (`typed_ahead`)."""

from __future__ import annotations

from typing import Final

FLOW: Final = "flow"
"""They lead from screen to screen: whenever one is answered they open the next."""
DIALOG: Final = "dialog"
"""They open a dialog, and then do what it is answered."""
READING: Final = "reading"
"""They fill a screen of which every key means something that is in it."""
CHANGING: Final = "changing"
"""They change what is stood on, and show what became of it."""
AWAITED: Final = frozenset({FLOW, DIALOG, READING, CHANGING})
"""All of them."""
