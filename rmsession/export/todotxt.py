"""The action items of a session in the todo.txt format: one line an item, for the tools that read such lists."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core.session import Capture, Session
from rmsession.core.tasks import NOTICE, as_word
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.export import when
from rmsession.export.confidential import warning
from rmsession.export.promised import reason
from rmsession.export.seen import captures_seen


def todo(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - they are no tasks
    """Every action item, settled ones with their ``x``; those that were dropped say so."""
    actions = [each for each in captures_seen(session, private=private) if each.kind is Kind.ACTION]
    # The format knows no remarks: a task that is done says it, and asks for nothing.
    day = f"{when.local(session.record.created, session.record.zone):%Y-%m-%d}"
    lines = [f"x {day} {day} {warning(session)} {NOTICE}"] if private else []
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
        yield f"@{as_word(content.owner)}"
    yield f"+{as_word(session.record.agenda.title) or 'session'}"
    if content.due:
        yield f"due:{as_word(UserText(content.due))}"
    if capture.status in (ActionStatus.DROPPED, ActionStatus.SPLIT):
        yield f"status:{capture.status.value}"
    if not capture.shared:
        yield f"private:{capture.audience.value}"
    if content.confidence is not None:
        yield f"sure:{content.confidence}"
    if capture.carries:
        yield f"carried:{len(capture.carries)}"
    if why := as_word(reason(capture)):
        yield f"reason:{why}"


def _words(text: UserText) -> str:
    return " ".join(text.line.split()) or "–"
