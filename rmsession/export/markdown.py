"""Minutes of a session in Markdown: made from the folded state, so that nothing withdrawn can leave with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rmsession.core.confidence import SCALE
from rmsession.core.facts import Content
from rmsession.core.owners import written
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.export import when
from rmsession.export.answers import feedback_items
from rmsession.export.confidential import confidential
from rmsession.export.course import course
from rmsession.export.literal import heading, inline, item, struck
from rmsession.export.promised import remarks
from rmsession.export.seen import TopicSeen, captures_seen, topics_seen
from rmsession.export.tasks import LINES

_SECTIONS = (
    (Kind.DECISION, "Decisions"),
    (Kind.QUESTION, "Questions"),
    (Kind.IDEA, "Ideas"),
    (Kind.GOAL, "Goals"),
    (Kind.RATING, "Self-ratings"),
)


def minutes(session: Session, *, private: bool = False, feedback: bool = False, tasks: str = "") -> str:
    """What the two people may read of a session, as a Markdown file's text.

    Args:
        session: Only what stands in it is written; private prompts never are.
        private: With the private captures and topics as well; the minutes then begin with saying which.
        feedback: With the answers to the feedback forms, as far as those who gave them show them.
        tasks: A name in `rmsession.export.tasks.LINES`: how action items are spelled; empty for the minutes' own way.
    """
    captures = captures_seen(session, private=private)
    parts = [
        *_head(session, private=private),
        *_topics(session, captures, private=private),
        *(_section(title, (_line(each) for each in captures if each.kind is kind)) for kind, title in _SECTIONS),
        _section("Parked", _parked(session, captures, private=private)),
        _section("Action items", _actions(session, captures, tasks)),
        _section("Feedback", feedback_items(session) if feedback else ()),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(session: Session, *, private: bool) -> Iterator[str]:
    # Front matter says what this is, so that a reader takes the headings of the agenda for topics and no note.
    length = session.record.agenda.stated_minutes
    yield "\n".join(["---", "kind: minutes", *([f"duration: {length:.15g}"] if length else []), "---"])
    yield f"# {heading(session.record.agenda.title) or 'Session'}"
    if private:
        yield f"> **Private: do not pass it on.** {confidential(session)}"
    lines = [f"- Mentor: {inline(session.pair.mentor.name)}", f"- Mentee: {inline(session.pair.mentee.name)}"]
    dates = [_shown(date) for date in when.sittings(session)]
    lines += [f"- Sitting {number}: {date}" for number, date in enumerate(dates, 1)] if dates[1:] else []
    lines += [] if dates[1:] else [f"- Date: {date}" for date in dates]
    if session.started:
        planned, taken = sum(session.allotted.values()), session.run(session.last_at)
        lines.append(f"- Time: planned {when.lasted(planned)}, took {when.lasted(taken)}")
    lines += [f"- Next meeting: {_shown(said)}" for said in when.meetings(session)]
    yield "\n".join(lines)


def _topics(session: Session, captures: list[Capture], *, private: bool) -> Iterator[str]:
    notes = [each for each in captures if each.kind is Kind.NOTE]
    # Under a heading of their own: when this is read as an agenda again, nothing else is taken for a topic.
    yield "## Agenda" if session.topics else ""
    for topic in topics_seen(session, private=private):
        yield f"### {_title(topic)}"
        yield f"{course(topic)} Ticked:" if topic.ticked else course(topic)
        # A sign and no task box: what a mentor ticked is no action item.
        yield "\n".join(item(each, mark="- ✓ ") for each in topic.ticked)
        here = [_line(each) for each in notes if each.topic == topic.id]
        yield "Notes:" if here else ""
        yield "\n".join(here)
    known = {topic.id for topic in session.topics}
    yield _section("Other notes", (_line(each) for each in notes if each.topic not in known))


def _title(topic: TopicSeen) -> str:
    title = heading(topic.title)
    title += f" ({topic.minutes:.15g} min)" if topic.minutes is not None else ""
    title += " (private)" if topic.private else ""
    return f"{title} (off the record)" if topic.off_record else title


def _parked(session: Session, captures: list[Capture], *, private: bool) -> Iterator[str]:
    for topic in topics_seen(session, private=private):
        if topic.id in session.parked:
            yield f"- Topic: {inline(topic.title)}"
    yield from (_line(each) for each in captures if each.kind is Kind.PARKED)


def _section(title: str, items: Iterable[str]) -> str:
    lines = list(items)
    return "\n\n".join([f"## {title}", "\n".join(lines)]) if lines else ""


def _line(capture: Capture) -> str:
    content = capture.content
    score = "" if content.score is None else f" = {content.score}"
    return _with_rivals(capture, item(content.text, score + _details(capture)))


def _actions(session: Session, captures: list[Capture], tasks: str) -> Iterator[str]:
    for each in captures:
        if each.kind is Kind.ACTION:
            yield _with_rivals(each, LINES[tasks](session, each)) if tasks else _action(each)


def _action(capture: Capture) -> str:
    text, details = capture.content.text, _details(capture)
    match capture.status:
        case ActionStatus.OPEN:
            line = item(text, details, mark="- [ ] ")
        case ActionStatus.DONE:
            line = item(text, details, mark="- [x] ")
        case ActionStatus.DROPPED | ActionStatus.SPLIT:
            why = f": {inline(capture.reason)}" if capture.reason else ""
            line = f"- {struck(text)}{details} – {capture.status.value}{why}"
    return _with_rivals(capture, line)


def _details(capture: Capture) -> str:
    """Owner, due date, and what else is to be said, behind the text."""
    parts = _marks(capture.content)
    gone = capture.status.value
    said = [f"{words}: {inline(why)}" if why else words for words, why in remarks(capture) if words != gone]
    parts += [f"({', '.join(said)})"] if said else []
    return "".join(f" {part}" for part in parts)


def _marks(content: Content) -> list[str]:
    parts = [_shown(written(content.owner.raw))] if content.owner else []
    return [*parts, f"due:{_shown(content.due)}"] if content.due else parts


def _with_rivals(capture: Capture, line: str) -> str:
    # Two people amended the same line without seeing each other's: the minutes do not choose between them.
    return "\n".join([line, *(f"  - or: {' '.join(_rival(each))}" for each in capture.rivals)])


def _rival(content: Content) -> list[str]:
    score = [] if content.score is None else [f"= {content.score}"]
    sure = [] if content.confidence is None else [f"(sure {content.confidence} of {SCALE[-1]})"]
    return [inline(content.text), *score, *_marks(content), *sure]


def _shown(text: str) -> str:
    return inline(UserText(text))
