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


def leave_dialog(*, runs: bool, unkept: int, rehearsal: bool) -> Ask:
    """Pause and leave, end and leave, or stay; answers a `Leaving` value.

    `runs` says whether a session does, `unkept` how many facts are not on the disk.
    """
    if rehearsal:
        choices = [
            Choice(Leaving.STAY.value, Content("Stay"), "s"),
            Choice(Leaving.END.value, Content("Leave the rehearsal"), "l"),
        ]
        return Ask(Content("Leave the rehearsal?"), Content("Nothing of it was kept."), choices)
    title, says = "Leave while the session runs?", _KEPT
    if unkept:
        title, says = f"{'1 entry is' if unkept == 1 else f'{unkept} entries are'} not kept: leave without?", _LOST
    stay = Choice(Leaving.STAY.value, Content("Stay, and go on trying" if unkept else "Stay"), "s")
    if runs:
        choices = [
            stay,
            Choice(Leaving.PAUSE.value, Content("Pause and leave: go on later from Home"), "p"),
            Choice(Leaving.END.value, Content("End the session and leave: the closing waits on Home"), "e"),
        ]
    else:
        choices = [stay, Choice(Leaving.PAUSE.value, Content("Leave without"), "l")]
    return Ask(Content(title), Content(says), choices)


_KEPT = "Everything kept stays kept, and the line you are typing waits for you."
_LOST = (
    "The disk still refuses; the top line says why. What it does not take while the program closes is lost. "
    "Everything kept before stays kept."
)
