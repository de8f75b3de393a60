"""What one of a pair gives the other: a copy of a record without what is private, and what it holds back.

It is made from the folded session: what was withdrawn, replaced, undone or made private says nothing in it. Each fact
in it is one of the record's own, or the part of one that may leave (`Fact.partial`), so that a copy merges with the
record, with other copies and with what was written on the other side, in any order and any number of times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from rmsession.core import between
from rmsession.core import facts as happened
from rmsession.core.agenda import PromptKind
from rmsession.core.facts import Content, Fact
from rmsession.core.feedback import Visibility
from rmsession.core.frozen import frozen
from rmsession.core.record import Record, in_order
from rmsession.core.session import Capture, Session
from rmsession.core.stand_ins import open_agenda, open_topic, renamed, saying, stand_ins
from rmsession.core.terms import Audience
from rmsession.core.text import UserText

_AS_IT_IS: Final = (
    happened.Started, happened.TopicEntered, happened.Extended, happened.TopicParked, happened.TopicUnparked,
    happened.Reordered, happened.Fitted, happened.Paused, happened.Resumed, happened.GapSettled,
    happened.SittingOpened, happened.OffRecordSet, happened.MustEndSet, happened.PreparedSet, happened.ClosingBegan,
    happened.ClosingLeft, happened.Ended, happened.NextDateSet, happened.FeedbackSkipped, between.NextDateSettled,
)  # fmt: skip
"""Kinds that hold no words. Others leave only by a rule of their own: a kind that comes later stays until it has one.

What was open last time, and what the mentor lets go, names lines of other sessions that may be private there.
"""


def shared(session: Session) -> Record:
    """The copy of a session's record that the other one of the pair, or anybody, may have.

    The copy of a copy is the same, and merging it into the record changes nothing.
    """
    names = stand_ins(session.record)
    seen = _Seen.of(session)
    parts = filter(None, (_part(seen, fact) for fact in session.facts))
    return replace(
        session.record,
        pair=session.pair,
        agenda=open_agenda(session.record.agenda, names),
        partial=True,
        facts=in_order(renamed(fact, names) for fact in parts),
    )


@frozen
class _Seen:
    """What deciding about one fact takes to know of all of them."""

    session: Session
    facts: Mapping[str, Fact]
    once: frozenset[str]
    """Captures that are shared or once were, so that an earlier copy may have them."""
    prompts: frozenset[str]
    """Prompts that both may read and that were ticked on the record."""
    corrected: str | None
    """The fact that says who the pair is."""

    @classmethod
    def of(cls, session: Session) -> _Seen:
        """Everything that is to be known of a session."""
        once = {_made_shared(fact) for fact in session.facts}
        pairs = (fact.id for fact in session.facts if isinstance(fact.what, happened.PairCorrected))
        return cls(
            session,
            {fact.id: fact for fact in session.facts},
            frozenset(filter(None, once)),
            frozenset(
                prompt.id
                for topic in session.topics
                if not (topic.private or topic.off_record)
                for prompt in topic.prompts
                if prompt.kind is not PromptKind.PRIVATE
            ),
            next((each for each in reversed([*pairs]) if each not in session.out), None),
        )

    def may_have_left(self, capture: str) -> bool:
        """Whether another copy may have this capture, so that it must hear what became of it."""
        return capture in self.once or capture not in self.facts

    def hides(self, topic: str) -> bool:
        """Whether it is a private topic, of which no copy ever had a word, nor its id."""
        known = self.session.topic_by_id(topic)
        return known is not None and known.private


def _made_shared(fact: Fact) -> str | None:
    """The capture that a fact shares."""
    match fact.what:
        case happened.Captured() | happened.Erased() if fact.audience is Audience.SHARED:
            return fact.id
        case happened.AudienceSet(target=target, audience=Audience.SHARED):
            return target
        case _:
            return None


def _part(seen: _Seen, fact: Fact) -> Fact | None:
    """What leaves of a fact, with the topics' own ids."""
    match fact.what:
        case happened.Erased(target=target):
            return fact if seen.may_have_left(target) and not seen.hides(target) else None
        case _ if fact.id in seen.session.out:
            return None
        case happened.Undone(target=target):
            return fact if _undoes_shared(seen, target) else None
        case _ if capture := _capture_of(fact):
            return _about(seen, fact, capture)
        case _ if fact.audience is Audience.SHARED:
            return _of_the_course(seen, fact)
        case _:
            return None


