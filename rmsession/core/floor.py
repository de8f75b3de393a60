"""Who has the floor: one topic after the other, with no time between them that is nobody's."""

from __future__ import annotations

from dataclasses import replace

from rmsession.core.changing import changed
from rmsession.core.session import Session, Span


def turn_to(session: Session, topic: str) -> Session:
    """Give a topic the floor: the last stretch ends where this one begins."""
    spans = (*_shut(session.spans, session.last_at), Span(session.last_at, topic=topic))
    off_record = session.off_record
    if topic != session.current:
        after = session.topic_by_id(topic)
        off_record = session.said_off or bool(after and after.off_record)
    return changed(
        session,
        spans=spans,
        current=topic,
        off_record=off_record,
        parked=session.parked - {topic},
        done=session.done - {topic},
    )


def unpaused(session: Session) -> Session:
    """The session with its clock running on."""
    return changed(session, pauses=_shut(session.pauses, session.last_at))


def risen(session: Session) -> Session:
    """Nobody at the table: every open stretch ends here."""
    *before, last = session.sittings
    sittings = (*before, last if last.end is not None else replace(last, end=session.last_at))
    return changed(unpaused(session), spans=_shut(session.spans, session.last_at), sittings=sittings)


def _shut(spans: tuple[Span, ...], at: float) -> tuple[Span, ...]:
    if spans and spans[-1].end is None:
        return (*spans[:-1], replace(spans[-1], end=max(at, spans[-1].start)))
    return spans
