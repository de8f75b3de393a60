"""A session changed by a step of the fold: another value, or the same one while nobody but the fold holds it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from rmsession.core.record import Record
from rmsession.core.session import Capture, Session

_set: Final = object.__setattr__


class Underway(Session):
    """A session that only its replay holds: each of its facts changes it in place.

    To copy thirty fields for each of a hundred facts is most of what reading thousands of sessions costs.
    """

    __slots__ = ()


def begun(record: Record, out: frozenset[str]) -> Underway:
    """The session of a record before its first fact."""
    return Underway(record=record, pair=record.pair, topics=record.agenda.topics, out=out)


def finished(session: Session) -> Session:
    """The session after its last fact, from now on a value as any other."""
    _set(session, "__class__", Session)
    return session


def changed(session: Session, **parts: Any) -> Session:
    """The session with other parts; a step that uses the one before it after this reads what it has now."""
    if type(session) is not Underway:
        return replace(session, **parts)
    for name, part in parts.items():
        _set(session, name, part)
    return session


def with_capture(session: Session, capture: Capture) -> Session:
    """The session with one captured line more, or as it is now."""
    if isinstance(session, Underway) and isinstance(session.captures, dict):
        session.captures[capture.id] = capture
        return session
    return replace(session, captures={**session.captures, capture.id: capture})
