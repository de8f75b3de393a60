"""What a session leaves behind, for the screen after it: how it stands, and what was captured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from textual.content import Content

from rmsession.core.agenda import FeedbackKind, Topic
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Visibility, answered
from rmsession.core.session import Capture, Session
from rmsession.core.store import HalfForm
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.export.when import next_meeting, sittings
from rmsession.tui.markdown import hanging
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.filling import form_given
from rmsession.tui.widgets.flow import MUTED, Flow
from rmsession.tui.widgets.handover import ORDER, standing
from rmsession.tui.widgets.log import Look, capture_lines, said
from rmsession.tui.widgets.times import difference

_LABEL = 9
_OWN = ((Kind.ACTION, "Actions"), (Kind.DECISION, "Decisions"), (Kind.GOAL, "Goals"))
"""The kinds that are looked for on their own; all others stand under their topics."""
_NOTHING = "Nothing was captured.\nIn a session every line typed is kept; r opens this one again."


def standing_of(session: Session, forms: Iterable[HalfForm], at: float, *, kept: str = "", revealed: bool) -> Flow:
    """When it was, how long it took, when the pair meets next, whose form is in, what waits, where it is kept."""
    known = list(_standing(session, tuple(forms), at, revealed=revealed))
    known += [("kept", Content(kept))] if kept else []

    def layout(width: int) -> list[Content]:
        return [
            line for label, words in known for line in hanging(Content.styled(label.ljust(_LABEL), MUTED), words, width)
        ]

    return Flow(layout)


class Takeaways(Flow):
    """Actions, decisions and goals, then everything else under its topic, then what was parked."""

    def __init__(self, session: Session, look: Look, marked: str | None = None) -> None:
        """`marked` is the id of the line to stand out, if one is meant."""
        self._sections = list(_sections(session, look))
        self._look = look
        self._marked = marked
        super().__init__(self._lay_out)

    def row_of(self, capture: str, width: int) -> int | None:
        """On which row a captured line begins; None where it does not stand."""
        row = 0
        for line, target in self._lines(width):
            if target == capture:
                return row
            row += line is not None
        return None

    def _lay_out(self, width: int) -> list[Content]:
        lines = [line for line, _ in self._lines(width) if line is not None]
        return lines or [Content.styled(line, MUTED) for line in _NOTHING.splitlines()]

    def _lines(self, width: int) -> Iterator[tuple[Content | None, str]]:
        """Each line, and in front of the lines of a capture its id alone."""
        for number, (heading, captures, others) in enumerate(self._sections):
            if number:
                yield Content(""), ""
            yield from ((line, "") for line in heading.wrap(width))
            for capture in captures:
                yield None, capture.id
                # Under a heading that says the topic, no line is another topic's.
                look = replace(self._look, width=width, current=capture.topic)
                yield from ((self._standing_out(line, capture.id), "") for line in capture_lines(capture, look))
            for target, other in others:
                yield None, target
                mark = Content.styled("▸" if target and target == self._marked else "·", MUTED)
                yield from ((self._standing_out(line, target), "") for line in hanging(mark, other, width))

    def _standing_out(self, line: Content, target: str) -> Content:
        return line.stylize("bold on $accent 25%") if target and target == self._marked else line


def _standing(
    session: Session, forms: tuple[HalfForm, ...], at: float, *, revealed: bool
) -> Iterator[tuple[str, Content]]:
    took, planned = session.run(at), sum(session.allotted.values())
    minutes = f"{took / 60:.0f} of {planned / 60:.0f} min, {difference(planned, took)}"
    yield "took", Content.styled(minutes, "$foreground bold")
    for sitting in sittings(session):
        yield "held", Content(sitting)
    agreed = session.next_date
    yield "next", Content(next_meeting(agreed)) if agreed else Content.styled("not agreed yet", MUTED)
    for role in ORDER if session.record.agenda.feedback is not FeedbackKind.NONE else ():
        yield role.value, _form(session, role, forms)
        yield from _answers(session, role) if revealed else ()
    waits = session.pending()
    style, words = ("$text-warning", f"○ {', '.join(waits)}") if waits else (MUTED, "✓ nothing")
    yield "waits", Content.styled(words, style)


def _form(session: Session, role: Role, forms: tuple[HalfForm, ...]) -> Content:
    form = session.forms.get(role)
    begun = next((each for each in forms if each.role == role.value), None)
    words = standing(form, begun, put_off=False)
    if isinstance(form, FeedbackGiven):
        count, of = answered(form_given(session, form), form.answers)
        shown = "; F7 shows them" if form.visibility is Visibility.BOTH else ""
        words = Content.assemble(words, f", {count} of {of} answered{shown}")
    return words


def _answers(session: Session, role: Role) -> Iterator[tuple[str, Content]]:
    """What somebody answered who lets both see it."""
    form = session.forms.get(role)
    if not isinstance(form, FeedbackGiven) or form.visibility is not Visibility.BOTH:
        return
    given = {answer.item: answer for answer in form.answers}
    for item in form_given(session, form).items:
        answer = given.get(item.id)
        if answer and answer.score is not None:
            words = f"{answer.score} {item.label(answer.score)}".rstrip()
            yield "", Content.assemble(content(item.text, MUTED), f"  {words}")
        elif answer and answer.text:
            yield "", Content.assemble(content(item.text, MUTED), "  ", content(answer.text))


def _sections(session: Session, look: Look) -> Iterator[tuple[Content, list[Capture], list[tuple[str, Content]]]]:
    """Headings, each with captures that show their time and kind, or with lines for which the heading says enough.

    Such a line has in front the id of the capture that it is of, if it is one.
    """
    for kind, heading in _OWN:
        lines = [(capture.id, _said(capture, look)) for capture in session.standing(kind)]
        if lines:
            yield Content.assemble(Content.styled(heading, "$foreground bold"), f" {len(lines)}"), [], lines
    apart = {kind for kind, _ in _OWN} | {Kind.PARKED}
    others = [each for each in session.standing() if each.kind not in apart]
    for topic in (*session.topics, None):
        captures = [each for each in others if each.topic == (topic.id if topic else None)]
        if captures:
            yield _title(topic, look, "$foreground bold"), captures, []
    parked = [("", _title(topic, look)) for topic in session.topics if topic.id in session.parked]
    parked += [(capture.id, _said(capture, look)) for capture in session.standing(Kind.PARKED)]
    if parked:
        yield Content.styled("Parked", "$foreground bold"), [], parked


def _title(topic: Topic | None, look: Look, style: str = "") -> Content:
    if topic and topic.private and not look.revealed:
        return Content(HIDDEN)
    return content(topic.title if topic else UserText("No topic"), style)


def _said(capture: Capture, look: Look) -> Content:
    return said(capture, look.today) if capture.shared or look.revealed else Content.styled(HIDDEN, MUTED)


def has_private(session: Session) -> bool:
    """Whether there is anything to reveal: private lines or topics, or answers that both may see."""
    forms = [form for form in session.forms.values() if isinstance(form, FeedbackGiven)]
    return (
        any(not each.shared for each in session.standing())
        or any(topic.private for topic in session.topics)
        or any(form.visibility is Visibility.BOTH for form in forms)
    )
