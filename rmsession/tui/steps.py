"""The groups of workers that open screens: what is typed meanwhile waits for them (`typed_ahead`)."""

from __future__ import annotations

from typing import Final

FLOW: Final = "flow"
"""They lead from screen to screen: whenever one is answered they open the next."""
DIALOG: Final = "dialog"
"""They open a dialog, and then do what it is answered."""
