"""Ahead or behind, when it will end, and what must shrink for the closing minutes to hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import ceil

from rmsession.core.agenda import Agenda
from rmsession.core.facts import Allotment, Fitted
from rmsession.core.session import Session, TopicState

DEFAULT_MINUTES = 45.0
"""A session's length where neither the agenda nor the mentor says one."""
LEAST_MINUTES = 3.0
"""What `propose_fit` leaves a topic at least; below that it is parked instead."""
_SOON, _LAST = 0.20, 0.05


class Level(Enum):
    """How near a time-box is to its end."""

    CALM = "calm"
    SOON = "soon"
    LAST = "last"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Pace:
    """How a session stands against its plan; seconds unless said otherwise."""

    topic_spent: float
    topic_budget: float
    level: Level
    spent: float
    planned: float
    """What all topics were given at the start."""
    behind: float
    """How much longer than planned it will have run; negative is ahead."""
    ends: datetime
    """The projected end, in the zone of the moment asked with."""
    over: float | None
    """How far the projected end lies behind the time it must end by; None with an open end."""
    protected: float
    """What the protected closing minutes still need."""

    @property
    def topic_left(self) -> float:
        """Seconds left in the topic's time-box; negative once it is overrun."""
        return self.topic_budget - self.topic_spent


def pace(session: Session, at: float, wall: datetime) -> Pace:
    """How the session stands at this moment."""
    current = session.current or ""
    budget, spent = session.budgets.get(current, 0.0), session.spent(current, at)
    to_come = _to_come(session, at)
    run, planned = session.run(at), sum(session.allotted.values())
    ends = wall + timedelta(seconds=sum(to_come.values()))
    return Pace(
        topic_spent=spent,
        topic_budget=budget,
        level=level(budget, budget - spent),
        spent=run,
        planned=planned,
        behind=run + sum(to_come.values()) - planned,
        ends=ends,
        over=(ends - session.must_end).total_seconds() if session.must_end else None,
        protected=sum(to_come.get(topic.id, 0.0) for topic in session.topics if topic.protected),
    )


def level(budget: float, left: float) -> Level:
    """How near the end `left` of `budget` seconds is."""
    if left <= 0:
        return Level.OVER
    if left <= _LAST * budget:
        return Level.LAST
    return Level.SOON if left <= _SOON * budget else Level.CALM


def allot(agenda: Agenda, duration_minutes: float | None) -> tuple[Allotment, ...]:
    """Seconds for each topic: what the agenda states, and an equal share of what is left for the others."""
    stated = sum(topic.minutes or 0.0 for topic in agenda.topics)
    untimed = sum(topic.minutes is None for topic in agenda.topics)
    whole = duration_minutes or agenda.stated_minutes or (stated or DEFAULT_MINUTES)
    share = max(whole - stated, untimed * 1.0) / untimed if untimed else 0.0
    return tuple(
        Allotment(topic.id, round((share if topic.minutes is None else topic.minutes) * 60)) for topic in agenda.topics
    )


def propose_fit(session: Session, at: float, wall: datetime) -> Fitted:
    """Which topics to shorten, or else to park, so that the session ends on time with its closing whole.

    First every topic that is not protected gives time in proportion to what it has left, down to
    `LEAST_MINUTES`; if that is not enough, topics are parked from the last one to come.
    """
    over = pace(session, at, wall).over
    if over is None or over <= 0:
        return Fitted()
    left = _to_come(session, at)
    givers = {topic.id: left[topic.id] for topic in session.topics if topic.id in left and not topic.protected}
    parked: list[str] = []
    while True:
        spare = {topic: max(seconds - LEAST_MINUTES * 60, 0.0) for topic, seconds in givers.items()}
        last = next((topic for topic in reversed(givers) if topic != session.current), None)
        if over <= sum(spare.values()) or last is None:
            break
        over -= givers.pop(last)
        parked.append(last)
    return Fitted(_taken(spare, max(over, 0.0)), tuple(parked))


def _taken(spare: dict[str, float], over: float) -> tuple[Allotment, ...]:
    """Whole minutes from each topic until `over` seconds are covered or nothing is left to take."""
    whole = sum(spare.values())
    taken = []
    for topic, seconds in spare.items():
        if over <= 0 or whole <= 0:
            break
        share = min(ceil(over * seconds / whole / 60) * 60.0, seconds)
        whole -= seconds
        over -= share
        if share > 0:
            taken.append(Allotment(topic, -share))
    return tuple(taken)


def _to_come(session: Session, at: float) -> dict[str, float]:
    """Seconds that the current topic and those to come still have, in order; an overrun counts as none."""
    waiting = (TopicState.NOW, TopicState.TO_COME, TopicState.OPEN)
    current = session.place(session.current)
    return {
        topic.id: max(session.remaining(topic.id, at), 0.0)
        for place, topic in enumerate(session.topics)
        if session.state(topic.id) in waiting and place >= current
    }
