"""What a programme came to: steps in people's careers, and what changed in the business, each with where it is from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from rmsession.core.terms import Role
from rmsession.core.text import UserText


class Step(Enum):
    """What became of somebody in the organisation."""

    PROMOTED = "promoted"
    RETAINED = "retained"
    """Still in the organisation."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """What is known of somebody's career, as of a day: that a step happened, or that by then it had not."""

    id: str
    person: str
    """The person's id."""
    step: Step
    happened: bool
    on: date
    """When it happened; of what had not happened, the day on which that was looked up."""
    source: UserText = field(default_factory=UserText)
    """Who or what says so."""
    withdrawn: bool = False
    """Whether it was taken back as wrong."""
    revised: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the business-change log: written for the report, and shown in it once both of the pair agreed."""

    id: str
    pair: str
    on: date
    idea: UserText
    """What was suggested in a session."""
    answer: UserText = field(default_factory=UserText)
    """What the leader said to it."""
    changed: UserText = field(default_factory=UserText)
    """What is different now: an updated policy, say."""
    session: str | None = None
    """The session in which the idea came up."""
    capture: str | None = None
    """The captured line that it was."""
    agreed: tuple[Role, ...] = ()
    """Who agreed to these words; other words are to be agreed anew."""
    withdrawn: bool = False
    revised: datetime | None = None

    @property
    def for_report(self) -> bool:
        """Whether it may leave: both agreed to it, and it stands."""
        return not self.withdrawn and set(self.agreed) == set(Role)
