"""What generated sessions say of the actions of those before them, in both records as the program does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import timedelta

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.between import ActionRef
from rmsession.core.facts import Content
from rmsession.core.frozen import frozen
from rmsession.core.session import Capture
from rmsession.core.terms import Kind, Outcome
from rmsession.core.text import UserText
from rmsession.demo.course import Course


@frozen
class Waiting:
    """An action item that is open when the pair meets again."""

    course: Course
    """The session that it is of."""
    action: Capture

    @property
    def ref(self) -> ActionRef:
        """What other sessions call it."""
        return ActionRef(self.course.session.record.id, self.action.id)


@frozen
class Fate:
    """What an action item came to, and what goes with that."""

    outcome: Outcome
    reason: UserText = field(default_factory=UserText)
    """Why it was carried or dropped."""
    parts: tuple[Content, ...] = ()
    """The smaller ones that took its place."""


def open_last_time(before: Sequence[Course], course: Course, most: int) -> tuple[Waiting, ...]:
    """Say in a session that was just begun what is open of those before: of more than `most`, the latest."""
    every = [Waiting(each, action) for each in before for action in each.session.standing(Kind.ACTION)]
    waiting = tuple([each for each in every if each.action.is_open_action][-most:])
    topic = next((each for each in course.session.topics if "last time" in each.title.raw.casefold()), None)
    first = course.session.topics[0]
    course.do(between.OpenLastTime((topic or first).id, tuple(each.ref for each in waiting)))
    return waiting


def settle(course: Course, waiting: Waiting, fate: Fate) -> None:
    """Say what an open action item came to, in its own record and in the session in which it was looked at."""
    here, now = course.session.record, course.session.record.created + timedelta(seconds=course.session.last_at)
    before, target = waiting.course, waiting.action.id
    match fate.outcome:
        case Outcome.DONE:
            said = before.at(now, asked.Finish(target))
        case Outcome.CARRIED:
            said = before.at(now, between.Carry(target, here.id, fate.reason))
        case Outcome.DROPPED:
            said = before.at(now, asked.Drop(target, fate.reason))
        case Outcome.SPLIT:
            made = [course.do(asked.Keep(Kind.ACTION, part)) for part in fate.parts]
            said = before.at(now, between.Split(target, here.id, tuple(each.id for each in made if each)))
    if said:
        course.do(between.Review(waiting.ref, fate.outcome))
