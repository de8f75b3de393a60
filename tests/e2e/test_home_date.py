"""The next date from end to end: agreed on the command line, moved on Home, told from outside."""

from __future__ import annotations

import json
from datetime import datetime

from support.program import Person


def test_a_date_agreed_outside_is_moved_on_home_and_told_outside(tmp_path):
    person = Person(tmp_path / "data")
    with person.taken_up() as term:
        term.type("/end\r")
        term.wait("Export")
    assert "Agreed: " in person.run("next", "agreed", "+2d", "15:00")
    with person.screen() as term:
        term.wait("nobody chosen")
        term.press("w")
        term.wait("Who sits with you?")
        term.wait("Alex Stone")
        term.press("enter")
        term.wait("in 2 days")
        term.settle()
        term.press("down", "enter")  # from what waits to be finished to the row below
        term.wait("What became of it?")
        term.press("m")
        term.wait("Moved to which day?")
        term.type("+5d 9:30")
        term.wait("09:30 · in 5 days")
        term.press("enter")
        term.wait("09:30, in 5 days")
    (row,) = map(json.loads, person.run("next", "--json").splitlines())
    assert (row["days"], row["mentee"]) == (5, "Alex Stone")
    assert datetime.fromisoformat(row["when"]).strftime("%H:%M") == "09:30"
    assert [each["kind"] for each in person.facts()][-2:] == ["NextDateSet", "NextDateSettled"]
