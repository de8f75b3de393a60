"""The answers that are numbers on a scale of ours: what figures may count, and a file of figures may hold."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import form
from rmsession.core.terms import Role

GOAL: Final = "goal:"
"""How the id of the item begins that asks how far a goal was reached; the id of a line about that goal follows."""
REACHED: Final = range(-2, 3)
"""The scores of such an item, 0 as expected."""
SCORED: Final = range(11)
"""What a goal can be scored with when it is named."""
_LINE_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@cache
def scales() -> dict[str, range]:
    """The items that our forms ask to be scored, and their scores; goals and an agenda's own are not among them."""
    asked = (each for kind in FeedbackKind for role in Role for each in form(kind, role.value).items)
    return {each.id: each.scores for each in asked if each.scores}


def is_score(item: str, score: int) -> bool:
    """Whether that is an item of ours, or about a goal, and a score of it."""
    if item.startswith(GOAL):
        return _LINE_ID.fullmatch(item, len(GOAL)) is not None and score in REACHED
    return score in scales().get(item, range(0))
