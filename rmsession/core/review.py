"""Read models: what people look at afterwards, each a function of a folded session."""

from __future__ import annotations

from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.lists import ActionItem, Summary
from rmsession.core.record import Record
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus, Audience, Kind
from rmsession.core.text import UserText


def summarise(record: Record) -> Summary:
    """A record as one line of a list."""
    return summary_of(session_of(record))


def summary_of(session: Session) -> Summary:
    """A folded session as one line of a list."""
    record = session.record
    topic = session.topic
    shared = [each for each in session.captures.values() if each.shared]
    actions = [each for each in shared if each.kind is Kind.ACTION]
    return Summary(
        id=record.id,
        pair=session.pair.id,
        agenda=record.agenda.id,
        title=record.agenda.title,
        mentor=session.pair.mentor.name,
        mentee=session.pair.mentee.name,
        created=record.created,
        started=session.started,
        ended=session.ended,
        phase=session.phase.value,
        topic=topic.title if topic and not topic.private else UserText(),
        planned_seconds=sum(session.allotted.values()),
        spent_seconds=session.run(session.last_at),
        notes=len(shared) - len(actions),
        actions=len(actions),
        open_actions=sum(each.is_open_action for each in actions),
        pending=session.pending(),
        next_date=session.next_date.when if session.next_date else None,
        meetings=session.meetings,
    )


def open_actions_of(record: Record) -> tuple[ActionItem, ...]:
    """The action items of one session that wait to be done, in the order of capture."""
    return tuple(each for each in actions_of(session_of(record)) if each.status is ActionStatus.OPEN)


def actions_of(session: Session) -> tuple[ActionItem, ...]:
    """The action items of a folded session, open and settled ones, in the order of capture."""
    return tuple(_action_item(session, each) for each in session.standing(Kind.ACTION))


def _action_item(session: Session, capture: Capture) -> ActionItem:
    topic = session.topic_by_id(capture.topic)
    why = capture.reason or (capture.carries[-1].reason if capture.carries else capture.reason)
    return ActionItem(
        session=session.record.id,
        capture=capture.id,
        pair=session.pair.id,
        text=capture.content.text,
        owner=capture.content.owner,
        due=capture.content.due,
        when=capture.wall,
        private=capture.audience is not Audience.SHARED,
        topic=topic.title if topic and not topic.private else UserText(),
        at=capture.at,
        status=capture.status,
        settled=capture.settled,
        reason=why,
        carried=len(capture.carries),
        confidence=capture.content.confidence,
        title=session.record.agenda.title,
        tags=capture.content.tags,
    )


@frozen
class TopicTime:
    """Planned against spent for one topic."""

    topic: str
    title: UserText
    planned_seconds: float
    """What it was given at the start; 0 for a topic added live."""
    spent_seconds: float
    state: str
    """A `TopicState` value."""
    private: bool = False


def topic_times(session: Session, at: float) -> tuple[TopicTime, ...]:
    """Every topic in its present order, with what it was given and what it took."""
    times = session.times(at)
    return tuple(
        TopicTime(
            topic.id,
            topic.title,
            session.allotted.get(topic.id, 0.0),
            times.get(topic.id, 0.0),
            session.state(topic.id).value,
            topic.private,
        )
        for topic in session.topics
    )
