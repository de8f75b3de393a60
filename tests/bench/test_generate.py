"""Generated histories are the same for a seed, are read without complaint, and are as full as they say."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from bench.generate import add, default_pairs, make, plan, play
from bench.rounds import LAST_DAY
from bench.words import SIZE, vocabulary
from support.program import Person

from rmsession.core.fold import session_of
from rmsession.core.query import tokens
from rmsession.core.terms import ActionStatus, Fate, Kind
from rmsession.store.opening import open_store

SESSIONS = 120


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("history") / "data"
    make(home, SESSIONS, 3)
    return home


@pytest.fixture(scope="module")
def sessions(home):
    store = open_store(home)
    yield [session_of(store.load(each.id)) for each in store.history()]
    store.close()


def contents(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def test_the_same_seed_makes_the_same_bytes_and_another_others(tmp_path):
    made = {}
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        make(tmp_path / name, 15, 2, seed)
        made[name] = contents(tmp_path / name)
    assert made["one"] == made["two"]
    assert not made["one"].keys() & {name for name in made["other"] if name.startswith("sessions")}


@pytest.mark.parametrize("sessions", [100, 1_000, 100_000])
def test_histories_of_every_length_are_as_long_as_asked_and_the_same_for_a_seed(sessions, tmp_path):
    device = "a device"
    plans = list(plan(sessions, default_pairs(sessions), 1, device))
    assert sum(len(each.days) for each in plans) == sessions
    assert plans == list(plan(sessions, default_pairs(sessions), 1, device))
    days = [day for each in plans for day in each.days]
    assert max(days) <= LAST_DAY
    assert (LAST_DAY - min(days)).days < 366 * 11
    # The last round is the one with the most behind it; each is made by itself, whoever makes it.
    for name in ("one", "two"):
        home = tmp_path / name
        home.mkdir(mode=0o700)
        assert play(home, plans[-1]) == len(plans[-1].days)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_program_finds_nothing_to_say_about_it(home):
    person = Person(home)
    listed = [json.loads(line) for line in person.run("list", "--json").splitlines()]
    assert len(listed) == SESSIONS
    fates = {meeting["fate"] for each in listed for meeting in each["meetings"]}
    assert fates == {None, *(fate.value for fate in Fate)}
    assert f"All is well: {SESSIONS} sessions" in person.run("doctor")
    assert {path.stat().st_mode & 0o077 for path in home.rglob("*")} == {0}


def test_sessions_are_as_full_and_as_varied_as_in_life(sessions):
    captures = [capture for session in sessions for capture in session.captures.values()]
    assert 17 <= len(captures) / len(sessions) <= 24
    assert {capture.kind for capture in captures} == set(Kind)
    assert {capture.status for capture in captures} == set(ActionStatus)
    assert any(capture.carries for capture in captures)
    assert any(not capture.shared and capture.stands for capture in captures)
    assert any(session.reviewed for session in sessions)
    assert len({session.record.agenda.id for session in sessions}) == 11
    assert len({session.pair.id for session in sessions}) == 3
    # A pair's history lies over years, each session later than the one before.
    days = sorted(session.started for session in sessions if session.pair == sessions[0].pair)
    assert (days[-1] - days[0]).days > 365 * 2


def test_words_come_as_often_as_their_rank_says(sessions):
    texts = [capture.content.text.raw for session in sessions for capture in session.captures.values()]
    counted = Counter(word for text in texts for word in tokens(text))
    common = [count for _, count in counted.most_common()]
    # Zipf: the tenth word about a tenth of the first (flattened), and half of all words seen only once or twice.
    assert 2 < common[0] / common[9] < 10
    assert 10 < common[9] / common[199] < 40
    assert sum(count <= 2 for count in common) > len(common) / 3
    assert len(vocabulary()) == len(set(vocabulary())) == SIZE


def test_one_more_session_is_kept_through_the_store(tmp_path):
    home = tmp_path / "data"
    make(home, 5, 1)
    before = contents(home)
    add(home, 2)
    after = contents(home)
    assert len([name for name in after.keys() - before.keys() if name.startswith("sessions")]) == 2
    assert all(after[name] == data for name, data in before.items())


def test_nothing_is_written_over_a_history_that_is_there(home, monkeypatch):
    from bench import generate

    before = contents(home)
    monkeypatch.setattr(sys, "argv", ["generate.py", os.fspath(home), "--sessions", "3"])
    with pytest.raises(SystemExit) as refused:
        generate.main()
    assert refused.value.code == 2
    assert {name for name in contents(home) if name.startswith("sessions")} <= before.keys()
