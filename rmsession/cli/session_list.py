"""The list of all sessions, and what gives cause to ask after a pair."""

from __future__ import annotations

from itertools import chain

from rmsession.cli.ground import Ground, now_here
from rmsession.cli.pairs import causes, rhythms
from rmsession.cli.summaries import listing
from rmsession.cli.talk import complain, say, tell


def list_all(ground: Ground) -> None:
    """Tell of all sessions, the newest first."""
    store = ground.store()
    table = store.session_table()
    for line in store.troubles(fresh=False):
        complain(line)
    if table.columns.ids:
        # At once: each of thousands of lines written by itself would take a tenth of a second.
        tell(chain(listing(table.columns), causes(table.met, now_here(ground), rhythms(store))))
    else:
        say("No sessions yet. Start one with `rmsession run 01-kick-off`, or see `rmsession agendas`.")
