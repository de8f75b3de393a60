"""Small builders for tests: agendas, records and facts in one line, and `Play`, which runs a session by hand.

`from support.building import Play, kick_off, record` works in every test, because ``tests/`` is on the path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any
from uuid import UUID

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda, FeedbackKind, Prompt, PromptKind, Topic, ident
from rmsession.core.clock import Gap, Moment, SetBack, Timeline
from rmsession.core.commands import Command
from rmsession.core.commands_sitting import OpenSitting
from rmsession.core.decide import Now, decide, stamp
from rmsession.core.decision import Answer, Decision, Refusal
from rmsession.core.facts import Content, Event, Fact
from rmsession.core.fold import apply, session_of
from rmsession.core.programme import Pair, Person
from rmsession.core.record import Record
from rmsession.core.session import Session
from rmsession.core.terms import Audience, Kind
from rmsession.core.text import UserText

MENTOR = Person("person-robin", UserText("Robin"))
MENTEE = Person("person-alex", UserText("Alex"))
PAIR = Pair("pair-robin-alex", MENTOR, MENTEE)
DEVICE = "desk"
ZONE = "Europe/Berlin"
BEGIN = datetime(2026, 11, 21, 14, 0, tzinfo=timezone(timedelta(hours=1)))
"""Two o'clock in the afternoon, local: where hand-moved clocks start."""
_TICK_SECONDS = 30.0


def prompt(text: str, kind: PromptKind = PromptKind.TICK) -> Prompt:
    """A prompt whose id is made of its text."""
    return Prompt(ident("p", text), kind, UserText(text))


def topic(title: str, minutes: float | None = 10.0, *, prompts: tuple[str | Prompt, ...] = (), **more: Any) -> Topic:
    """A topic whose id is made of its title; `more` are fields of `Topic` (private, off_record, protected, …)."""
    asks = tuple(each if isinstance(each, Prompt) else prompt(each) for each in prompts)
    return Topic(ident("t", title), UserText(title), minutes, prompts=asks, **more)


def agenda(*topics: Topic | tuple[str, float | None] | str, title: str = "One-on-one", **more: Any) -> Agenda:
    """An agenda of topics, ``(title, minutes)`` pairs or titles of ten minutes; `more` are fields of `Agenda`."""
    made = tuple(
        each if isinstance(each, Topic) else topic(*(each if isinstance(each, tuple) else (each,))) for each in topics
    )
    return Agenda(ident("a", title), UserText(title), made, **more)


def kick_off() -> Agenda:
    """The first session of the curriculum: five topics, 45 minutes, the last eight protected."""
    return agenda(
        topic("Hello and role swap", 5, prompts=("May I type notes?", 'Say "off the record" and I stop')),
        topic("Ground rules", 10, prompts=(prompt("What would make this a waste of time?", PromptKind.QUESTION),)),
        topic("Where you start", 10),
        topic("Pick two or three goals", 12),
        topic("First action and feedback", 8, protected=True),
        title="Kick-off",
        stated_minutes=45.0,
        feedback=FeedbackKind.FIRST,
    )


def record(plan: Agenda | None = None, *, facts: tuple[Fact, ...] = (), number: int = 1, **more: Any) -> Record:
    """A record of this agenda (the kick-off unless said) with a fixed id; `more` are fields of `Record`."""
    fields: dict[str, Any] = {"pair": PAIR, "zone": ZONE, "device": DEVICE, "created": BEGIN} | more
    return Record(id=str(UUID(int=number)), agenda=plan or kick_off(), facts=facts, **fields)


def fact(what: Event, seq: int, at: float | None = None, **more: Any) -> Fact:
    """A fact with a fixed id for its seq; `wall` follows `at` unless said. `more` are fields of `Fact`."""
    wall = more.pop("wall", None) or BEGIN + timedelta(seconds=at if at is not None else 7200 + seq)
    fields: dict[str, Any] = {"id": fact_id(seq), "by": MENTOR.id, "device": DEVICE, "wall": wall} | more
    return Fact(seq=seq, at=at, what=what, **fields)


def fact_id(number: int) -> str:
    """A fixed uuid."""
    return str(UUID(int=0xFAC7_0000_0000 + number))


def content(text: str, owner: str | None = None, **more: Any) -> Content:
    """What a line says; `more` are fields of `Content`."""
    return Content(UserText(text), UserText(owner) if owner else None, **more)


class HandClock:
    """A clock that moves when it is told to: the machine's two clocks, wall and monotonic."""

    def __init__(self, wall: datetime = BEGIN, mono: float = 1000.0) -> None:
        self.moment = Moment(wall, mono)

    def now(self) -> Moment:
        """Both clocks, read together."""
        return self.moment

    def run(self, seconds: float) -> None:
        """Time passes, as in a program that works or one that was stopped."""
        self.moment = Moment(self.moment.wall + timedelta(seconds=seconds), self.moment.mono + seconds)

    def suspend(self, seconds: float) -> None:
        """The machine sleeps: the monotonic clock stands still (Linux)."""
        self.set_wall(seconds)

    def set_wall(self, seconds: float) -> None:
        """Somebody sets the clock, forward or (negative) back."""
        self.moment = replace(self.moment, wall=self.moment.wall + timedelta(seconds=seconds))


