"""What earlier sessions of a pair left, as the store tells it: for the preview, and for the session that begins."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import field

from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.last_time import to_review
from rmsession.core.leftovers import MOST_SESSIONS, Leftovers, leftovers
from rmsession.core.lists import ActionItem
from rmsession.core.session import Session
from rmsession.core.store import Store
from rmsession.core.store_errors import StoreError


@frozen
class Earlier:
    """What the next session of a pair may begin with."""

    left: Leftovers = field(default_factory=Leftovers)
    waits: tuple[ActionItem, ...] = ()
    """Open action items that whoever begins may see."""


def earlier(store: Store, pair: str, by: str) -> Earlier:
    """What is left of the pair's last sessions; a record that cannot be read leaves nothing. Raises `StoreError`."""
    lately = [each.id for each in store.history(pair=pair, limit=MOST_SESSIONS)]
    return Earlier(leftovers(_loaded(store, lately, pair)[::-1]), waiting(store, pair, by))


def waiting(store: Store, pair: str, by: str) -> tuple[ActionItem, ...]:
    """The open action items of all sessions of a pair, but for what is private to the other side."""
    sessions = dict.fromkeys(each.session for each in store.open_actions(pair=pair))
    return to_review(_loaded(store, sessions, pair), by)


def _loaded(store: Store, ids: list[str] | dict[str, None], pair: str) -> list[Session]:
    sessions = []
    for each in ids:
        with suppress(StoreError):  # damaged or newer: Home and `doctor` tell of it
            session = session_of(store.load(each))
            if session.pair.id == pair:
                sessions.append(session)
    return sessions
