"""What earlier sessions of a pair left over, to be offered when the next one is planned.

Topics that were parked or never had the floor, lines in the parking lot, questions that were never asked, action
items that are open. What a later session took into its agenda is that session's to leave again, or not; what was let
go is not offered any more. A topic that had the floor and was left open is not offered: it was discussed. Nor is a
line that was erased since, wherever it went on as a topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from rmsession.core.agenda import Agenda, Prompt, PromptKind, Topic
from rmsession.core.frozen import frozen
from rmsession.core.last_time import is_about_last_time
from rmsession.core.lists import ActionItem
from rmsession.core.record import erased_captures
from rmsession.core.review import actions_of
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus, Audience, Kind, Phase, Role, TopicState
from rmsession.core.text import UserText

MOST_SESSIONS = 12
"""So many sessions back something is offered; what lies longer was let go by not being missed."""
LINE_MINUTES = 5.0
"""The time-box of a parked line, or of a topic of which nobody knows how long it was to take."""


@frozen
class LeftLine:
    """A line in the parking lot of an earlier session."""

    capture: Capture
    since: str
    """The ISO date of that session."""

    @property
    def topic(self) -> Topic:
        """The line as a topic, with the line's own id."""
        return Topic(
            id=self.capture.id,
            title=UserText(" ".join(self.capture.content.text.raw.split())),
            minutes=LINE_MINUTES,
            private=not self.capture.shared,
            carried=self.since,
        )


@frozen
class Leftovers:
    """What is left of some sessions, the oldest first."""

    topics: tuple[Topic, ...] = ()
    """Each with the date of the session that left it last."""
    lines: tuple[LeftLine, ...] = ()
    questions: tuple[Prompt, ...] = ()
    actions: tuple[ActionItem, ...] = ()


@frozen
class Offer:
    """One thing that may be taken into the next session, or let go."""

    what: Topic | Prompt

    @property
    def id(self) -> str:
        """The id that it had where it was left."""
        return self.what.id

    @property
    def text(self) -> UserText:
        """What it says."""
        return self.what.title if isinstance(self.what, Topic) else self.what.text

    @property
    def since(self) -> str:
        """The ISO date of the session that left it."""
        return self.what.carried or ""

    @property
    def private(self) -> bool:
        """Whether its words are not shown unasked."""
        return isinstance(self.what, Topic) and self.what.private


def leftovers(sessions: Sequence[Session]) -> Leftovers:
    """What these sessions of one pair left, the newest of them last."""
    topics: dict[str, Topic] = {}
    lines: dict[str, LeftLine] = {}
    questions: dict[str, Prompt] = {}
    for session in sessions:
        if session.phase is Phase.READY:
            continue
        taken = {topic.id for topic in session.topics} | {prompt.id for prompt in session.prompts()}
        for each in taken | session.let_go:
            for pool in (topics, lines, questions):
                pool.pop(each, None)
        topics |= {each.id: each for each in _topics(session) if each.id not in session.let_go}
        lines |= {each.capture.id: each for each in _lines(session) if each.capture.id not in session.let_go}
        questions |= {each.id: each for each in _questions(session) if each.id not in session.let_go}
    actions = (each for session in sessions for each in actions_of(session) if each.status is ActionStatus.OPEN)
    return Leftovers(tuple(topics.values()), tuple(lines.values()), tuple(questions.values()), tuple(actions))


def offers(left: Leftovers, agenda: Agenda, role: Role) -> tuple[Offer, ...]:
    """What is offered for this agenda to somebody on this side of the pair: topics, lines, questions, newest first.

    What the agenda has of itself is not offered, nor what is private to the other side.
    """
    has = {topic.id for topic in agenda.topics} | {prompt.id for topic in agenda.topics for prompt in topic.prompts}
    mine = (Audience.SHARED, Audience(role.value))
    topics = [each for each in left.topics if role is Role.MENTOR or not each.private]
    lines = [each.topic for each in left.lines if each.capture.audience in mine]
    offered: tuple[Topic | Prompt, ...] = (*reversed(topics), *reversed(lines), *reversed(left.questions))
    return tuple(Offer(each) for each in offered if each.id not in has)


def day_of(session: Session) -> str:
    """The local date of a session, as ISO text; where nobody knows its zone, the date as it was written."""
    moment = session.started or session.record.created
    try:
        return moment.astimezone(ZoneInfo(session.record.zone)).date().isoformat()
    except (KeyError, ValueError, OSError, OverflowError):
        return moment.date().isoformat()


def since_words(carried: str, today: date) -> str:
    """``21 Nov``, with its year where that is another one; of what is no date, in a record from elsewhere, nothing."""
    try:
        day = date.fromisoformat(carried)
    except ValueError:
        return "earlier"
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b} {day.year:04}"


def _topics(session: Session) -> Iterator[Topic]:
    """Parked topics, and those that never had the floor; the closing minutes and last time's actions come anyway."""
    for topic in session.topics:
        if _is_left(session, topic):
            given = session.budgets.get(topic.id, 0.0) / 60
            minutes = topic.minutes or float(round(given)) or LINE_MINUTES
            yield replace(topic, minutes=minutes, line=0, carried=day_of(session))


def _is_left(session: Session, topic: Topic) -> bool:
    waits = session.state(topic.id) in (TopicState.PARKED, TopicState.TO_COME)
    comes_anyway = topic.protected or is_about_last_time(topic.title)
    return waits and not comes_anyway and topic.id not in erased_captures(session.record)


def _lines(session: Session) -> Iterable[LeftLine]:
    since = day_of(session)
    return (LeftLine(each, since) for each in session.standing(Kind.PARKED))


def _questions(session: Session) -> Iterator[Prompt]:
    """Questions that were not asked, but for those that come back with a whole topic; private ones stay private."""
    for topic in session.topics:
        if topic.private or _is_left(session, topic):
            continue
        for prompt in topic.prompts:
            if prompt.kind is PromptKind.QUESTION and prompt.id not in session.ticked:
                yield replace(prompt, line=0, carried=day_of(session))
