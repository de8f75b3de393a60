"""Sessions in which every text that a person could have written is hostile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from hostile.payloads import MARK
from support.building import BEGIN, MENTEE, PAIR, Play, agenda, content, prompt, record, topic

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda, FeedbackKind, PromptKind
from rmsession.core.between import ActionRef
from rmsession.core.commands_between import OpenLastTime, Review
from rmsession.core.facts import Amended, FeedbackGiven, NextDateSet
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.fold import session_of
from rmsession.core.record import Record
from rmsession.core.review import actions_of
from rmsession.core.store import Aside, Draft, HalfForm
from rmsession.core.terms import ActionStatus, Kind, Outcome, Phase, Role
from rmsession.core.text import UserText

T = TypeVar("T")
LISTS_OF_WORDS = ("tags", "goals")
"""Fields that hold words of a person as plain strings."""
PLANT = "PLANT"
"""Stands in a text, or in a plain string of a record that somebody else wrote, for where the payload goes."""


class Planter:
    """Puts a payload in the place of every text of a person, the same for the same text."""

    def __init__(self, suit: str) -> None:
        self.suit = suit
        self._numbers: dict[str, int] = {}

    def text(self, raw: str) -> str:
        """The hostile text that stands for this one."""
        return f"{MARK}{self._numbers.setdefault(raw, len(self._numbers))}{self.suit}"

    def user(self, raw: str) -> UserText:
        return UserText(self.text(raw))

    def __call__(self, value: T, name: str = "") -> T:
        """The value with every text in it replaced; dataclasses, tuples and their fields, whatever they are called."""
        planted: Any = value
        if isinstance(value, UserText):
            planted = UserText(self._behind_scale(value.raw)) if value else value
        elif isinstance(value, str) and PLANT in value:
            planted = self._behind_scale(value)
        elif isinstance(value, tuple) and name in LISTS_OF_WORDS:
            planted = tuple(self.text(each) for each in value)
        elif isinstance(value, tuple):
            planted = tuple(self(each) for each in value)
        elif is_dataclass(value) and not isinstance(value, Enum):
            found = {each.name: self(getattr(value, each.name), each.name) for each in fields(value)}
            planted = replace(value, **found)  # type: ignore[type-var]
        return planted

    def _behind_scale(self, raw: str) -> str:
        """A question keeps the scale at its end, a body its Markdown."""
        for end in (" (1-5)", " (yes/no)", f" due:{MARK}x"):
            if raw.endswith(end):
                return self.text(raw) + end
        if PLANT in raw:
            return raw.replace(PLANT, self.text(raw))
        return self.text(raw)


BODY = """PLANT

# PLANT

- PLANT
  1. **PLANT** and *PLANT* and ~~PLANT~~ and `PLANT`

| PLANT | b |
|---|---|
| c | PLANT |

    PLANT

> PLANT

