"""The action items of a session in the todo.txt format: one line an item, for the tools that read such lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rmsession.core.facts import Kind
from rmsession.core.session import ActionStatus, Capture, Session
from rmsession.core.text import UserText
from rmsession.export import when
from rmsession.export.confidential import warning
from rmsession.export.seen import captures_seen

_BLANKS: Final = re.compile(r"\s+")


def todo(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - they are no tasks
    """Every action item, settled ones with their ``x``; those that were dropped say so."""
    actions = [each for each in captures_seen(session, private=private) if each.kind is Kind.ACTION]
    # The format knows no remarks: a task that is done says it, and asks for nothing.
    day = f"{when.local(session.record.created, session.record.zone):%Y-%m-%d}"
    lines = [f"x {day} {day} {warning(session)}"] if private else []
    return "".join(f"{line}\n" for line in (*lines, *(" ".join(_parts(session, each)) for each in actions)))


def _parts(session: Session, capture: Capture) -> Iterator[str]:
    content, zone = capture.content, session.record.zone
    if capture.status is not ActionStatus.OPEN:
        yield "x"
        # The format has the day of completion in front of the day of creation.
        yield f"{when.local(capture.settled or capture.wall, zone):%Y-%m-%d}"
    # A date always stands before the text: text that begins with `x ` or `(A) ` could else be taken for a mark.
    yield f"{when.local(capture.wall, zone):%Y-%m-%d}"
    yield _words(content.text)
    if content.owner:
        yield f"@{_word(content.owner)}"
    yield f"+{_word(session.record.agenda.title) or 'session'}"
    if content.due:
        yield f"due:{_word(UserText(content.due))}"
    if capture.status in (ActionStatus.DROPPED, ActionStatus.SPLIT):
        yield f"status:{capture.status.value}"
    if not capture.shared:
        yield f"private:{capture.audience.value}"


def _words(text: UserText) -> str:
    return _BLANKS.sub(" ", text.line).strip() or "–"


def _word(text: UserText) -> str:
    """The text as one word: blanks would end it."""
    return _BLANKS.sub("-", text.line.strip())
