"""A captured line as it is read aloud: the words, what is known and what is not, and what else is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from textual.content import Content

from rmsession.core.capture import Line, describe
from rmsession.core.due import due_shown
from rmsession.core.session import Capture, Session
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.core.wordings import told
from rmsession.tui.markdown import hanging
from rmsession.tui.text import HIDDEN, block, content

_LABEL = 7
_OWNER, _DUE = 14, 12
"""Cells of the two columns behind a line in the list."""


def said(capture: Capture | None, *, hidden: bool) -> Content:
    """The words themselves; where there are none, what to do about it."""
    if capture is None:
        return Content.styled("n keeps an action now, typed as ever: @owner … by fri", "$foreground-muted")
    return Content.styled(HIDDEN, "$foreground bold") if hidden else block(capture.content.text, "$foreground bold")


def place(capture: Capture | None, left: int, *, later: bool) -> Content:
    """What kind of line it is, and how many are left."""
    if capture is None:
        return Content.styled("Nothing to read back.", "$foreground bold")
    words = capture.kind.value if capture.kind is Kind.ACTION else f"{capture.kind.value}, not quite understood"
    private = "" if capture.shared else " · private"
    waits = " · left for later" if later else ""
    return Content.styled(f"{words}{private} · {left} to read back{waits}", "$foreground-muted")


def parts(session: Session, capture: Capture, today: date, *, hidden: bool) -> Iterator[tuple[str, Content]]:
    """Owner, date and the like with their labels; the label of what is missing or doubtful ends in a question mark."""
    if hidden:
        yield "", Content.styled("Private: F7 shows it for a moment.", "$foreground-muted")
        return
    known = describe(Line(capture.kind, capture.content), today)
    labels = {label.removesuffix("?") for label, _ in known}
    yield from (_understood(label, words) for label, words in known if words)
    if capture.kind is Kind.ACTION and "owner" not in labels:
        yield "owner?", Content("nobody yet")
    if capture.kind is Kind.ACTION and "due" not in labels:
        yield "due?", Content("no date yet")
    if capture.kind is Kind.ACTION and "sure" not in labels:
        yield "sure", Content.styled("1 to 5 says how sure the owner is", "$foreground-muted")
    topic = session.topic_by_id(capture.topic)
    if topic and not topic.private:
        yield "topic", content(topic.title, "$foreground-muted")
    for rival in capture.rivals:
        yield "also?", Content.assemble("somebody else wrote: ", content(told(rival)))


def _understood(label: str, words: UserText) -> tuple[str, Content]:
    match label:
        case "owner?":
            return label, Content.assemble(content(words), " is neither of you")
        case "due?":
            return label, Content.assemble("“", content(words), "” may be more than one day, or none")
        case "score?":
            return label, Content(f"the scale goes {words.line.removeprefix('= ')}")
        case "sure?":
            return label, Content(f"the scale goes {words.line}")
        case _:
            return label, content(words, "$foreground")


def laid_out(known: Iterable[tuple[str, Content]], width: int) -> Content:
    """The parts below one another, labels in a column."""
    lines: list[Content] = []
    for label, words in known:
        doubt = label.endswith("?")
        name = f"{'? ' if doubt else '  '}{label.removesuffix('?').ljust(_LABEL)}"
        lines += hanging(Content.styled(name, "$text-warning" if doubt else "$foreground-muted"), words, width)
    return Content("\n").join(lines)


def queue(captures: Iterable[Capture], signs: Iterable[str], today: date, width: int, *, revealed: bool) -> Content:
    """Everything that is read back, one line each: sign, words, owner, date."""
    lines: list[Content] = []
    room = max(width - _OWNER - _DUE - 6, 12)
    for capture, sign in zip(captures, signs, strict=True):
        hidden = not (capture.shared or revealed)
        words = Content(HIDDEN) if hidden else content(capture.content.text)
        owner = content(capture.content.owner) if capture.content.owner and not hidden else Content("")
        due = due_shown(capture.content.due, today) if capture.content.due and not hidden else ""
        line = Content.assemble(f"{sign} ", _cell(words, room), "  ", _cell(owner, _OWNER), "  ", due.rjust(_DUE))
        lines.append(line.stylize_before("$foreground" if sign == "▶" else "$foreground-muted"))
    return Content("\n").join(lines)


def _cell(words: Content, width: int) -> Content:
    cut = words.truncate(width, ellipsis=True)
    return cut.pad_right(width - cut.cell_length)
