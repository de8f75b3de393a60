"""A pair's sessions so far: one after the other, what was promised taken along, until a moment that is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.agenda import Agenda
from rmsession.core.commands_sitting import SetPrepared
from rmsession.core.frozen import frozen
from rmsession.core.record import Record
from rmsession.core.terms import Fate, Kind, Outcome
from rmsession.core.text import UserText
from rmsession.demo.course import uuid_of
from rmsession.demo.lesson import Lesson, Style
from rmsession.demo.looking_back import Fate as ActionFate
from rmsession.demo.looking_back import Waiting, open_last_time, settle
from rmsession.demo.plan import Plan, Way
from rmsession.demo.talk import one_of
from rmsession.reader.agenda_reader import read_file
from rmsession.reader.library import bundled

_OUTCOMES: Final = {Outcome.DONE: 64, Outcome.CARRIED: 20, Outcome.DROPPED: 9, Outcome.SPLIT: 7}
_MOST_OPEN: Final = 12
_SINCE: Final = timedelta(minutes=95)
"""How long ago the session under way began."""


@frozen
class Ground:
    """What all pairs of one demo have in common."""

    now: datetime
    """Aware, in the zone below."""
    zone: str
    """An IANA name."""
    device: str

    def moment(self, day: date, lot: Random) -> datetime:
        """Some time of that day at which people meet."""
        at = time(lot.randint(8, 16), lot.choice((0, 15, 30, 45)), tzinfo=ZoneInfo(self.zone))
        # Written as the program does: with the offset of that day.
        return datetime.fromisoformat(datetime.combine(day, at).isoformat())


@cache
def agendas() -> Mapping[int, tuple[str, Agenda]]:
    """The curriculum by number: each agenda's file name without suffix, and what it says."""
    read = {path.stem: read_file(path).agenda for path in bundled()}
    # As in a record made on any machine: where the file lay on this one is nobody's business.
    return {
        int(stem[:2]): (stem, replace(agenda, source=UserText(f"{stem}.md")))
        for stem, agenda in read.items()
        if stem[0].isdigit()
    }


@frozen
class Aims:
    """What a pair sets out with, and what it comes up with."""

    goals: tuple[tuple[str, int], ...] = ()
    """Each goal with its first score."""
    ideas: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """What is suggested to the leader, by the number of the agenda."""


def played(plan: Plan, ground: Ground, aims: Aims) -> list[Lesson]:
    """The sessions of a pair, with all that was said of each of them later."""
    made = _Round(plan, ground, aims)
    for number in range(len(plan.days)):
        made.meet(number)
    made.leave()
    return made.lessons


