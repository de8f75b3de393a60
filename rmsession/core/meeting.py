"""When the pair meets next, in words: ``tue 15:00``, ``+2w 15:00``, ``2026-12-01 15:00`` become a moment in a zone."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rmsession.core.days import date_at
from rmsession.core.due import read_due

if TYPE_CHECKING:
    # Whoever spells a date has its list at hand already, and Home is painted without any.
    from rmsession.core.lists import Meeting

_TIME = re.compile(
    r"(?<!\S)(?:at\s+|@\s?)?(?P<hour>\d{1,2})(?:(?:[:.](?P<minute>\d{2})|h(?P<past>\d{2})?)\s?(?P<half>[ap]m)?"
    r"|\s?(?P<alone>[ap]m))(?!\S)",
    re.IGNORECASE,
)
_NOON = 12
_HOURS, _MINUTES = 24, 60
_QUARTER = 15
_PASSED = "That has passed already."


def read_meeting(words: str, now: datetime, zone: tzinfo, usual: time | None = None) -> datetime | str:
    """The moment that these words mean in that zone; a sentence that says what is missing where they mean none.

    `now` is aware. The moment carries the zone's offset at that time. `usual` is the time of day of a day alone.
    """
    if not words.strip():
        return "Type a day and a time: tue 15:00, +2w 15:00, 1 dec 15:00."
    moment = _iso(words.strip(), zone) or _in_words(words, now.astimezone(zone).date(), zone, usual)
    if isinstance(moment, str):
        return moment
    there = moment.astimezone(UTC).astimezone(zone)
    if there.replace(tzinfo=None) != moment.astimezone(zone).replace(tzinfo=None):
        return f"There is no {moment:%H:%M} on that day: the clocks go forward."
    return _fixed(there) if there > now else _PASSED


def weeks_on(now: datetime, start: datetime, weeks: int, zone: tzinfo) -> datetime:
    """Some weeks from now at the time of day, to the quarter of an hour, at which this session began."""
    began = start.astimezone(zone)
    quarters = min(round((began.hour * _MINUTES + began.minute) / _QUARTER), _HOURS * _MINUTES // _QUARTER - 1)
    hour, quarter = divmod(quarters, _MINUTES // _QUARTER)
    then = now.astimezone(zone).date() + timedelta(weeks=weeks)
    return _fixed(datetime(then.year, then.month, then.day, hour, quarter * _QUARTER, tzinfo=zone))


def dated(when: datetime) -> str:
    """``Tue 1 Dec 2026, 15:00``."""
    return f"{when:%a} {when.day} {when:%b} {when.year}, {when:%H:%M}"


def far(when: datetime, now: datetime) -> str:
    """How far off that is: ``in 10 days``, ``3 days ago``."""
    days = (when.date() - now.astimezone(when.tzinfo).date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def placed(meeting: Meeting) -> datetime:
    """When that is on a clock in the meeting's own zone; aware, whatever a record from elsewhere says."""
    zone = zone_info(meeting.zone)
    if meeting.when.tzinfo is None:
        return meeting.when.replace(tzinfo=zone or UTC)
    return on_clock(meeting.when, zone) if zone else meeting.when


def on_clock(moment: datetime, zone: tzinfo) -> datetime:
    """The moment on a clock in that zone; as it stands in the first and the last hours that a date can say."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def zone_named(words: str, names: Collection[str]) -> str | None:
    """The IANA zone that was typed: its name in any case, or the one whose city it is."""
    plain = "_".join(words.casefold().split())
    if not plain:
        return None
    whole = [name for name in names if name.casefold() == plain]
    cities = [name for name in names if name.casefold().rpartition("/")[2] == plain]
    found = whole or cities
    return found[0] if len(found) == 1 else None


def zone_info(name: str) -> ZoneInfo | None:
    """The zone of that name; None where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _in_words(words: str, today: date, zone: tzinfo, usual: time | None) -> datetime | str:
    found = _TIME.search(words)
    if found:
        words = f"{words[: found.start()]} {words[found.end() :]}".strip(" ,")
        clock = _clock(found)
    elif usual:
        clock = usual.hour, usual.minute
    else:
        return "Add the time: tue 15:00."
    if clock is None:
        return "There is no such time of day."
    if words.casefold() == "yesterday":
        return _PASSED
    then = read_due(words, today)
    if then is None:
        meant = date_at(words, 0, today)
        if meant and meant[1] == len(words):
            return "There is no such day."
        return "Add the day in front: tue 15:00, +2w 15:00, 1 dec 15:00."
    return datetime(then.year, then.month, then.day, *clock, tzinfo=zone)


def _iso(words: str, zone: tzinfo) -> datetime | None:
    # A date alone is ISO as well, but midnight is nobody's next meeting.
    if ":" not in words:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _clock(found: re.Match[str]) -> tuple[int, int] | None:
    hour, minute = int(found["hour"]), int(found["minute"] or found["past"] or 0)
    half = (found["half"] or found["alone"] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return (hour, minute) if hour < _HOURS and minute < _MINUTES else None


def _fixed(moment: datetime) -> datetime:
    """The same moment with a plain offset: files keep no more, and two such moments compare alike."""
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))
