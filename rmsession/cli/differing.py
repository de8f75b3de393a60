"""What two people did with one thing without having seen each other's word: how it differs, and what stands."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.cli.talk import cut
from rmsession.core.next_time import agreed_beside
from rmsession.core.session import Capture, Session
from rmsession.core.settled import Settlement
from rmsession.core.wordings import marks
from rmsession.export import when

_SHOWN = 60
"""Columns of a text; what it is told apart by stands behind it."""


def differing(session: Session, before: Session | None) -> Iterator[str]:
    """A line for each thing on which two sides differ, with how to change it, unless it was told `before`."""
    known = before.captures if before else {}
    for each in session.standing():
        if not each.shared:
            continue
        old = known.get(each.id)
        if len(each.rivals) > (len(old.rivals) if old else 0):
            yield f"{_versions(each)}; see `rmsession show {session.record.id[:8]}`"
        if each.unseen and (old is None or each.unseen != old.unseen):
            yield f"settled differently: {cut(each.content.text.line, _SHOWN)}: {settled_apart(session, each)}"
    if (dates := agreed_beside(session)) and (before is None or dates != agreed_beside(before)):
        holds = when.next_meeting(session.next_date) if session.next_date else "none"
        yield from (f"{line}; {holds} holds" for line in dates_apart(session))


def settled_apart(session: Session, capture: Capture) -> str:
    """``done by Alex, dropped by Robin; dropped stands, …``: what each made of an action, and how to change it."""
    all_ = (*capture.unseen, Settlement(capture.status, capture.settled_by))
    told = ", ".join(f"{each.status.value} by {_name(session, each.by)}" for each in all_)
    return f"{told}; {capture.status.value} stands, `rmsession action {capture.id[:8]} --reopen` opens it again"


def dates_apart(session: Session) -> Iterator[str]:
    """A line for each date of the next meeting that the other side agreed as well, and that does not hold."""
    for by, other in agreed_beside(session):
        yield (
            f"{when.next_meeting(other)} was agreed as well, by {_name(session, by)} "
            "(`rmsession next moved DATE TIME` moves there)"
        )


def _versions(capture: Capture) -> str:
    parts = ((cut(each.text.line, _SHOWN), marks(each)) for each in (*capture.rivals, capture.content))
    told = " / ".join(" ".join(filter(None, each)) for each in parts)
    return f"{len(capture.rivals) + 1} versions of one line: {told}"


def _name(session: Session, person: str) -> str:
    return session.name_of(person).line or "somebody else"
