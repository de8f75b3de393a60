"""Documents of sessions found of late are read once, and only so many of them stay."""

import sqlite3

import pytest
from support.held import held

from rmsession.core.documents import documents
from rmsession.core.fold import session_of
from rmsession.store.at_hand import _MOST, AtHand
from rmsession.store.packing import packed
from rmsession.store.rows import TABLES, Words, sealed

HITS = packed(list(documents(session_of(held().record))))


@pytest.fixture
def index():
    """The table of words, with some more sessions than stay at hand."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE words ({TABLES['words']}")
    rows = [sealed(Words(block, b"%d.json" % block, HITS, 0)) for block in range(_MOST + 50)]
    connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", rows)
    yield connection
    connection.close()


def test_what_was_read_is_at_hand(index):
    at_hand = AtHand()
    first = at_hand.documents(index, {1, 2, 3})
    assert [hit.text.raw for hit in first[1]] == [hit.text.raw for hit in documents(session_of(held().record))]
    assert first[1][0] is first[1][0]
    index.execute("DELETE FROM words")
    again = at_hand.documents(index, {2, 3, 4})
    assert again == {2: first[2], 3: first[3]}


def test_what_was_found_last_stays(index):
    at_hand = AtHand()
    at_hand.documents(index, set(range(_MOST)))
    at_hand.documents(index, {0, 1, *range(_MOST, _MOST + 40)})
    at_hand.documents(index, set(range(_MOST + 50)))  # too many to come again
    index.execute("DELETE FROM words")
    assert at_hand.documents(index, set(range(_MOST + 50))).keys() == {0, 1, *range(42, _MOST + 40)}


def test_what_is_not_what_was_written_is_told(index):
    index.execute("UPDATE words SET documents = 'x' WHERE block = 7")
    with pytest.raises(sqlite3.DatabaseError):
        AtHand().documents(index, {6, 7})
