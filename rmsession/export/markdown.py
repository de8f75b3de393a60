"""Minutes of a session in Markdown: made from the folded state, so that nothing withdrawn can leave with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rmsession.core.agenda import PromptKind, Topic
from rmsession.core.facts import Kind
from rmsession.core.owners import written
from rmsession.core.session import ActionStatus, Capture, Phase, Session, TopicState
from rmsession.core.text import UserText
from rmsession.export import when
from rmsession.export.answers import feedback_items
from rmsession.export.confidential import confidential
from rmsession.export.literal import heading, inline, item, struck
from rmsession.export.seen import PRIVATE_TITLE, captures_seen

_SECTIONS = (
    (Kind.DECISION, "Decisions"),
    (Kind.QUESTION, "Questions"),
    (Kind.IDEA, "Ideas"),
    (Kind.GOAL, "Goals"),
    (Kind.RATING, "Self-ratings"),
)


def minutes(session: Session, *, private: bool = False, feedback: bool = False) -> str:
    """What the two people may read of a session, as a Markdown file's text.

    Args:
        session: Only what stands in it is written; private prompts never are.
        private: With the private captures and topics as well; the minutes then begin with saying which.
        feedback: With the answers to the feedback forms, as far as those who gave them show them.
    """
    captures = captures_seen(session, private=private)
    parts = [
        *_head(session, private=private),
        *_topics(session, captures, private=private),
        *(_section(title, (_line(each) for each in captures if each.kind is kind)) for kind, title in _SECTIONS),
        _section("Parked", _parked(session, captures, private=private)),
        _section("Action items", (_action(each) for each in captures if each.kind is Kind.ACTION)),
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
    if session.next_date:
        lines.append(f"- Next meeting: {_shown(when.next_meeting(session.next_date))}")
    yield "\n".join(lines)


def _topics(session: Session, captures: list[Capture], *, private: bool) -> Iterator[str]:
    notes = [each for each in captures if each.kind is Kind.NOTE]
    # Under a heading of their own: when this is read as an agenda again, nothing else is taken for a topic.
    yield "## Agenda" if session.topics else ""
    for topic in session.topics:
        yield f"### {_title(topic, private=private)}"
        ticked = list(_ticked(session, topic, private=private))
        said = _course(session, topic)
        yield f"{said} Ticked:" if ticked else said
        yield "\n".join(ticked)
        here = [_line(each) for each in notes if each.topic == topic.id]
        yield "Notes:" if here else ""
        yield "\n".join(here)
    known = {topic.id for topic in session.topics}
    yield _section("Other notes", (_line(each) for each in notes if each.topic not in known))


def _title(topic: Topic, *, private: bool) -> str:
    hidden = topic.private and not private
    title = PRIVATE_TITLE.line if hidden else heading(topic.title) or "Untitled"
    title += f" ({topic.minutes:.15g} min)" if topic.minutes is not None else ""
    title += " (private)" if topic.private else ""
    return f"{title} (off the record)" if topic.off_record else title


def _course(session: Session, topic: Topic) -> str:
    """One sentence: what the topic was given, what it took, and what became of it."""
    spent, state = session.spent(topic.id, session.last_at), session.state(topic.id)
    given = session.allotted.get(topic.id)
    if session.phase is Phase.READY:
        return "Not started."
    parts = ["added in the session" if given is None else f"planned {when.lasted(given)}"]
    if spent or state not in (TopicState.TO_COME, TopicState.PARKED):
        parts.append(f"took {when.lasted(spent)}")
    if state is not TopicState.DONE:
        parts.append("not reached" if state is TopicState.TO_COME else state.value)
    return ", ".join(parts).capitalize() + "."


def _ticked(session: Session, topic: Topic, *, private: bool) -> Iterator[str]:
    hidden = topic.off_record or (topic.private and not private)
    for prompt in topic.prompts:
        if prompt.id in session.ticked and prompt.kind is not PromptKind.PRIVATE and not hidden:
            # A sign and no task box: what a mentor ticked is no action item.
            yield item(prompt.text, mark="- ✓ ")


def _parked(session: Session, captures: list[Capture], *, private: bool) -> Iterator[str]:
    for topic in session.topics:
        if topic.id in session.parked:
            yield f"- Topic: {inline(PRIVATE_TITLE if topic.private and not private else topic.title)}"
    yield from (_line(each) for each in captures if each.kind is Kind.PARKED)


def _section(title: str, items: Iterable[str]) -> str:
    lines = list(items)
    return "\n\n".join([f"## {title}", "\n".join(lines)]) if lines else ""


def _line(capture: Capture) -> str:
    content = capture.content
    score = "" if content.score is None else f" = {content.score}"
    return _with_rivals(capture, item(content.text, score + _details(capture)))


def _action(capture: Capture) -> str:
    match capture.status:
        case ActionStatus.OPEN:
            line = item(capture.content.text, _details(capture), mark="- [ ] ")
        case ActionStatus.DONE:
            line = item(capture.content.text, _details(capture), mark="- [x] ")
        case ActionStatus.DROPPED:
            why = f": {inline(capture.reason)}" if capture.reason else ""
            line = f"- {struck(capture.content.text)}{_details(capture)} – dropped{why}"
        case ActionStatus.SPLIT:
            line = f"- {struck(capture.content.text)}{_details(capture)} – split"
    return _with_rivals(capture, line)


def _details(capture: Capture) -> str:
    """Owner, due date and whose it is, behind the text."""
    content = capture.content
    parts = [_shown(written(content.owner.raw))] if content.owner else []
    parts += [f"due:{_shown(content.due)}"] if content.due else []
    parts += [] if capture.shared else [f"(private to the {capture.audience.value})"]
    return "".join(f" {part}" for part in parts)


def _with_rivals(capture: Capture, line: str) -> str:
    # Two people amended the same line without seeing each other's: the minutes do not choose between them.
    return "\n".join([line, *(f"  - or: {inline(rival.text)}" for rival in capture.rivals)])


def _shown(text: str) -> str:
    return inline(UserText(text))
