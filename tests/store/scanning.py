"""The lists, and what search finds, as a plain scan of the files says them."""

from datetime import UTC, date

from support.building import PAIR

from rmsession.core.figures import figures_of
from rmsession.core.fold import session_of
from rmsession.core.met import met_by_pair
from rmsession.core.programme import Pair
from rmsession.core.query import parse
from rmsession.core.review import actions_of, open_actions_of, summarise
from rmsession.core.search import scan
from rmsession.core.store_errors import StoreError
from rmsession.core.tabling import action_columns, session_columns
from rmsession.store.session_file import load
from rmsession.store.views import earliest_due, newest_first, open_first

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


def columns(table):
    """The columns of a table, whatever holds them."""
    return [list(column) for column in table]


def agrees(store, home):
    """Whether the lists say what the files say."""
    records = scanned(home)
    for pair in (None, PAIR.id, OTHER.id):
        actions = [each for one in records for each in open_actions_of(one)]
        assert store.history(pair=pair) == newest_first(map(summarise, records), pair, None)
        assert store.history(pair=pair, limit=2) == newest_first(map(summarise, records), pair, 2)
        assert store.open_actions(pair=pair) == earliest_due(actions, pair)
        every = [each for one in records for each in actions_of(session_of(one))]
        assert store.actions(pair=pair) == open_first(every, pair)
        for begins in ("0000", "ü", *(each.capture[:-1] for each in every[:1])):
            wanted = open_first([each for each in every if each.capture.startswith(begins)], pair)
            assert store.actions(pair=pair, begins=begins) == wanted
    every = newest_first(map(summarise, records), None, None)
    waiting = earliest_due([each for one in records for each in open_actions_of(one)], None)
    for _ in range(2):  # made, and as it was made
        assert columns(store.open_columns()) == columns(action_columns(waiting))
        assert columns(store.session_table().columns) == columns(session_columns(every))
        assert [each.met(UTC) for each in store.session_table().met] == [each.met(UTC) for each in met_by_pair(every)]
    assert store.figures() == sorted(map(figures_of, map(session_of, records)), key=lambda each: each.session)
    return True


TODAY = date(2026, 12, 10)
QUERIES = (
    "",
    "s",
    "send it",
    "y is:overdue",
    "kick-off",
    "-x",
    "kind:action -is:done",
    "@alex",
    "agenda:kick since:3w",
)
"""What is asked where any question will do: a letter, words, signs, filters, something that is not there."""


def finds(store, home, *texts, limit=200):
    """Whether search finds what a look at every document finds, in the same order."""
    sessions = [session_of(each) for each in scanned(home)]
    for text in texts or QUERIES:
        query = parse(text, TODAY)
        for pair in (None, PAIR.id, OTHER.id):
            for private in (False, True):
                wanted = scan(sessions, query, TODAY, pair=pair, private=private, limit=limit)
                assert store.search(query, TODAY, pair=pair, private=private, limit=limit) == wanted, (text, pair)
    return True
