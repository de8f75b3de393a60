"""The contract of every store: what a programme knows beside its people; and what lies on the disk of it."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from store.kept_values import known_values
from support.building import MENTEE, MENTOR, PAIR, record

from rmsession.core.arrangement import Arrangement, KnownAs, Objective, Profile, Rhythm
from rmsession.core.outcomes import Change, Milestone, Step
from rmsession.core.programme import Person, Programme
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.core.uniting import everything_in, with_known
from rmsession.store.opening import MEMORY, open_store
from rmsession.store.seal import read_sealed, seal, spelled

THEN = datetime(2026, 11, 1, 9, tzinfo=UTC)
LATER = THEN + timedelta(days=1)
WILD = UserText("=1+1\u202e[@click=app.quit]\ud83d")
VALUES = (
    PAIR,
    Profile(MENTOR.id, WILD, UserText("Hartford"), UserText("VP"), THEN),
    Arrangement(
        PAIR.id,
        WILD,
        Role.MENTEE,
        21,
        7,
        45,
        date(2026, 11, 1),
        date(2027, 5, 1),
        Objective.OWN,
        WILD,
        date(2027, 1, 1),
        True,
        KnownAs("p", "a", "b"),
        THEN,
    ),
    Milestone("m", MENTOR.id, Step.PROMOTED, True, date(2027, 1, 1), WILD, revised=THEN),
    Change("c", PAIR.id, date(2027, 1, 1), WILD, WILD, WILD, "s", "k", (Role.MENTOR, Role.MENTEE), revised=THEN),
)
KNOWN = Programme((MENTOR, MENTEE), (PAIR,), *((each,) for each in VALUES[1:]))


def in_file(home: Path):
    return read_sealed(home / "programme.json").tables


def put_in_file(home: Path, tables, change=lambda data: data):
    path = home / "programme.json"
    path.write_bytes(change(seal(spelled(tables), read_sealed(path).revision + 1)))


def test_everything_is_kept_and_kept_again(store):
    for _ in range(2):
        store.keep_known(VALUES)
        assert store.programme() == KNOWN
        assert store.rhythms() == {PAIR.id: Rhythm(21, date(2027, 1, 1))}


def test_nothing_is_nothing(store):
    store.keep_known(())
    assert store.programme() == Programme()


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_two_copies_the_later_counts(store, newer_first):
    old, new = Profile("p", UserText("old"), revised=THEN), Profile("p", UserText("new"), revised=LATER)
    for each in (new, old) if newer_first else (old, new):
        store.keep_known((Profile("other"), each))
    assert store.programme().profiles == (Profile("other"), new)


def test_what_could_not_be_read_back_is_refused_with_all_that_comes_with_it(store):
    naive = datetime(2026, 11, 1)  # noqa: DTZ001 - the point
    for bad in (Profile(MENTOR.id, revised=naive), Arrangement(PAIR.id, sessions="7"), Profile(MENTOR.id, role="VP")):
        with pytest.raises(StoreError, match="Not kept"):
            store.keep_known((PAIR, bad))
    assert store.programme() == Programme()


def test_a_session_that_comes_in_leaves_what_is_known_as_it_is(store):
    store.keep_known(VALUES)
    store.take_in(record(partial=True))
    assert store.programme() == KNOWN


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(
    coming=known_values().map(lambda one: (one,))
    | known_values().flatmap(lambda a: known_values().map(lambda b: (a, b)))
)
def test_a_disk_keeps_what_memory_keeps(tmp_path_factory, coming):
    home = tmp_path_factory.mktemp("home")
    memory, disk = open_store(MEMORY), open_store(home)
    for each in coming:
        memory.keep_known((each,))
    disk.keep_known(coming)
    assert disk.programme() == memory.programme() == with_known(Programme(), coming)
    assert open_store(home).programme() == memory.programme()


def test_it_is_one_write(tiny, home):
    tiny.keep_pair(PAIR)
    before = read_sealed(home / "programme.json").revision
    tiny.keep_known(VALUES)
    assert read_sealed(home / "programme.json").revision == before + 1


def test_a_file_from_before_reads_as_ever(tiny, home):
    tiny.keep_pair(PAIR)
    assert in_file(home).keys() == {"people", "pairs"}
    assert tiny.programme() == Programme((MENTOR, MENTEE), (PAIR,))
    assert tiny.rhythms() == {}


def test_what_a_later_program_added_stays_word_for_word(tiny, home):
    tiny.keep_known(VALUES)
    tables = in_file(home)
    tables["moods"] = {"7": {"id": "m", "mood": "glad \ud83d"}}
    tables["profiles"]["1"]["pronoun"] = "they"
    put_in_file(home, tables)
    assert tiny.programme() == KNOWN
    tiny.keep_known((Profile(MENTOR.id, UserText("CFO"), revised=LATER), Person("new", UserText("New"))))
    after = in_file(home)
    assert after["moods"] == tables["moods"]
    assert after["profiles"]["1"] == tables["profiles"]["1"] | {
        "role": "CFO",
        "location": "",
        "level": "",
        "revised": "2026-11-02T09:00:00Z",
    }
    assert {name: after[name] for name in ("pairs", "arrangements", "milestones", "changes")} == {
        name: tables[name] for name in ("pairs", "arrangements", "milestones", "changes")
    }


def test_a_newer_format_is_named_and_never_written_to(tiny, home):
    tiny.keep_known(VALUES)
    put_in_file(home, in_file(home), lambda data: data.replace(b'"format":1', b'"format":2'))
    before = (home / "programme.json").read_bytes()
    for ask in (tiny.programme, lambda: tiny.keep_known(VALUES)):
        with pytest.raises(NewerFormat):
            ask()
    assert (home / "programme.json").read_bytes() == before


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("profiles", {"person": 5}),
        ("profiles", {"revised": "2026-11-01T09:00:00"}),
        ("profiles", {"revised": "0001-01-01T00:00:00Z"}),
        ("arrangements", {"agenda_owner": "boss"}),
        ("arrangements", {"starts": "soon"}),
        ("arrangements", {"known_as": {"pair": "x"}}),
        ("milestones", {"step": "resigned"}),
        ("changes", {"agreed": "mentor"}),
    ],
    ids=str,
)
def test_what_fits_nowhere_is_damage_and_not_written_to(tiny, home, table, change):
    tiny.keep_known(VALUES)
    tables = in_file(home)
    tables[table]["1"] |= change
    put_in_file(home, tables)
    before = (home / "programme.json").read_bytes()
    for ask in (tiny.programme, lambda: tiny.keep_known(VALUES)):
        with pytest.raises(Damaged, match=r"programme\.json"):
            ask()
    assert (home / "programme.json").read_bytes() == before


def test_a_thousand_at_once_are_kept_in_a_second(tiny):
    many = [Profile(f"p{number}", revised=THEN) for number in range(1000)]
    began = datetime.now(UTC)
    tiny.keep_known(many)
    tiny.keep_known(many)
    assert datetime.now(UTC) - began < timedelta(seconds=2)
    assert len(everything_in(tiny.programme())) == 1000


def test_every_table_is_json_that_anybody_reads(tiny, home):
    tiny.keep_known(VALUES)
    lines = (home / "programme.json").read_text("utf-8")
    assert json.loads(lines)["arrangements"]["1"]["objective"] == "own words"
