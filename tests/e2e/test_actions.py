"""From Home to the list of action items: settled there with one key, and the command line agrees from outside."""

from __future__ import annotations

import json
from datetime import date, timedelta

from support.building import PAIR
from support.held import held, kept
from support.program import Person

from rmsession.core.terms import Kind
from rmsession.store.opening import open_store


def test_an_action_is_done_and_another_one_re_dated_in_the_list(tmp_path):
    person = Person(tmp_path / "data", {"RMSESSION_ME": "Robin"})
    today = date.today()  # noqa: DTZ011 - the machine's day, as the program reads it
    play = held("abcd", end=False)
    play.keep("Book a room", Kind.ACTION, owner="Alex", due=str(today - timedelta(3)))
    kept(person.home, play.record)
    store = open_store(person.home)
    store.keep_pair(PAIR)
    store.close()
    with person.screen(columns=80, lines=24) as term:
        term.wait("nobody chosen yet")
        term.press("w")
        term.wait("Who sits with you?")
        term.type("alex\r")
        term.wait("2 open actions")
        term.press("a")
        term.wait("3 days overdue")
        term.press("d")
        term.wait("✓ kept: done")
        term.press("down")
        term.press("t")
        term.wait("Until when is it due?")
        term.press("ctrl+u")
        term.type("2w\r")
        term.wait("✓ kept: another date")
    rows = {row["text"]: row for row in map(json.loads, person.run("actions", "--json").splitlines())}
    assert (rows["Book a room"]["status"], rows["Book a room"]["promise"]) == ("done", "not kept")
    assert rows["Send the draft"]["due"] == str(today + timedelta(weeks=2))
