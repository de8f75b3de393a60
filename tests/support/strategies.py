"""Hypothesis strategies for the engine: any agenda, any facts, and journeys through a session.

Hypothesis draws numbers, and each number is rolled out into a value: drawing every field of every request by itself
took ten times as long, and most of what it made was refused. A failing journey is told move by move with `note`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta, tzinfo
from enum import Enum
from functools import cache
from random import Random
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from support.building import BEGIN, MENTEE, MENTOR, Play, fact_id

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda, FeedbackKind, Prompt, PromptKind, Topic
from rmsession.core.clock import Gap
from rmsession.core.commands import Command
from rmsession.core.decision import Decision
from rmsession.core.facts import Event, Fact, Unknown
from rmsession.core.kinds import KINDS
from rmsession.core.legal import LEGAL
from rmsession.core.pace import propose_fit
from rmsession.core.session import Session
from rmsession.core.terms import Audience
from rmsession.core.text import UserText

TOPIC_IDS = [f"t{number}" for number in range(6)]
PROMPT_IDS = [f"p{number}" for number in range(6)]
FACT_IDS = [fact_id(number) for number in range(1, 41)]
NONSENSE = ["", "nonsense", "\ud83d", MENTOR.id, MENTEE.id]
EVENTS: list[type[Event]] = [*KINDS.values(), Unknown]
COMMANDS: list[type[Command]] = sorted(frozenset().union(*LEGAL.values()), key=lambda kind: kind.__name__)
STEPS = [asked.Next, asked.Back, asked.Jump, asked.Keep, asked.Undo, asked.Redo, asked.Pause, asked.Resume, asked.Park]
"""What people do most."""
TEXTS = ["Send the draft", "a\nb", "[/]", "\x1b[2J", "x", "", "  "]
MINUTES = [1.0, 2.0, 5.0, 0.5, 7.25, 30.0, -1.0, -5.0]
IMPOSSIBLE = [0.0, -0.0, 1440.1, 1e-9, 1e12, -1e12, 1e308, float("nan"), float("inf"), float("-inf")]
NEVER_NAMED: frozenset[type[Command]] = frozenset()


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


@dataclass(frozen=True)
class Roll:
    """Values of any type from one random source; `wild` is the share of strings and numbers that make no sense."""

    luck: Random
    topics: list[str]
    prompts: list[str]
    targets: list[str]
    wild: float = 0.2

    def of(self, kind: type[Any]) -> Any:
        """A dataclass with every field rolled."""
        return kind(**{name: self.value(hint, name) for name, hint in _hints(kind).items()})

    def value(self, hint: Any, name: str = "") -> Any:
        """A value of a field's annotated type."""
        if typing.get_origin(hint) in (typing.Union, types.UnionType):
            return self.value(self.luck.choice(typing.get_args(hint)), name)
        if typing.get_origin(hint) is tuple:
            return tuple(self.value(typing.get_args(hint)[0], name) for _ in range(self.luck.randrange(4)))
        if is_dataclass(hint):
            return self.of(hint)
        if issubclass(hint, Enum):
            return self.luck.choice(list(hint))
        wild = self.luck.random() < self.wild
        plain: dict[Any, Callable[[], Any]] = {
            str: lambda: self.luck.choice(NONSENSE if wild else self._ids(name) or NONSENSE),
            float: lambda: self.luck.choice(IMPOSSIBLE if wild else MINUTES),
            int: lambda: self.luck.choice([10**9, -1] if wild else [1, 2, -1]),
            bool: lambda: self.luck.random() < 0.5,
            datetime: lambda: self._moment(None if wild else BEGIN.tzinfo),
            type(None): lambda: None,
            UserText: lambda: UserText(self.luck.choice(TEXTS)),
        }
        return plain[hint]()

    def _ids(self, name: str) -> list[str]:
        pools = {"prompt": self.prompts, "target": self.targets, "replaces": self.targets, "settles": self.targets}
        return pools.get(name, self.topics)

    def _moment(self, zone: tzinfo | None) -> datetime:
        return (BEGIN + timedelta(seconds=self.luck.randrange(-9000, 200_000))).replace(tzinfo=zone)


def _plan(number: int) -> Agenda:
    luck = Random(number)
    some = []
    for place in range(1 + number % 6):
        minutes = luck.choice([None, 0.0, 1e9, 2.5, *map(float, range(2, 20))])
        asks = (Prompt(PROMPT_IDS[place], PromptKind.TICK, UserText("Ask")),) if luck.random() < 0.5 else ()
        flags = {name: luck.random() < 0.15 for name in ("private", "off_record", "protected")}
        some.append(Topic(TOPIC_IDS[place], UserText(f"Topic {place}"), minutes, prompts=asks, **flags))
    stated = luck.choice([None, None, None, 0.0, 45.0, 1e9])
    return Agenda("a", UserText("Any"), tuple(some), stated, feedback=luck.choice(list(FeedbackKind)))


