"""What a programme knows of a pair beside who it is: its wave, how it means to work, what it is to do for the business.

Apart from `rmsession.core.programme`, for a session needs to know who is in the room and none of this. Every value
says when it was `revised`: of two copies of one the later counts, so that a lead and a pair may both write.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from enum import Enum

from rmsession.core.frozen import frozen
from rmsession.core.terms import Role
from rmsession.core.text import UserText


class Objective(Enum):
    """The business goal that a pair works for."""

    CUSTOMERS = "reach new customers"
    WORKPLACE = "understand new workplace needs"
    RESULT = "improve the bottom line"
    OWN = "own words"


@frozen
class Profile:
    """Where somebody stands in the organisation."""

    person: str
    """The person's id."""
    role: UserText = field(default_factory=UserText)
    """What they do there: ``VP Claims``."""
    location: UserText = field(default_factory=UserText)
    """Where they work; the report counts places, it lists none."""
    level: UserText = field(default_factory=UserText)
    """How high, in the organisation's own words."""
    revised: datetime | None = None


@frozen
class KnownAs:
    """The ids that the programme lead's card gave a pair which was here before, under ids of its own."""

    pair: str
    mentor: str
    mentee: str


@frozen
class Rhythm:
    """How often a pair means to meet, and until when: as much as lists ask."""

    interval_days: int | None = None
    ended: date | None = None


@frozen
class Arrangement:
    """How a pair means to work; None and empty where nothing was said."""

    pair: str
    """The pair's id."""
    wave: UserText = field(default_factory=UserText)
    agenda_owner: Role | None = None
    """Who sets the agenda."""
    interval_days: int | None = None
    """Days from one session to the next."""
    sessions: int | None = None
    """How many are planned."""
    minutes: int | None = None
    """How long one is to take."""
    starts: date | None = None
    ends: date | None = None
    objective: Objective | None = None
    objective_words: UserText = field(default_factory=UserText)
    """The objective in the pair's own words."""
    ended: date | None = None
    """When it was over; None while it lasts."""
    early: bool = False
    """Whether it was ended before its time. Nobody is asked who wanted that, or why: either may go without a fault."""
    known_as: KnownAs | None = None
    revised: datetime | None = None

    @property
    def rhythm(self) -> Rhythm:
        """How often the pair means to meet, and until when."""
        return Rhythm(self.interval_days, self.ended)
