"""How facts about captured lines change a session: capture, correction, what became of actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rmsession.core import between
from rmsession.core import facts as happened
from rmsession.core.changing import with_capture
from rmsession.core.facts import Content, Fact
from rmsession.core.session import Capture, Session
from rmsession.core.settled import Carry, Settlement
from rmsession.core.terms import ActionStatus, Audience, Kind, Phase
from rmsession.core.text import UserText
from rmsession.core.wordings import Wording, amended, standing


def _is_withheld(fact: Fact, content: Content) -> bool:
    """Whether a copy that somebody shared has no words of this version: a later one took its place."""
    return fact.partial and content == Content(UserText())


def _captured(session: Session, fact: Fact) -> Session:
    what = fact.what
    if not isinstance(what, happened.Captured):
        return session
    capture = Capture(
        id=fact.id,
        kind=what.kind,
        content=what.content,
        by=fact.by,
        audience=fact.audience,
        at=fact.at,
        wall=fact.wall,
        topic=what.topic,
        heads=(fact.id,),
        wordings=(Wording(fact.id, what.content),),
        withheld=_is_withheld(fact, what.content),
    )
    return with_capture(session, capture)


def _erased(session: Session, fact: Fact) -> Session:
    what = fact.what
    if not isinstance(what, happened.Erased) or what.target != fact.id:
        return session
    stone = Capture(
        id=fact.id,
        kind=what.kind or Kind.NOTE,
        content=Content(UserText()),
        by=fact.by,
        audience=fact.audience,
        at=fact.at,
        wall=fact.wall,
        topic=what.topic,
        heads=(fact.id,),
        erased=True,
    )
    return with_capture(session, stone)


def _amended(capture: Capture, fact: Fact, what: happened.Amended) -> Capture:
    wordings = amended(capture.wordings, fact.id, what)
    says = standing(wordings)
    return replace(
        capture,
        content=says.content,
        heads=tuple(each.fact for each in wordings),
        rivals=says.rivals,
        base=says.base,
        wordings=wordings,
        accepted=False,
        withheld=_is_withheld(fact, what.content),
    )


def _reclassified(capture: Capture, _: Fact, what: happened.Reclassified) -> Capture:
    return replace(capture, kind=what.kind)


def _moved(capture: Capture, _: Fact, what: happened.MovedTo) -> Capture:
    return replace(capture, topic=what.topic)


def is_kept_from(session: Session, capture: Capture, by: str) -> bool:
    """Whether a line is private to the other one of the pair, who alone can say that it is shared again."""
    pair = session.pair
    match capture.audience:
        case Audience.SHARED:
            return False
        case Audience.MENTOR:
            return by == pair.mentee.id != pair.mentor.id
        case Audience.MENTEE:
            return by == pair.mentor.id != pair.mentee.id


def _audience(capture: Capture, _: Fact, what: happened.AudienceSet) -> Capture:
    return replace(capture, audience=what.audience)


def _withdrawn(capture: Capture, _: Fact, __: happened.Withdrawn) -> Capture:
    return replace(capture, withdrawn=True)


def _accepted(capture: Capture, _: Fact, __: happened.Accepted) -> Capture:
    return replace(capture, accepted=True)


def _settled(capture: Capture, fact: Fact, status: ActionStatus, reason: UserText | None = None) -> Capture:
    # Nobody is offered to settle what is settled: whoever did so had not seen it.
    unseen = capture.unseen
    if capture.status is not ActionStatus.OPEN:
        unseen = (*unseen, Settlement(capture.status, capture.settled_by))
    return replace(
        capture,
        status=status,
        settled=fact.wall,
        settled_by=fact.by,
        reason=reason or UserText(),
        unseen=tuple(each for each in dict.fromkeys(unseen) if each.status is not status),
    )


def _done(capture: Capture, fact: Fact, __: happened.ActionDone) -> Capture:
    return _settled(capture, fact, ActionStatus.DONE)


def _reopened(capture: Capture, _: Fact, __: happened.ActionReopened) -> Capture:
    return replace(
        capture, status=ActionStatus.OPEN, settled=None, settled_by="", reason=UserText(), parts=(), unseen=()
    )


def _dropped(capture: Capture, fact: Fact, what: happened.ActionDropped) -> Capture:
    return _settled(capture, fact, ActionStatus.DROPPED, what.reason)


def _carried(capture: Capture, fact: Fact, what: between.ActionCarried) -> Capture:
    others = (each for each in capture.carries if each.into != what.into)
    return replace(capture, carries=(*others, Carry(what.into, fact.wall, what.reason)))


def _split(capture: Capture, fact: Fact, what: between.ActionSplit) -> Capture:
    return replace(_settled(capture, fact, ActionStatus.SPLIT), parts=what.parts)


_ON_TARGET: dict[type[happened.Event], Callable[[Capture, Fact, Any], Capture]] = {
    happened.Amended: _amended,
    happened.Reclassified: _reclassified,
    happened.MovedTo: _moved,
    happened.AudienceSet: _audience,
    happened.Withdrawn: _withdrawn,
    happened.Accepted: _accepted,
    happened.ActionDone: _done,
    happened.ActionReopened: _reopened,
    happened.ActionDropped: _dropped,
    between.ActionCarried: _carried,
    between.ActionSplit: _split,
}

_RESTATED = (happened.Amended, happened.Reclassified)
"""After these a line is read back, unless the session was over."""


def _changed(session: Session, fact: Fact) -> Session:
    """Change the capture that a fact names; an unknown or erased one stays as it is."""
    target = getattr(fact.what, "target", "")
    capture = session.captures.get(target)
    if capture is None or capture.erased:
        return session
    if isinstance(fact.what, happened.AudienceSet) and is_kept_from(session, capture, fact.by):
        return session  # said on another machine that did not know it yet
    after = _ON_TARGET[type(fact.what)](capture, fact, fact.what)
    over = session.phase is Phase.ENDED and isinstance(fact.what, _RESTATED)
    if over and after.is_unread and not capture.is_unread:
        # A date or an owner agreed on since is no chore of a session whose lines were read back.
        after = replace(after, accepted=True)
    return with_capture(session, after)


CAPTURE_STEPS: dict[type[happened.Event], Callable[[Session, Fact], Session]] = {
    happened.Captured: _captured,
    happened.Erased: _erased,
    **dict.fromkeys(_ON_TARGET, _changed),
}
"""The step for each kind that concerns captured lines."""