def _capture_of(fact: Fact) -> str | None:
    """The capture that a fact is about, if it is about one."""
    if isinstance(fact.what, happened.Captured):
        return fact.id
    return None if isinstance(fact.what, happened.Undone) else getattr(fact.what, "target", None)


def _undoes_shared(seen: _Seen, target: str) -> bool:
    """Whether what was undone may have left in an earlier copy: an undone undo brings back what *it* named."""
    for _ in seen.facts:  # no chain is longer, unless somebody forged a ring
        fact = seen.facts.get(target)
        if fact is None:
            return True
        if not isinstance(fact.what, happened.Undone):
            capture = _capture_of(fact)
            if capture is not None:
                return seen.may_have_left(capture)
            return fact.audience is Audience.SHARED and _of_the_course(seen, fact) is not None
        target = fact.what.target
    return False


def _about(seen: _Seen, fact: Fact, target: str) -> Fact | None:
    """What leaves of a fact about a capture; of one that is not shared any more, that it is not."""
    capture = seen.session.captures.get(target)
    if capture is not None and capture.shared:
        return _about_shared(capture, fact)
    if capture is None and target in seen.facts:
        return None  # undone
    if capture is not None and capture.erased:
        return None  # its tombstones say so
    match fact.what:
        case happened.Withdrawn():
            return fact if seen.may_have_left(target) else None
        case happened.AudienceSet(audience=audience) if audience is not Audience.SHARED:
            return fact if seen.may_have_left(target) else None
        case _:
            return None


def _about_shared(capture: Capture, fact: Fact) -> Fact | None:
    """What leaves of a fact about a capture that both may see: no words but those that stand."""
    match fact.what:
        case happened.Captured() | happened.Amended() if fact.id not in (*capture.heads, capture.base):
            return replace(fact, partial=True, what=replace(fact.what, content=Content(UserText())))
        case happened.AudienceSet(audience=audience) if audience is not Audience.SHARED:
            return None
        case happened.ActionDropped(reason=reason) if reason.raw and reason != capture.reason:
            # That it was dropped is no secret where the other one of the pair made something else of it.
            return replace(fact, partial=True, what=replace(fact.what, reason=UserText()))
        case between.ActionCarried(into=into, reason=reason) if reason.raw:
            return fact if any(each.into == into and each.reason == reason for each in capture.carries) else None
        case _:
            return fact


def _of_the_course(seen: _Seen, fact: Fact) -> Fact | None:
    """What leaves of a fact that is about no capture."""
    part = fact.what
    match fact.what:
        case happened.Ticked(prompt=prompt):
            leaves = prompt in seen.prompts
        case happened.TopicAdded(topic=topic) as added:
            leaves, part = True, replace(added, topic=open_topic(topic))
        case between.QuestionBrought(prompt=prompt, topic=topic_id):
            known = seen.session.topic_by_id(topic_id)
            leaves = bool(known and not (known.private or known.off_record)) and prompt.kind is not PromptKind.PRIVATE
        case happened.PairCorrected():
            leaves = fact.id == seen.corrected
        case happened.FeedbackGiven(role=role, visibility=shown) as given:
            leaves = seen.session.forms.get(role) == given
            # That it was given is said, so that the other side does not ask for it again.
            part = given if shown is Visibility.BOTH else replace(given, answers=())
        case what:
            leaves = isinstance(what, _AS_IT_IS)
    return saying(fact, part) if leaves else None