def agendas() -> st.SearchStrategy[Agenda]:
    """Agendas of one to six topics, timed or not, some private, off the record or protected."""
    return st.integers(0, 9999).map(_plan)


def facts() -> st.SearchStrategy[list[Fact]]:
    """Arbitrary facts of any kind with distinct ids, from two devices, with times that run anywhere."""
    return st.lists(st.integers(0, 99_999), max_size=20).map(
        lambda numbers: [_fact(place, number) for place, number in enumerate(numbers)]
    )


def _fact(place: int, number: int) -> Fact:
    luck = Random(number)
    roll = Roll(luck, TOPIC_IDS, PROMPT_IDS, FACT_IDS[:20])
    # Half of them lie in the order in which they come, so that a course can develop.
    seq = luck.choice([place + 1, luck.randrange(20)])
    at = luck.choice([None, place * 100.0, place * 100.0, place * 100.0, luck.uniform(0, 3000), *IMPOSSIBLE[-4:]])
    kind = luck.choice([*EVENTS, *EVENTS[:3], EVENTS[0]])
    return Fact(
        id=FACT_IDS[place],
        by=luck.choice([MENTOR.id, MENTEE.id, "nobody"]),
        device=luck.choice(["desk", "lap"]),
        seq=seq,
        wall=BEGIN + timedelta(seconds=luck.randrange(-5000, 5000)),
        at=at,
        audience=luck.choice(list(Audience)),
        what=roll.of(kind),
    )


@dataclass(frozen=True)
class Wait:
    """So many seconds at the table."""

    seconds: float


@dataclass(frozen=True)
class Away:
    """The machine slept, or the program was stopped, and what the mentor says of the gap."""

    seconds: float
    stopped: bool
    counted: bool


Move = Wait | Away | Command


def journeys() -> st.SearchStrategy[list[int]]:
    """Numbers, each of which `travel_on` makes into a move that mostly fits where the session then is."""
    return st.lists(st.integers(0, 99_999), min_size=10, max_size=40)


def move_for(number: int, play: Play, without: frozenset[type[Command]] = NEVER_NAMED) -> Move:
    """The move that a number means to a session as it stands: sensible two times in three."""
    # Hypothesis likes to draw a number again: it should mean something else further on.
    luck = Random(number + 100_003 * len(play.session.facts))
    match luck.randrange(10):
        case 0 | 1:
            return Wait(luck.choice([0.25, 1.0, 59.0, 300.0, 1000.0]))
        case 2:
            return Away(luck.choice([100.0, 121.0, 900.0, 40_000.0]), luck.random() < 0.5, luck.random() < 0.5)
        case 3:
            return request(luck, play, [kind for kind in COMMANDS if kind not in without], wild=0.5)
        case _:
            legal = [kind for kind in (*COMMANDS, *STEPS, *STEPS) if kind in LEGAL[play.session.phase] - without]
            return request(luck, play, legal, wild=0.05)


def request(luck: Random, play: Play, kinds: list[type[Command]], wild: float) -> Command:
    """One request of one of these kinds about this session."""
    kind = luck.choice(kinds)
    if kind is asked.AcceptFit and luck.random() > wild:
        return asked.AcceptFit(propose_fit(play.session, play.at, play.now.wall))
    return roll_for(luck, play.session, wild).of(kind)


def roll_for(luck: Random, session: Session, wild: float) -> Roll:
    """Values that name what the session has."""
    prompts = [each.id for each in session.prompts()]
    return Roll(luck, [each.id for each in session.topics], prompts, list(session.captures), wild)


def travel(plan: Agenda, numbers: list[int], without: frozenset[type[Command]] = NEVER_NAMED) -> Play:
    """The play at the end of a journey behind its start; what is refused changes nothing."""
    play = Play(plan)
    play.start()
    for number in numbers:
        take(play, move_for(number, play, without))
    return play


def take(play: Play, move: Move) -> None:
    """Make one move."""
    note(f"{play.at:8.2f}  {move}")
    match move:
        case Wait(seconds):
            play.wait(seconds)
        case Away(seconds, stopped, counted):
            (play.clock.run if stopped else play.clock.suspend)(seconds)
            gap = play.tick()
            if isinstance(gap, Gap) and isinstance(play.ask(asked.SettleGap(gap.seconds, counted)), Decision):
                play.settle(gap, counted=counted)
        case command:
            play.try_to(command)
