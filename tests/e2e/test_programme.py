"""From Home to the report and on to the pairs: one is added there by a quick hand, and the command line knows it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from support.at_home import Past, pair_with
from support.building import BEGIN
from support.program import Person

from rmsession.core.arrangement import Arrangement
from rmsession.core.text import UserText
from rmsession.store.opening import open_store


def test_the_report_is_looked_at_and_a_pair_added_that_the_command_line_knows(tmp_path):
    person = Person(tmp_path / "data", {"RMSESSION_ME": "Robin"})
    past = Past(open_store(person.home))
    for number in range(6):
        pair = pair_with(UserText(f"Mentee {number}"))
        past.held(pair, when=BEGIN - timedelta(days=7))
        past.store.keep_known([replace(Arrangement(pair.id, revised=BEGIN), wave=UserText("one"))])
    past.store.close()
    with person.screen(columns=100, lines=30) as term:
        term.wait("nobody chosen yet")
        term.press("r")
        term.wait("Sessions held")
        term.wait("6/6 (100 %)")
        term.press("p")
        term.wait("Robin mentors Mentee 0")
        term.press("n")
        term.wait("Add a pair")
        # In one burst: each word must find the line that the tab in front of it led to.
        term.type("Sam Reed\t\t\t\tKim Lee\t\t\t\tone\tmentee\t3w\t7\t45\t")
        term.press("ctrl+s")
        term.wait("Sam Reed mentors Kim Lee")
        term.wait("7 sessions of 45")
    rows = {row["mentee"]: row for row in map(json.loads, person.run("pair", "list", "--json").splitlines())}
    told = rows["Kim Lee"]["arrangement"]
    assert (told["wave"], told["agenda_owner"], told["interval_days"], told["sessions"], told["minutes"]) == (
        "one", "mentee", 21, 7, 45,
    )  # fmt: skip
    assert rows["Kim Lee"]["mentor"] == "Sam Reed"
