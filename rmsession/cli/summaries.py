"""Sessions as lines on a plain surface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rmsession.cli.talk import GAP, cells, cut, table, width
from rmsession.core.facts import Kind
from rmsession.core.owners import written
from rmsession.core.review import Summary, TopicTime, topic_times
from rmsession.core.session import ActionStatus, Capture, Phase, Session, TopicState
from rmsession.core.text import clean
from rmsession.export import when

HIDDEN = "•••"
"""What stands for private text until it is asked for."""

_LEAST_ROOM = 24
_SIGNS = {
    TopicState.DONE: "✓",
    TopicState.NOW: "▶",
    TopicState.TO_COME: "·",
    TopicState.OPEN: "○",
    TopicState.PARKED: "◌",
}


def listing(kept: Sequence[Summary], short: Mapping[str, str]) -> list[str]:
    """A line for each session, and one below it where something is left to do; it fits the terminal."""
    head = ("id", "date", "title", "pair", "min", "notes", "actions")
    rows = [head, *(_row(each, short[each.id]) for each in kept)]
    columns = width()
    if columns is not None:
        fixed = sum(max(cells(row[place]) for row in rows) for place in (0, 1, 4, 5, 6))
        room = max(columns - fixed - len(GAP) * (len(head) - 1), _LEAST_ROOM)
        pair = min(max(cells(row[3]) for row in rows), room // 2)
        rows = [(*row[:2], cut(row[2], room - pair), cut(row[3], pair), *row[4:]) for row in rows]
    first, *lines = table(rows, right=(4, 5, 6))
    below = [_left_to_do(each, short[each.id]) for each in kept]
    return [first, *(line for pair in zip(lines, below, strict=True) for line in pair if line)]


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


def delete_warning(session: str, summary: Summary | None) -> Iterator[str]:
    """What goes when a session is erased, and what does not."""
    if summary is None:
        yield f"Session {session}, which cannot be read, goes for good."
    else:
        captures = summary.notes + summary.actions
        yield f"“{summary.title.line}” with {summary.mentee.line}, {_date(summary)}, goes for good:"
        yield f"what was captured ({captures} lines and all private ones), ticks, times, feedback, a draft under way."
    yield "Nobody can bring it back. Exported files and copies elsewhere stay."


def _row(summary: Summary, short: str) -> tuple[str, ...]:
    taken = f"{round(summary.spent_seconds / 60)}/{round(summary.planned_seconds / 60)}" if summary.started else "–"
    actions = f"{summary.actions} ({summary.open_actions} open)" if summary.open_actions else f"{summary.actions}"
    pair = f"{summary.mentor.line}, {summary.mentee.line}"
    return short, _date(summary), summary.title.line, pair, taken, f"{summary.notes}", actions


def _date(summary: Summary) -> str:
    return f"{(summary.started or summary.created).astimezone():%Y-%m-%d}"


def _left_to_do(summary: Summary, short: str) -> str:
    if summary.phase != Phase.ENDED.value:
        return f"{' ' * len(short)}{GAP}not ended: rmsession run --resume {short}"
    return f"{' ' * len(short)}{GAP}waits for {', '.join(summary.pending)}" if summary.pending else ""


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
            rows += [("", "or", rival.text.line) for rival in each.rivals]
    return [f"    {line}" for line in table(rows)]


def _said(capture: Capture, *, private: bool) -> tuple[str, str]:
    if not (private or capture.shared):
        return HIDDEN, ""
    content = capture.content
    parts = [content.text.line]
    parts += [f"= {content.score}"] if content.score is not None else []
    parts += [clean(written(content.owner.raw))] if content.owner else []
    parts += [f"due:{clean(content.due)}"] if content.due else []
    settled = capture.kind is Kind.ACTION and capture.status is not ActionStatus.OPEN
    parts += [f"({capture.status.value})"] if settled else []
    parts += [] if capture.shared else [f"(private to the {capture.audience.value})"]
    return capture.kind.value, " ".join(parts)
