"""Data folders of pairs as they lie on their own machines, with a mark in every text that anybody could write there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from privacy.sentinels import held, mark
from support.building import BEGIN, MENTEE, MENTOR, PAIR, Play

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind
from rmsession.core.arrangement import Arrangement, KnownAs, Objective, Profile
from rmsession.core.between import ActionRef
from rmsession.core.commands_between import OpenLastTime, Review
from rmsession.core.commands_sitting import SetPrepared
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility, form
from rmsession.core.last_time import to_review
from rmsession.core.outcomes import Change
from rmsession.core.programme import Pair, Person
from rmsession.core.record import Record
from rmsession.core.store import Aside, Draft
from rmsession.core.terms import Kind, Outcome, Role
from rmsession.core.text import UserText
from rmsession.reader.agenda_reader import read_text
from rmsession.reader.library import bundled
from rmsession.store.opening import open_store

_FACT = re.compile(r"00000000-0000-0000-0000-fac7([0-9a-f]{8})")


@dataclass
class Laptop:
    """One pair's folder, and the marks in it."""

    number: int
    home: Path
    marks: set[str] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def text(self, name: str, before: str = "") -> UserText:
        """A text with a mark of its own."""
        own = f"laptop {self.number}: {name}"
        self.marks.add(own)
        return UserText(f"{before} {mark(own)}".strip())

    @property
    def pair(self) -> Pair:
        """Its two people, by the ids that they had before anybody made a programme of them."""
        mentor = Person(f"person-m{self.number}", self.text("mentor's name", "Robin"))
        return Pair(f"pair-{self.number}", mentor, Person(f"person-n{self.number}", self.text("mentee's name", "Alex")))

    @property
    def known_as(self) -> KnownAs:
        """The ids that the lead's card gave."""
        return KnownAs(f"lead-pair-{self.number}", f"lead-m{self.number}", f"lead-n{self.number}")


def laptop(number: int, home: Path) -> Laptop:
    """A folder with three sessions, all that a store keeps beside them, and its index."""
    it = Laptop(number, home)
    it.records = [marked_everywhere(it), *goals_and_forms(it)]
    store = open_store(home)
    for each in it.records:
        store.begin(each)
    store.keep_known(known(it))
    line = it.text("draft")
    asides = (Aside("note", it.text("aside")), Aside("reason", it.text("private aside"), private=True))
    store.keep_draft(it.records[-1].id, Draft(BEGIN, 0.0, line, asides=asides))
    store.history()
    store.close()
    (home / "config.toml").write_text(f'me = "{it.pair.mentor.name.raw}"\n', encoding="utf-8")
    (home / "agendas").mkdir()
    (home / "agendas" / f"{mark('own file')}.md").write_text(f"# {it.text('own agenda').raw}\n", encoding="utf-8")
    return it


def marked_everywhere(it: Laptop) -> Record:
    """The session with marks in every kind of line, as this pair's; its lines have ids of their own."""
    whole = held()
    it.marks |= whole.shared | whole.hidden | whole.answers
    ids = {PAIR.id: it.pair.id, MENTOR.id: it.pair.mentor.id, MENTEE.id: it.pair.mentee.id}
    return replace(_with_ids(whole.record, ids, it.number), id=f"00000000-0000-0000-0000-{it.number:012}")


def _with_ids(value: Any, ids: dict[str, str], number: int) -> Any:
    match value:
        case str():
            return _FACT.sub(rf"00000000-0000-0000-{number:04}-fac7\1", ids.get(value, value))
        case tuple():
            return tuple(_with_ids(each, ids, number) for each in value)
        case _ if is_dataclass(value) and not isinstance(value, type | UserText):
            told = {each.name: _with_ids(getattr(value, each.name), ids, number) for each in fields(value)}
            return replace(value, **told)
        case _:
            return value


