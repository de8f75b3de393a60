"""Figures from the index: as a fold of every file tells them, whatever happened to the files or to the index."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any, get_args, get_type_hints
from zlib import crc32

import pytest
from store.on_disk import action, note
from store.scanning import OTHER, scanned
from support.building import BEGIN, PAIR, fact_id, record

from rmsession.core.figures import SessionFigures, figures_of
from rmsession.core.fold import session_of
from rmsession.core.programme import Person
from rmsession.core.terms import Kind
from rmsession.store import index_fresh
from rmsession.store.index import _MEANING
from rmsession.store.opening import open_store


def folded(home):
    """What a fold of every file that can be read tells."""
    return sorted((figures_of(session_of(each)) for each in scanned(home)), key=lambda each: each.session)


def test_every_store_tells_what_each_session_comes_to(store):
    assert list(store.figures()) == []
    lines = {number: (action(number), note(number * 10, f"note {number}")) for number in (3, 1, 2)}
    records = [
        record(number=number, pair=PAIR if number % 2 else OTHER, facts=facts) for number, facts in lines.items()
    ]
    for each in records:
        store.begin(each)
    assert list(store.figures()) == [figures_of(session_of(each)) for each in sorted(records, key=lambda one: one.id)]
    store.redact(records[0].id, fact_id(30), by="x", wall=BEGIN)
    store.delete(records[1].id)
    told = store.figures()
    assert [each.session for each in told] == [records[2].id, records[0].id]
    assert [dict(each.lines).get(Kind.NOTE, 0) for each in told] == [1, 0]


def test_an_id_with_half_a_character_comes_back(store):
    odd = replace(PAIR, id="pair-\ud83d", mentor=Person("\udcff", PAIR.mentor.name))
    store.begin(record(pair=odd))
    (told,) = store.figures()
    assert (told.pair, told.mentor) == ("pair-\ud83d", "\udcff")


@pytest.fixture
def grown(tiny, home):
    """A folder with some sessions and its index."""
    for number in range(1, 8):
        pair = PAIR if number % 2 else OTHER
        tiny.begin(record(number=number, pair=pair, created=BEGIN + timedelta(days=number), facts=(action(number),)))
    time.sleep(0.06)  # files changed within one tick of the clock are read twice, to be sure
    assert tiny.figures() == folded(home)
    return home


def test_it_follows_the_files_behind_its_back(grown, tiny, tmp_path):
    paths = sorted(grown.glob("sessions/*/*/*.json"))
    kept = paths[0].read_bytes()
    paths[0].unlink()
    other = open_store(grown)
    other.append(record(number=3).id, note(50))
    assert tiny.figures() == folded(grown)
    paths[1].write_bytes(paths[1].read_bytes()[:-30])
    paths[0].write_bytes(kept)
    assert tiny.figures() == folded(grown) == other.figures()
    assert len(tiny.figures()) == 6


def test_much_that_changed_is_read_with_progress_and_until_somebody_stops_it(grown, monkeypatch):
    (grown / "index.sqlite").unlink()
    monkeypatch.setattr(index_fresh, "_BATCH", 2)
    steps: list[tuple[int, int]] = []
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 3

    assert open_store(grown).figures(lambda *step: steps.append(step), stop) == []
    assert steps == [(1, 7), (2, 7), (3, 7)]
    steps.clear()
    assert open_store(grown).figures(lambda *step: steps.append(step)) == folded(grown)
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    "change",
    ["figures = zeroblob(9)", "path = CAST('x' AS BLOB)", "checksum = 5", "block = block + 1", "figures = NULL"],
)
def test_no_changed_row_shows(tiny, grown, change):
    tiny.figures()
    with sqlite3.connect(grown / "index.sqlite") as index:
        index.execute(f"UPDATE numbers SET {change} WHERE block = (SELECT min(block) FROM numbers)")
    assert open_store(grown).figures() == folded(grown)


def test_figures_of_a_session_that_is_erased_are_not_left_in_it(tiny, grown):
    secret = record(number=2).id.encode()
    assert secret in (grown / "index.sqlite").read_bytes()
    tiny.delete(record(number=2).id)
    with sqlite3.connect(grown / "index.sqlite") as index:
        rows = index.execute("SELECT count(*) FROM numbers").fetchone()
    assert rows == (6,)
    assert secret not in (grown / "index.sqlite").read_bytes()


def test_no_list_and_no_search_reads_them(tiny, grown):
    """Each asks for tables of its own: figures lie apart."""
    with sqlite3.connect(grown / "index.sqlite") as index:
        index.execute("UPDATE numbers SET figures = zeroblob(9)")
    fresh = open_store(grown)
    assert len(fresh.history()) == len(fresh.actions()) == len(fresh.open_actions()) == 7
    with sqlite3.connect(grown / "index.sqlite") as index:
        assert index.execute("SELECT count(*) FROM numbers WHERE figures = zeroblob(9)").fetchone() == (7,)


def shape(kind: Any) -> str:
    """A dataclass's fields and their types, all the way down."""
    parts = []
    for each in fields(kind):
        hint = get_type_hints(kind)[each.name]
        inner = [one for one in (hint, *get_args(hint)) if is_dataclass(one)]
        parts.append(f"{each.name}: {each.type}" + "".join(f" [{shape(one)}]" for one in inner))
    return ", ".join(parts)


def test_other_fields_make_another_index():
    """Raise `_MEANING` with them: rows of the old shape would be taken for the new."""
    assert (_MEANING, crc32(shape(SessionFigures).encode())) == (18, 4090402545)
