"""Times as people read them, in the zone of the record."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HALF_A_MINUTE = 30


@cache
def _zone(name: str) -> ZoneInfo | None:
    """The zone; None where this machine does not know it (a record may come from elsewhere)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local(moment: datetime, zone: str) -> datetime:
    """The moment in that zone; as it stands where it has no offset, or where nobody knows the zone."""
    known = _zone(zone)
    return moment.astimezone(known) if known and moment.tzinfo else moment


def day(moment: datetime) -> str:
    """``Fri 21 Nov 2026``."""
    return f"{moment:%a} {moment.day} {moment:%b} {moment.year}"


def time(moment: datetime) -> str:
    """``14:00``."""
    return f"{moment:%H:%M}"


def span(begun: datetime, ended: datetime) -> str:
    """``Fri 21 Nov 2026, 14:00 to 14:46``."""
    until = time(ended) if ended.date() == begun.date() else f"{day(ended)}, {time(ended)}"
    return f"{day(begun)}, {time(begun)} to {until}"


def lasted(seconds: float) -> str:
    """``12 min``; what took some time never shows as none."""
    if 0 < seconds < _HALF_A_MINUTE:
        return "under 1 min"
    return f"{round(seconds / 60)} min"
