"""Action items of many sessions as one list: in which group each stands, whose they are, what finds them."""

# ruff: noqa: PLC0415 - loaded where it is used: lists and the first paint need none of it

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Final

from rmsession.core.days import MONTHS
from rmsession.core.due import shown
from rmsession.core.promises import Promise, days_late, due_day, kept_item
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    # What is open is listed from columns: neither what an item is nor how names are read is needed for that.
    from rmsession.core.lists import ActionItem
    from rmsession.core.query import Query

_MONTHS: Final = tuple(month.title() for month in MONTHS)
_TWO: Final = tuple(f"{number:02}" for number in range(60))
SOON_DAYS: Final = 7
"""What is due within so many days is due soon."""


class Group(Enum):
    """Where an action item stands in the list, from top to bottom."""

    OVERDUE = "Overdue"
    SOON = "Due soon"
    OPEN = "Open"
    PRIVATE = "Private"
    """What is hidden, whatever its date: its place in the list would tell of it."""
    SETTLED = "Done and dropped"


def group_of(item: ActionItem, today: date, *, apart: bool = False) -> Group:
    """The group of an action item; private ones stand `apart` where they are hidden."""
    if item.status is not ActionStatus.OPEN:
        return Group.SETTLED
    return Group.PRIVATE if apart and item.private else group_by_due(item.due, today)


def group_by_due(due: str | None, today: date) -> Group:
    """The group of an open action item that is due then, where nothing is hidden."""
    day = due_day(due)
    if day is None or (day - today).days > SOON_DAYS:
        return Group.OPEN
    return Group.OVERDUE if day < today else Group.SOON


def grouped(items: Iterable[ActionItem], of: Callable[[ActionItem], Group]) -> list[tuple[Group, list[ActionItem]]]:
    """The groups that have any, in their order; within one the order stays as it came."""
    found: dict[Group, list[ActionItem]] = {group: [] for group in Group}
    for item in items:
        found[of(item)].append(item)
    return [(group, some) for group, some in found.items() if some]


def due_words(item: ActionItem, today: date) -> str:
    """``3 days overdue``, ``Tue 1 Dec``, ``done, kept``; ``–`` where no day is known."""
    return open_due_words(item.due, today) if item.status is ActionStatus.OPEN else settled_words(item, today)


def open_due_words(due: str | None, today: date) -> str:
    """The same for a date that an open action item has, which many others may have too."""
    day = due_day(due)
    if day is None:
        return clean(due) if due else "–"
    late = (today - day).days
    return shown(day, today) if late <= 0 else "1 day overdue" if late == 1 else f"{late} days overdue"


def settled_words(item: ActionItem, today: date) -> str:
    """What became of an action item, and for one that was done whether that was in time."""
    promise = kept_item(item, today)
    judged = item.status is ActionStatus.DONE and promise is not Promise.OPEN
    return f"{item.status.value}, {promise.value}" if judged else item.status.value


def when_captured(item: ActionItem, today: date, zone: tzinfo | None) -> str:
    """``21 Nov · 14:06``, or ``2 May 2025`` with another year; only the day of what was not captured at the table."""
    return moment_words(item.when, today, zone, timed=item.at is not None)


def moment_words(when: datetime, today: date, zone: tzinfo | None, *, timed: bool) -> str:
    """The same of a moment; `timed` where it was at the table."""
    try:
        moment = when.astimezone(zone)
    except (OverflowError, ValueError):
        moment = when  # in the first or the last hours that a date can say
    # Not by `strftime`, nor by a format: either takes longer than all the rest of a list of thousands.
    day = f"{moment.day} {_MONTHS[moment.month - 1]}"
    if moment.year != today.year:
        day = f"{day} {moment.year}"
    return f"{day} · {_TWO[moment.hour]}:{_TWO[moment.minute]}" if timed else day


def more_words(item: ActionItem) -> list[str]:
    """How often it was carried, and how sure its owner was."""
    words = [] if not item.carried else ["carried once" if item.carried == 1 else f"carried {item.carried} times"]
    return words if item.confidence is None else [*words, f"sure {item.confidence} of 5"]


def owners(items: Iterable[ActionItem]) -> list[str]:
    """Every owner's name once, as first written, whatever its case and spacing elsewhere."""
    found: dict[str, str] = {}
    for item in items:
        if item.owner:
            found.setdefault(_same(item.owner.raw), item.owner.raw)
    return list(found.values())


def owners_meant(typed: str, known: Sequence[str], me: str = "") -> list[str]:
    """The owners whom a typed name can mean: the one it is, or those whose names begin so; several are for asking."""
    wanted = _same(typed)
    if wanted == "me" and me:
        wanted = _same(me)
    whole = [name for name in known if _same(name) == wanted]
    if whole or not wanted:
        return whole
    # Only here, and below: hardly any list is asked for one owner's.
    from rmsession.core.owners import named

    if one := named(typed, known):
        return [one]
    return [name for name in known if any(part.startswith(wanted) for part in (_same(name), *_same(name).split()))]


def is_owned_by(item: ActionItem, owner: str) -> bool:
    """Whether it is this person's, by name."""
    return item.owner is not None and _same(item.owner.raw) == _same(owner)


def finds(query: Query, item: ActionItem, today: date, people: tuple[str, ...] = ()) -> bool:
    """Whether a query, in the language of search, means this action item."""
    # Only here: a list that is not searched needs none of the language of search.
    from rmsession.core.query_match import Found, matches

    states = {item.status.value} | ({"private"} if item.private else set())
    if item.status is ActionStatus.OPEN and item.due:
        states |= {"due", "overdue"} if days_late(item, today) else {"due"}
    found = Found(
        text=item.text.raw,
        kind=Kind.ACTION,
        day=item.when.date(),
        owner=item.owner.raw if item.owner else "",
        tags=item.tags,
        states=frozenset(states),
        agenda=item.title.raw,
        topic=item.topic.raw,
        people=people,
    )
    return matches(query, found)


def owner_named(typed: str, names: Sequence[UserText], me: UserText | None) -> UserText:
    """Whom a name means that is typed for a new owner: one of the pair, else as typed; empty where nothing is."""
    from rmsession.core.owners import named

    known = [name.raw for name in names]
    meant = named(typed, known, me.raw if me else "")
    return UserText(meant or " ".join(typed.split()))


def _same(name: str) -> str:
    return " ".join(name.casefold().split())
