"""The lists as a plain scan of the files says them."""

from support.building import PAIR

from rmsession.core.programme import Pair
from rmsession.core.review import open_actions_of, summarise
from rmsession.core.store import StoreError
from rmsession.store.session_file import load
from rmsession.store.views import earliest_due, newest_first

OTHER = Pair("pair-2", PAIR.mentee, PAIR.mentor)


def scanned(home):
    """Every record that can be read, with no index."""
    records = {}
    for path in sorted(home.glob("sessions/**/*.json")):
        try:
            records.setdefault(path.stem[-36:], load(path))
        except StoreError:
            records.setdefault(path.stem[-36:], None)
    return [each for each in records.values() if each]


def agrees(store, home):
    """Whether the lists say what the files say."""
    records = scanned(home)
    for pair in (None, PAIR.id, OTHER.id):
        actions = [each for one in records for each in open_actions_of(one)]
        assert store.history(pair=pair) == newest_first(map(summarise, records), pair, None)
        assert store.history(pair=pair, limit=2) == newest_first(map(summarise, records), pair, 2)
        assert store.open_actions(pair=pair) == earliest_due(actions, pair)
    return True