class _Round:
    """A pair's sessions in the making."""

    def __init__(self, plan: Plan, ground: Ground, aims: Aims) -> None:
        self.lessons: list[Lesson] = []
        self._plan = plan
        self._ground = ground
        self._aims = aims
        self._lot = Random(plan.seed)

    def meet(self, number: int) -> None:
        """Hold one session, look back at what was promised, and forward to the next."""
        plan, lot = self._plan, self._lot
        last = number == len(plan.days) - 1
        under_way = last and plan.way is Way.AT_THE_TABLE
        begins = self._ground.now - _SINCE if under_way else self._ground.moment(plan.days[number], lot)
        lesson = self._begun(number, begins)
        if self.lessons:
            self._keep_date(begins)
        lesson.do(asked.Start())
        lesson.do(SetPrepared(lot.random() < 0.7 + 0.2 * lesson.style.progress))
        for waiting in open_last_time(self.lessons, lesson, _MOST_OPEN):
            lesson.wait(8)
            settle(lesson, waiting, _fate(lesson, waiting, lot))
        self.lessons.append(lesson)
        if under_way:
            _pause(lesson)
            return
        lesson.talk(lesson.session.topics)
        lesson.close(next_meeting=self._agreed(number), all_answer=plan.mine)
        self._meanwhile(lesson, spare=last and plan.mine)

    def leave(self) -> None:
        """What happened after the last session: dates fall through, promises of a round that is over come to an end."""
        if self._plan.way is Way.CANCELLED:
            self._cancel_twice()
        if not self._plan.over:
            return
        lot, last = self._lot, self.lessons[-1].wall
        for lesson in self.lessons:
            for action in list(lesson.session.standing(Kind.ACTION)):
                then = min(last + timedelta(days=lot.randint(5, 80)), self._ground.now)
                if action.is_open_action and lot.random() < 0.75:
                    lesson.at(then, asked.Finish(action.id), by=lesson.people[1])
                elif action.is_open_action:
                    lesson.at(then, asked.Drop(action.id, UserText(one_of(lot, "dropped"))))

    def _begun(self, number: int, begins: datetime) -> Lesson:
        plan, lot, aims = self._plan, self._lot, self._aims
        stem, agenda = agendas()[plan.agendas[number]]
        progress = number / max(len(plan.agendas) - 1, 1)
        gained = [0 if not number else round(progress * 5 + lot.random()) for _ in aims.goals]
        scores = tuple((words, min(first + more, 10)) for (words, first), more in zip(aims.goals, gained, strict=True))
        style = Style(stem, 0.85 if plan.mine else 0.55, progress, scores, aims.ideas.get(plan.agendas[number], ()))
        device = self._ground.device if plan.mine else uuid_of(lot)
        record = Record(uuid_of(lot), plan.pair, agenda, self._ground.zone, device, begins, planned_start=begins)
        return Lesson(record, lot, device, style)

    def _agreed(self, number: int) -> datetime | None:
        """The date that is agreed at the end of a session: as a rule the one that is kept."""
        plan, lot = self._plan, self._lot
        if number + 1 == len(plan.days):
            return self._ground.moment(plan.next, lot) if plan.next and plan.way is Way.REGULAR else None
        if plan.way is Way.AT_THE_TABLE and number + 2 == len(plan.days):
            return self._ground.now - _SINCE
        early = timedelta(days=lot.choice((2, 3, 7))) if lot.random() < 0.2 else timedelta()
        return self._ground.moment(max(plan.days[number + 1] - early, plan.days[number] + timedelta(days=1)), lot)

    def _keep_date(self, begins: datetime) -> None:
        """Say of the date agreed what became of it: kept, moved, or cancelled for the one on which they met."""
        before, lot, zone = self.lessons[-1], self._lot, self._ground.zone
        if not before.session.meetings:
            return
        agreed = before.session.meetings[-1].when
        if agreed.date() != begins.date():
            noticed = agreed - timedelta(hours=lot.randint(2, 30))
            if lot.random() < 0.6:
                before.at(noticed, between.SettleNextDate(Fate.MOVED, begins, zone))
            else:
                before.at(noticed, between.SettleNextDate(Fate.CANCELLED, None, zone))
                before.at(noticed, asked.SetNextDate(begins, zone))
        before.at(begins, between.SettleNextDate(Fate.HELD, None, zone))

    def _meanwhile(self, lesson: Lesson, *, spare: bool) -> None:
        """In the days after a session the mentee ticks off what is done; of my last one some of it waits."""
        lot, ended = self._lot, lesson.wall
        for place, action in enumerate(list(lesson.session.standing(Kind.ACTION))):
            later = ended + timedelta(days=lot.randint(1, 12), minutes=lot.randint(0, 400))
            if lot.random() < (0.6 if spare else 0.42) and later < self._ground.now and not (spare and place % 3 == 0):
                lesson.at(later, asked.Finish(action.id), by=lesson.people[1])

    def _cancel_twice(self) -> None:
        """Two dates fall through one after the other before there is a third."""
        last, now, zone = self.lessons[-1], self._ground.now, self._ground.zone
        for days in (self._plan.interval, self._plan.interval + 9):
            fell = min(last.wall + timedelta(days=days), now - timedelta(days=1))
            last.at(fell - timedelta(days=2), asked.SetNextDate(fell, zone))
            last.at(fell - timedelta(days=1), between.SettleNextDate(Fate.CANCELLED, None, zone))
        if self._plan.next:
            last.at(now, asked.SetNextDate(self._ground.moment(self._plan.next, self._lot), zone))


def _fate(lesson: Lesson, waiting: Waiting, lot: Random) -> ActionFate:
    """What becomes of an open action: what was carried twice is done at last, or dropped."""
    often = len(waiting.action.carries) > 1
    kinds = [Outcome.DONE, Outcome.DROPPED] if often else list(_OUTCOMES)
    outcome = lot.choices(kinds, [_OUTCOMES[each] for each in kinds])[0]
    match outcome:
        case Outcome.CARRIED | Outcome.DROPPED:
            return ActionFate(outcome, UserText(one_of(lot, outcome.value)))
        case Outcome.SPLIT:
            return ActionFate(outcome, parts=lesson.smaller())
        case _:
            return ActionFate(outcome)


def _pause(lesson: Lesson) -> None:
    """Two topics are over, the third has begun, and the clock is stopped."""
    lesson.talk(lesson.session.topics[:2])
    lesson.wait(180)
    lesson.say("Two of us in one page; a third cursor turned up and nobody knows whose it is #cloud")
    lesson.wait(120)
    lesson.do(asked.Pause())
