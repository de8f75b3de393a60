"""The sessions of a programme of 12 and 38 pairs, each run through the engine, request by request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from random import Random

from support.building import HandClock, Play, agenda, record

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.agenda import Agenda, FeedbackKind
from rmsession.core.between import ActionRef
from rmsession.core.commands_sitting import SetPrepared
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility, form
from rmsession.core.programme import Pair
from rmsession.core.terms import Fate, Kind, Outcome, Role
from rmsession.reader.agenda_reader import read_file
from rmsession.reader.library import bundled

TODAY = date(2026, 11, 20)
ONE, TWO = "Wave one", "Wave two"
BEGINS = {ONE: date(2025, 9, 1), TWO: date(2026, 6, 1)}
"""The day on which each wave's first pairs meet; each next pair a day later, in turns of five."""
_INTERVAL = 21


@dataclass
class Making:
    """What all sessions draw from: luck, and numbers for ids."""

    lot: Random = field(default_factory=lambda: Random(1912))
    facts: Iterator[int] = field(default_factory=lambda: count(1))
    records: Iterator[int] = field(default_factory=lambda: count(1))


@cache
def _agendas(wave: str) -> tuple[Agenda, ...]:
    """The kick-off, one topic, half-way, one agenda of the pair's own; the first wave has come to its end."""
    read = {path.stem[:2]: read_file(path).agenda for path in bundled()}
    own = agenda("Our own topic", "Another", title="Our own agenda")
    silent = agenda("Only talk", title="Nothing asked", feedback=FeedbackKind.NONE)
    first = (read["01"], read["04"], read["06"], own)
    return (*first, read["10"]) if wave == ONE else (*first[:3], silent)


def met(making: Making, pair: Pair, wave: str, number: int) -> list[Play]:
    """All sessions of a pair; some met less often, and one not at all."""
    agendas = _agendas(wave)
    often = 0 if number == 20 else len(agendas) - (number % 5 == 1)
    plays: list[Play] = []
    for place in range(often):
        day = BEGINS[wave] + timedelta(days=number % 5 + _INTERVAL * place + making.lot.choice((0, 0, 0, 2)))
        if day <= TODAY:
            plays.append(_session(making, pair, agendas[place], day, plays))
    return plays


def _session(making: Making, pair: Pair, plan: Agenda, day: date, before: list[Play]) -> Play:
    """One session from its start to its end, with what becomes of the one before."""
    lot = making.lot
    begins = datetime.combine(day, time(9), UTC)
    start = record(plan, number=next(making.records), pair=pair, created=begins, zone="UTC")
    play = Play(start, by=pair.mentor.id, clock=HandClock(begins), ids=making.facts)
    if lot.random() < 0.8:
        play.do(SetPrepared(lot.random() < 0.7))
    play.start()
    if before:
        _settle_date(before[-1], play, lot)
        _look_back(before, play, lot)
    for topic in start.agenda.topics:
        play.wait(minutes=max(1, round((topic.minutes or 5) * lot.choice((0.5, 1, 1, 1, 1.5)))))
        _lines(play, lot, day)
        _turn(play, lot)
    play.try_to(asked.Close())
    if lot.random() < 0.9:
        play.do(asked.SetNextDate(begins + timedelta(days=_INTERVAL), "UTC"))
    for role in Role:
        _answer(play, lot, role)
    play.do(asked.End())
    for action in play.session.standing(Kind.ACTION):
        if lot.random() < 0.6:
            play.clock.set_wall(86400 * lot.randint(1, 12))
            play.do(asked.Finish(action.id))
    return play


def _turn(play: Play, lot: Random) -> None:
    """On to the next topic; now and then one is parked, or left while actions of last time still wait."""
    topics = [topic.id for topic in play.session.topics]
    place = topics.index(str(play.session.current))
    following = topics[place + 1] if place + 1 < len(topics) else None
    wishes = [asked.Park()] if following and lot.random() < 0.05 else []
    for wish in (*wishes, asked.Next(), asked.Jump(following) if following else asked.Close()):
        if play.try_to(wish):
            return


def _lines(play: Play, lot: Random, day: date) -> None:
    """What is captured: shared actions and goals, and private ones that no report counts."""
    if lot.random() < 0.4:
        due = (day + timedelta(days=lot.randint(3, 30))).isoformat() if lot.random() < 0.7 else None
        play.keep(f"do {lot.random()}", Kind.ACTION, due=due, private=lot.random() < 0.1)
    if lot.random() < 0.3:
        words = lot.choice(("Listen", "Write", "Dare"))
        score = lot.choice((None, 2, 5, 7, 10))
        play.keep(lot.choice((words, f"  {words.lower()} ")), Kind.GOAL, score=score, private=lot.random() < 0.1)


def _settle_date(before: Play, play: Play, lot: Random) -> None:
    if not before.session.meetings or lot.random() < 0.2:
        return
    now = play.clock.now().wall
    fate = (
        Fate.HELD if before.session.meetings[-1].when.date() == now.date() else lot.choice((Fate.MOVED, Fate.CANCELLED))
    )
    before.do(between.SettleNextDate(fate, now if fate is Fate.MOVED else None, "UTC"))


def _look_back(before: list[Play], play: Play, lot: Random) -> None:
    """Go through what is open, nearly always to the end."""
    open_ones = [
        (each, action) for each in before for action in each.session.standing(Kind.ACTION) if action.is_open_action
    ]
    waits = [(each, action) for each, action in open_ones if action.shared]
    if not waits:
        return
    refs = {action.id: ActionRef(each.record.id, action.id) for each, action in waits}
    play.do(between.OpenLastTime(play.session.topics[0].id, tuple(refs.values())))
    for each, action in waits:
        outcome = lot.choice((Outcome.DONE, Outcome.DONE, Outcome.CARRIED, Outcome.DROPPED, None))
        match outcome:
            case Outcome.DONE:
                each.do(asked.Finish(action.id))
            case Outcome.DROPPED:
                each.do(asked.Drop(action.id))
            case Outcome.CARRIED if len(action.carries) < 2:
                each.do(between.Carry(action.id, play.record.id))
            case _:
                continue
        play.do(between.Review(refs[action.id], outcome))


def _answer(play: Play, lot: Random, role: Role) -> None:
    chance = lot.random()
    if play.session.record.agenda.feedback is FeedbackKind.NONE or chance < 0.08:
        return
    if chance < 0.15:
        play.do(asked.SkipFeedback(role))
        return
    goals = [(each.id, each.content.text) for each in play.session.standing(Kind.GOAL)]
    items = form(play.session.record.agenda.feedback, role.value, goals=goals).items
    answers = tuple(Answer(each.id, lot.choice(each.scores)) for each in items if each.scores and lot.random() < 0.9)
    via = Via.PASTED if lot.random() < 0.3 else Via.SCREEN
    play.do(asked.GiveFeedback(FeedbackGiven(role, answers, Visibility.BOTH, via)))
