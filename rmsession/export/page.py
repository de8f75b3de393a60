"""Minutes of a session as one web page that needs nothing else: to be read, printed, or listened to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from rmsession.core.owners import written
from rmsession.core.session import Capture, Session
from rmsession.core.terms import Kind
from rmsession.core.text import UserText, clean
from rmsession.core.wordings import told
from rmsession.export import when
from rmsession.export.answers import Said
from rmsession.export.answers import feedback as feedback_of
from rmsession.export.confidential import confidential
from rmsession.export.course import course
from rmsession.export.frame import AUTO, document, inert
from rmsession.export.promised import STATE, remarks
from rmsession.export.seen import TopicSeen, captures_seen, topics_seen

_SECTIONS = (
    (Kind.DECISION, "Decisions"),
    (Kind.QUESTION, "Questions"),
    (Kind.IDEA, "Ideas"),
    (Kind.GOAL, "Goals"),
    (Kind.RATING, "Self-ratings"),
    (Kind.PARKED, "Parked"),
)


def page(session: Session, *, private: bool = False, feedback: bool = False) -> str:
    """The page as HTML 5: no script, nothing loaded from elsewhere, and every text of theirs as nothing but text."""
    captures = captures_seen(session, private=private)
    title = clean(session.record.agenda.title.raw).strip() or "Session"
    parts = [
        f"<h1{AUTO}>{escape(title)}</h1>",
        *_warning(session, private=private),
        *_head(session),
        *_actions([each for each in captures if each.kind is Kind.ACTION]),
        *_agenda(session, captures, private=private),
        *(part for kind, name in _SECTIONS for part in _list(name, _of(session, captures, kind, private=private))),
        *_list("Feedback", map(_said, feedback_of(session)) if feedback else ()),
    ]
    return document(title, "\n".join(parts))


def _warning(session: Session, *, private: bool) -> Iterator[str]:
    if private:
        yield f'<p class="private"><strong>Private: do not pass it on.</strong> {escape(confidential(session))}</p>'


def _head(session: Session) -> Iterator[str]:
    yield "<dl>"
    yield _pair("Mentor", inert(session.pair.mentor.name))
    yield _pair("Mentee", inert(session.pair.mentee.name))
    for sitting in when.sittings(session):
        yield _pair("Date", escape(sitting))
    if session.started:
        planned, taken = sum(session.allotted.values()), session.run(session.last_at)
        yield _pair("Time", f"planned {when.lasted(planned)}, took {when.lasted(taken)}")
    for said in when.meetings(session):
        yield _pair("Next meeting", escape(said))
    yield "</dl>"


def _pair(name: str, value: str) -> str:
    return f"<dt>{name}</dt><dd>{value}</dd>"


def _actions(actions: list[Capture]) -> Iterator[str]:
    if not actions:
        return
    yield "<h2>Action items</h2>"
    # The roles are those that the elements have by themselves; on a narrow screen, shown as blocks, they lose them.
    names = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in ("What", "Who", "Due", "State"))
    yield f'<table role="table">\n<thead role="rowgroup"><tr role="row">{names}</tr></thead>\n<tbody role="rowgroup">'
    for each in actions:
        cells = (
            f"{inert(each.content.text)}{_rivals(each)}",
            inert(each.content.owner) if each.content.owner else "",
            escape(clean(each.content.due or "")),
            _state(each),
        )
        row = "".join(f'<td role="cell">{cell}</td>' for cell in cells)
        yield f'<tr role="row" class="{each.status.value}">{row}</tr>'
    yield "</tbody>\n</table>"


def _agenda(session: Session, captures: list[Capture], *, private: bool) -> Iterator[str]:
    notes = [each for each in captures if each.kind is Kind.NOTE]
    topics = list(topics_seen(session, private=private))
    if topics:
        yield "<h2>Agenda</h2>"
    for topic in topics:
        yield f"<h3{AUTO}>{escape(topic.title.line.strip())}{_flags(topic)}</h3>"
        yield f'<p class="course">{escape(course(topic))}</p>'
        if topic.ticked:
            yield f"<ul>{''.join(f'<li>✓ {inert(each)}</li>' for each in topic.ticked)}</ul>"
        here = [_capture(each) for each in notes if each.topic == topic.id]
        if here:
            yield f"<ul>{''.join(here)}</ul>"
    known = {topic.id for topic in topics}
    rest = [_capture(each) for each in notes if each.topic not in known]
    if rest:
        yield f"<h2>Other notes</h2>\n<ul>{''.join(rest)}</ul>"


def _flags(topic: TopicSeen) -> str:
    flags = [word for word, holds in (("private", topic.private), ("off the record", topic.off_record)) if holds]
    return f" <small>({', '.join(flags)})</small>" if flags else ""


def _state(capture: Capture) -> str:
    """What became of an action item, and what else is to be said of it, each on a line."""
    told = list(remarks(capture))
    state = STATE[capture.status]
    # What became of it stands first; among the remarks it stands last, and only where there is something to explain.
    first = [each for each in told if each[0] == state] or [(state, UserText())]
    said = [*first, *(each for each in told if each[0] != state)]
    return "<br>".join(f"{words}: {inert(why)}" if why else words for words, why in said)


def _of(session: Session, captures: list[Capture], kind: Kind, *, private: bool) -> Iterator[str]:
    if kind is Kind.PARKED:
        for topic in topics_seen(session, private=private):
            if topic.id in session.parked:
                yield f"Topic: {inert(topic.title)}"
    for each in captures:
        if each.kind is kind:
            yield _capture(each).removeprefix("<li>").removesuffix("</li>")


def _list(name: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"<li>{each}</li>" for each in items]
    if lines:
        yield f"<h2>{name}</h2>\n<ul>{''.join(lines)}</ul>"


def _said(said: Said) -> str:
    lines = [
        f"<li>{inert(each.question)} – {escape(each.score)}{' ' if each.score else ''}"
        f"{inert(each.text) if each.text else ''}</li>"
        for each in said.answers
    ]
    return escape(said.sentence) + (f"<ul>{''.join(lines)}</ul>" if lines else "")


def _capture(capture: Capture) -> str:
    content = capture.content
    parts = [inert(content.text)]
    parts += [f"= {content.score}"] if content.score is not None else []
    parts += [inert(UserText(written(content.owner.raw)))] if content.owner else []
    parts += [f"due {escape(clean(content.due))}"] if content.due else []
    parts += [] if capture.shared else [f"(private to the {capture.audience.value})"]
    return f"<li>{' '.join(parts)}{_rivals(capture)}</li>"


def _rivals(capture: Capture) -> str:
    # Two people amended the same line without seeing each other's: the page does not choose between them.
    return "".join(f"<br>or: {inert(told(each))}" for each in capture.rivals)
