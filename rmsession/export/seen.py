"""What of a session may be seen in an export: the same choice for every format."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core.agenda import PromptKind, Topic
from rmsession.core.frozen import frozen
from rmsession.core.session import Capture, Session
from rmsession.core.stand_ins import PRIVATE_TITLE
from rmsession.core.terms import Phase
from rmsession.core.text import UserText

NOT_STARTED = "not started"
"""The state of every topic before the session began."""
UNTITLED = UserText("Untitled")
"""What stands for a title that nobody wrote."""


@frozen
class TopicSeen:
    """One topic of the session as it may leave, in its present order."""

    id: str
    title: UserText
    minutes: float | None
    """The time-box as the agenda states it."""
    planned_seconds: float | None
    """What it was given at the start; None for a topic added live, and before the start."""
    taken_seconds: float
    state: str
    """A `TopicState` value; `NOT_STARTED` before the session was."""
    private: bool
    off_record: bool
    ticked: tuple[UserText, ...]
    """The prompts that were ticked and are no private ones."""
    carried: str | None
    """The ISO date of the earlier session that left it undone."""


def captures_seen(session: Session, *, private: bool) -> list[Capture]:
    """The captures that stand, in the order of capture: the shared ones, or all."""
    return [each for each in session.standing() if private or each.shared]


def topics_seen(session: Session, *, private: bool) -> Iterator[TopicSeen]:
    """Every topic, without the title and the prompts of those that are not to be seen."""
    times = session.times(session.last_at)
    begun = session.phase is not Phase.READY
    for topic in session.topics:
        hidden = topic.private and not private
        yield TopicSeen(
            id=topic.id,
            title=PRIVATE_TITLE if hidden else topic.title if topic.title.line.strip() else UNTITLED,
            minutes=topic.minutes,
            planned_seconds=session.allotted.get(topic.id),
            taken_seconds=times.get(topic.id, 0.0),
            state=session.state(topic.id).value if begun else NOT_STARTED,
            private=topic.private,
            off_record=topic.off_record,
            ticked=() if hidden or topic.off_record else _ticked(session, topic),
            carried=topic.carried,
        )


def title_of(session: Session, topic: str | None, *, private: bool) -> UserText:
    """The title under which a capture stands; empty without a topic."""
    found = session.topic_by_id(topic)
    if found is None:
        return UserText()
    return PRIVATE_TITLE if found.private and not private else found.title


def _ticked(session: Session, topic: Topic) -> tuple[UserText, ...]:
    return tuple(
        each.text for each in topic.prompts if each.id in session.ticked and each.kind is not PromptKind.PRIVATE
    )
