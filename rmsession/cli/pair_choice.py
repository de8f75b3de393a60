"""Which pair a few typed words of `pair` mean, and everything that is known of it."""

from __future__ import annotations

from rmsession.cli.ground import Ground, NothingMatched
from rmsession.cli.pairs import Together, everybody, pair_named
from rmsession.core.fold import session_of
from rmsession.core.pair_fields import Entry
from rmsession.core.roster import entry_of


def pair_meant(ground: Ground, name: str) -> tuple[Together, Entry]:
    """The one pair, whether it has met or not. Raises `NothingMatched`."""
    store = ground.store()
    pairs = everybody(store)
    if not pairs:
        raise NothingMatched(nobody())
    together = pair_named(name, pairs)
    known = store.programme()
    pair = next((each for each in known.pairs if each.id == together.id), None)
    if pair is None:  # a session knows it, and the programme does not: its file was lost, say
        pair = session_of(store.load(together.sessions[0].id)).pair
    return together, entry_of(known, pair)


def nobody() -> str:
    """What to do where no pair is known."""
    return "no pair is known yet: `rmsession pair add --mentor NAME --mentee NAME` adds one"
