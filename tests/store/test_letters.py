"""What is counted of each letter is what a look at every document counts, whatever happens to the files."""

import sqlite3
import time
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store.scanning import OTHER, TODAY, finds
from support.building import BEGIN, PAIR, content, fact, record

from rmsession.core.facts import Captured
from rmsession.core.query import parse
from rmsession.core.terms import Audience, Kind
from rmsession.store.disk import Disk
from rmsession.store.findings import Ailment
from rmsession.store.folder import DataFolder
from rmsession.store.index_check import index_trouble
from rmsession.store.opening import open_store
from rmsession.store.rows import Letters, sealed

LETTERS = ("s", "1", "я", "語", "ก", "한", "ß")
TEXTS = st.lists(
    st.sampled_from(
        ["send", "Zoë", "draft", "1:1", "яблоко", "שלום", "日本語", "ก็ดี", "한국", "straße", "ßo", "Ω", "-"]
    ),
    max_size=4,
).map(" ".join)


def line(seq, text, audience=Audience.SHARED):
    return fact(Captured(Kind.NOTE, None, content(text)), seq, float(seq), audience=audience)


@settings(deadline=None, max_examples=10)
@given(st.data())
def test_they_follow_the_files(tmp_path_factory, data):
    home = tmp_path_factory.mktemp("letters") / "home"
    store = open_store(home)
    lines = st.tuples(TEXTS, st.sampled_from(Audience))
    there = []
    for number in range(1, data.draw(st.integers(1, 4)) + 1):
        facts = tuple(
            line(100 * number + place, *each) for place, each in enumerate(data.draw(st.lists(lines, max_size=4)))
        )
        created = BEGIN + timedelta(days=data.draw(st.sampled_from([0, 1, 40])))
        store.begin(record(number=number, facts=facts, created=created, pair=data.draw(st.sampled_from([PAIR, OTHER]))))
        there.append(number)
    assert finds(store, home, *LETTERS)
    for seq in range(900, 900 + data.draw(st.integers(0, 3))):
        number = data.draw(st.sampled_from(there))
        match data.draw(st.sampled_from(["says more", "loses a word", "goes"])):
            case "says more":
                store.append(record(number=number).id, line(seq, *data.draw(lines)))
            case "loses a word":
                said = [each.id for each in store.load(record(number=number).id).facts]
                if said:
                    store.redact(record(number=number).id, data.draw(st.sampled_from(said)), by="x", wall=BEGIN)
            case _:
                next(home.glob(f"sessions/**/*{record(number=number).id}.json")).unlink()
                there.remove(number)
        assert finds(open_store(home), home, *LETTERS)
        if not there:
            break
    store.prepare()
    assert not list(index_trouble(DataFolder(home, Disk())))
    store.close()


@pytest.fixture
def counted(home):
    """A folder with two sessions of one month, one of them long, of which letters are counted."""
    store = open_store(home)
    store.begin(record(number=1, facts=tuple(line(each, f"draft {each}") for each in range(1, 301))))
    store.begin(record(number=2, facts=(line(900, "send it"), line(901, "secret", Audience.MENTOR))))
    time.sleep(0.06)
    store.prepare()
    store.close()
    return home


def change(home, statement, *values):
    """Change the index behind its back."""
    with closing(sqlite3.connect(home / "index.sqlite")) as index, index:
        assert index.execute(statement, values).rowcount


def test_more_lines_than_a_byte_counts(counted):
    found = open_store(counted).search(parse("d", TODAY), TODAY)
    assert found.total >= 300
    assert finds(open_store(counted), counted, *LETTERS, "d", "i")


@pytest.mark.parametrize(
    "damage",
    [
        "letters = replace(letters, 's', 'z')",
        "widths = zeroblob(length(widths))",
        "counts = zeroblob(length(counts))",
        "counts = NULL",
        "folder = CAST('x' || folder AS BLOB)",
        "checksum = 5",
    ],
)
def test_no_changed_row_shows(counted, damage):
    change(counted, f"UPDATE letters SET {damage}")
    assert finds(open_store(counted), counted, *LETTERS)


@pytest.mark.parametrize("files", [1, 3, 12])
def test_counts_of_other_files_are_not_believed(counted, files):
    other = sealed(rows(counted)[0]._replace(letters="s", widths=b"\x01\x00", counts=b"\x01" * files))
    change(counted, "REPLACE INTO letters VALUES (?, ?, ?, ?, ?)", *other)
    assert finds(open_store(counted), counted, *LETTERS)


@pytest.mark.parametrize("other", ["other counts", "another letter", "none"])
def test_the_doctor_tells_of_other_counts(counted, other):
    folder = DataFolder(counted, Disk())
    assert not list(index_trouble(folder))
    (row,) = rows(counted)
    if other == "none":
        change(counted, "DELETE FROM letters")
    else:
        counts = row.counts.translate(bytes([0, 2, *range(2, 256)])) if other == "other counts" else row.counts
        letters = row.letters.replace("s", "q") if other == "another letter" else row.letters
        fresh = sealed(row._replace(letters=letters, counts=counts))
        change(counted, "REPLACE INTO letters VALUES (?, ?, ?, ?, ?)", *fresh)
    assert [each.ailment for each in index_trouble(folder)] == [Ailment.INDEX]


def rows(home):
    """What is counted of each folder."""
    with closing(sqlite3.connect(home / "index.sqlite")) as index:
        return list(map(Letters._make, index.execute("SELECT * FROM letters")))


def test_a_folder_of_which_nothing_is_counted_is_read_again(counted):
    change(counted, "DELETE FROM letters")
    assert finds(open_store(counted), counted, *LETTERS)


def test_words_that_a_file_lost_behind_its_back_are_counted_no_more(counted):
    path = next(counted.glob(f"sessions/**/*{record(number=1).id}.json"))
    before = path.read_bytes()
    store = open_store(counted)
    store.append(record(number=1).id, line(950, "zebra"))
    assert finds(store, counted, "z")
    path.write_bytes(before)
    assert finds(open_store(counted), counted, "z", *LETTERS)


def test_a_script_of_thousands_of_signs_is_not_counted(home):
    store = open_store(home)
    store.begin(record(number=1, facts=(line(1, "日本語 한국 яблоко ก็ดี"),)))
    store.prepare()
    store.close()
    (row,) = rows(home)
    assert {"я", "ก"} <= set(row.letters)
    assert {"日", "한"}.isdisjoint(row.letters)
    assert finds(open_store(home), home, *LETTERS)
