"""A session's dates as a calendar file: the next meeting, and a day for each open action item that has one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rmsession.core.facts import Kind
from rmsession.core.session import Capture, Session
from rmsession.core.text import UserText
from rmsession.export import when
from rmsession.export.confidential import warning
from rmsession.export.seen import captures_seen

if TYPE_CHECKING:
    from icalendar import Event

_USUAL_MINUTES: Final = 60.0
"""How long a meeting is taken to last whose agenda says nothing."""


def dates(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - it has no dates
    """The calendar (RFC 5545). Days are entries of a whole day, for many calendars drop tasks without a word.

    An entry keeps its identity from one export to the next, so that taking the file in again changes and adds none.
    """
    # Only for this format: it takes as long to load as all else that an export needs, and three times over.
    from icalendar import Calendar  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//rmsession//rmsession//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if private:
        calendar.add("x-wr-caldesc", warning(session))
    meeting = _meeting(session)
    for event in [meeting, *(_due(session, each) for each in captures_seen(session, private=private))]:
        if event is not None:
            calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data.decode("utf-8")


def _meeting(session: Session) -> Event | None:
    agreed = session.next_date
    if agreed is None or agreed.when is None:
        return None
    minutes = session.record.agenda.stated_minutes or session.record.agenda.total_minutes or _USUAL_MINUTES
    begin = when.moment(agreed.when, agreed.zone)
    names = f"{session.pair.mentor.name.line} and {session.pair.mentee.name.line}"
    event = _event(session, f"next-{session.record.id}", UserText(f"Mentoring: {names}"))
    event.add("dtstart", begin)
    event.add("dtend", begin + timedelta(minutes=minutes))
    return event


def _due(session: Session, capture: Capture) -> Event | None:
    day = _day(capture.content.due)
    if capture.kind is not Kind.ACTION or not capture.is_open_action or day is None:
        return None
    owner = f"{capture.content.owner.line}: " if capture.content.owner else ""
    event = _event(session, capture.id, UserText(f"Due: {owner}{capture.content.text.line}"))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if not capture.shared:
        event.add("class", "PRIVATE")
    return event


def _event(session: Session, ident: str, summary: UserText) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{ident}@rmsession")
    event.add("dtstamp", _changed(session))
    event.add("sequence", len(session.facts))
    event.add("summary", summary.line)
    event.add("description", f"From the session “{session.record.agenda.title.line}”")
    return event


def _changed(session: Session) -> datetime:
    return max((fact.wall for fact in session.facts), default=session.record.created).astimezone(UTC)


def _day(due: str | None) -> date | None:
    try:
        day = date.fromisoformat(due) if due else None
    except ValueError:  # written by another program
        return None
    return day if day != date.max else None  # the last day of all has no end that could be written
