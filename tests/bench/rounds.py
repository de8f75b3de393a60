"""A round of sessions of one pair: the curriculum with one-on-ones between, actions taken from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from bench.course import DrawnCourse
from bench.words import line

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.agenda import Agenda
from rmsession.core.facts import Content
from rmsession.core.programme import Pair
from rmsession.core.record import Record
from rmsession.core.session import Capture
from rmsession.core.terms import Fate, Kind, Outcome
from rmsession.core.text import UserText
from rmsession.demo.course import uuid_of
from rmsession.demo.looking_back import Fate as ActionFate
from rmsession.demo.looking_back import open_last_time, settle
from rmsession.reader.agenda_reader import read_file
from rmsession.reader.library import bundled

ZONE = "Europe/Berlin"
LAST_DAY = date(2026, 11, 20)
"""Nothing happens later; a fixed day, so that a folder made tomorrow is the same."""
LENGTH = 14
"""Sessions of a whole round: the ten of the curriculum, and four one-on-ones."""
_REMEMBERED = 25
"""A pair that lets more than this pile up has stopped looking."""
_OUTCOMES = {Outcome.DONE: 45, Outcome.CARRIED: 35, Outcome.DROPPED: 12, Outcome.SPLIT: 8}


@dataclass(frozen=True, slots=True)
class Round:
    """What is to be made: which pair meets when; all else follows from the seed."""

    seed: str
    pair: Pair
    device: str
    days: tuple[date, ...]
    first: int = 0
    """The place in the round of the first of these."""


@cache
def agendas() -> tuple[Agenda, ...]:
    """A whole round's agendas in order, read from the bundled files; their paths on this machine left out."""
    read = {path.stem: read_file(path).agenda for path in bundled()}
    plans = {name: replace(agenda, source=UserText(f"{name}.md")) for name, agenda in read.items()}
    curriculum = [plans[name] for name in sorted(plans) if name[0].isdigit()]
    between_them = next(plans[name] for name in plans if not name[0].isdigit())
    for place in (3, 6, 9, 12):
        curriculum.insert(place, between_them)
    return tuple(curriculum)


def played(plan: Round) -> list[Record]:
    """The records of a round, with all that was said of each of them later."""
    lot = Random(plan.seed)
    courses: list[DrawnCourse] = []
    for number, day in enumerate(plan.days):
        agenda = agendas()[(plan.first + number) % LENGTH]
        course = _begun(plan, agenda, day, lot)
        _settle_date(courses, course, lot)
        course.do(asked.Start())
        _look_back(courses, course, lot)
        course.talk()
        following = plan.days[number + 1] if number + 1 < len(plan.days) else None
        agreed = following and (following if lot.random() < 0.8 else following - timedelta(days=lot.choice((1, 7))))
        course.close(next_meeting=_moment(agreed, lot) if agreed else None)
        courses.append(course)
        _meanwhile(course, lot)
    return [course.session.record for course in courses]


def _begun(plan: Round, agenda: Agenda, day: date, lot: Random) -> DrawnCourse:
    created = _moment(day, lot)
    record = Record(uuid_of(lot), plan.pair, agenda, ZONE, plan.device, created, planned_start=created)
    return DrawnCourse(record, lot, plan.device)


def _moment(day: date, lot: Random) -> datetime:
    at = time(lot.randint(8, 17), lot.choice((0, 15, 30, 45)), tzinfo=ZoneInfo(ZONE))
    # Written as the program does: with the offset of that day.
    return datetime.fromisoformat(datetime.combine(day, at).isoformat())


def _settle_date(courses: list[DrawnCourse], course: DrawnCourse, lot: Random) -> None:
    """Say of the date that the last session agreed what became of it."""
    if not courses or not courses[-1].session.meetings:
        return
    before, now = courses[-1], course.session.record.created
    agreed = before.session.meetings[-1].when
    if lot.random() < 0.3:
        return
    if agreed.date() == now.date():
        before.at(now, between.SettleNextDate(Fate.HELD, None, ZONE))
    elif lot.random() < 0.7:
        before.at(agreed, between.SettleNextDate(Fate.MOVED, now, ZONE))
    else:
        before.at(agreed, between.SettleNextDate(Fate.CANCELLED, None, ZONE))


def _look_back(courses: list[DrawnCourse], course: DrawnCourse, lot: Random) -> None:
    """Go through what is open of the sessions before, until each has its outcome."""
    for waiting in open_last_time(courses, course, _REMEMBERED):
        course.wait(5)
        settle(course, waiting, _fate(course, waiting.action, lot))


def _fate(course: DrawnCourse, action: Capture, lot: Random) -> ActionFate:
    outcome = lot.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    match outcome:
        case Outcome.CARRIED if len(action.carries) > 1:
            return ActionFate(outcome, UserText(line(lot, 6)))
        case Outcome.DROPPED:
            return ActionFate(outcome, UserText(line(lot, 5)))
        case Outcome.SPLIT:
            return ActionFate(outcome, parts=(_part(course, action), _part(course, action)))
        case _:
            return ActionFate(outcome)


def _part(course: DrawnCourse, action: Capture) -> Content:
    return replace(course.content(Kind.ACTION, course.session.record.created), owner=action.content.owner)


def _meanwhile(course: DrawnCourse, lot: Random) -> None:
    """In the days after a session: the mentee ticks actions off, somebody mends a typo or gives up on something."""
    ended = course.session.record.created.astimezone(UTC)
    for action in list(course.session.standing(Kind.ACTION)):
        chance, later = lot.random(), ended + timedelta(days=lot.randint(1, 12), minutes=lot.randint(0, 400))
        if later.date() > LAST_DAY:
            continue
        if chance < 0.4:
            course.at(later, asked.Finish(action.id), by=course.people[1])
        elif chance < 0.46:
            course.at(later, asked.Drop(action.id, UserText(line(lot, 5))))
        elif chance < 0.48:
            course.at(later, asked.Amend(action.id, replace(action.content, text=UserText(line(lot, 8)))))
