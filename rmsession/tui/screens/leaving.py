"""Leaving while a session runs: asked, never assumed."""

from __future__ import annotations

from enum import Enum

from textual.content import Content

from rmsession.tui.screens.dialogs import Ask, Choice


class Leaving(Enum):
    """What becomes of the session."""

    PAUSE = "pause"
    END = "end"
    STAY = "stay"


def leave_dialog(*, rehearsal: bool) -> Ask:
    """Pause and leave, end and leave, or stay; answers a `Leaving` value."""
    if rehearsal:
        choices = [
            Choice(Leaving.STAY.value, Content("Stay"), "s"),
            Choice(Leaving.END.value, Content("Leave the rehearsal"), "l"),
        ]
        return Ask(Content("Leave the rehearsal?"), Content("Nothing of it was kept."), choices)
    return Ask(
        Content("Leave while the session runs?"),
        Content("Everything kept stays kept, and the line you are typing waits for you."),
        [
            Choice(Leaving.STAY.value, Content("Stay"), "s"),
            Choice(Leaving.PAUSE.value, Content("Pause and leave: go on later from Home"), "p"),
            Choice(Leaving.END.value, Content("End the session and leave: the closing waits on Home"), "e"),
        ],
    )
