"""Long lists lie ready in the index, and say at any time what the files say."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.scanning import agrees, columns
from support.building import BEGIN, content, fact, fact_id, record

from rmsession.core.facts import Captured
from rmsession.core.tables import ActionColumns, packed, unpacked
from rmsession.core.tabling import action_columns
from rmsession.core.terms import Kind
from rmsession.store import index_ready
from rmsession.store.disk import Disk
from rmsession.store.findings import Ailment
from rmsession.store.folder import DataFolder
from rmsession.store.index_check import index_trouble
from rmsession.store.opening import open_store
from rmsession.store.rows import Ready, sealed


@pytest.fixture
def promised(home, monkeypatch):
    """A folder with two sessions and an action in each, of which lists lie ready."""
    monkeypatch.setattr(index_ready, "WORTH", 1)
    store = open_store(home)
    for number, text in ((1, "send the figures"), (2, "ask the zebra")):
        store.begin(record(number=number))
        store.append(record(number=number).id, fact(Captured(Kind.ACTION, None, content(text)), number, 1.0))
    store.prepare()
    while len(ready(home)) < 3:  # what was written just now is read again, and takes out what lies ready
        store.open_columns()
        store.session_table()
    store.close()
    return home


def ready(home):
    """The rows that lie ready, by name."""
    with closing(sqlite3.connect(home / "index.sqlite")) as index:
        return {row.name: row for row in map(Ready._make, index.execute("SELECT * FROM ready"))}


def change(home, statement, *values):
    """Change the index behind its back."""
    with closing(sqlite3.connect(home / "index.sqlite")) as index, index:
        index.execute(statement, values)


def test_what_lies_ready_is_shown_and_not_made_again(promised):
    row = ready(promised)["open actions"]
    other = sealed(row._replace(data=row.data.replace(b"figures", b"pigeons")))
    change(promised, "UPDATE ready SET data = ?, checksum = ? WHERE name = ?", other.data, other.checksum, row.name)
    assert "send the pigeons" in open_store(promised).open_columns().texts


def test_the_doctor_tells_of_a_list_that_says_something_else(promised):
    folder = DataFolder(promised, Disk())
    assert not list(index_trouble(folder))
    row = ready(promised)["sessions"]
    other = sealed(row._replace(data=row.data.replace(b"Kick", b"Kock")))
    assert other != row
    change(promised, "UPDATE ready SET data = ?, checksum = ? WHERE name = ?", other.data, other.checksum, row.name)
    assert [each.ailment for each in index_trouble(folder)] == [Ailment.INDEX]


FLIPPED = "data = CAST(replace(data, 'figures', 'fogures') AS BLOB)"


@pytest.mark.parametrize(
    "damage", [FLIPPED, "data = substr(data, 2)", "data = x'ff'", "checksum = checksum + 1", "data = NULL"]
)
def test_what_is_damaged_is_made_anew(promised, damage):
    change(promised, f"UPDATE ready SET {damage}")
    assert agrees(open_store(promised), promised)


def test_of_another_shape_it_is_made_anew(promised):
    for row in ready(promised).values():
        other = sealed(row._replace(data=b"[[1]]"))
        change(promised, "UPDATE ready SET data = ?, checksum = ? WHERE name = ?", other.data, other.checksum, row.name)
    assert agrees(open_store(promised), promised)


def test_of_another_state_it_is_not_believed(promised):
    row = ready(promised)["open actions"]
    other = sealed(row._replace(data=row.data.replace(b"figures", b"pigeons"), state=row.state - 1))
    change(promised, "INSERT OR REPLACE INTO ready VALUES (?, ?, ?, ?)", *other)
    assert agrees(open_store(promised), promised)


def test_a_word_that_was_erased_lies_nowhere_ready(promised):
    assert b"zebra" in (promised / "index.sqlite").read_bytes()
    store = open_store(promised)
    store.redact(record(number=2).id, fact_id(2), by="x", wall=BEGIN)
    assert not ready(promised)
    assert b"zebra" not in (promised / "index.sqlite").read_bytes()


def test_a_short_list_is_not_kept(promised, monkeypatch):
    monkeypatch.setattr(index_ready, "WORTH", 3)
    store = open_store(promised)
    store.append(record(number=1).id, fact(Captured(Kind.NOTE, None, content("more")), 9, 2.0))
    store.open_columns()
    store.session_table()
    assert not ready(promised)


@pytest.mark.parametrize("due", ["2026-12-01\n", "some \ud83d day"])
def test_what_no_line_can_hold_is_not_packed(promised, due):
    (item, *_) = open_store(promised).open_actions()
    told = action_columns([item])
    assert columns(unpacked(packed(told), ActionColumns)) == columns(told)
    assert packed(told._replace(dues=(due,))) is None


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "ü", "some \U0001f600 day"])] * 10), min_size=1, max_size=3))
def test_columns_come_back_as_they_were_and_no_part_of_them_does(rows):
    told = ActionColumns._make(zip(*rows, strict=True))
    data = packed(told)
    assert columns(unpacked(data, ActionColumns)) == columns(told)
    for end in range(len(data)):
        with pytest.raises(ValueError):
            unpacked(data[:end], ActionColumns)
