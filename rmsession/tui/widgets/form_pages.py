"""The pages of the feedback form besides its questions: what they say, and which keys work on each."""

from __future__ import annotations

import math
from enum import Enum

from textual.content import Content

from rmsession.core.feedback import Visibility
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.tui.text import content


class Page(Enum):
    """What the screen shows."""

    ASKING = "asking"
    READY = "ready"
    """Everything was looked at; enter hands it in."""
    LEAVING = "leaving"
    LEAVING_OUT = "leaving out"
    DONE = "done"
    """Nothing of the answers: the keyboard goes back."""


def who_sees(role: Role, visibility: Visibility, *, own_disk: bool) -> Content:
    """Who will see the answers and on whose disk they lie; a click on it changes the first."""
    other = "mentor" if role is Role.MENTEE else "mentee"
    what = "your answers" if visibility is Visibility.BOTH else "counts only"
    disk = "your own disk" if own_disk else f"your {other}'s disk"
    change = Content.from_markup("[@click=screen.visibility]tab[/]")
    return Content.assemble(f"Your {other} will see {what} (", change, f"); it lies on {disk}.")


def and_figures(visibility: Visibility) -> Content:
    """What else there is to know about who sees it."""
    counts = "" if visibility is Visibility.BOTH else "Counts: how many you answered. "
    return Content(f"{counts}Programme figures use scores, never words.")


def whose(name: UserText, questions: int, *, handed_over: bool) -> Content:
    """Whose form it is, and how long it takes."""
    part = "This part is yours" if handed_over else "Your own form"
    person = Content.assemble(", ", content(name, limit=60)) if name else Content("")
    head = Content.assemble(part, person).stylize("$foreground bold")
    minutes = next(words for most, words in _LENGTHS if questions <= most)
    return Content.assemble(head, f"\n{questions} questions, {minutes}. Skip any with s.")


def notice(page: Page, answered: int, of: int) -> Content:
    """A page of words; none of them says anything of an answer."""
    title, words = _PAGES[page]
    return Content.assemble(Content.styled(title.format(answered, of), "$foreground bold"), "\n\n", words)


_LENGTHS = ((7, "under a minute"), (12, "about a minute"), (math.inf, "about two minutes"))
_PAGES = {
    Page.ASKING: ("", ""),
    Page.READY: ("You answered {} of {} questions.", "Enter hands the form in; ← goes back to the questions."),
    Page.LEAVING: (
        "Leave the form for later?",
        """What you answered stays as a draft, shown to nobody; Home offers it again.

y leaves it for later · escape goes on with the form""",
    ),
    Page.LEAVING_OUT: (
        "Give no feedback this time?",
        """What you answered is thrown away; only that you gave none is noted.

y gives none · escape goes on with the form""",
    ),
    Page.DONE: ("Thank you.", "Please hand the keyboard back. Enter closes this page."),
}
_OPEN, _ASKED = (Page.ASKING, Page.READY), (Page.LEAVING, Page.LEAVING_OUT)
KEYS_OF = {
    "hand_in": (Page.READY,),
    "finish": (Page.DONE,),
    "confirm": _ASKED,
    "back": (Page.READY,),
    "visibility": _OPEN,
    "leave_out": _OPEN,
    "leave": _OPEN,
    "stay": _ASKED,
}
"""The pages on which each key works."""
