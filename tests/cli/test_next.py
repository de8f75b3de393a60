"""next: what it lists, which words it takes, what they keep, and how it refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.building import MENTOR, PAIR, ZONE, HandClock, Play, agenda, record
from support.held import kept, session_id

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.between import NextDateSettled
from rmsession.core.columns import cells
from rmsession.core.facts import NextDateSet
from rmsession.core.fold import session_of
from rmsession.core.lists import Meeting
from rmsession.core.programme import Pair, Person
from rmsession.core.record import Record
from rmsession.core.terms import Fate
from rmsession.core.text import UserText
from rmsession.store.opening import open_store

SAM = Pair("pair-robin-sam", MENTOR, Person("person-sam", UserText("Sam\x1b[31m Poe")))
BERLIN = ZoneInfo(ZONE)


def at(days: int, hour: int = 15) -> datetime:
    """So many days from now, at a full hour in Berlin."""
    day = datetime.now(BERLIN).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def met(start: str, days: int, date: int | None = None, *fates: Fate, pair: Pair = PAIR) -> Record:
    """A session of so many days ago, and dates agreed in it: each settled, but the last if none is left for it."""
    when = at(-days, 9)
    plan = replace(record(agenda("Hello"), pair=pair, created=when), id=session_id(start))
    play = Play(plan, clock=HandClock(when))
    play.start()
    play.wait(minutes=5)
    for fate in fates:
        play.do(asked.SetNextDate(at(1), ZONE))
        play.do(between.SettleNextDate(fate, None, ZONE))
    if date is not None:
        play.do(asked.SetNextDate(at(date), ZONE))
    play.do(asked.End())
    return play.record


def meetings(home: Path, start: str) -> tuple[Meeting, ...]:
    return session_of(open_store(home).load(session_id(start))).meetings


def test_without_sessions_nothing_is_agreed(tell):
    told = tell("next")
    assert (told.code, told.out) == (3, "")
    assert "no date is agreed" in told.complaint


def test_it_says_day_time_zone_and_how_far_off_who_meets_soonest_first(tell, home):
    kept(home, met("aaaa", 3, 9), met("bbbb", 4, 2, pair=SAM), met("cccc", 20, None, pair=replace(PAIR, id="third")))
    told = tell("next")
    assert (told.code, told.err) == (0, "")
    first, second, third = told.lines
    assert re.fullmatch(r"Robin, Sam␛\[31m Poe +\w{3} \d+ \w{3} \d{4}, 15:00 \(Europe/Berlin\) +in 2 days", first)
    assert f"{at(9):%a} {at(9).day} {at(9):%b %Y}, 15:00 (Europe/Berlin) in 9 days" in " ".join(second.split())
    assert third.endswith("no date agreed")
    assert len(tell("next", "--pair", "sam").lines) == 1


@pytest.mark.parametrize(("days", "far"), [(0, "today"), (-1, "yesterday"), (-3, "3 days ago")])
def test_a_date_that_has_come_asks_for_its_fate(tell, home, days, far):
    kept(home, met("aaaa", 10, days))
    row, asks = tell("next").lines
    assert row.endswith(f"  {far}")
    assert asks == "  ? held, moved or cancelled?"


@pytest.mark.parametrize(("zone", "here"), [("Europe/London", "here 14:00"), ("Pacific/Auckland", "here ")])
def test_in_another_zone_it_says_what_that_is_here(tell, home, monkeypatch, zone, here):
    kept(home, met("aaaa", 3, 9))
    monkeypatch.setenv("RMSESSION_ZONE", zone)
    (line,) = tell("next").lines
    assert f", 15:00 (Europe/Berlin), {here}" in line
    assert line.endswith("in 9 days")


def test_what_gives_cause_to_ask_stands_below_in_numbers(tell, home):
    often = [met(start, days) for start, days in (("aaaa", 59), ("bbbb", 45))]
    kept(home, *often, met("cccc", 31, None, Fate.CANCELLED, Fate.CANCELLED))
    told = tell("next")
    assert told.code == 3
    assert told.lines[1:] == ["  ! 31 days since the last session, usually 14", "  ! 2 dates cancelled in a row"]
    (row,) = map(json.loads, tell("next", "--json").lines)
    assert row["flags"] == [line.strip(" !") for line in told.lines[1:]]
    assert (row["when"], row["interval_days"], row["mentee"]) == (None, 14.0, "Alex")


def test_the_list_of_sessions_names_the_pair_below(tell, home):
    kept(home, met("aaaa", 3, None, Fate.CANCELLED, Fate.CANCELLED), met("bbbb", 4, 2, pair=SAM))
    *rows, last = tell("list").lines
    assert last == "! Robin, Alex: 2 dates cancelled in a row"
    assert not [row for row in rows if row.startswith("!")]
    assert len(tell("list", "--json").lines) == 2


def test_json_is_one_object_a_line_and_ascii(tell, home):
    kept(home, met("aaaa", 3, 9), met("bbbb", 4, 2, pair=SAM))
    told = tell("next", "--json")
    assert told.out.isascii()
    rows = {row["pair"]: row for row in map(json.loads, told.lines)}
    row = rows[PAIR.id]
    assert (row["days"], row["zone"], row["session"]) == (9, ZONE, session_id("aaaa"))
    assert datetime.fromisoformat(row["when"]) == at(9)
    assert rows[SAM.id]["mentee"] == "Sam\x1b[31m Poe"


def test_it_fits_a_terminal(tell, home, monkeypatch):
    long = Pair("long", MENTOR, Person("x", UserText("会議 somebody with a very long name indeed " * 3)))
    kept(home, met("aaaa", 3, 9, pair=long), met("bbbb", 3, 9))
    monkeypatch.setenv("COLUMNS", "80")
    lines = tell("next", typed="").lines
    assert max(map(cells, lines)) <= 80
    assert any("…" in line for line in lines)


class TestFate:
    def last(self, home: Path, start: str = "aaaa"):
        return open_store(home).load(session_id(start)).facts[-1]

    def test_held_is_a_fact_of_the_session_whose_date_it_is(self, tell, home):
        kept(home, met("aaaa", 10, -1), met("bbbb", 5))
        told = tell("next", "HELD")
        assert (told.code, told.err) == (0, "")
        assert told.out.startswith(f"Held: {at(-1):%a} {at(-1).day} ")
        fact = self.last(home)
        assert (fact.what, fact.at, fact.by) == (NextDateSettled(Fate.HELD, None, ZONE), None, MENTOR.id)
        assert open_store(home).load(session_id("bbbb")).facts == met("bbbb", 5).facts

    def test_who_sits_here_says_it(self, tell, home, monkeypatch):
        kept(home, met("aaaa", 10, -1))
        monkeypatch.setenv("RMSESSION_ME", "alex")
        assert tell("next", "held").code == 0
        assert self.last(home).by == PAIR.mentee.id

    def test_moved_says_what_was_understood_and_keeps_the_time_unless_another_is_typed(self, tell, home):
        kept(home, met("aaaa", 10, 1))
        told = tell("next", "moved", "+9d")
        assert (told.code, told.err) == (0, "")
        assert f", to {at(9):%a} {at(9).day} {at(9):%b %Y}, 15:00 (Europe/Berlin), in 9 days" in told.out
        assert [(each.when, each.fate) for each in meetings(home, "aaaa")] == [(at(1), Fate.MOVED), (at(9), None)]
        assert tell("next", "moved", "+8d", "4pm").code == 0
        assert meetings(home, "aaaa")[-1].when == at(8, 16)

    @pytest.mark.parametrize("words", [("moved",), ("moved", "sometime"), ("moved", "yesterday"), ("moved", "3/12")])
    def test_moved_to_no_date_is_one_line_and_changes_nothing(self, tell, home, words):
        kept(home, met("aaaa", 10, 1))
        told = tell("next", *words)
        assert (told.code, told.out) == (2, "")
        assert told.complaint
        assert meetings(home, "aaaa") == (Meeting(at(1), ZONE),)

    @pytest.mark.parametrize(
        ("day", "says"), [("2026-13-40", "There is no such day."), ("yesterday", "That has passed already.")]
    )
    def test_a_day_that_cannot_be_is_called_so(self, tell, home, day, says):
        kept(home, met("aaaa", 10, 1))
        for words in ((day, "10:00"), (day,)):
            assert f"'{' '.join(words)}': {says}" in tell("next", "moved", *words).complaint

    def test_after_cancelled_it_says_how_to_agree_a_new_one_and_that_works(self, tell, home):
        kept(home, met("aaaa", 10, 1), met("bbbb", 10, 1, pair=SAM))
        told = tell("next", "--pair", "alex", "cancelled")
        how = re.search(r"rmsession next --pair Alex agreed (\w{3}) 15:00$", told.lines[1])
        assert how is not None
        again = tell("next", "--pair", "Alex", "agreed", how[1], "15:00")
        assert (again.code, again.err) == (0, "")
        assert re.fullmatch(r"Agreed: .*, 15:00 \(Europe/Berlin\), (in \d days|tomorrow|today)", again.lines[0])
        assert [each.fate for each in meetings(home, "aaaa")] == [Fate.CANCELLED, None]
        assert isinstance(self.last(home).what, NextDateSet)
        assert meetings(home, "bbbb") == (Meeting(at(1), ZONE),)

    def test_a_second_one_cancelled_is_told_at_once(self, tell, home):
        kept(home, met("aaaa", 10, 1, Fate.CANCELLED))
        assert tell("next", "cancelled").lines[-1] == "! 2 dates cancelled in a row"

    def test_json_says_how_it_stands_then(self, tell, home):
        kept(home, met("aaaa", 10, 1))
        (row,) = map(json.loads, tell("next", "--json", "moved", "+9d").lines)
        assert datetime.fromisoformat(row["when"]) == at(9)

    def test_a_running_session_is_told_in_the_same_way(self, tell, home):
        play = Play(
            replace(record(agenda("Hello"), created=at(-1, 9)), id=session_id("aaaa")), clock=HandClock(at(-1, 9))
        )
        play.start()
        kept(home, play.record)
        assert tell("next", "agreed", "+2w", "15:00").code == 0
        assert self.last(home).at is None
        assert meetings(home, "aaaa") == (Meeting(at(14), ZONE),)

    @pytest.mark.parametrize(
        ("words", "code", "why"),
        [
            (("held",), 1, "lies ahead"),
            (("agreed", "+2w", "15:00"), 1, "is agreed and not settled"),
            (("agreed",), 1, "is agreed and not settled"),
            (("postponed",), 2, "'postponed' says nothing of a date"),
            (("held", "really"), 2, "'really' says nothing more"),
            (("hel\x1bd",), 2, "hel␛d"),
        ],
    )
    def test_what_makes_no_sense_is_one_line_and_changes_nothing(self, tell, home, words, code, why):
        kept(home, met("aaaa", 10, 1))
        told = tell("next", *words)
        assert (told.code, told.out) == (code, "")
        assert why in told.complaint
        assert meetings(home, "aaaa") == (Meeting(at(1), ZONE),)

    @pytest.mark.parametrize("word", ["held", "cancelled", "moved"])
    def test_without_a_date_there_is_nothing_to_say(self, tell, home, word):
        kept(home, met("aaaa", 10))
        told = tell("next", word, *(["tue"] if word == "moved" else []))
        assert (told.code, told.out) == (3, "")
        assert "no date of Robin, Alex waits" in told.complaint

    def test_agreed_wants_a_time(self, tell, home):
        kept(home, met("aaaa", 10))
        told = tell("next", "agreed", "tue")
        assert told.code == 2
        assert "Add the time" in told.complaint


class TestWhose:
    def test_several_pairs_are_named_in_one_line(self, tell, home):
        kept(home, met("aaaa", 3, 9), met("bbbb", 4, 2, pair=SAM))
        told = tell("next", "held")
        assert (told.code, told.out) == (2, "")
        assert "Robin, Alex" in told.complaint
        assert "Sam␛[31m Poe" in told.complaint
        for start in ("aaaa", "bbbb"):
            assert [each.fate for each in meetings(home, start)] == [None]

    @pytest.mark.parametrize("name", ["Alex", "alex", "pair-robin-alex", "pair-robin-a", "Al"])
    def test_a_pair_goes_by_a_name_or_its_id(self, tell, home, name):
        kept(home, met("aaaa", 3, 9), met("bbbb", 4, 2, pair=SAM))
        assert len(tell("next", "--pair", name).lines) == 1
        assert "Robin, Alex" in tell("next", "--pair", name).out

    @pytest.mark.parametrize("name", ["Robin", "pair-", ""])
    def test_nobody_is_guessed(self, tell, home, name):
        kept(home, met("aaaa", 3, 9), met("bbbb", 4, 2, pair=SAM))
        told = tell("next", "--pair", name)
        assert (told.code, told.out) == (3, "")
        assert "2 pairs are called" in told.complaint or "no pair is called" in told.complaint


LOADED = """
import json, sys
from rmsession.cli import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def test_it_loads_no_screen(home):
    kept(home, met("aaaa", 10, 1))
    words = [sys.executable, "-c", LOADED, "next", "moved", "+9d"]
    done = subprocess.run(words, env={**os.environ}, capture_output=True, text=True, check=True)
    code, modules = json.loads(done.stderr)
    assert code == 0
    assert {"textual", "rich", "rmsession.tui", "rmsession.export"}.isdisjoint(modules)