class Play:
    """A session run by hand: requests in, facts kept, a clock that moves when told.

    >>> play = Play()
    >>> play.start()
    >>> play.wait(minutes=4)
    >>> play.do(asked.Next()).at
    240.0
    """

    def __init__(
        self,
        start: Record | Agenda | None = None,
        *,
        by: str = MENTOR.id,
        device: str = DEVICE,
        clock: HandClock | None = None,
        ids: Iterator[int] | None = None,
    ) -> None:
        self.session: Session = session_of(start if isinstance(start, Record) else record(start))
        self.by, self.device = by, device
        self.clock = clock or HandClock()
        self.timeline = Timeline(self.session.last_at, self.clock.now())
        self.told: list[Gap | SetBack] = []
        """What the ticks found strange."""
        self._ids = ids or count(1 + len(self.session.facts))

    @property
    def record(self) -> Record:
        """What would have been kept so far."""
        return self.session.record

    @property
    def at(self) -> float:
        """Session seconds now."""
        return self.timeline.at(self.clock.now())

    @property
    def now(self) -> Now:
        """The moment as the engine takes it."""
        return Now(self.at, self.clock.now().wall)

    def id_of(self, start_of_title: str) -> str:
        """The id of the topic whose title begins so."""
        return next(each.id for each in self.session.topics if each.title.raw.startswith(start_of_title))

    def ask(self, command: Command, *, by: str | None = None) -> Answer:
        """What the engine answers; nothing is changed."""
        return decide(self.session, command, self.now, by or self.by)

    def do(self, command: Command, *, by: str | None = None) -> Fact:
        """Make a request that must be granted, and the fact it became."""
        answer = self.ask(command, by=by)
        assert isinstance(answer, Decision), f"{command} was refused: {answer.why}"
        return self.happen(answer, by=by)

    def try_to(self, command: Command, *, by: str | None = None) -> Fact | None:
        """Make a request that may be refused: then None."""
        answer = self.ask(command, by=by)
        return self.happen(answer, by=by) if isinstance(answer, Decision) else None

    def refusal(self, command: Command, *, by: str | None = None) -> str:
        """Make a request that must be refused, and why it was."""
        answer = self.ask(command, by=by)
        assert isinstance(answer, Refusal), f"{command} was granted: {answer}"
        return answer.why

    def happen(self, decision: Decision | Event, *, by: str | None = None) -> Fact:
        """Stamp and apply what happened, whoever decided it."""
        decision = decision if isinstance(decision, Decision) else Decision(decision)
        number = fact_id(next(self._ids))
        made = stamp(decision, self.session, self.now, by=by or self.by, device=self.device, fact_id=number)
        self.session = apply(self.session, made)
        return made

    def start(self, **more: Any) -> Fact:
        """Begin the session; `more` are fields of `Start`."""
        return self.do(asked.Start(**more))

    def keep(self, text: str, kind: Kind = Kind.NOTE, *, by: str | None = None, **more: Any) -> str:
        """Keep a line and return its id; `more` are fields of `Content`, or `private` and `topic` of `Keep`."""
        where = {name: more.pop(name) for name in ("private", "topic") if name in more}
        return self.do(asked.Keep(kind, content(text, **more), **where), by=by).id

    def wait(self, seconds: float = 0.0, *, minutes: float = 0.0) -> None:
        """Time passes at the table, with ticks close enough that none is a gap."""
        left = seconds + minutes * 60
        while left > 0:
            self.clock.run(min(left, _TICK_SECONDS))
            left -= _TICK_SECONDS
            self.tick()

    def tick(self) -> Gap | SetBack | None:
        """Look at the clock once, and what was strange about it."""
        self.timeline, strange = self.timeline.tick(self.clock.now())
        if strange:
            self.told.append(strange)
        return strange

    def settle(self, gap: Gap, *, counted: bool) -> Fact:
        """Answer a gap, as the session screen does."""
        if counted:
            self.timeline = self.timeline.counting(gap)
        return self.do(asked.SettleGap(gap.seconds, counted))

    def come_back(self, hours: float, *, must_end: datetime | None = None) -> Fact:
        """Take the session up again so much later: a new sitting, from where the clock was last known to be."""
        at = self.at if self.session.ended is None else self.session.last_at
        self.clock.suspend(hours * 3600)
        self.timeline = Timeline(at, self.clock.now())
        return self.do(OpenSitting(must_end))

    def spent(self, start_of_title: str) -> float:
        """Seconds charged to the topic whose title begins so, as of now."""
        return self.session.spent(self.id_of(start_of_title), self.at)

    def texts(self, audience: Audience | None = None) -> list[str]:
        """What the standing captures say, for all or one audience."""
        return [
            each.content.text.raw for each in self.session.standing() if audience is None or each.audience is audience
        ]
