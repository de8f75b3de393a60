"""Facts into a session: `apply` never refuses, has no clock and touches nothing.

A fact that makes no sense where it stands (merged from elsewhere, or in a damaged order) has no effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from rmsession.core import facts as happened
from rmsession.core.captures import CAPTURE_STEPS
from rmsession.core.changing import begun, changed, finished
from rmsession.core.course import COURSE_STEPS, possible
from rmsession.core.facts import Event, Fact, Undone
from rmsession.core.next_time import NEXT_TIME_STEPS
from rmsession.core.record import Record, in_order, order_key
from rmsession.core.session import Session

_STEPS: dict[type[Event], Callable[[Session, Fact], Session]] = {**COURSE_STEPS, **CAPTURE_STEPS, **NEXT_TIME_STEPS}
_WITHOUT_EFFECT = (happened.Unknown, happened.Undone, happened.GapSettled)


def session_of(record: Record) -> Session:
    """Replay a record."""
    record = replace(record, facts=in_order(record.facts))
    out = undone(record.facts)
    blank: Session = begun(record, out)
    return finished(reduce(_step, (fact for fact in record.facts if fact.id not in out), blank))


def apply(session: Session, fact: Fact) -> Session:
    """The session after one more fact; equal to replaying all of them."""
    if any(fact.id == old.id for old in session.facts):
        return session
    record = replace(session.record, facts=(*session.facts, fact))
    in_place = not session.facts or order_key(session.facts[-1]) < order_key(fact)
    # An undo may have come before what it undoes, from another device.
    if not in_place or isinstance(fact.what, Undone) or fact.id in session.out:
        return session_of(record)
    return _step(replace(session, record=record), fact)


def undone(facts: tuple[Fact, ...]) -> frozenset[str]:
    """The facts that do not count: what an `Undone` that itself counts names."""
    out: set[str] = set()
    for fact in reversed(facts):
        if isinstance(fact.what, Undone) and fact.id not in out:
            out.add(fact.what.target)
    return frozenset(out)


def _step(session: Session, fact: Fact) -> Session:
    if isinstance(fact.what, _WITHOUT_EFFECT):
        step: Callable[[Session, Fact], Session] | None = None
    else:
        step = _STEPS[type(fact.what)]
    if fact.at is not None:
        session = changed(session, last_at=max(session.last_at, possible(fact.at)))
    return step(session, fact) if step else session
