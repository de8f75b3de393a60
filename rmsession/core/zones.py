"""Time zones by their IANA names, which a record may have from another machine."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@cache
def zone_named(name: str) -> ZoneInfo | None:
    """The zone; None where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def on_wall(moment: datetime, zone: tzinfo | None) -> datetime:
    """The moment as a clock there shows it; as it stands without a zone or an offset, or where no clock can show it."""
    if zone is None or moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError):  # in the first or the last hours that a date can say
        return moment
