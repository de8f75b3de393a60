"""Times as people read them, in the zone of the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise

from rmsession.core.facts import NextDateSet
from rmsession.core.session import Session
from rmsession.core.terms import Phase
from rmsession.core.text import clean
from rmsession.core.zones import on_wall, zone_named

_HALF_A_MINUTE = 30


def local(moment: datetime, zone: str) -> datetime:
    """The moment in that zone; as it stands where it has no offset, or where nobody knows the zone."""
    return on_wall(moment, zone_named(zone))


def day(moment: datetime) -> str:
    """``Fri 21 Nov 2026``."""
    return f"{moment:%a} {moment.day} {moment:%b} {moment.year}"


def short_day(iso: str) -> str:
    """``21 Nov 2026`` of an ISO date; what is none, in a record from elsewhere, stands as it is."""
    try:
        known = date.fromisoformat(iso)
    except ValueError:
        return clean(iso)
    return f"{known.day} {known:%b} {known.year:04}"


def time(moment: datetime) -> str:
    """``14:00``."""
    return f"{moment:%H:%M}"


def lasted(seconds: float) -> str:
    """``12 min``; what took some time never shows as none."""
    if 0 < seconds < _HALF_A_MINUTE:
        return "under 1 min"
    return f"{round(seconds / 60)} min"


def sittings(session: Session) -> Iterator[str]:
    """When the pair sat together; a sitting ends with the last thing that is known to have happened in it."""
    zone = session.record.zone
    opened = [sitting.opened for sitting in session.sittings]
    for begun, following in pairwise([*opened, None]):
        if begun is None:
            continue
        signs = [fact.wall for fact in session.facts if fact.at is not None and fact.wall >= begun]
        last = max((sign for sign in signs if following is None or sign < following), default=begun)
        start = local(begun, zone)
        if following or session.phase is Phase.ENDED:
            yield f"{_span(start, local(last, zone))} ({clean(zone)})"
        else:
            yield f"{day(start)}, {time(start)} ({clean(zone)}), not ended"


def next_meeting(agreed: NextDateSet) -> str:
    """When the pair meets next, or that it does not know yet."""
    return "no date yet" if agreed.when is None else _at(agreed.when, agreed.zone)


def meetings(session: Session) -> Iterator[str]:
    """Each date that was agreed for the next meeting with what became of it; that none is agreed, where that was said.

    ``Tue 1 Dec 2026, 15:00 (Europe/Berlin), moved``, ``Thu 3 Dec 2026, 15:00 (Europe/Berlin)``.
    """
    for each in session.meetings:
        yield _at(each.when, each.zone) + (f", {each.fate.value}" if each.fate else "")
    agreed = session.next_date
    if agreed and agreed.when is None:
        yield next_meeting(agreed)


def moment(agreed: datetime, zone: str) -> datetime:
    """The moment in UTC; a time without an offset is one on the wall in that zone (in UTC where nobody knows it)."""
    known = zone_named(zone)
    placed = agreed if agreed.tzinfo else agreed.replace(tzinfo=known or UTC)
    try:
        return placed.astimezone(UTC)
    except OverflowError:  # in the first or the last hours that a date can say
        return placed.replace(tzinfo=UTC)


def _at(agreed: datetime, zone: str) -> str:
    placed = local(agreed, zone)
    return f"{day(placed)}, {time(placed)} ({clean(zone)})"


def _span(begun: datetime, ended: datetime) -> str:
    until = time(ended) if ended.date() == begun.date() else f"{day(ended)}, {time(ended)}"
    return f"{day(begun)}, {time(begun)} to {until}"
