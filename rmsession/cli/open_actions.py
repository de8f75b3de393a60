"""The list of what waits to be done: the one that people look at every day."""

from __future__ import annotations

from operator import itemgetter
from typing import Final

from rmsession.cli.action_choice import pairs_of
from rmsession.cli.action_lines import Eyes, listing
from rmsession.cli.ground import Ground, NothingMatched, today_here, zone_here
from rmsession.cli.talk import complain, tell
from rmsession.core.action_list import Group, group_by_due, open_due_words
from rmsession.core.tables import ActionColumns
from rmsession.store.tiny import TinyStore

ORDER: Final = {group: place for place, group in enumerate(Group)}
"""In which order the groups stand."""


def list_open(ground: Ground, *, private: bool = False) -> None:
    """All that are open, which may be thousands: from their columns, as they lie ready."""
    store, today = ground.store(), today_here(ground)
    found = store.open_columns()
    for line in store.troubles(fresh=False):
        complain(line)
        ground.retelling = None
    if not found.ids:
        if store.actions():
            raise NothingMatched("no action item is so: `rmsession actions` lists all of them")
        raise NothingMatched("no action items yet: in a session, `@name what by friday` makes one")
    groups = {due: ORDER[group_by_due(due, today)] for due in set(found.dues)}
    ranks = [groups[due] for due in found.dues]
    if not private and any(found.private):
        apart = ORDER[Group.PRIVATE]
        ranks = [apart if hidden else rank for rank, hidden in zip(ranks, found.private, strict=True)]
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    # By one such getter: to ask for each of thousands by itself takes three times as long.
    told = ActionColumns._make(map(itemgetter(*order), found)) if len(order) > 1 else found
    words = {due: open_due_words(due, today) for due in groups}
    pairs = set(told.pairs)
    eyes = Eyes(today, zone_here(ground), private, pairs_of(ground, pairs) if len(pairs) > 1 else {})
    said: list[bytes] = []
    tell(listing(told, [words[due] for due in told.dues], eyes), said)
    if ground.retelling and isinstance(store, TinyStore) and said and not private:
        ground.retelling.keep(store, b"".join(said), today, eyes.zone)
