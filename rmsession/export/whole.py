"""A session as JSON, with nothing of its state left out but what may not leave: for programs, and for keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from rmsession.core.agenda import PromptKind, Topic
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Visibility
from rmsession.core.session import Capture, Session
from rmsession.core.stand_ins import PRIVATE_TITLE
from rmsession.core.text import UserText
from rmsession.export.confidential import warning
from rmsession.export.seen import captures_seen

VERSION: Final = 1
"""Raised when a reader of the last version would misread this one."""
_HOW_IT_CAME: Final = ("base", "wordings")
"""What is known of a line for the sake of the next amendment alone."""


def whole(session: Session, *, private: bool = False, feedback: bool = False) -> str:
    """One JSON object: who, when, the agenda as read, the course second by second, every line, next date, forms.

    Times are ISO 8601 with their offset; ``at``, ``start`` and ``end`` are seconds of the session. Letters beyond
    ASCII are escaped, so that a terminal which shows the file obeys none of it.
    """
    return f"{json.dumps(_value(session, private=private, feedback=feedback), indent=1)}\n"


def on_one_line(session: Session, *, private: bool = False, feedback: bool = False) -> str:
    """The same object on one line, to stand under those of other sessions (JSON Lines)."""
    return f"{json.dumps(_value(session, private=private, feedback=feedback))}\n"


def _value(session: Session, *, private: bool, feedback: bool) -> Any:
    names = {} if private else _stand_ins(session)
    record = session.record
    value = {
        "format": "rmsession session",
        "version": VERSION,
        "private": warning(session) if private else None,
        "id": record.id,
        "created": record.created,
        "zone": record.zone,
        "partial": record.partial,
        "planned_start": record.planned_start,
        "pair": session.pair,
        "agenda": _agenda(session, names),
        "phase": session.phase,
        "current": names.get(session.current or "", session.current),
        "off_record": session.off_record,
        "off_record_said": session.said_off,
        "started": session.started,
        "ended": session.ended,
        "must_end": session.must_end,
        "prepared": session.prepared,
        "sittings": session.sittings,
        "spans": [plain(each) | {"topic": names.get(each.topic, each.topic)} for each in session.spans],
        "pauses": [{"start": each.start, "end": each.end} for each in session.pauses],
        "last_at": session.last_at,
        "captures": [_capture(each, names) for each in captures_seen(session, private=private)],
        "next_date": session.next_date,
        "meetings": session.meetings,
        # They name lines and topics of other sessions, of which nobody can tell here whether they are private there.
        "last_time": session.last_time if private else None,
        "reviewed": session.reviewed if private else None,
        "let_go": session.let_go if private else None,
        "feedback": _forms(session) if feedback else None,
    }
    return plain(value)


def plain(value: Any) -> Any:  # noqa: PLR0911 - one for each kind of value
    """A value of the session as what JSON knows."""
    match value:
        case UserText():
            return value.raw
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case Mapping():
            return {str(plain(key)): plain(each) for key, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
        case frozenset():
            return sorted(plain(each) for each in value)
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return value


def _stand_ins(session: Session) -> dict[str, str]:
    """What stands for the ids of private topics: an id is made of the title, and whoever guesses that can prove it."""
    hidden = [topic.id for topic in session.topics if topic.private]
    return {topic: f"private-{number}" for number, topic in enumerate(hidden, 1)}


def _capture(capture: Capture, names: Mapping[str, str]) -> dict[str, Any]:
    value: dict[str, Any] = plain(capture) | {"topic": names.get(capture.topic or "", capture.topic)}
    # Words that were replaced leave in nothing.
    return {name: each for name, each in value.items() if name not in _HOW_IT_CAME}


def _agenda(session: Session, names: Mapping[str, str]) -> dict[str, Any]:
    agenda = session.record.agenda
    return {
        "id": agenda.id,
        "title": agenda.title,
        "stated_minutes": agenda.stated_minutes,
        "feedback": agenda.feedback,
        "questions": agenda.questions,
        "body": agenda.body,
        "topics": [_topic(session, topic, names) for topic in session.topics],
    }


def _topic(session: Session, topic: Topic, names: Mapping[str, str]) -> dict[str, Any]:
    hidden = topic.id in names
    prompts = [] if hidden else [each for each in topic.prompts if each.kind is not PromptKind.PRIVATE]
    ticked = frozenset[str]() if topic.off_record else session.ticked  # what was done off the record is in no export
    return {
        "id": names.get(topic.id, topic.id),
        "title": PRIVATE_TITLE if hidden else topic.title,
        "minutes": topic.minutes,
        "lead": None if hidden else topic.lead,
        "body": UserText() if hidden else topic.body,
        "private": topic.private,
        "off_record": topic.off_record,
        "protected": topic.protected,
        "carried": topic.carried,
        "done": topic.id in session.done,
        "parked": topic.id in session.parked,
        "allotted_seconds": session.allotted.get(topic.id),
        "budget_seconds": session.budgets.get(topic.id),
        "taken_seconds": session.spent(topic.id, session.last_at),
        "state": session.state(topic.id),
        "prompts": [
            {
                "id": each.id,
                "kind": each.kind,
                "text": each.text,
                "carried": each.carried,
                "ticked": each.id in ticked,
            }
            for each in prompts
        ],
    }


def _forms(session: Session) -> dict[str, Any]:
    """Each form as far as whoever filled it shows it."""
    return {
        role.value: plain(form) | {"given": True}
        if isinstance(form, FeedbackGiven) and form.visibility is Visibility.BOTH
        else {"given": True, "visibility": form.visibility.value, "answers": len(form.answers)}
        if isinstance(form, FeedbackGiven)
        else {"given": False}
        for role, form in session.forms.items()
    }
