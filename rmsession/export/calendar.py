"""A session's dates as a calendar file: the next meeting, and a day for each action item that has one."""

# ruff: noqa: PLC0415 - loaded where it is used: most of what leaves needs none of it

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rmsession.core.lists import Meeting
from rmsession.core.session import Capture, Session
from rmsession.core.terms import Fate, Kind
from rmsession.core.text import UserText
from rmsession.export import when
from rmsession.export.confidential import warning
from rmsession.export.promised import STATE, remarks
from rmsession.export.seen import captures_seen

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_USUAL_MINUTES: Final = 60.0
"""How long a meeting is taken to last whose agenda says nothing."""
_MOST_MINUTES: Final = 24 * 60.0
"""Beyond a day no agenda says how long a meeting lasts; one from elsewhere may say anything."""


def dates(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - it has no dates
    """The calendar (RFC 5545). Days are entries of a whole day, for many calendars drop tasks without a word.

    An entry keeps its identity from one export to the next, so that taking the file in again changes and adds none; a
    date that was cancelled and an action item that is settled are cancelled there too.
    """
    calendar = _blank()
    if private:
        calendar.add("x-wr-caldesc", warning(session))
    for event in _events(session, private=private, zoned=True):
        calendar.add_component(event)
    years = [each.when.year for each in session.meetings]
    if years:
        # Of every year since 1970 a zone's rules are four hundred lines.
        calendar.add_missing_timezones(
            date(max(min(years) - 1, 1), 1, 1), date(min(max(years) + 2, date.max.year), 1, 1)
        )
    return _text(calendar)


def opening() -> str:
    """What stands before the entries of several sessions in one calendar."""
    return _text(_blank()).removesuffix(_CLOSING)


def closing() -> str:
    """What stands behind them."""
    return _CLOSING


def entries(session: Session, *, private: bool = False, feedback: bool = False) -> str:  # noqa: ARG001 - as above
    """The entries alone, at times in UTC: they need no zone, of which a calendar may have each but once."""
    return "".join(_text(event) for event in _events(session, private=private, zoned=False))


_CLOSING: Final = "END:VCALENDAR\r\n"


def _blank() -> Calendar:
    # Only for this format: it takes as long to load as all else that an export needs, and three times over.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//rmsession//rmsession//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _text(component: Calendar | Event) -> str:
    data: bytes = component.to_ical()
    return data.decode("utf-8")


def _events(session: Session, *, private: bool, zoned: bool) -> Iterator[Event]:
    for number, meeting in enumerate(_appointments(session.meetings)):
        yield _meeting(session, meeting, number, zoned=zoned)
    for each in captures_seen(session, private=private):
        day = _day(each.content.due)
        if each.kind is Kind.ACTION and day is not None:
            yield _due(session, each, day)


def _appointments(meetings: tuple[Meeting, ...]) -> list[Meeting]:
    """Each date as it stands at last: one that was moved is the same appointment at another time."""
    found: list[Meeting] = []
    moved = False
    for each in meetings:
        if moved:
            found.pop()
        found.append(each)
        moved = each.fate is Fate.MOVED
    return found


def _meeting(session: Session, agreed: Meeting, number: int, *, zoned: bool) -> Event:
    begin = when.moment(agreed.when, agreed.zone)
    begin = when.local(begin, agreed.zone) if zoned else begin
    names = f"{session.pair.mentor.name.line} and {session.pair.mentee.name.line}"
    # The first keeps the identity that it had before a session could have several.
    ident = f"next-{session.record.id}" + (f"-{number}" if number else "")
    event = _event(session, ident, UserText(f"Mentoring: {names}"))
    event.add("dtstart", begin)
    event.add("dtend", _end(begin, session))
    match agreed.fate:
        case None | Fate.HELD:
            event.add("status", "CONFIRMED")
        case Fate.CANCELLED | Fate.MOVED:  # moved, and nobody knows to when
            event.add("status", "CANCELLED")
    return event


def _end(begin: datetime, session: Session) -> datetime:
    agenda = session.record.agenda
    stated = agenda.stated_minutes or agenda.total_minutes
    try:
        return begin + timedelta(minutes=stated if 0 < stated <= _MOST_MINUTES else _USUAL_MINUTES)
    except OverflowError:  # in the last hours that a date can say
        return begin


def _due(session: Session, capture: Capture, day: date) -> Event:
    owner = f"{capture.content.owner.line}: " if capture.content.owner else ""
    said = [f"{words}: {why.line}" if why else words for words, why in remarks(capture)]
    if not capture.is_open_action and STATE[capture.status] not in {words for words, _ in remarks(capture)}:
        said.insert(0, STATE[capture.status])
    event = _event(session, capture.id, UserText(f"Due: {owner}{capture.content.text.line}"), said)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if capture.is_open_action else "CANCELLED")
    if not capture.shared:
        event.add("class", "PRIVATE")
    return event


def _event(session: Session, ident: str, summary: UserText, said: list[str] | None = None) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{ident}@rmsession")
    event.add("dtstamp", _changed(session))
    # No fact is ever taken away, so it is higher after whatever was changed.
    event.add("sequence", len(session.facts))
    event.add("summary", summary.line)
    event.add("description", "\n".join([f"From the session “{session.record.agenda.title.line}”", *(said or [])]))
    return event


def _changed(session: Session) -> datetime:
    return max((fact.wall for fact in session.facts), default=session.record.created).astimezone(UTC)


def _day(due: str | None) -> date | None:
    try:
        day = date.fromisoformat(due) if due else None
    except ValueError:  # written by another program
        return None
    return day if day != date.max else None  # the last day of all has no end that could be written
