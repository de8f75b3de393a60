"""A session as a table: one row a topic, planned against taken, one row an action item, one row a date agreed.

The cells are text and numbers and nothing else: a spreadsheet must not run what somebody wrote.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final
from unicodedata import category, normalize

from rmsession.core.session import Capture, Session
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.export import when
from rmsession.export.confidential import warning
from rmsession.export.promised import reason
from rmsession.export.seen import captures_seen, title_of, topics_seen

COLUMNS: Final = (
    "session", "date", "agenda", "mentor", "mentee", "row", "topic", "state",
    "planned_minutes", "taken_minutes", "carried_from", "action", "owner", "due", "carried", "confidence", "settled",
    "reason", "next_meeting", "private",
)  # fmt: skip
_RUNS: Final = frozenset("=+-@\t\r\n")
"""What makes a cell a formula or a command when a spreadsheet finds it in front, in whatever width it is written."""
_SPLIT: Final = re.compile(r"""(;["'\s\u200c\u200d]*)(?=[=+@＝＋＠﹦﹢﹫]|[-－﹣][^)(])""")
"""Where one begins for spreadsheets of countries in which semicolons part the cells; a smile is left alone."""
_END: Final = "\r\n"
_MARK: Final = "\ufeff"
"""Without it spreadsheets take the letters of most languages for others."""


def table(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - answers are no rows
    """The rows of one session as CSV (RFC 4180) under one line of column names; the answers are in other formats."""
    return f"{names()}{rows(session, private=private)}"


def names() -> str:
    """The line of column names, behind the mark by which spreadsheets know the letters of most languages."""
    return f"{_MARK}{','.join(COLUMNS)}{_END}"


def rows(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - as above
    """The rows alone, to stand under those of other sessions."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator=_END)
    head = _head(session)
    if private:
        writer.writerow(head | {"row": "notice", "action": warning(session)})
    parts = (_topics(session, private=private), _actions(session, private=private), _meetings(session))
    writer.writerows(head | row for part in parts for row in part)
    return text.getvalue()


def harmless(text: str) -> str:
    """The text as a cell that a spreadsheet shows and does not run: where it could, an apostrophe stands before it."""
    text = _SPLIT.sub(r"\1'", text)
    first = next((sign for sign in text if not _is_nothing(sign)), "")
    return f"'{text}" if normalize("NFKC", first) in _RUNS else text


def _is_nothing(sign: str) -> bool:
    """Whether programs may drop a sign from the front of a cell: blanks of every width, joiners, quotes."""
    return sign in "'\"" or category(sign) in {"Zs", "Cf", "Mn"}


def _head(session: Session) -> dict[str, str]:
    begun = when.local(session.started or session.record.created, session.record.zone)
    return {
        "session": session.record.id,
        "date": f"{begun:%Y-%m-%d}",
        "agenda": _cell(session.record.agenda.title),
        "mentor": _cell(session.pair.mentor.name),
        "mentee": _cell(session.pair.mentee.name),
    }


def _topics(session: Session, *, private: bool) -> Iterator[dict[str, str]]:
    for topic in topics_seen(session, private=private):
        planned = topic.planned_seconds
        yield {
            "row": "topic",
            "topic": _cell(topic.title),
            "state": topic.state,
            "planned_minutes": "" if planned is None else _minutes(planned),
            "taken_minutes": _minutes(topic.taken_seconds),
            "carried_from": _cell(UserText(topic.carried or "")),
            "private": "yes" if topic.private else "",
        }


def _actions(session: Session, *, private: bool) -> Iterator[dict[str, str]]:
    for each in captures_seen(session, private=private):
        if each.kind is Kind.ACTION:
            yield _action(each, title_of(session, each.topic, private=private), session.record.zone)


def _action(capture: Capture, topic: UserText, zone: str) -> dict[str, str]:
    content = capture.content
    return {
        "row": "action",
        "topic": _cell(topic),
        "state": capture.status.value,
        "action": _cell(content.text),
        "owner": _cell(content.owner) if content.owner else "",
        "due": _cell(UserText(content.due or "")),
        "carried": str(len(capture.carries)),
        "confidence": "" if content.confidence is None else str(content.confidence),
        "settled": f"{when.local(capture.settled, zone):%Y-%m-%d}" if capture.settled else "",
        "reason": _cell(reason(capture)),
        "private": "" if capture.shared else capture.audience.value,
    }


def _meetings(session: Session) -> Iterator[dict[str, str]]:
    for each in session.meetings:
        begin = when.local(each.when, each.zone)
        yield {
            "row": "meeting",
            "state": each.fate.value if each.fate else "agreed",
            "next_meeting": f"{begin:%Y-%m-%d %H:%M}",
        }


def _cell(text: UserText) -> str:
    return harmless(text.line)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f}"
