"""The closed sets that facts, sessions, lists and searches share, apart from them: a list needs the words alone."""

from __future__ import annotations

from enum import Enum
from typing import Final

MOST_HITS: Final = 200
"""So many hits are shown; a list that nobody reads to its end is better asked for again with one more word."""


class Role(Enum):
    """Which side of the pair someone is on."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class Audience(Enum):
    """Who may see a fact; anything but SHARED never leaves unasked."""

    SHARED = "shared"
    MENTOR = "mentor"
    MENTEE = "mentee"


class Kind(Enum):
    """What a captured line is."""

    NOTE = "note"
    ACTION = "action"
    QUESTION = "question"
    IDEA = "idea"
    DECISION = "decision"
    GOAL = "goal"
    RATING = "rating"
    """A self-rating: a subject and a score."""
    PARKED = "parked"
    """Something for the parking lot that is no topic of the agenda."""


class Outcome(Enum):
    """What became of an action item when the pair looked at it again."""

    DONE = "done"
    CARRIED = "carried"
    DROPPED = "dropped"
    SPLIT = "split"


class Fate(Enum):
    """What became of a date that the pair had agreed."""

    HELD = "held"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Phase(Enum):
    """Where a session is in its course."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSING = "closing"
    ENDED = "ended"


class TopicState(Enum):
    """Where a topic is in the session."""

    TO_COME = "to come"
    NOW = "now"
    DONE = "done"
    OPEN = "left open"
    """Begun and left without being finished."""
    PARKED = "parked"


class ActionStatus(Enum):
    """What became of an action item."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    SPLIT = "split"
    """Smaller ones took its place."""
