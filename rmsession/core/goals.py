"""The goals of a pair: named and scored in its sessions, the same words being the same goal, and kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Final

from rmsession.core.documents import Hit
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Visibility
from rmsession.core.frozen import frozen
from rmsession.core.scored import GOAL, is_score
from rmsession.core.session import Session
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.core.zones import on_wall, zone_named

MOST_ASKED: Final = 10
"""Goals that a form asks about, those named last: a form is filled in under a minute."""
EARLIER: Final = UserText("one of an earlier session")
"""What a goal is called whose words stand in another record."""


@frozen
class Named:
    """A goal as a form asks about it."""

    id: str
    """The first line about it."""
    text: UserText


@frozen
class Reached:
    """How far one of the two says that a goal was reached, 0 as expected."""

    role: Role
    score: int
    day: date


@frozen
class Goal:
    """One goal over a pair's sessions."""

    id: str
    """The first line about it."""
    text: UserText
    """As it was first put."""
    day: date
    """When that was."""
    start: int | None
    """The first score that it was given; None while nobody gave it one."""
    now: int | None
    """The latest one."""
    when: date | None
    """When that was given."""
    reached: tuple[Reached, ...] = ()
    """What each last said on a form that both may see."""


def goals_of(sessions: Iterable[Session]) -> tuple[Goal, ...]:
    """The shared goals of one pair's sessions, in the order in which they were first named."""
    found: dict[str, Goal] = {}
    key_of_line: dict[str, str] = {}
    ordered = sorted(sessions, key=lambda each: (_begun(each), each.record.id))
    for session in ordered:
        day = _day(session)
        for line in (each for each in session.standing(Kind.GOAL) if each.shared):
            key, score = same_words(line.content.text), line.content.score
            key_of_line[line.id] = key
            known = found.get(key) or Goal(line.id, line.content.text, day, None, None, None)
            found[key] = known if score is None else _scored(known, score, day)
    reached: dict[str, dict[Role, Reached]] = {key: {} for key in found}
    for session in ordered:
        for role, answer in _answers(session):
            about = key_of_line.get(answer.item.removeprefix(GOAL))
            if about is not None and answer.score is not None:
                reached[about][role] = Reached(role, answer.score, _day(session))
    return tuple(_with_reached(goal, reached[key]) for key, goal in found.items())


def named_in(hits: Iterable[Hit], before: Session) -> tuple[Named, ...]:
    """The goals that the pair's other sessions named before this one, of the lines that search finds of them."""
    found: dict[str, Named] = {}
    latest: dict[str, datetime] = {}
    lines = (
        each for each in hits
        if each.kind is Kind.GOAL and not each.private and each.pair == before.pair.id
        and each.session != before.record.id and each.wall < before.record.created
    )  # fmt: skip
    for line in sorted(lines, key=lambda each: (each.wall, each.session, each.capture or "")):
        key = same_words(line.text)
        found.setdefault(key, Named(line.capture or "", line.text))
        latest[key] = line.wall
    last = sorted(found, key=lambda key: latest[key])[-MOST_ASKED:]
    return tuple(goal for key, goal in found.items() if key in last)


def asked_about(session: Session, earlier: Sequence[Named] = ()) -> tuple[Named, ...]:
    """The goals that the session's forms ask about: those of earlier sessions, and what this one named first.

    A goal that one of the two keeps to themselves is not put before the other.
    """
    asked = {each.id if each.text is EARLIER else same_words(each.text): each for each in earlier}
    for line in (each for each in session.standing(Kind.GOAL) if each.shared):
        asked.setdefault(same_words(line.content.text), Named(line.id, line.content.text))
    return tuple(asked.values())


def of_earlier_sessions(session: Session, answers: Iterable[Answer]) -> tuple[Named, ...]:
    """The goals that were answered to and are no line of this record, without their words."""
    ids = (each.item.removeprefix(GOAL) for each in answers if each.score is not None and each.item.startswith(GOAL))
    return tuple(Named(each, EARLIER) for each in dict.fromkeys(ids) if each not in session.captures)


def same_words(text: UserText) -> str:
    """What two goals have in common that are the same but for case and spacing."""
    return " ".join(text.raw.casefold().split())


def _scored(goal: Goal, score: int, day: date) -> Goal:
    start = score if goal.start is None else goal.start
    return Goal(goal.id, goal.text, goal.day, start, score, day)


def _with_reached(goal: Goal, reached: dict[Role, Reached]) -> Goal:
    each = tuple(reached[role] for role in Role if role in reached)
    return Goal(goal.id, goal.text, goal.day, goal.start, goal.now, goal.when, each)


def _answers(session: Session) -> Iterable[tuple[Role, Answer]]:
    for role, form in session.forms.items():
        if isinstance(form, FeedbackGiven) and form.visibility is Visibility.BOTH:
            for answer in form.answers:
                if answer.item.startswith(GOAL) and answer.score is not None and is_score(answer.item, answer.score):
                    yield role, answer


def _begun(session: Session) -> datetime:
    return on_wall(session.started or session.record.created, UTC)


def _day(session: Session) -> date:
    return on_wall(session.started or session.record.created, zone_named(session.record.zone)).date()