def goals_and_forms(it: Laptop) -> list[Record]:
    """Two sessions of the curriculum: goals scored twice, actions looked at again, forms, dates."""
    first = _play(it, 1, 0, FeedbackKind.FIRST)
    goal = first.keep(it.text("goal").raw, Kind.GOAL, score=it.number)
    secret = first.keep(it.text("private goal").raw, Kind.GOAL, score=9, private=True)
    first.keep(
        it.text("action").raw, Kind.ACTION, owner=it.text("owner").raw, due="2026-12-01", tags=(it.text("tag").raw,)
    )
    first.keep(it.text("private action").raw, Kind.ACTION, private=True)
    _close(it, first, "first")
    second = _play(it, 2, 21, FeedbackKind.FINAL)
    refs = tuple(ActionRef(each.session, each.capture) for each in to_review([first.session], it.pair.mentor.id))
    second.do(OpenLastTime(second.session.topics[0].id, refs))
    for ref in refs:
        second.do(Review(ref, Outcome.DONE))
    second.wait(minutes=3 + it.number)
    second.do(asked.AddTopic(it.text("topic added live"), 5.0))
    second.keep(it.text("goal").raw, Kind.GOAL, score=it.number + 4)
    _close(it, second, "second", {f"goal:{goal}": 1, f"goal:{secret}": -2})
    return [first.record, second.record]


def _play(it: Laptop, place: int, days: int, kind: FeedbackKind) -> Play:
    plan = read_text(bundled()[place - 1].read_text(encoding="utf-8"), name="plan").agenda
    plan = replace(
        plan, feedback=kind, questions=(it.text("own question"), UserText(f"{it.text('own scale').raw} (1-5)")),
        body=it.text("agenda's text"), source=it.text("file name"),
    )  # fmt: skip
    session = f"00000000-0000-0000-{place:04}-{it.number:012}"
    begun = Record(session, it.pair, plan, "Europe/Berlin", "desk", BEGIN + timedelta(days=days))
    play = Play(begun, by=it.pair.mentor.id, ids=count(it.number * 10_000 + place * 1000))
    play.clock.set_wall(days * 86_400.0)
    play.start()
    play.do(SetPrepared(it.number != 1))
    play.wait(minutes=4)
    return play


def _close(it: Laptop, play: Play, name: str, goals: dict[str, int] | None = None) -> None:
    next_date = play.now.wall + timedelta(days=21)
    play.do(asked.SetNextDate(next_date, "Europe/Berlin"))
    play.do(asked.Close())
    for role, person in ((Role.MENTEE, it.pair.mentee), (Role.MENTOR, it.pair.mentor)):
        items = form(play.record.agenda.feedback, role.value, questions=play.record.agenda.questions).items
        answers = tuple(
            Answer(each.id, each.highest - it.number % 2) if each.scores
            else Answer(each.id, text=it.text(f"{name}, {role.value}'s {each.id}"))
            for each in items
        )  # fmt: skip
        answers += tuple(Answer(item, score) for item, score in (goals or {}).items())
        shown = Visibility.COUNTS if role is Role.MENTEE else Visibility.BOTH
        play.do(asked.GiveFeedback(FeedbackGiven(role, answers, shown, Via.SCREEN)), by=person.id)
    play.do(asked.End())


def known(it: Laptop) -> list[Any]:
    """What this machine knows of its pair; of the change log one entry is agreed by both, and written to be read."""
    at = datetime(2026, 12, 20, tzinfo=BEGIN.tzinfo)
    entry = Change(
        f"entry-{it.number}", it.pair.id, date(2026, 12, 1), UserText("Let staff post"), UserText("Yes"),
        UserText(f"Policy {it.number} updated"), agreed=tuple(Role), revised=at,
    )  # fmt: skip
    it.changes.append(replace(entry, pair=it.known_as.pair))
    own = replace(
        entry, id=f"own-{it.number}", idea=it.text("unagreed idea"), answer=it.text("unagreed answer"),
        changed=it.text("unagreed change"), agreed=(Role.MENTOR,),
    )  # fmt: skip
    back = replace(entry, id=f"back-{it.number}", idea=it.text("taken back"), withdrawn=True)
    arrangement = Arrangement(
        it.pair.id, it.text("wave"), objective=Objective.OWN, objective_words=it.text("objective"),
        known_as=it.known_as, revised=at,
    )  # fmt: skip
    people = (it.pair.mentor, it.pair.mentee)
    profiles = [
        Profile(each.id, *(it.text(f"{each.id}'s {what}") for what in ("role", "location", "level")), at)
        for each in people
    ]
    return [it.pair, *profiles, arrangement, entry, own, back]
