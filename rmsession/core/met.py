"""How each pair has met, spelled so that it is found out once and read many times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Final, NamedTuple

from rmsession.core.cadence import Met, met_in

if TYPE_CHECKING:
    from rmsession.core.lists import Summary

_YEARS: Final = range(2, 9999)
"""Outside these a moment may not be told in another zone."""
Moment = int | str
"""Seconds since 1970; in ISO 8601 where no other zone may be able to tell it."""


class MetOf(NamedTuple):
    """How one pair has met."""

    pair: str
    """Its id."""
    people: str
    """Both names, as lists show them."""
    begun: Sequence[Moment]
    held: Sequence[Moment]
    dates: Sequence[Moment | None]
    """The date first agreed in the last session, and the one that waits for its fate."""
    cancelled: int

    def met(self, zone: tzinfo | None) -> Met:
        """The same, with moments on a clock in that zone, where the days are counted."""
        there = zone or UTC
        planned, waits = (_told([each], there)[0] if each is not None else None for each in self.dates)
        return Met(_told(self.begun, there), _told(self.held, there), planned, waits, self.cancelled)


def met_by_pair(history: Iterable[Summary]) -> list[MetOf]:
    """How each pair has met, in the order of its newest session; `history` begins with the newest."""
    found: dict[str, list[Summary]] = {}
    for each in history:
        found.setdefault(each.pair, []).append(each)
    return [_spelled(own[0], met_in(own)) for own in found.values()]


def _spelled(last: Summary, met: Met) -> MetOf:
    dates = [_moment(each) if each else None for each in (met.planned, met.waits)]
    people = f"{last.mentor.line}, {last.mentee.line}"
    return MetOf(last.pair, people, [*map(_moment, met.begun)], [*map(_moment, met.held)], dates, met.cancelled)


def _moment(moment: datetime) -> Moment:
    return int(moment.timestamp() // 1) if moment.year in _YEARS else moment.isoformat()


def _told(moments: Sequence[Moment], zone: tzinfo) -> list[datetime]:
    try:
        return [datetime.fromtimestamp(each, zone) for each in moments]  # type: ignore[arg-type] # as nearly all are
    except TypeError:
        return [
            datetime.fromisoformat(each) if isinstance(each, str) else datetime.fromtimestamp(each, zone)
            for each in moments
        ]
