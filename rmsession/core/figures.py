"""What a session comes to in numbers: ids, dates, minutes, counts and scores, and not one word that anybody wrote.

Reports are made of these alone, here as well as from the files that pairs send: what is not in them cannot leave.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from rmsession.core.agenda import FeedbackKind, ident
from rmsession.core.curriculum import known_agenda, known_topic
from rmsession.core.facts import FeedbackGiven, FeedbackSkipped
from rmsession.core.feedback import Via
from rmsession.core.frozen import frozen
from rmsession.core.lists import Meeting
from rmsession.core.outcomes import Change
from rmsession.core.scored import SCORED, is_score
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus, Fate, Kind, Phase, Role, TopicState
from rmsession.core.zones import on_wall, zone_named

MOST_SECONDS: Final = 10_000_000.0
"""What no session takes; whatever says more says it by mistake."""


@frozen
class TopicFigures:
    """One topic's time."""

    topic: str
    """The id of a topic of the curriculum; empty for any other, whose id tells of its title."""
    planned_seconds: float
    """What it was given at the start; 0 for one that was added live."""
    taken_seconds: float
    state: TopicState


@frozen
class FormFigures:
    """One person's feedback form."""

    role: Role
    given: bool
    """False: the person chose not to fill it."""
    via: Via | None = None
    scores: tuple[tuple[str, int], ...] = ()
    """The id of each item that was answered by a score, and the score; no agenda's own question is among them."""

    def score(self, item: str) -> int | None:
        """What one item was answered with."""
        return next((score for name, score in self.scores if name == item), None)


@frozen
class ActionFigures:
    """One shared action item."""

    made: date
    due: date | None
    settled: date | None
    """When it was done, dropped or split."""
    status: ActionStatus
    carried: int
    """Into how many sessions."""


@frozen
class GoalScore:
    """A score that a goal was given in a session."""

    goal: str
    """The same for the same words; see `rmsession.core.telling`."""
    capture: str
    """The line that says it."""
    score: int | None


@frozen
class DateFigures:
    """A date that the pair agreed, and what became of it."""

    day: date
    fate: Fate | None


@frozen
class SessionFigures:
    """One session in numbers."""

    session: str
    pair: str
    mentor: str
    mentee: str
    """Ids of the pair and its people, as the programme lead knows them where a card said so."""
    agenda: str
    """The id of an agenda of the curriculum; empty for any other, whose id tells of its title."""
    feedback: FeedbackKind
    phase: Phase
    started: date | None
    ended: date | None
    """Local to the session's zone, as all dates here."""
    planned_seconds: float
    taken_seconds: float
    prepared: bool | None
    topics: tuple[TopicFigures, ...] = ()
    forms: tuple[FormFigures, ...] = ()
    actions: tuple[ActionFigures, ...] = ()
    goals: tuple[GoalScore, ...] = ()
    meetings: tuple[DateFigures, ...] = ()
    lines: tuple[tuple[Kind, int], ...] = ()
    """How many shared lines of each kind."""
    reviewed: int | None = None
    """How many of last time's open actions came to an outcome; None where none was open."""
    to_review: int = 0
    waited: tuple[tuple[str, bool], ...] = ()
    """The line of each of these, and whether it came to an outcome: whether it is shared, its own session says."""
    action_lines: tuple[str, ...] = ()
    """The line of each shared action item. No more than `waited` once a pair's figures were put together."""

    def form(self, role: Role) -> FormFigures | None:
        """The form of one side; None while nobody has said anything of it."""
        return next((each for each in self.forms if each.role is role), None)


@frozen
class PairFigures:
    """What one pair's laptop tells a programme lead."""

    pair: str
    mentor: str
    mentee: str
    made: datetime
    """As of when."""
    sessions: tuple[SessionFigures, ...] = ()
    """The earliest first."""
    changes: tuple[Change, ...] = ()
    """Of the business-change log, what both agreed to: the only words in it, written to be read."""


def figures_of(session: Session) -> SessionFigures:
    """A folded session in numbers: of what is shared alone."""
    record, pair = session.record, session.pair
    zone = zone_named(record.zone) or UTC
    agenda = known_agenda(record.agenda.id)
    waited = _waited(session)
    shared = [each for each in session.captures.values() if each.shared]
    return SessionFigures(
        session=record.id,
        pair=pair.id,
        mentor=pair.mentor.id,
        mentee=pair.mentee.id,
        agenda=agenda,
        feedback=record.agenda.feedback,
        phase=session.phase,
        started=_day(session.started, zone),
        ended=_day(session.ended, zone),
        planned_seconds=_seconds(sum(session.allotted.values())),
        taken_seconds=_seconds(session.run(session.last_at)),
        prepared=session.prepared,
        topics=_topics(session, agenda),
        forms=tuple(_form(role, form) for role, form in sorted(session.forms.items(), key=lambda each: each[0].value)),
        actions=tuple(_action(each, zone) for each in shared if each.kind is Kind.ACTION),
        goals=tuple(_goal(each) for each in shared if each.kind is Kind.GOAL),
        meetings=tuple(DateFigures(_met(each), each.fate) for each in session.meetings),
        lines=_lines(shared),
        reviewed=sum(done for _, done in waited) if waited else None,
        to_review=len(waited),
        waited=waited,
        action_lines=tuple(each.id for each in shared if each.kind is Kind.ACTION),
    )


def goal_key(capture: Capture) -> str:
    """What two lines about the same goal have in common: a digest of its words, but for case and spacing."""
    return ident("g", " ".join(capture.content.text.raw.casefold().split()))


def _topics(session: Session, agenda: str) -> tuple[TopicFigures, ...]:
    times = session.times(session.last_at)
    return tuple(
        TopicFigures(
            known_topic(agenda, topic.id),
            _seconds(session.allotted.get(topic.id, 0.0)),
            _seconds(times.get(topic.id, 0.0)),
            session.state(topic.id),
        )
        for topic in session.topics
        if not topic.private
    )


def _form(role: Role, form: FeedbackGiven | FeedbackSkipped) -> FormFigures:
    if isinstance(form, FeedbackSkipped):
        return FormFigures(role, given=False)
    scores = {each.item: each.score for each in form.answers if each.score is not None}
    return FormFigures(role, True, form.via, tuple(each for each in scores.items() if is_score(*each)))


def _action(capture: Capture, zone: tzinfo) -> ActionFigures:
    try:
        due = date.fromisoformat(capture.content.due) if capture.content.due else None
    except ValueError:
        due = None
    made, settled = on_wall(capture.wall, zone).date(), _day(capture.settled, zone)
    return ActionFigures(made, due, settled, capture.status, len(capture.carries))


def _goal(capture: Capture) -> GoalScore:
    score = capture.content.score
    return GoalScore(goal_key(capture), capture.id, score if score in SCORED else None)


def _waited(session: Session) -> tuple[tuple[str, bool], ...]:
    actions = session.last_time.actions if session.last_time else ()
    return tuple({each.capture: each.capture in session.reviewed for each in actions}.items())


def _lines(shared: Iterable[Capture]) -> tuple[tuple[Kind, int], ...]:
    counts: dict[Kind, int] = {}
    for each in shared:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    return tuple((kind, counts[kind]) for kind in Kind if kind in counts)


def _met(meeting: Meeting) -> date:
    return on_wall(meeting.when, zone_named(meeting.zone)).date()


def _seconds(number: float) -> float:
    return float(min(number, MOST_SECONDS)) if number > 0 else 0.0  # also for what is no number


def _day(moment: datetime | None, zone: tzinfo) -> date | None:
    return on_wall(moment, zone).date() if moment else None
