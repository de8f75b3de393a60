"""What the screen of pairs asks of the store: every pair with its sessions and its part of the change log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rmsession.core.cadence import Agreed, Cadence, agreed, cadence
from rmsession.core.change_log import standing
from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.goals import Goal, goals_of
from rmsession.core.lists import Summary
from rmsession.core.outcomes import Change
from rmsession.core.pair_fields import Entry
from rmsession.core.programme import Pair
from rmsession.core.roster import entry_of
from rmsession.core.store import Store
from rmsession.core.terms import Role
from rmsession.core.text import UserText


@frozen
class Known:
    """One pair, as far as it is known here."""

    entry: Entry
    sessions: tuple[Summary, ...] = ()
    """The newest first."""
    changes: tuple[Change, ...] = ()
    """Its entries of the change log that stand, the earliest first."""

    @property
    def id(self) -> str:
        """The pair's id."""
        return self.entry.pair.id

    @property
    def pair(self) -> Pair:
        """Who the two are."""
        return self.entry.pair

    @property
    def wave(self) -> UserText:
        """The wave that they belong to; empty for none."""
        return self.entry.arrangement.wave

    @property
    def held(self) -> str:
        """``3 of 7``; without a plan ``3``."""
        many, planned = sum(each.started is not None for each in self.sessions), self.entry.arrangement.sessions
        return f"{many} of {planned}" if planned else f"{many}"

    @property
    def waits(self) -> Agreed | None:
        """The date that is agreed."""
        return agreed(self.sessions)

    @property
    def to_agree(self) -> tuple[Change, ...]:
        """The entries that not both of them agreed to."""
        return tuple(each for each in self.changes if set(each.agreed) != set(Role))

    def rhythm(self, now: datetime) -> Cadence:
        """How regularly they meet."""
        return cadence(self.sessions, now, self.entry.arrangement.rhythm)

    def is_over(self, now: datetime) -> bool:
        """Whether they have ended."""
        ended = self.entry.arrangement.ended
        return ended is not None and ended <= now.date()


def look(store: Store) -> tuple[Known, ...]:
    """Every pair that is known or has met, by its wave, those of none last, and within one by name."""
    programme, sessions = store.programme(), _by_pair(store)
    pairs = {each.id: each for each in programme.pairs}
    for ident, own in sessions.items():
        if ident not in pairs:  # a session knows it, and the programme does not: its file was lost, say
            pairs[ident] = session_of(store.load(own[0].id)).pair
    log = standing(programme.changes)
    found = [
        Known(
            entry_of(programme, pair),
            tuple(sessions.get(ident, ())),
            tuple(each for each in log if each.pair == ident),
        )
        for ident, pair in pairs.items()
    ]
    return tuple(sorted(found, key=_place))


def goals(store: Store, sessions: Sequence[Summary]) -> tuple[Goal, ...]:
    """The goals that a pair's sessions named and scored, those that both may see."""
    return goals_of(session_of(store.load(each.id)) for each in sessions)


def folded(wave: UserText) -> str:
    """A wave's name as it is compared."""
    return " ".join(wave.raw.casefold().split())


def _by_pair(store: Store) -> dict[str, list[Summary]]:
    found: dict[str, list[Summary]] = {}
    for each in store.history():
        found.setdefault(each.pair, []).append(each)
    return found


def _place(known: Known) -> tuple[bool, str, str, str]:
    names = (known.pair.mentor.name.raw.casefold(), known.pair.mentee.name.raw.casefold())
    return (not known.wave, folded(known.wave), *names)
