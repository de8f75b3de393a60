"""Ahead or behind, when it will end, and what must shrink for the closing minutes to hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from enum import Enum
from math import ceil, isfinite

from rmsession.core.agenda import Agenda
from rmsession.core.facts import Allotment, Fitted
from rmsession.core.frozen import frozen
from rmsession.core.session import Session
from rmsession.core.terms import TopicState

DEFAULT_MINUTES = 45.0
"""A session's length where neither the agenda nor the mentor says one."""
LEAST_MINUTES = 3.0
"""What `propose_fit` leaves a topic at least; below that it is parked instead."""
LEAST_SHARE_MINUTES = 1.0
"""What a topic without a time-box gets even when the others leave nothing."""
MOST_MINUTES = 24 * 60.0
"""No session, time-box, extension or pause is longer than a day."""
_FAR_SECONDS = 366 * 24 * 3600.0
_SOON, _LAST = 0.20, 0.05


class Level(Enum):
    """How near a time-box is to its end."""

    CALM = "calm"
    SOON = "soon"
    LAST = "last"
    OVER = "over"


@frozen
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
    left = sum(to_come.values())
    run, planned = session.run(at), sum(session.allotted.values())
    # By way of UTC: local times in one zone are added and subtracted as if summer time never began or ended.
    ends = wall.astimezone(UTC) + timedelta(seconds=min(left, _FAR_SECONDS))
    return Pace(
        topic_spent=spent,
        topic_budget=budget,
        level=level(budget, budget - spent),
        spent=run,
        planned=planned,
        behind=run + left - planned,
        ends=ends.astimezone(wall.tzinfo),
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
    whole = duration_minutes or agenda.stated_minutes or stated or DEFAULT_MINUTES
    share = max((whole - stated) / untimed, LEAST_SHARE_MINUTES) if untimed else 0.0
    return tuple(
        Allotment(topic.id, round(_possible(share if topic.minutes is None else topic.minutes) * 60))
        for topic in agenda.topics
    )


def _possible(minutes: float) -> float:
    """Any text can be an agenda, and claim minutes that nobody has."""
    return min(max(minutes, 0.0), MOST_MINUTES) if isfinite(minutes) else 0.0


def propose_fit(session: Session, at: float, wall: datetime) -> Fitted:
    """Which topics to shorten, or else to park, so that the session ends on time with its closing whole.

    First every topic that is not protected gives time in proportion to what it has left, down to
    `LEAST_MINUTES`; if that is not enough, topics are parked from the last one to come.
    """
    over = pace(session, at, wall).over
    if over is None or over <= 0:
        return Fitted()
    left = _to_come(session, at)
    protected = {topic.id for topic in session.topics if topic.protected}
    givers = {topic: seconds for topic, seconds in left.items() if seconds > 0 and topic not in protected}
    parked = _to_park(givers, over, session.current)
    over -= sum(givers[topic] for topic in parked)
    return Fitted(_taken(_spare(givers, parked), over), parked)


def _to_park(givers: dict[str, float], over: float, current: str | None) -> tuple[str, ...]:
    """The topics that must go because shortening alone does not cover `over` seconds."""

    def short(parked: list[str]) -> bool:
        return over > sum(givers[topic] for topic in parked) + sum(_spare(givers, parked).values())

    parked: list[str] = []
    for topic in reversed(givers):
        if topic != current and short(parked):
            parked.append(topic)
    for topic in tuple(parked):
        # A long topic parked later may have made room for the short ones parked before it.
        others = [other for other in parked if other != topic]
        parked = parked if short(others) else others
    return tuple(parked)


def _spare(givers: dict[str, float], parked: Collection[str]) -> dict[str, float]:
    """What each topic that is not parked can give and still be worth turning to."""
    return {topic: max(left - LEAST_MINUTES * 60, 0.0) for topic, left in givers.items() if topic not in parked}


def _taken(spare: dict[str, float], over: float) -> tuple[Allotment, ...]:
    """Whole minutes from each topic until `over` seconds are covered or nothing is left to take."""
    whole = sum(spare.values())
    taken = []
    for topic, seconds in spare.items():
        if over <= 0 or whole <= 0:
            break
        # Without the rounding, a billionth of a second too much costs a whole minute.
        share = min(ceil(round(over * seconds / whole / 60, 6)) * 60.0, seconds)
        whole -= seconds
        over -= share
        if share > 0:
            taken.append(Allotment(topic, -share))
    return tuple(taken)


def _to_come(session: Session, at: float) -> dict[str, float]:
    """Seconds that the current topic and those to come still have, in order; an overrun counts as none."""
    waiting = (TopicState.NOW, TopicState.TO_COME, TopicState.OPEN)
    current, times = session.place(session.current), session.times(at)
    return {
        topic.id: max(session.budgets.get(topic.id, 0.0) - times.get(topic.id, 0.0), 0.0)
        for place, topic in enumerate(session.topics)
        if session.state(topic.id) in waiting and place >= current
    }
