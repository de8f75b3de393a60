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
NAMES, EARLIER = "names", "earlier"
"""They look up what is offered beside what is typed: other keys wait for it, letters do not."""
OFFERING: Final = frozenset({NAMES, EARLIER})
"""Both of these."""
FILLING: Final = OFFERING | {READING}
"""What only fills a screen: whoever turns away from it waits for none of it."""
AWAITED: Final = FILLING | {FLOW, DIALOG, CHANGING}
"""All of them."""
