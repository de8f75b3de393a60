"""One session of the demo: what is said under each topic, what is agreed, and what both say of it at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

from rmsession.core import commands as asked
from rmsession.core.agenda import PromptKind, Topic
from rmsession.core.capture import Context, Line, parse
from rmsession.core.facts import Content, Fact
from rmsession.core.frozen import frozen
from rmsession.core.record import Record
from rmsession.core.terms import Role
from rmsession.demo.course import Course
from rmsession.demo.forms import filled
from rmsession.demo.talk import one_of, sections, spoken

_SCORED = frozenset({"Pick two or three goals", "Goal scores", "Goal scores, then and now"})
"""The topics under which goals are given a score."""
_SIDES = {"mentor": Role.MENTOR, "mentee": Role.MENTEE}


@frozen
class Style:
    """How a pair works."""

    stem: str
    """The agenda's file, without its suffix."""
    fullness: float
    """How likely a line of the corpus is said."""
    progress: float
    """How far the pair is in its round, 0 to 1."""
    scores: tuple[tuple[str, int], ...] = ()
    """The goals, each with its score as of now."""
    ideas: tuple[str, ...] = ()
    """What is suggested to the leader, whatever else is said."""


class Lesson(Course):
    """A course in which people say what our corpus has under the topic at hand."""

    def __init__(self, record: Record, lot: Random, device: str, style: Style) -> None:
        super().__init__(record, lot, device)
        self.style = style
        """How the pair works."""

    def talk(self, topics: Sequence[Topic]) -> None:
        """Go through these topics: ticks and lines, each in its time or a little more; behind them, on to the next."""
        lot = self._lot
        for topic in topics:
            if self.session.current != topic.id:
                continue
            said = self._lines(topic)
            for prompt in topic.prompts:
                if prompt.kind is not PromptKind.PRIVATE and lot.random() < 0.6:
                    self.do(asked.Tick(prompt.id))
            pause = self.session.budgets.get(topic.id, 300.0) * lot.lognormvariate(0, 0.16) / (len(said) + 1)
            for line in said:
                self.wait(pause)
                self.say(line)
            self.wait(pause)
            if lot.random() < 0.05:
                self.do(asked.Extend(5))
            if not (lot.random() < 0.02 and self.do(asked.Park())):
                self.do(asked.Next())

    def say(self, line: str) -> Fact | None:
        """Keep a line as it is typed into the capture line."""
        lot, pair = self._lot, self.session.pair
        read = parse(spoken(lot, line), Context(self._wall.date(), tuple(_SIDES)))
        if not isinstance(read, Line):
            return None
        mentee = lot.random() < (0.2 if read.private else 0.06)
        return self.do(
            asked.Keep(read.kind, self._named(read.content), private=read.private),
            by=pair.mentee.id if mentee else pair.mentor.id,
        )

    def smaller(self) -> tuple[Content, ...]:
        """Two action items that take the place of one that was too big."""
        read = [parse(one_of(self._lot, "parts"), Context(self._wall.date(), tuple(_SIDES))) for _ in range(2)]
        return tuple(self._named(each.content) for each in read if isinstance(each, Line))

    def close(self, *, next_meeting: datetime | None, all_answer: bool) -> None:
        """Read back, agree the next date, give feedback, end; some forms are left out, and some stay pending."""
        lot = self._lot
        self.do(asked.Close())
        for capture in list(self.session.to_read_back()):
            self.wait(4)
            self.do(asked.Accept(capture.id))
        self.do(asked.SetNextDate(next_meeting, self.session.record.zone))
        for role in (Role.MENTEE, Role.MENTOR):
            self.wait(lot.randint(30, 55))
            chance = 1.0 if all_answer else lot.random()
            by = self.people[role is Role.MENTEE]
            if chance < 0.05:
                self.do(asked.SkipFeedback(role), by=by)
            elif chance > 0.08:
                self.do(asked.GiveFeedback(filled(self.session, role, self.style.progress, lot)), by=by)
        self.do(asked.End())

    def _lines(self, topic: Topic) -> list[str]:
        """What is said under a topic: of the corpus each line as likely as the pair is talkative."""
        style, title = self.style, topic.title.raw
        known = sections(style.stem).get(title, ())
        said = [line for line in known if self._lot.random() < style.fullness]
        if title in _SCORED:
            said += [f"g: {words} = {score}" for words, score in style.scores]
        if style.ideas and topic == self.session.topics[2]:
            said += [f"! {idea}" for idea in style.ideas]
        if self._lot.random() < 0.03:
            said.append(one_of(self._lot, "parked"))
        return said

    def _named(self, content: Content) -> Content:
        """The words with the pair's names in the place of the two roles."""
        role = _SIDES.get(content.owner.raw) if content.owner else None
        if role is None:
            return content
        pair = self.session.pair
        return replace(content, owner=pair.mentor.name if role is Role.MENTOR else pair.mentee.name)
