"""Whether an action item was kept, as far as the facts tell; the same answer for everybody who has them.

A promise is kept when it was done by the day on which it was due, without ever having been taken on to another
session. The day is the one on which it was said to be done, where that was said. A due date that the pair changed
beforehand or afterwards counts as it stands: a new date is a new agreement. Without a due date (or with one that is
no date) it was due when the pair met next; what had not come to its end then was carried, and that alone decides.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from rmsession.core.terms import ActionStatus

if TYPE_CHECKING:
    from rmsession.core.lists import ActionItem
    from rmsession.core.session import Capture


class Promise(Enum):
    """What an action item was worth as a promise."""

    OPEN = "still open"
    """It can still be kept."""
    KEPT = "kept"
    NOT_KEPT = "not kept"
    """Done too late, dropped, carried to another session, or overdue by now."""
    SPLIT = "split"
    """Smaller ones took its place: each of them is judged, and this one is not."""


def kept(status: ActionStatus, due: str | None, settled: datetime | None, carried: int, today: date) -> Promise:
    """What a promise has come to; `today` only matters while it is open."""
    day = due_day(due)
    match status:
        case ActionStatus.SPLIT:
            return Promise.SPLIT
        case ActionStatus.DROPPED:
            return Promise.NOT_KEPT
        case ActionStatus.OPEN:
            overdue = day is not None and day < today
            return Promise.NOT_KEPT if overdue or carried else Promise.OPEN
        case ActionStatus.DONE:
            late = day is not None and settled is not None and day < settled.date()
            return Promise.NOT_KEPT if late or carried else Promise.KEPT


def kept_item(item: ActionItem, today: date) -> Promise:
    """What an action item of a list has come to."""
    return kept(item.status, item.due, item.settled, item.carried, today)


def kept_capture(capture: Capture, today: date) -> Promise:
    """What an action item of a folded session has come to."""
    return kept(capture.status, capture.content.due, capture.settled, len(capture.carries), today)


@lru_cache(maxsize=1024)
def due_day(due: str | None) -> date | None:
    """A stored due date as a day; None where it is none, as in a record from elsewhere."""
    try:
        return date.fromisoformat(due) if due else None
    except ValueError:
        return None


def days_late(item: ActionItem, today: date) -> int:
    """Days by which an open action item is overdue; 0 when it is not, or is settled."""
    day = due_day(item.due)
    return max((today - day).days, 0) if day and item.status is ActionStatus.OPEN else 0
