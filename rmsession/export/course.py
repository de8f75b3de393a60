"""What became of a topic, in one sentence that every format has."""

from __future__ import annotations

from rmsession.core.terms import TopicState
from rmsession.export import when
from rmsession.export.seen import NOT_STARTED, TopicSeen


def course(topic: TopicSeen) -> str:
    """What it was given, what it took, what became of it, and from when it was brought: one sentence."""
    said = ", ".join(_parts(topic))
    # Not `capitalize`: it makes the month's letter small.
    return f"{said[:1].upper()}{said[1:]}."


def _parts(topic: TopicSeen) -> list[str]:
    parts = []
    if topic.state == NOT_STARTED:
        parts.append("not started")
    else:
        given = topic.planned_seconds
        parts.append("added in the session" if given is None else f"planned {when.lasted(given)}")
        if topic.taken_seconds or topic.state not in (TopicState.TO_COME.value, TopicState.PARKED.value):
            parts.append(f"took {when.lasted(topic.taken_seconds)}")
        if topic.state != TopicState.DONE.value:
            parts.append("not reached" if topic.state == TopicState.TO_COME.value else topic.state)
    return [*parts, f"carried from {when.short_day(topic.carried)}"] if topic.carried else parts
