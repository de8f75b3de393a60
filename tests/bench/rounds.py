"""A round of sessions of one pair: the curriculum with one-on-ones between, actions taken from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from bench.course import Course
from bench.people import uuid_of
from bench.words import line

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.agenda import Agenda
from rmsession.core.between import ActionRef
from rmsession.core.facts import Content
from rmsession.core.programme import Pair
from rmsession.core.record import Record
from rmsession.core.session import Capture
from rmsession.core.terms import Fate, Kind, Outcome
from rmsession.core.text import UserText
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
    courses: list[Course] = []
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


def _begun(plan: Round, agenda: Agenda, day: date, lot: Random) -> Course:
    created = _moment(day, lot)
    record = Record(uuid_of(lot), plan.pair, agenda, ZONE, plan.device, created, planned_start=created)
    return Course(record, lot, plan.device)


def _moment(day: date, lot: Random) -> datetime:
    at = time(lot.randint(8, 17), lot.choice((0, 15, 30, 45)), tzinfo=ZoneInfo(ZONE))
    # Written as the program does: with the offset of that day.
    return datetime.fromisoformat(datetime.combine(day, at).isoformat())


def _settle_date(courses: list[Course], course: Course, lot: Random) -> None:
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


def _look_back(courses: list[Course], course: Course, lot: Random) -> None:
    """Go through what is open of the sessions before, until each has its outcome."""
    every = [(before, each) for before in courses for each in before.session.standing(Kind.ACTION)]
    waiting = [(before, each) for before, each in every if each.is_open_action][-_REMEMBERED:]
    topic = next((each for each in course.session.topics if "last time" in each.title.raw.casefold()), None)
    first = course.session.topics[0]
    refs = tuple(ActionRef(before.session.record.id, each.id) for before, each in waiting)
    course.do(between.OpenLastTime((topic or first).id, refs))
    for (before, each), ref in zip(waiting, refs, strict=True):
        course.wait(5)
        outcome = _outcome(course, before, each, lot)
        if outcome:
            course.do(between.Review(ref, outcome))


def _outcome(course: Course, before: Course, action: Capture, lot: Random) -> Outcome | None:
    """What an action comes to, said in its own record too."""
    here, now = course.session.record, course.session.record.created + timedelta(seconds=course.session.last_at)
    outcome = lot.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    match outcome:
        case Outcome.DONE:
            said = before.at(now, asked.Finish(action.id))
        case Outcome.CARRIED:
            why = UserText(line(lot, 6)) if len(action.carries) > 1 else UserText()
            said = before.at(now, between.Carry(action.id, here.id, why))
        case Outcome.DROPPED:
            said = before.at(now, asked.Drop(action.id, UserText(line(lot, 5))))
        case Outcome.SPLIT:
            parts = [course.do(asked.Keep(Kind.ACTION, _part(course, action))) for _ in range(2)]
            made = tuple(part.id for part in parts if part)
            said = before.at(now, between.Split(action.id, here.id, made))
    return outcome if said else None


def _part(course: Course, action: Capture) -> Content:
    return replace(course.content(Kind.ACTION, course.session.record.created), owner=action.content.owner)


def _meanwhile(course: Course, lot: Random) -> None:
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
