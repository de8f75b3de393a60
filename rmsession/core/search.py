"""What search finds: every captured line, title and topic as one document, and how a query goes through them.

`scan` looks at every document; an index must answer the same (`tests/store/test_search.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from rmsession.core.agenda import Topic
from rmsession.core.facts import Content, Kind
from rmsession.core.query import Found, Query, matches
from rmsession.core.session import ActionStatus, Capture, Session
from rmsession.core.text import UserText

MOST_HITS: Final = 200
"""So many hits are shown; a list that nobody reads to its end is better asked for again with one more word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One document that answers a query."""

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


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer to a query."""

    hits: tuple[Hit, ...] = ()
    """The best first, at most as many as were asked for."""
    total: int = 0
    """How many there are."""
    sessions: tuple[str, ...] = ()
    """Every session that has a hit, the newest first."""
    complete: bool = True
    """False when the question was called off before it was answered."""


Stop = Callable[[], bool]
"""Asked now and then while a search runs: whether nobody waits for its answer any more."""


def documents(session: Session, today: date) -> Iterator[tuple[Found, Hit]]:
    """Every document of a session: its title, its topics' titles, its captures that stand.

    `today` decides what is overdue.
    """
    record = session.record
    yield _document(session, None, None, record.agenda.title)
    for topic in session.topics:
        yield _document(session, topic, None, topic.title)
    for capture in session.standing():
        yield _document(session, session.topic_by_id(capture.topic), capture, capture.content.text, today)


def scan(
    sessions: Iterable[Session],
    query: Query,
    today: date,
    *,
    pair: str | None = None,
    private: bool = False,
    limit: int = MOST_HITS,
    stop: Stop | None = None,
) -> Findings:
    """What a search must find, by looking at every document."""
    hits: list[Hit] = []
    newest: dict[str, datetime] = {}
    for session in sessions:
        if stop and stop():
            return Findings(complete=False)
        if pair is not None and session.pair.id != pair:
            continue
        for found, hit in documents(session, today):
            if (private or not hit.private) and matches(query, found):
                newest[hit.session] = session.record.created
                hits.append(hit)
    hits.sort(key=lambda hit: (hit.wall, hit.session, hit.capture or "", hit.topic_id or ""), reverse=True)
    order = sorted(newest, key=lambda session: (newest[session], session), reverse=True)
    return Findings(tuple(hits[:limit]), len(hits), tuple(order))


def _document(
    session: Session, topic: Topic | None, capture: Capture | None, text: UserText, today: date | None = None
) -> tuple[Found, Hit]:
    record, pair = session.record, session.pair
    day = _day(session)
    shown = topic.title if topic and not topic.private else UserText()
    content = capture.content if capture else Content(text)
    private = not capture.shared if capture else bool(topic and topic.private)
    found = Found(
        text=text.raw,
        kind=capture.kind if capture else None,
        day=day,
        owner=content.owner.raw if content.owner else "",
        tags=content.tags,
        states=_states(capture, today) if capture and today else frozenset(),
        agenda=record.agenda.title.raw,
        topic=shown.raw,
        people=(pair.mentor.name.raw, pair.mentee.name.raw),
    )
    hit = Hit(
        session=record.id,
        pair=pair.id,
        capture=capture.id if capture else None,
        topic_id=topic.id if topic else None,
        kind=capture.kind if capture else None,
        text=text,
        owner=content.owner,
        due=content.due,
        tags=content.tags,
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
    return found, hit


def _day(session: Session) -> date:
    """The local date of the session; where its zone is none that anybody knows, the date as it was written."""
    moment = session.started or session.record.created
    try:
        return moment.astimezone(ZoneInfo(session.record.zone)).date()
    except (KeyError, ValueError, OSError, OverflowError):
        return moment.date()


def _states(capture: Capture, today: date) -> frozenset[str]:
    """Those of `rmsession.core.query.STATES` that hold."""
    states = set() if capture.shared else {"private"}
    if capture.kind is Kind.ACTION:
        states.add(capture.status.value)
        if capture.status is ActionStatus.OPEN and capture.content.due:
            states.add("due")
            # ISO dates compare as texts; what is no date is not overdue.
            if capture.content.due[:4].isdigit() and capture.content.due < today.isoformat():
                states.add("overdue")
    return frozenset(states)
