"""Tasks that other programs wrote, taken into a session as its action items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rmsession.core.capture import Context, Line, parse
from rmsession.core.commands import Command, Drop, Finish, Keep
from rmsession.core.decide import Now, decide, stamp
from rmsession.core.decision import Refusal
from rmsession.core.facts import Content, Fact
from rmsession.core.fold import apply
from rmsession.core.frozen import frozen
from rmsession.core.owners import named
from rmsession.core.record import Record
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText

NOTICE = "rmsession:notice"
"""The word of a line of todo.txt that says something of the list and is no task."""
SIGNS = "🔺⏫🔼🔽⏬🔁🏁🆔⛔"
"""What Obsidian's plugin Tasks obeys behind a task: how it comes back, that it is deleted when done, what it is."""
_BLANKS = re.compile(r"\s+")


@frozen
class ImportedTask:
    """One task of a list, as its line says."""

    text: UserText
    """Without what the other fields say; a priority stays in it, as written."""
    owner: UserText | None = None
    """The name behind the ``@``, as written."""
    due: str | None = None
    """An ISO date."""
    status: ActionStatus = ActionStatus.OPEN
    settled: date | None = None
    """The day on which it was done or dropped, where the line says."""
    reason: UserText = field(default_factory=UserText)
    """Why it was dropped."""
    confidence: int | None = None
    """How sure its owner was, 1 to 5."""
    project: str = ""
    """The project that stands last in a line of todo.txt; other projects, and tags, stay in the text."""
    private: bool = False
    """Whether the line says that it is not shared."""
    line: int = 0
    """1-based."""


@frozen
class TasksTaken:
    """What came of taking tasks in."""

    record: Record
    """With the new facts."""
    facts: tuple[Fact, ...]
    added: int
    settled: int
    """How many that were open here the list calls done or dropped."""
    known: int
    """How many were there already."""


def as_word(text: UserText) -> str:
    """The text as one word, which blanks would end: a project or a context of todo.txt."""
    return _BLANKS.sub("-", text.line.strip())


def take_tasks(
    tasks: Iterable[ImportedTask], session: Session, now: Now, *, by: str, device: str, new_id: Callable[[], str]
) -> TasksTaken | Refusal:
    """Take tasks in as action items of the session; all of them, or none with the reason.

    One that is there already (the same text, owner and date) is not added again, so that a list may be taken in any
    number of times; what it says is done or dropped by now becomes so here.

    Args:
        tasks: In the order in which they are added.
        session: Nothing of it changes; the record with the new facts is in the answer.
        now: When this is asked.
        by: Who asks, a person's id.
        device: On which device.
        new_id: Makes the id of a fact.
    """
    taking = _Taking(session, now, by, device, new_id)
    known = {_key(each.content): each for each in session.standing(Kind.ACTION)}
    added = settled = old = 0
    for task in tasks:
        content = _content(taking.session, task, now)
        there = known.get(_key(content))
        if there is None:
            kept = taking.do(Keep(Kind.ACTION, content, private=task.private))
            if isinstance(kept, Refusal):
                return kept
            added += 1
            there = known[_key(content)] = taking.session.captures[kept.id]
        else:
            old += 1
            settled += there.is_open_action and task.status is not ActionStatus.OPEN
        if isinstance(refused := taking.settle(there, task), Refusal):
            return refused
        known[_key(content)] = taking.session.captures[there.id]
    return TasksTaken(taking.session.record, tuple(taking.facts), added, settled, old)


class _Taking:
    """The session while tasks are taken into it, one fact after the other."""

    def __init__(self, session: Session, now: Now, by: str, device: str, new_id: Callable[[], str]) -> None:
        self.session, self.facts = session, list[Fact]()
        self._now, self._by, self._device, self._new_id = now, by, device, new_id

    def do(self, command: Command, wall: datetime | None = None) -> Fact | Refusal:
        """The fact that a request becomes. It did not happen at the table: it has a date and no session second."""
        decision = decide(self.session, command, self._now, self._by)
        if isinstance(decision, Refusal):
            return decision
        made = stamp(decision, self.session, self._now, by=self._by, device=self._device, fact_id=self._new_id())
        made = replace(made, at=None, wall=wall or made.wall)
        self.session = apply(self.session, made)
        self.facts.append(made)
        return made

    def settle(self, capture: Capture, task: ImportedTask) -> Fact | Refusal | None:
        """Say of an open action item what the list says became of it, and when."""
        if not capture.is_open_action:
            return None
        match task.status:
            case ActionStatus.OPEN:
                return None
            case ActionStatus.DONE:
                return self.do(Finish(capture.id), self._noon(task.settled))
            case ActionStatus.DROPPED | ActionStatus.SPLIT:
                # Into what it was split no list says.
                why = task.reason or UserText("split" if task.status is ActionStatus.SPLIT else "")
                return self.do(Drop(capture.id, why), self._noon(task.settled))

    def _noon(self, day: date | None) -> datetime | None:
        """The middle of that day where the session was; now for none, and for one that is to come."""
        if day is None:
            return None
        try:
            zone = ZoneInfo(self.session.record.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
        noon = datetime.combine(day, time(12), zone)
        return noon if noon < self._now.wall else None


def _content(session: Session, task: ImportedTask, now: Now) -> Content:
    text = task.text.raw
    # The session's own export names the agenda there.
    if task.project and task.project != as_word(session.record.agenda.title):
        text = f"{text} +{task.project}"
    owners = [owner.raw for each in session.standing(Kind.ACTION) if (owner := each.content.owner)]
    people = (session.pair.mentor.name.raw, session.pair.mentee.name.raw)
    name = task.owner.raw if task.owner else ""
    known = named(name, people) or next(_spelled_so(name, owners), None)
    read = parse(f"note: {text}", Context(now.wall.date()))
    marks = read.content if isinstance(read, Line) else Content(UserText())
    return Content(
        UserText(text),
        owner=UserText(known or name) if name else None,
        due=task.due,
        tags=marks.tags,
        goals=marks.goals,
        confidence=task.confidence,
        doubts=("owner",) if name and known is None else (),
    )


def _spelled_so(name: str, owners: Iterable[str]) -> Iterator[str]:
    return (owner for owner in owners if name in {owner, as_word(UserText(owner))})


def _key(content: Content) -> tuple[str, str, str]:
    """What makes two action items the same: as people see them, whatever becomes of blanks and invisible signs."""
    owner = content.owner.line if content.owner else ""
    return " ".join(content.text.line.split()), " ".join(owner.split()).casefold(), content.due or ""
