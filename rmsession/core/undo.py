"""Which of a person's steps undo would take back, and which redo: never another's, nor one that no longer counts."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core import between
from rmsession.core import facts as happened
from rmsession.core.facts import Event, Fact
from rmsession.core.session import Session
from rmsession.core.terms import Phase

_UNDOABLE: tuple[type[Event], ...] = (
    happened.TopicEntered, happened.Extended, happened.TopicParked, happened.TopicUnparked, happened.Reordered,
    happened.TopicAdded, happened.Fitted, happened.Ticked, happened.Paused, happened.Resumed, happened.MustEndSet,
    happened.ClosingBegan, happened.ClosingLeft, between.QuestionBrought,
)  # fmt: skip
CORRECTED: tuple[type[Event], ...] = (
    happened.Captured, happened.Amended, happened.Reclassified, happened.MovedTo, happened.AudienceSet,
    happened.Withdrawn, happened.Accepted, happened.ActionDone, happened.ActionReopened, happened.ActionDropped,
    happened.NextDateSet, happened.PreparedSet, between.ActionCarried, between.ActionSplit,
    between.NextDateSettled, between.LetGo,
)  # fmt: skip
"""What can be taken back at any time, also when its sitting is over."""


def last_undoable(session: Session, by: str) -> Fact | None:
    """What undo would take back: one's own last step that counts. Of a sitting that is over only corrections can be."""
    return next((fact for fact, kinds in _counting(session, by) if isinstance(fact.what, kinds)), None)


def last_undone(session: Session, by: str) -> Fact | None:
    """What redo would take back: one's own last undo, unless a new step came after it or its sitting is over."""
    for fact, kinds in _counting(session, by):
        if isinstance(fact.what, happened.Undone):
            undid = next((each for each in session.facts if each.id == fact.what.target), None)
            if undid and not isinstance(undid.what, happened.Undone):
                return fact if isinstance(undid.what, kinds) else None
        elif isinstance(fact.what, CORRECTED + _UNDOABLE):
            return None
    return None


def _counting(session: Session, by: str) -> Iterator[tuple[Fact, tuple[type[Event], ...]]]:
    """One's own facts that count, the last one first, each with the kinds that may still be undone there.

    The course of a sitting that is over stands: to undo a step of it would charge time that nobody saw pass. What
    came from elsewhere while the session runs, an action ticked off in a second terminal, is no step of it.
    """
    kinds = CORRECTED + _UNDOABLE
    running = session.phase not in (Phase.READY, Phase.ENDED)
    for fact in reversed(session.facts):
        if fact.id in session.out:
            continue
        if isinstance(fact.what, happened.Ended | happened.SittingOpened):
            kinds, running = CORRECTED, False
        if fact.by == by and not (running and fact.at is None):
            yield fact, kinds
