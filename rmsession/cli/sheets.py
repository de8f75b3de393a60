"""One session whole, as lines on a plain surface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rmsession.cli.differing import dates_apart, settled_apart
from rmsession.cli.summaries import HIDDEN
from rmsession.cli.talk import table
from rmsession.core.facts import Content
from rmsession.core.owners import written
from rmsession.core.review import TopicTime, topic_times
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus, Kind, Phase, TopicState
from rmsession.core.text import clean
from rmsession.export import when

_SIGNS = {
    TopicState.DONE: "✓",
    TopicState.NOW: "▶",
    TopicState.TO_COME: "·",
    TopicState.OPEN: "○",
    TopicState.PARKED: "◌",
}


def sheet(session: Session, *, private: bool) -> Iterator[str]:
    """One session for its mentor's eyes: who, when, each topic with what was captured in it."""
    yield session.record.agenda.title.line
    yield ""
    facts = [("id", session.record.id), ("mentor", session.pair.mentor.name.line)]
    facts.append(("mentee", session.pair.mentee.name.line))
    facts += [("date", date) for date in when.sittings(session)]
    planned, taken = sum(session.allotted.values()), session.run(session.last_at)
    facts += [("time", f"planned {when.lasted(planned)}, took {when.lasted(taken)}")] if session.started else []
    facts += [("next", when.next_meeting(session.next_date))] if session.next_date else []
    facts += [("", each) for each in dates_apart(session)]
    waits = session.pending() if session.phase is Phase.ENDED else ()
    facts += [("waits", f"for {', '.join(waits)}")] if waits else []
    yield from table(facts)
    left = list(session.standing())
    for topic in topic_times(session, session.last_at):
        here = [each for each in left if each.topic == topic.topic]
        left = [each for each in left if each.topic != topic.topic]
        yield from ("", _topic(topic, private=private), *_captures(session, here, private=private))
    if left:
        yield from ("", "Without a topic", *_captures(session, left, private=private))


def _topic(topic: TopicTime, *, private: bool) -> str:
    title = topic.title.line if private or not topic.private else HIDDEN
    times = f"{when.lasted(topic.spent_seconds)} of {when.lasted(topic.planned_seconds)}"
    return f"{_SIGNS[TopicState(topic.state)]} {title} · {topic.state} · {times}"


def _captures(session: Session, captures: Sequence[Capture], *, private: bool) -> list[str]:
    if not captures:
        return []
    zone = session.record.zone
    rows = []
    for each in captures:
        rows.append((when.time(when.local(each.wall, zone)), *_said(each, private=private)))
        if private or each.shared:  # two people amended it without seeing each other's version
            rows += [("", "or", _words(rival)) for rival in each.rivals]
            rows += [("", "but", settled_apart(session, each))] if each.unseen else []
    return [f"    {line}" for line in table(rows)]


def _said(capture: Capture, *, private: bool) -> tuple[str, str]:
    if not (private or capture.shared):
        return HIDDEN, ""
    parts = [_words(capture.content)]
    settled = capture.kind is Kind.ACTION and capture.status is not ActionStatus.OPEN
    parts += [f"({capture.status.value})"] if settled else []
    parts += [] if capture.shared else [f"(private to the {capture.audience.value})"]
    return capture.kind.value, " ".join(parts)


def _words(content: Content) -> str:
    parts = [content.text.line]
    parts += [f"= {content.score}"] if content.score is not None else []
    parts += [clean(written(content.owner.raw))] if content.owner else []
    parts += [f"due:{clean(content.due)}"] if content.due else []
    return " ".join(parts)
