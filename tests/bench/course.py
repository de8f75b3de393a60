"""One generated session in which everything comes about by lot, as often as in life."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from bench.words import line, paragraph, some

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind, PromptKind
from rmsession.core.facts import Content, FeedbackGiven
from rmsession.core.feedback import Answer, Form, Via, Visibility, form
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText
from rmsession.demo.course import Course

TAGS = ("website", "hiring", "privacy", "profile", "video", "ai", "phone", "customers", "brand", "writing", "crisis")
GOALS = ("confidence", "reach", "listening", "writing", "speed", "trust")
_CAPTURES = 19.5
"""How many lines a session holds on average; the pasted blocks and the splits come on top."""
_KINDS = {
    Kind.NOTE: 58,
    Kind.ACTION: 17,
    Kind.QUESTION: 9,
    Kind.IDEA: 5,
    Kind.DECISION: 5,
    Kind.GOAL: 2,
    Kind.RATING: 2,
    Kind.PARKED: 2,
}


class DrawnCourse(Course):
    """A course in which the lot decides what is done and said."""

    def talk(self) -> None:
        """Go through the topics: ticks, captures, corrections, a pause here, more time there."""
        lot, topics = self._lot, self.session.topics
        weight = sum(topic.minutes or 5 for topic in topics)
        for topic in topics:
            if self.session.current != topic.id:
                continue
            due = _CAPTURES * (topic.minutes or 5) / weight
            lines = round(lot.gammavariate(4, due / 4))
            pause = (self.session.budgets.get(topic.id, 300) * lot.lognormvariate(0, 0.25)) / (lines + 1)
            for prompt in topic.prompts:
                if prompt.kind is PromptKind.TICK and lot.random() < 0.6:
                    self.do(asked.Tick(prompt.id))
            for _ in range(lines):
                self.wait(pause)
                self._capture()
            self.wait(pause)
            self._turn()

    def close(self, *, next_meeting: datetime | None) -> None:
        """Read back, agree the next date, give feedback, end; now and then something stays undone."""
        lot = self._lot
        self.do(asked.Close())
        if lot.random() < 0.04:  # ended in a hurry: its forms and dates stay pending
            self.do(asked.End())
            return
        for capture in list(self.session.to_read_back()):
            self.wait(4)
            self.do(asked.Accept(capture.id))
        self.do(asked.SetNextDate(next_meeting, self.session.record.zone))
        for role in (Role.MENTEE, Role.MENTOR):
            self.wait(40)
            by = self.people[role is Role.MENTEE]
            skips = self.session.record.agenda.feedback is FeedbackKind.NONE or lot.random() < 0.1
            given = asked.SkipFeedback(role) if skips else asked.GiveFeedback(self._form(role))
            self.do(given, by=by)
        self.do(asked.End())

    def content(self, kind: Kind, day: datetime) -> Content:
        """What a captured line of that kind says."""
        lot = self._lot
        text = (
            paragraph(lot) if kind is Kind.NOTE and lot.random() < 0.02 else line(lot, 8 if kind is Kind.ACTION else 10)
        )
        tags = (lot.choice(TAGS),) if lot.random() < 0.12 else ()
        goals = (lot.choice(GOALS),) if lot.random() < 0.04 else ()
        text += "".join(f" #{tag}" for tag in tags) + "".join(f" +{goal}" for goal in goals)
        match kind:
            case Kind.ACTION:
                owner = lot.choices((self.session.pair.mentee.name, self.session.pair.mentor.name, None), (6, 3, 1))[0]
                due = day.date() + timedelta(days=lot.choice((2, 3, 5, 7, 7, 10, 14, 14, 21, 30)))
                dated = due.isoformat() if lot.random() < 0.7 else None
                sure = lot.randint(1, 5) if lot.random() < 0.3 else None
                return Content(UserText(text), owner, dated, tags, goals, confidence=sure)
            case Kind.GOAL:
                return Content(UserText(" ".join(some(lot, 3))), score=lot.randint(0, 10))
            case Kind.RATING:
                return Content(UserText(" ".join(some(lot, 2))), score=lot.randint(1, 5))
            case _:
                return Content(UserText(text), tags=tags, goals=goals)

    def _capture(self) -> None:
        lot = self._lot
        kind = lot.choices(list(_KINDS), list(_KINDS.values()))[0]
        by = self.people[lot.random() < 0.08]
        kept = self.do(asked.Keep(kind, self.content(kind, self._wall), private=lot.random() < 0.07), by=by)
        chance = lot.random()
        if kept is None or chance > 0.12:
            return
        self.wait(3)
        if chance < 0.06:
            before = self.session.captures[kept.id].content
            self.do(asked.Amend(kept.id, replace(before, text=UserText(f"{before.text.raw} {some(lot, 1)[0]}"))), by=by)
        elif chance < 0.08:
            self.do(asked.Undo(), by=by)
        elif chance < 0.09:
            self.do(asked.Withdraw(kept.id), by=by)
        elif chance < 0.105:
            self.do(asked.Reclassify(kept.id, Kind.DECISION if kind is not Kind.DECISION else Kind.NOTE), by=by)
        elif chance < 0.11:
            self.do(asked.SetAudience(kept.id, Audience.MENTOR), by=by)
        else:
            self.do(asked.MoveCapture(kept.id, lot.choice(self.session.topics).id), by=by)

    def _turn(self) -> None:
        """On to the next topic, mostly; time is stretched, something parked, the clock stopped for coffee."""
        lot = self._lot
        chance = lot.random()
        if chance < 0.05:
            self.do(asked.Extend(5))
        elif chance < 0.08:
            self.do(asked.Pause())
            self.wait(lot.randint(60, 900))
            self.do(asked.Resume())
        elif chance < 0.12 and self.do(asked.Park()):
            return
        self.do(asked.Next())

    def _form(self, role: Role) -> FeedbackGiven:
        lot = self._lot
        answers = tuple(
            Answer(item.id, lot.choice(item.scores)) if item.scores else Answer(item.id, text=UserText(line(lot, 6)))
            for item in _asked_of(self.session.record.agenda.feedback, role).items
            if lot.random() < 0.9
        )
        seen = lot.choice((Visibility.BOTH, Visibility.BOTH, Visibility.COUNTS))
        return FeedbackGiven(role, answers, seen, Via.SCREEN)


@cache
def _asked_of(kind: FeedbackKind, role: Role) -> Form:
    return form(kind, role.value)
