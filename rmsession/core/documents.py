"""What search goes through: every captured line, every title of a session and of a topic as one document."""

# ruff: noqa: PLC0415 - loaded where it is used: lists and the first paint need none of it

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from rmsession.core.frozen import frozen
from rmsession.core.query_match import Found
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText

if TYPE_CHECKING:
    # An index that is up to date answers a search without any session.
    from rmsession.core.agenda import Topic
    from rmsession.core.session import Capture, Session


@frozen
class Hit:
    """One document, as search shows it."""

    session: str
    pair: str
    capture: str | None
    """None: the session's title, or the title of `topic_id`."""
    topic_id: str | None
    kind: Kind | None
    text: UserText
    owner: UserText | None
    due: str | None
    tags: tuple[str, ...]
    goals: tuple[str, ...]
    title: UserText
    """The agenda's."""
    topic: UserText
    """The topic's title; empty when that is private and private lines were not asked for."""
    mentor: UserText
    mentee: UserText
    day: date
    """The local date of the session."""
    wall: datetime
    """When it was captured; of a title, when the session was made."""
    at: float | None
    """Session seconds."""
    status: ActionStatus
    private: bool


def documents(session: Session) -> Iterator[Hit]:
    """Every document of a session: its title, its topics' titles, its captures that stand."""
    day = _day(session)
    yield _document(session, day, None, None, session.record.agenda.title)
    for topic in session.topics:
        yield _document(session, day, topic, None, topic.title)
    for capture in session.standing():
        yield _document(session, day, session.topic_by_id(capture.topic), capture, capture.content.text)


def found_of(hit: Hit, today: date) -> Found:
    """A document as a query looks at it; `today` decides what is overdue."""
    return Found(
        text=hit.text.raw,
        kind=hit.kind,
        day=hit.day,
        owner=hit.owner.raw if hit.owner else "",
        tags=hit.tags,
        goals=goals_named(hit),
        states=_states(hit, today),
        agenda=hit.title.raw,
        topic=hit.topic.raw,
        people=(hit.mentor.raw, hit.mentee.raw),
    )


def goals_named(hit: Hit) -> tuple[str, ...]:
    """The goals that a document names: those it is marked with, and a goal itself by what it says."""
    return (*hit.goals, hit.text.raw) if hit.kind is Kind.GOAL else hit.goals


def _document(session: Session, day: date, topic: Topic | None, capture: Capture | None, text: UserText) -> Hit:
    record, pair = session.record, session.pair
    shown = topic.title if topic and not topic.private else UserText()
    content = capture.content if capture else None
    private = not capture.shared if capture else bool(topic and topic.private)
    return Hit(
        session=record.id,
        pair=pair.id,
        capture=capture.id if capture else None,
        topic_id=topic.id if topic else None,
        kind=capture.kind if capture else None,
        text=text,
        owner=content.owner if content else None,
        due=content.due if content else None,
        tags=content.tags if content else (),
        goals=content.goals if content else (),
        title=record.agenda.title,
        topic=shown,
        mentor=pair.mentor.name,
        mentee=pair.mentee.name,
        day=day,
        wall=capture.wall if capture else record.created,
        at=capture.at if capture else None,
        status=capture.status if capture else ActionStatus.OPEN,
        private=private,
    )


def _day(session: Session) -> date:
    """The local date of the session; where its zone is none that anybody knows, the date as it was written."""
    # Only here: whoever reads hits needs no zones.
    from zoneinfo import ZoneInfo

    moment = session.started or session.record.created
    try:
        return moment.astimezone(ZoneInfo(session.record.zone)).date()
    except (KeyError, ValueError, OSError, OverflowError):
        return moment.date()


def _states(hit: Hit, today: date) -> frozenset[str]:
    """Those of `rmsession.core.query.STATES` that hold of a captured line."""
    states = {"private"} if hit.private and hit.capture is not None else set()
    if hit.kind is Kind.ACTION:
        states.add(hit.status.value)
        if hit.status is ActionStatus.OPEN and hit.due:
            states.add("due")
            # ISO dates compare as texts; what is no date is not overdue.
            if hit.due[:4].isdigit() and hit.due < today.isoformat():
                states.add("overdue")
    return frozenset(states)
