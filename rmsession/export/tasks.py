"""Action items as task lists that other programs know: GitHub's, and those of Obsidian's plugin Tasks.

Each is one line. What somebody wrote can be nothing but text in it: no owner, date or mark comes out of it when the
list is read, by those programs or by this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from rmsession.core.owners import written
from rmsession.core.session import Capture, Session
from rmsession.core.tasks import SIGNS
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.export import when
from rmsession.export.confidential import warning
from rmsession.export.literal import inline, opening, struck
from rmsession.export.promised import remarks
from rmsession.export.seen import captures_seen

_READ_AS_MORE: Final = (
    # An owner, a date, what stands in brackets behind a text.
    (re.compile(r"(?<![^\s~])@"), r"\\@"),
    (re.compile(r"(?<![^\s~])due:"), r"due\\:"),
    (re.compile(r"\((?=@|due |sure |carried |private |dropped|split)"), r"\\("),
    (re.compile(r"(?<=[(\[])(due|completion|cancelled|created|owner|assignee)::"), r"\1\\::"),
    (re.compile(r"([📅📆🗓✅❌➕⏳⌛🛫]\ufe0f?\s*[0-9]{4})-"), r"\1\\-"),
)

_OBEYED: Final = re.compile(f"[{SIGNS}]")


def github(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - they are no tasks
    """The list as GitHub's: ``- [ ] Send the draft (@Alex, due 2026-12-01)``."""
    return _listed(session, github_line, private=private)


def obsidian(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - as above
    """The list as Obsidian's plugin Tasks has it: ``- [ ] Send the draft (@Alex) 📅 2026-12-01``."""
    return _listed(session, obsidian_line, private=private)


def github_line(session: Session, capture: Capture) -> str:  # noqa: ARG001 - the same for every session
    """One action item; one that will not be done is ticked off and struck through, for GitHub knows no other mark."""
    due = [f"due {_literal(UserText(capture.content.due))}"] if capture.content.due else []
    box = " " if capture.status is ActionStatus.OPEN else "x"
    return f"- [{box}] {_text(capture)}{_details(capture, due)}"


def obsidian_line(session: Session, capture: Capture) -> str:
    """One action item, with the days behind it in the plugin's order."""
    zone = session.record.zone
    boxes = {ActionStatus.OPEN: " ", ActionStatus.DONE: "x"}
    days = [f"➕ {when.local(capture.wall, zone):%Y-%m-%d}"]
    days += [f"📅 {_literal(UserText(capture.content.due))}"] if capture.content.due else []
    if capture.settled:
        sign = "✅" if capture.status is ActionStatus.DONE else "❌"
        days.append(f"{sign} {when.local(capture.settled, zone):%Y-%m-%d}")
    box = boxes.get(capture.status, "-")
    return f"- [{box}] {_text(capture)}{_details(capture, [])} {' '.join(days)}"


LINES: Final[dict[str, Callable[[Session, Capture], str]]] = {"github": github_line, "obsidian": obsidian_line}
"""The spellings that a Markdown list can have."""


def _listed(session: Session, line: Callable[[Session, Capture], str], *, private: bool) -> str:
    actions = [each for each in captures_seen(session, private=private) if each.kind is Kind.ACTION]
    head = f"> {warning(session)}\n\n" if private else ""
    return head + "".join(f"{line(session, each)}\n" for each in actions)


def _text(capture: Capture) -> str:
    text = UserText(capture.content.text.line.strip() or "–")
    gone = capture.status in (ActionStatus.DROPPED, ActionStatus.SPLIT)
    return _plain(struck(text) if gone else opening(text))


def _details(capture: Capture, due: list[str]) -> str:
    """What stands in brackets behind the text; the one reason stands last, for it can hold anything."""
    return "".join(f" ({', '.join(parts)})" for parts in [[*_owner(capture), *due, *_remarks(capture)]] if parts)


def _owner(capture: Capture) -> Iterator[str]:
    if capture.content.owner and capture.content.owner.line.strip():
        yield inline(UserText(written(capture.content.owner.line)))


def _remarks(capture: Capture) -> Iterator[str]:
    for words, why in remarks(capture):
        yield f"{words}: {_literal(why)}" if why else words


def _literal(text: UserText) -> str:
    return _plain(inline(text))


def _plain(markdown: str) -> str:
    for sign, escaped in _READ_AS_MORE:
        markdown = sign.sub(escaped, markdown)
    # No backslash helps with these; written as numbers they show as what they are, and are obeyed by nobody.
    return _OBEYED.sub(lambda found: f"&#x{ord(found[0]):X};", markdown)
