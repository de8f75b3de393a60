"""The clipboard: what may go into it, and so out of the program, through a terminal that tells the whole machine.

Nothing that is private, off the record, or answered while the keyboard was handed over gets there.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import Screen

from rmsession.core.text import clean

OFF_RECORD_CLASS = "-off-record"
"""What a screen bears while nothing is kept."""


SENT = "Sent to the terminal's clipboard. If it does not paste, select the text."
"""What is said of a copy that lies nowhere else."""


def withheld(app: App[Any]) -> str:
    """Why nothing is copied at this moment; empty when copying is fine."""
    screens: list[Screen[Any]] = app.screen_stack
    if any(getattr(screen, "revealing", False) for screen in screens):
        return "Private lines are shown: nothing is copied until they are hidden again."
    if any(screen.has_class(OFF_RECORD_CLASS) for screen in screens):
        return "Off the record: nothing is copied."
    return ""


class CarefulClipboard(App[None]):
    """An app that copies only what both may see, and only what is harmless where it is pasted."""

    _lent = ""
    """What whoever has the keyboard just now copied; nobody gets it after them."""

    @property
    def locked(self) -> bool:
        """Whether whoever sits at the keyboard must not get anywhere else (the hand-over)."""
        return any(getattr(screen, "LOCKED", False) for screen in self.screen_stack)

    @property
    def clipboard(self) -> str:
        """What pasting gives: in a hand-over only what was copied in it, which is gone with its end."""
        if self.locked:
            return self._lent
        self._lent = ""
        return super().clipboard

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what is shown, and say what is known of it: nothing tells whether the terminal took it."""
        self.send(text, SENT)

    def send(self, text: str, says: str) -> bool:
        """Copy a text, if it may leave, and say so in these words; whether it was sent.

        A shell that it is pasted into would obey what is taken out of it here.
        """
        text = clean(text, lines=True)
        why = withheld(self)
        if why:
            self.notify(why, severity="warning", markup=False, timeout=4)
        elif self.locked:
            self._lent = text
            self.notify("Copied until the keyboard is handed back.", markup=False, timeout=4)
        else:
            self._lent = ""
            super().copy_to_clipboard(text)
            self.notify(says, markup=False, timeout=4)
        return not (why or self.locked)
