"""The feedback form: its items, the answers, and what counts as answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rmsession.core.text import UserText


class Visibility(Enum):
    """Who sees a person's answers, as that person chose on the form."""

    BOTH = "both"
    COUNTS = "counts"
    """The other person sees only how many items were answered; the figures count them."""


class Via(Enum):
    """How an answer came in."""

    SCREEN = "screen"
    PASTED = "pasted"
    """Sent as text and pasted back by the other person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said to one item; all None is a skipped item."""

    item: str
    score: int | None = None
    """A point of the item's scale."""
    text: UserText | None = None