[PLANT](<https://example.org/PLANT>) <https://example.org/>
![PLANT](x.png) [x](javascript:PLANT) [y](https://example.org/Ψ) <https://Ψ@example.org/>
"""


def plan(feedback: FeedbackKind = FeedbackKind.FINAL) -> Agenda:
    """An agenda with everything an agenda can have."""
    kinds = tuple(replace(prompt(f"prompt {kind.value}"), kind=kind) for kind in PromptKind)
    return agenda(
        topic("Hello", 5, prompts=kinds, body=UserText(BODY), lead=UserText("Both")),
        topic("Rules", 10, prompts=(prompt("rule"),), lead=UserText("Alex"), body=UserText("PLANT")),
        topic("Secret", 5, private=True, body=UserText("PLANT")),
        topic("Untimed", None),
        topic("Parked", 7),
        topic("End", 8, protected=True),
        title="Title",
        mentor=UserText("agenda mentor"),
        mentee=UserText("agenda mentee"),
        questions=(UserText("Liked it? (1-5)"), UserText("Again? (yes/no)"), UserText("What else?")),
        body=UserText(BODY),
        source=UserText("/tmp/source.md"),
        feedback=feedback,
    )


def played(upto: Phase, number: int, *, settled: bool = False) -> Record:
    """A session played as far as a phase, with captures of every kind, corrected in every way."""
    play = Play(record(plan(), number=number), ids=iter(range(number * 1000, number * 1000 + 999)))
    if upto is Phase.READY:
        return play.record
    play.start(must_end=BEGIN + timedelta(minutes=20))
    keeps = {kind: play.keep(f"a {kind.value}", kind) for kind in Kind}
    play.keep("private", Kind.NOTE, private=True)
    play.keep("private action", Kind.ACTION, private=True, owner="Alex")
    play.keep("owned", Kind.ACTION, owner="Alex", due="2026-12-01", tags=("tag",), goals=("goal",))
    play.keep(f"doubtful due:{MARK}x", Kind.ACTION, owner="Berta", doubts=("owner", "due"))
    play.keep("scored", Kind.GOAL, score=7)
    play.keep("unscored", Kind.RATING, doubts=("score",))
    done, dropped = play.keep("done", Kind.ACTION), play.keep("dropped", Kind.ACTION)
    play.do(asked.Finish(done))
    play.do(asked.Drop(dropped, UserText("a reason")))
    for device in ("one", "two"):
        play.device = device
        for kind in (Kind.NOTE, Kind.ACTION):
            play.happen(Amended(keeps[kind], keeps[kind], content(f"amended on {device}")))
    play.device = "desk"
    play.wait(minutes=4)
    play.do(asked.Park(play.id_of("Parked")))
    play.do(asked.AddTopic(UserText("Added"), 3))
    if upto in (Phase.CLOSING, Phase.ENDED):
        play.wait(minutes=20)
        play.do(asked.Close())
    if upto is Phase.CLOSING:
        play.happen(NextDateSet(BEGIN + timedelta(days=7), PLANT))
    if settled:
        play.do(asked.SetNextDate(BEGIN + timedelta(days=7), "Europe/Berlin"))
        for role in Role:
            answers = (
                Answer("keep", text=UserText("keep this")),
                Answer("own:3", text=UserText("more")),
                Answer("own:1", 4),
            )
            play.do(asked.GiveFeedback(FeedbackGiven(role, answers, Visibility.BOTH, Via.SCREEN)))
    if upto is Phase.ENDED:
        play.do(asked.End())
    return play.record


def behind(number: int, before: Record) -> Record:
    """A session that opened with what another left: its actions, a topic, a question."""
    asks = replace(prompt("a question left over", PromptKind.QUESTION), carried="2026-11-14")
    first, carried = topic("Last time", 5, prompts=(asks,)), topic("Left over", 7, carried="2026-11-14")
    # A record from elsewhere may hold anything for a date.
    strange = replace(topic("Left over too", 7), carried=PLANT)
    play = Play(
        record(agenda(first, carried, strange), number=number), ids=iter(range(number * 1000, number * 1000 + 999))
    )
    play.start()
    waits = [each for each in actions_of(session_of(before)) if each.status is ActionStatus.OPEN]
    refs = tuple(ActionRef(each.session, each.capture) for each in waits)
    play.do(OpenLastTime(play.id_of("Last"), (*refs, ActionRef(before.id, "gone"))))
    for ref, outcome in zip(refs, (Outcome.DONE, Outcome.CARRIED), strict=False):
        play.do(Review(ref, outcome))
    play.wait(minutes=5)
    play.keep("a note")
    return play.record


def half_filled(planter: Planter, *asked_: str) -> Draft:
    """A line under way, a form under way with its words, and what was typed into these fields."""
    words = (Answer("good-use", 4), Answer("keep", text=planter.user("half a form")))
    forms = tuple(HalfForm(role.value, words, Visibility.BOTH) for role in Role)
    asides = tuple(Aside(each, planter.user(f"typed into {each}")) for each in asked_)
    return Draft(BEGIN + timedelta(minutes=6), 360.0, planter.user("line under way"), forms, asides)


def agenda_file(folder: Path, planter: Planter) -> Path:
    """A hostile agenda as a file, its name hostile too, as far as a file system takes it."""
    say: Callable[[str], str] = lambda raw: " ".join(planter.text(raw).split())  # noqa: E731
    safe = planter.text("file").replace("/", "∕").replace("\0", "")[:60]
    path = folder / f"{safe.encode('utf-8', 'replace').decode()}.md"
    text = f"""---
title: {say("front title")!r}
mentor: {say("front mentor")!r}
mentee: {say("front mentee")!r}
duration: {say("front duration")!r}
unknown key {say("front key")}: {say("front value")}
---
# {say("file title")}

{say("file body")} [x](https://example.org)

## Last time: {say("file topic")} (10 min)

- {say("file bullet")}
- [ ] {say("file tick")}
- ? {say("file question")}
<!-- {say("file comment")} -->

## {say("file private")} (private) (5 min)

## {say("file lead")} (10 min, 5 min)
"""
    path.write_bytes(text.encode("utf-8", "replace"))
    anybody = f"# {say('title for anybody')}\n\n## {say('topic for anybody')} (10 min)\n"
    (folder / "anybody.md").write_bytes(anybody.encode("utf-8", "replace"))
    return path


def session_id(number: int) -> str:
    return str(UUID(int=number))


__all__ = ["BEGIN", "MENTEE", "PAIR", "Planter", "agenda_file", "behind", "half_filled", "plan", "played", "session_id"]
