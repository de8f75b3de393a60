"""What Home asks of the store: one question, answered in the recorder's thread, about one pair or about nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from rmsession.core.programme import Pair, same_name
from rmsession.core.review import ActionItem, Summary
from rmsession.core.session import Phase
from rmsession.core.store import Store
from rmsession.core.text import UserText

MOST_SESSIONS = 200
"""Of one pair; a programme has about ten."""
GLANCED_AT = 40
"""How many of the latest sessions are looked through while nobody is chosen."""


@dataclass(frozen=True, slots=True)
class Companion:
    """The person chosen; `name` None is somebody new, whose name the preview asks for."""

    name: UserText | None = None
    mentors_me: bool = False
    """Whether I am the mentee."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to show."""

    companion: Companion | None = None
    pairs: tuple[Pair, ...] = ()
    """Mine; for the picker only."""
    sessions: tuple[Summary, ...] = ()
    """The pair's, newest first; while nobody is chosen, my unfinished ones, to be shown without who and what."""
    waiting: int = 0
    """While nobody is chosen: how many ended sessions still have a step open."""
    actions: tuple[ActionItem, ...] = ()
    troubles: tuple[str, ...] = ()
    known: bool = True
    """Whether the store has answered yet."""

    @property
    def unfinished(self) -> tuple[Summary, ...]:
        """Sessions that were begun and not ended."""
        return tuple(each for each in self.sessions if each.phase != Phase.ENDED.value)

    @property
    def pending(self) -> tuple[Summary, ...]:
        """Ended sessions that wait for a step."""
        return tuple(each for each in self.sessions if each.phase == Phase.ENDED.value and each.pending)

    @property
    def ended(self) -> tuple[Summary, ...]:
        """Sessions that are over."""
        return tuple(each for each in self.sessions if each.phase == Phase.ENDED.value)

    @property
    def done(self) -> frozenset[str]:
        """The ids of the agendas that the pair has begun."""
        return frozenset(each.agenda for each in self.sessions if each.started)

    def next_date(self, now: datetime) -> datetime | None:
        """When the pair meets next, as last agreed, in the zone of `now`; None when nothing lies ahead."""
        agreed = next((each.next_date for each in self.ended if each.next_date), None)
        return agreed.astimezone(now.tzinfo) if agreed and agreed > now else None


def look(store: Store, me: UserText | None, companion: Companion | None) -> Found:
    """Look up one pair, or just what waits when nobody is chosen. Raises `StoreError`."""
    known = store.programme().pairs
    pairs = tuple(each for each in known if me and (same_name(each.mentor.name, me) or same_name(each.mentee.name, me)))
    troubles = tuple(store.troubles())
    if companion is None:
        return _glance(store, pairs, troubles)
    pair = next((each for each in pairs if me and _meets(each, me, companion)), None)
    if pair is None:
        return Found(companion, pairs, troubles=troubles)
    return Found(
        companion,
        pairs,
        sessions=tuple(store.history(pair=pair.id, limit=MOST_SESSIONS)),
        actions=tuple(store.open_actions(pair=pair.id)),
        troubles=troubles,
    )


def companion_of(pair: Pair, me: UserText) -> Companion:
    """The other person of a pair of mine."""
    if same_name(pair.mentor.name, me):
        return Companion(pair.mentee.name)
    return Companion(pair.mentor.name, mentors_me=True)


def due_day(action: ActionItem) -> date | None:
    """The day an action item is due; None where it has none."""
    try:
        return date.fromisoformat(action.due) if action.due else None
    except ValueError:
        return None


def overdue(action: ActionItem, today: date) -> bool:
    """Whether its day has passed."""
    day = due_day(action)
    return day is not None and day < today


def _meets(pair: Pair, me: UserText, companion: Companion) -> bool:
    other = companion_of(pair, me)
    return bool(
        companion.name
        and other.name
        and other.mentors_me == companion.mentors_me
        and same_name(other.name, companion.name)
    )


def _glance(store: Store, pairs: tuple[Pair, ...], troubles: tuple[str, ...]) -> Found:
    mine = {pair.id for pair in pairs}
    latest = Found(sessions=tuple(each for each in store.history(limit=GLANCED_AT) if each.pair in mine))
    return Found(None, pairs, latest.unfinished, len(latest.pending), (), troubles)
