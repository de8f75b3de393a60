"""What is typed before a session, read: who, from when, until when; and how that fits the agenda."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from textual.content import Content

from rmsession.core.agenda import Agenda
from rmsession.core.frozen import frozen
from rmsession.core.last_time import TITLE, Opened
from rmsession.core.pace import allot
from rmsession.core.programme import same_name
from rmsession.core.slash import clock_time, minutes
from rmsession.core.text import UserText
from rmsession.reader.durations import whole
from rmsession.tui.plan import Plan
from rmsession.tui.text import HIDDEN, content

LONGEST = timedelta(hours=12)
"""An end further away than this is a slip of the pen."""
_HOURS = re.compile(r"[0-6]?h\d{2}|[0-6]h")
"""``1h30`` is a length, ``14h30`` a time of day."""
_OPEN = ("", "open", "none", "-")


@frozen
class Entries:
    """The fields as they stand."""

    mentor: UserText
    mentee: UserText
    prepared: bool | None = None
    start: str = ""
    end: str = ""
    length: str = ""
    given_end: datetime | None = None
    """What `end` was filled with; it stands as it is while nobody changes the text."""


@frozen
class Flaw:
    """What keeps a session from starting: the field, and one line that says how to mend it."""

    field: str
    message: str


def read_plan(entries: Entries, agenda: Agenda, now: datetime) -> Plan | Flaw:
    """The plan that the fields make, or the first thing wrong with them."""
    flaw = _who(entries) or _what(agenda)
    if flaw:
        return flaw
    span = read_span(entries, now)
    if isinstance(span, Flaw):
        return span
    return Plan(
        agenda=agenda,
        mentor=entries.mentor,
        mentee=entries.mentee,
        prepared=entries.prepared,
        planned_start=span.start,
        must_end=span.end,
        duration_minutes=span.length,
    )


@frozen
class Span:
    """From when until when; minutes where a length was typed."""

    start: datetime
    end: datetime | None
    length: float | None


def read_span(entries: Entries, now: datetime) -> Span | Flaw:
    """The times that were typed; an empty start is now, an empty end is open."""
    start = read_start(entries.start, now)
    if start is None:
        return Flaw("start", "Start: type a time such as 14:30 or +10, or leave it empty for now")
    length = read_length(entries.length) if entries.length.strip() else None
    if entries.length.strip() and length is None:
        return Flaw("length", "Length: type minutes such as 45, 90 min or 1h30")
    end: datetime | Flaw | None = entries.given_end
    if end is None or entries.end.strip() != f"{end:%H:%M}":
        end = read_end(entries.end, start)
    match end:
        case Flaw():
            return end
        case datetime() if end <= now:
            return Flaw("end", f"Ends by: {end:%H:%M} is over already; type a later time, or leave it empty")
        case _:
            return Span(start, end, length)


def read_start(text: str, now: datetime) -> datetime | None:
    """When it is planned to begin: the moment nearest to now that the text can mean; None when it means none."""
    if not text.strip() or text.strip().casefold() == "now":
        return now
    then = clock_time(text, now)
    if then is None or text.strip().startswith("+"):
        return then
    # At 14:02, "14:00" is two minutes ago and not tomorrow.
    return min(then, then - timedelta(days=1), key=lambda each: abs(each - now))


def read_end(text: str, start: datetime) -> datetime | Flaw | None:
    """By when it must be over: a time of day, or a length from the start; None is an open end."""
    text = text.strip()
    if text.casefold() in _OPEN:
        return None
    then = None if text.startswith("+") or _HOURS.fullmatch(text) else clock_time(text, start)
    length = None if then else read_length(text.removeprefix("+"))
    if length:
        then = start + timedelta(minutes=length)
    if then is None:
        return Flaw("end", "Ends by: type 14:45, +45 or 45 min, or leave it empty")
    if then - start > LONGEST:
        return Flaw("end", f"Ends by: {then:%H:%M} is not within twelve hours of the start at {start:%H:%M}")
    return then


def read_length(text: str) -> float | None:
    """Minutes: ``45``, ``45 min``, ``1h30``; None when the text is no length above nought."""
    bare = minutes(text)
    if bare is None:
        found = whole(text.strip())
        bare = found.minutes if found else None
    return bare if bare and bare > 0 else None


def planned_minutes(agenda: Agenda, length: float | None) -> float:
    """How long the topics take together, untimed ones with their share."""
    return sum(each.seconds for each in allot(agenda, length)) / 60


@frozen
class Outlook:
    """How the times fit the topics, in one line."""

    text: str
    short: bool = False
    """Whether there is less time than the topics need."""


def outlook(entries: Entries, agenda: Agenda, now: datetime) -> Outlook | Flaw:
    """What the typed times come to."""
    span = read_span(entries, now)
    if isinstance(span, Flaw):
        return span
    needed = planned_minutes(agenda, span.length)
    if span.end is None:
        close = span.start + timedelta(minutes=needed)
        return Outlook(f"{span.start:%H:%M} to about {close:%H:%M}, open end")
    given = (span.end - max(span.start, now)).total_seconds() / 60
    missing = round(needed - given)
    times = f"{span.start:%H:%M} to {span.end:%H:%M}"
    if missing >= 1:
        return Outlook(f"{times}: {missing} min less than the topics", short=True)
    return Outlook(f"{times}, {round(given)} min")


def opening_words(run: Opened, actions: int, entries: Entries, now: datetime) -> Content:
    """What opens the session when actions are open, and what that does to its end."""
    topic = next((each for each in run.agenda.topics if each.id == run.topic), None)
    if topic is None:
        return Content("")
    some = "1 open action" if actions == 1 else f"{actions} open actions"
    span = read_span(entries, now)
    if not run.added:
        title = Content(HIDDEN) if topic.private else content(topic.title)
        return Content.assemble("↺ ", (some, "bold"), " to look at under “", title, "”")
    length, start = (None, now) if isinstance(span, Flaw) else (span.length, max(span.start, now))
    close = start + timedelta(minutes=planned_minutes(run.agenda, length))
    in_front = f": {TITLE.line} {run.added:.0f} min in front; ends {close:%H:%M}"
    return Content.assemble("↺ ", (some, "bold"), in_front)


def _who(entries: Entries) -> Flaw | None:
    if not entries.mentor:
        return Flaw("mentor", "Mentor: type your name")
    if not entries.mentee:
        return Flaw("mentee", "Mentee: type who sits with you; nobody is taken from last time")
    if same_name(entries.mentor, entries.mentee):
        return Flaw("mentee", "Mentee: this is the mentor's name; type the other person's")
    return None


def _what(agenda: Agenda) -> Flaw | None:
    if agenda.topics:
        return None
    return Flaw("agenda", "This agenda has no topics: give it a heading such as '## Hello (5 min)'")
