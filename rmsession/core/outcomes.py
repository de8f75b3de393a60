"""What a programme came to: steps in people's careers, and what changed in the business, each with where it is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date, datetime
from enum import Enum

from rmsession.core.frozen import frozen
from rmsession.core.terms import Role
from rmsession.core.text import UserText


class Step(Enum):
    """What became of somebody in the organisation."""

    PROMOTED = "promoted"
    RETAINED = "retained"
    """Still in the organisation."""


@frozen
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


@frozen
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


def same_said(milestones: Iterable[Milestone], said: Milestone) -> Milestone | None:
    """What says the same of the same person and day, whoever says so, and stands."""
    return next(
        (each for each in _others(milestones, said) if (each.happened, each.on) == (said.happened, said.on)), None
    )


def contradicted(milestones: Iterable[Milestone], said: Milestone) -> tuple[Milestone, ...]:
    """What stands and cannot be if this is so: that by a day somebody had not been promoted, who was by then."""
    if said.step is not Step.PROMOTED:
        return ()
    others = (each for each in _others(milestones, said) if each.happened != said.happened)
    pairs = ((each, each, said) if each.happened else (each, said, each) for each in others)
    return tuple(each for each, promoted, looked_up in pairs if promoted.on <= looked_up.on)


def _others(milestones: Iterable[Milestone], said: Milestone) -> Iterator[Milestone]:
    """What else stands of the same step of the same person."""
    return (
        each for each in milestones
        if not each.withdrawn and (each.person, each.step) == (said.person, said.step) and each.id != said.id
    )  # fmt: skip
