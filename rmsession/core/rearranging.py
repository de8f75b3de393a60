"""What requests about the topics and their time-boxes come to: more minutes, another order, the parking lot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.agenda import Topic, ident
from rmsession.core.commands import Command
from rmsession.core.corrections import OFF_RECORD
from rmsession.core.decision import Answer, Decision, Refusal
from rmsession.core.looking_back import waiting
from rmsession.core.pace import MOST_MINUTES
from rmsession.core.session import Session
from rmsession.core.terms import TopicState


def _extend(session: Session, command: asked.Extend, _: object) -> Answer:
    topic = command.topic or session.current
    if topic is None or session.topic_by_id(topic) is None:
        return Refusal("There is no such topic.")
    if not 0 < abs(command.minutes) <= MOST_MINUTES:
        return Refusal("Type the minutes, such as /+5 or /-2.")
    seconds = max(command.minutes * 60, -session.budgets.get(topic, 0.0))
    return (
        Decision(happened.Extended(topic, seconds)) if seconds else Refusal("This topic has no minutes left to take.")
    )


def _park(session: Session, command: asked.Park, _: object) -> Answer:
    topic = session.topic_by_id(command.topic or session.current)
    if topic is None:
        return Refusal("There is no such topic.")
    if session.state(topic.id) in (TopicState.PARKED, TopicState.DONE):
        return Refusal(f"That topic is {session.state(topic.id).value}.")
    if topic.protected:
        return Refusal("The closing minutes are protected and cannot be parked.")
    if topic.id != session.current:
        return Decision(happened.TopicParked(topic.id))
    return waiting(session) or _park_current(session, topic)


def _park_current(session: Session, topic: Topic) -> Answer:
    then = session.following(topic.id) or session.preceding(topic.id)
    if then is None:
        return Refusal("The only topic cannot be parked: /close goes to the closing.")
    return Decision(happened.TopicParked(topic.id, then.id))


def _unpark(session: Session, command: asked.Unpark, _: object) -> Answer:
    if command.topic not in session.parked:
        return Refusal("That topic is not parked.")
    return Decision(happened.TopicUnparked(command.topic))


def _move(session: Session, command: asked.Move, _: object) -> Answer:
    free = [topic.id for topic in session.topics if session.state(topic.id) is TopicState.TO_COME]
    if command.topic not in free:
        return Refusal("Only a topic that is to come can be moved.")
    place = free.index(command.topic)
    other = place + command.by
    if not 0 <= other < len(free) or other == place:
        return Refusal("It cannot be moved further.")
    moved = [topic for topic in free if topic != command.topic]
    moved.insert(other, command.topic)
    # Only the places of what is to come change hands; everything else stays where it is.
    hands = iter(moved)
    order = tuple(next(hands) if topic.id in free else topic.id for topic in session.topics)
    return Decision(happened.Reordered(order))


def _add_topic(session: Session, command: asked.AddTopic, _: object) -> Answer:
    if session.off_record:
        return Refusal(OFF_RECORD)
    if not command.title:
        return Refusal("Type a title: /topic Password managers 10")
    if not 0 < command.minutes <= MOST_MINUTES:
        return Refusal("A time-box is between 1 minute and a day.")
    topic = Topic(
        id=ident("t", command.title.raw, session.record.id, str(len(session.facts))),
        title=command.title,
        minutes=command.minutes,
        private=command.private,
    )
    return Decision(happened.TopicAdded(topic, command.minutes * 60, session.current))


def _accept_fit(session: Session, command: asked.AcceptFit, _: object) -> Answer:
    fit = command.fit
    if not fit.shortened and not fit.parked:
        return Refusal("Nothing needs to shrink: the closing minutes hold.")
    unfinished = (TopicState.NOW, TopicState.TO_COME, TopicState.OPEN)
    free = {topic.id for topic in session.topics if not topic.protected and session.state(topic.id) in unfinished}
    takes = all(-MOST_MINUTES * 60 <= each.seconds < 0 and each.topic in free for each in fit.shortened)
    if not takes or not free - {session.current} >= set(fit.parked):
        return Refusal("The topics have changed since: ask for /fit again.")
    return Decision(fit)


REARRANGING: dict[type[Command], Callable[[Session, Any, object], Answer]] = {
    asked.Extend: _extend,
    asked.Park: _park,
    asked.Unpark: _unpark,
    asked.Move: _move,
    asked.AddTopic: _add_topic,
    asked.AcceptFit: _accept_fit,
}
"""The decision for each of these requests; the last argument, the moment, does not matter to any."""
