"""What Home asks of the store: one question, answered in the recorder's thread, about one pair or about nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rmsession.core.cadence import Agreed, Cadence, agreed, cadence
from rmsession.core.frozen import frozen
from rmsession.core.meeting import on_clock
from rmsession.core.programme import same_name
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Phase
from rmsession.core.text import UserText
from rmsession.tui.recorder import Recorder

if TYPE_CHECKING:
    # Home is painted before it is known what there is to show.
    from rmsession.core.arrangement import Rhythm
    from rmsession.core.lists import ActionItem, Summary
    from rmsession.core.programme import Pair
    from rmsession.core.store import Store

MOST_SESSIONS = 200
"""Of one pair; a programme has about ten."""
GLANCED_AT = 40
"""How many of the latest sessions are looked through while nobody is chosen."""


@frozen
class Companion:
    """The person chosen; `name` None is somebody new, whose name the preview asks for."""

    name: UserText | None = None
    mentors_me: bool = False
    """Whether I am the mentee."""


@frozen
class Found:
    """What there is to show."""

    companion: Companion | None = None
    pairs: tuple[Pair, ...] = ()
    """Mine; for the picker only."""
    pair: Pair | None = None
    """The person chosen and me; None where we have not met."""
    sessions: tuple[Summary, ...] = ()
    """The pair's, newest first; while nobody is chosen, my unfinished ones, to be shown without who and what."""
    waiting: int = 0
    """While nobody is chosen: how many ended sessions still have a step open."""
    actions: tuple[ActionItem, ...] = ()
    troubles: tuple[str, ...] = ()
    known: bool = True
    """Whether the store has answered yet."""
    meant: Rhythm | None = None
    """How often the pair means to meet."""

    @property
    def unfinished(self) -> tuple[Summary, ...]:
        """Sessions that were begun and not ended."""
        return tuple(each for each in self.sessions if each.phase != Phase.ENDED.value)

    @property
    def pending(self) -> tuple[Summary, ...]:
        """Ended sessions that wait for a step, each with what it waits for here."""
        mine = ((each, _steps_here(each, self)) for each in self.ended)
        return tuple(replace(each, pending=steps) for each, steps in mine if steps)

    @property
    def ended(self) -> tuple[Summary, ...]:
        """Sessions that are over."""
        return tuple(each for each in self.sessions if each.phase == Phase.ENDED.value)

    @property
    def done(self) -> frozenset[str]:
        """The ids of the agendas that the pair has begun."""
        return frozenset(each.agenda for each in self.sessions if each.started)

    @property
    def waits(self) -> Agreed | None:
        """The date that the pair agreed and of which nobody has said yet what became of it."""
        return agreed(self.sessions) if self.companion else None

    @property
    def latest(self) -> Summary | None:
        """The session that was begun last."""
        return next((each for each in self.sessions if each.started), None)

    def next_date(self, now: datetime) -> datetime | None:
        """When the pair meets next, in the zone of `now`; None when nothing lies ahead."""
        waits = self.waits
        return on_clock(waits.when, now.tzinfo or UTC) if waits and waits.when > now else None

    def rhythm(self, now: datetime) -> Cadence:
        """How regularly the pair meets."""
        return cadence(self.sessions, now, self.meant) if self.companion else Cadence()

    def promised(self, me: UserText | None) -> tuple[ActionItem, ...]:
        """The open actions that are mine, as far as both may see them."""
        mine = (each for each in self.actions if me and each.owner and same_name(each.owner, me))
        return tuple(each for each in mine if not each.private)


def look(store: Store, me: UserText | None, companion: Companion | None, *, fresh: bool = True) -> Found:
    """Look up one pair, or just what waits when nobody is chosen. Raises `StoreError`.

    Unless `fresh`, it is as lists were when files were last looked at, and without actions: at once, however many
    sessions there are.
    """
    known = store.programme()
    pairs = tuple(
        each for each in known.pairs if me and (same_name(each.mentor.name, me) or same_name(each.mentee.name, me))
    )
    if companion is None:
        return _glance(store, pairs, fresh=fresh)
    pair = next((each for each in pairs if me and _meets(each, me, companion)), None)
    if pair is None:
        return Found(companion, pairs)
    return Found(
        companion,
        pairs,
        pair,
        sessions=tuple(store.history(pair=pair.id, limit=MOST_SESSIONS, fresh=fresh)),
        actions=tuple(store.open_actions(pair=pair.id)) if fresh else (),
        meant=next((each.rhythm for each in known.arrangements if each.pair == pair.id), None),
    )


async def findings(recorder: Recorder, me: UserText | None, before: Found) -> AsyncIterator[Found]:
    """What there is to show of the same person, each time more of it: as last known, as it is, what cannot be read."""
    companion = before.companion
    try:
        if not before.known:
            found = await recorder.ask(lambda store: look(store, me, companion, fresh=False))
            yield replace(found, troubles=before.troubles)
        found = await recorder.ask(lambda store: look(store, me, companion))
        yield replace(found, troubles=before.troubles)
        # Last: it may open files, and is in nobody's way then.
        yield replace(found, troubles=await recorder.ask(lambda store: tuple(store.troubles())))
    except StoreError as refusal:
        yield Found(companion, troubles=(str(refusal),))


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


def _steps_here(summary: Summary, found: Found) -> tuple[str, ...]:
    """The steps of an ended session that are worth taking here; no date is asked for once the pair has met again."""
    begun = summary.started or summary.created
    again = any(each.pair == summary.pair and each.started and each.started > begun for each in found.sessions)
    theirs = found.companion is not None and found.companion.mentors_me
    return tuple(
        step
        for step in summary.pending
        if not (again and step == "next date") and not (theirs and step == "mentor form")
    )


def _meets(pair: Pair, me: UserText, companion: Companion) -> bool:
    other = companion_of(pair, me)
    return bool(
        companion.name
        and other.name
        and other.mentors_me == companion.mentors_me
        and same_name(other.name, companion.name)
    )


def _glance(store: Store, pairs: tuple[Pair, ...], *, fresh: bool) -> Found:
    mine = {pair.id for pair in pairs}
    latest = Found(sessions=tuple(each for each in store.history(limit=GLANCED_AT, fresh=fresh) if each.pair in mine))
    return Found(None, pairs, sessions=latest.unfinished, waiting=len(latest.pending))
