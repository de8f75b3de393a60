"""Changing a record from elsewhere: from a list, from another session, from the command line, after the end or before.

What comes of it is a fact of that record with a date, and with no place in the session's own time: it did not happen
at the table. Whoever asks brings the session as the store has it at that moment, and keeps the fact there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from rmsession.core.commands import Amend, Command
from rmsession.core.decide import Now, decide, stamp
from rmsession.core.decision import Decision, Refusal
from rmsession.core.facts import Fact, Undone
from rmsession.core.fold import session_of
from rmsession.core.programme import person_here
from rmsession.core.session import Capture, Session
from rmsession.core.store import Store
from rmsession.core.text import UserText
from rmsession.core.undo import CORRECTED


def late_fact(
    session: Session, command: Command, wall: datetime, *, by: str, device: str, fact_id: str
) -> Fact | Refusal:
    """The fact that a request about a record comes to when it is made away from that record's table."""
    decision = decide(session, command, Now(session.last_at, wall), by)
    if isinstance(decision, Refusal):
        return decision
    return _dated(session, decision, wall, by=by, device=device, fact_id=fact_id)


def late_undo(session: Session, target: str, wall: datetime, *, by: str, device: str, fact_id: str) -> Fact | Refusal:
    """The fact that takes back one correction, named by its id, whatever has happened since."""
    fact = next((each for each in session.facts if each.id == target), None)
    if fact is None or not isinstance(fact.what, CORRECTED):
        return Refusal("There is nothing to undo.")
    if fact.id in session.out:
        return Refusal("It is undone already.")
    if fact.by != by:
        return Refusal("Somebody else did that.")
    return _dated(session, Decision(Undone(fact.id), fact.audience), wall, by=by, device=device, fact_id=fact_id)


def change(
    store: Store,
    session: str,
    ask: Callable[[Session], Command | Refusal],
    wall: datetime,
    *,
    me: UserText | None,
    device: str,
) -> Fact | Refusal:
    """Read a record, let `ask` make a request of it, and keep what it comes to; whoever sits here did it.

    Blocks until it is on the disk: for the writer thread or the command line. Raises `StoreError`, `Conflict`.
    """
    folded = session_of(store.load(session))
    command = ask(folded)
    if isinstance(command, Refusal):
        return command
    by = person_here(folded.pair, me).id
    fact = late_fact(folded, command, wall, by=by, device=device, fact_id=str(uuid4()))
    if isinstance(fact, Fact):
        store.append(session, fact)
    return fact


def take_back(
    store: Store, session: str, target: str, wall: datetime, *, me: UserText | None, device: str
) -> Fact | Refusal:
    """Read a record and undo one correction of it, as `change` does the others. Raises `StoreError`, `Conflict`."""
    folded = session_of(store.load(session))
    by = person_here(folded.pair, me).id
    fact = late_undo(folded, target, wall, by=by, device=device, fact_id=str(uuid4()))
    if isinstance(fact, Fact):
        store.append(session, fact)
    return fact


def hand_over(capture: Capture, owner: UserText) -> Amend:
    """Give an action item to somebody else; how sure its owner was goes with the owner."""
    content = replace(capture.content, owner=owner, doubts=_without(capture, "owner"))
    same = capture.content.owner is not None and capture.content.owner == owner
    return Amend(capture.id, content if same else replace(content, confidence=None), settles=False)


def new_date(capture: Capture, day: date | None) -> Amend:
    """Give an action item another due date, or none."""
    due = day.isoformat() if day else None
    return Amend(capture.id, replace(capture.content, due=due, doubts=_without(capture, "due")), settles=False)


def _without(capture: Capture, doubt: str) -> tuple[str, ...]:
    """What is doubtful still, once somebody has said this by hand."""
    return tuple(each for each in capture.content.doubts if each != doubt)


def _dated(session: Session, decision: Decision, wall: datetime, *, by: str, device: str, fact_id: str) -> Fact:
    now = Now(session.last_at, wall)
    return replace(stamp(decision, session, now, by=by, device=device, fact_id=fact_id), at=None)
