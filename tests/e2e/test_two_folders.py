"""A promise on its way: made in one data folder, carried, shared to another one, done there, and brought back."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.program import Person, until
from support.tally import tally

PRIVATE = "the private sentinel"
NOTE = "we look at the lighthouse report"
PROMISE = "send the harbour draft"
FORMATS = {"md": ".md", "html": ".html", "csv": ".csv", "ics": ".ics", "json": ".json", "todotxt": ".todo.txt"}


@dataclass
class Way:
    """Two people with a data folder each, and what passed between them."""

    robin: Person
    alex: Person
    first: str
    """The id of the first session, in which the promise was made."""
    there: Path
    back: Path
    screens: bytes
    """Everything that was painted for Alex."""


@pytest.fixture(scope="module")
def way(tmp_path_factory) -> Way:
    top = tmp_path_factory.mktemp("two-folders")
    for name in ("robin", "alex"):
        (top / name).mkdir()
    robin = Person(top / "robin" / "data")
    alex = Person(top / "alex" / "data", {"RMSESSION_ME": "Alex Stone"})
    first = kick_off(robin)
    second_session(robin)
    there = top / "there.json"
    told = robin.run("share", first, "--data", str(there), "--yes")
    assert PROMISE in told
    assert "1 line private to the mentor" in told
    alex.run("import", str(there))
    screens = done_on_the_screen(alex)
    back = top / "back.json"
    alex.run("share", first, "--data", str(back), "--yes")
    robin.run("import", str(back))
    return Way(robin, alex, first, there, back, screens)


def kick_off(robin: Person) -> str:
    """The first session: a note, a promise with a date, a private line; its id."""
    with robin.session(columns=100, lines=30) as term:
        term.type(f"{NOTE}\r@alex {PROMISE} by 2099-12-01\r~ {PRIVATE}\r")
        until(lambda: len(robin.facts()) == 4)
        term.type("/end\r")
        term.wait("not agreed yet")
        assert PROMISE in term.text()
        assert PRIVATE not in term.text()
    (listed,) = robin.run("list", "--json").splitlines()
    return json.loads(listed)["id"]


def second_session(robin: Person) -> None:
    """The next one opens with the promise; its topic is not left before the promise is settled."""
    with robin.session("02-listening-in", columns=100, lines=30) as term:
        term.wait("From last time: 1 open action")
        term.press("f2")
        term.wait("waits: done, carried, dropped or split")
        term.wait("c Carry")
        term.press("c")
        term.wait("carried once")
        term.press("f2")
        term.wait(re.compile("▶ Searching smarter"))
        term.type("/end\r")
        term.wait("not agreed yet")


def done_on_the_screen(alex: Person) -> bytes:
    """In the history, from the record to the pair's actions, there ticked off; what was painted meanwhile."""
    with alex.screen("review", columns=120, lines=30) as term:
        term.wait("mentors you")
        term.wait("You promised")
        term.wait(f"○ {PROMISE}")
        term.press("a")
        term.wait("Hand over")
        term.wait(PROMISE)
        term.settle()
        term.press("d")
        until(lambda: alex.facts()[-1]["kind"] == "ActionDone")
        term.wait(re.compile(f"✓.*{PROMISE}"))
        return bytes(term.raw)


def action(person: Person) -> dict[str, object]:
    """The one action item that a folder has."""
    (line,) = person.run("actions", "--json").splitlines()
    return json.loads(line)


def test_the_promise_is_carried_by_rule_and_done_in_both_folders(way):
    ours, theirs = action(way.robin), action(way.alex)
    for each in (ours, theirs):
        assert (each["text"], each["owner"], each["due"]) == (PROMISE, "Alex Stone", "2099-12-01")
        assert (each["status"], each["carried"]) == ("done", 1)
    assert ours["id"] == theirs["id"]
    kinds = [fact["kind"] for path in way.robin.files() for fact in facts_in(path)]
    assert kinds.count("LastTimeOpened") == kinds.count("ActionReviewed") == kinds.count("ActionCarried") == 1
    (done,) = [fact for path in way.robin.files() for fact in facts_in(path) if fact["kind"] == "ActionDone"]
    (theirs,) = [fact for fact in way.alex.facts() if fact["kind"] == "ActionDone"]
    # The very fact came back, said by the mentee on the mentee's device.
    assert done == theirs
    assert done["device"] == (way.alex.home / "device").read_text(encoding="ascii")
    assert done["by"] == way.alex.document()["session"]["1"]["pair"]["mentee"]["id"]


def facts_in(path: Path) -> list[dict[str, object]]:
    """The facts of one file."""
    return list(json.loads(path.read_text(encoding="utf-8"))["facts"].values())


def test_nothing_private_left(way):
    for path in (way.there, way.back):
        assert PRIVATE not in path.read_text(encoding="utf-8")
        assert NOTE in path.read_text(encoding="utf-8")
    everything = [path.read_bytes() for path in way.alex.home.rglob("*") if path.is_file()]
    assert any(NOTE.encode() in data for data in everything)
    assert not any(PRIVATE.encode() in data for data in (*everything, way.screens))
    # The mentor has kept it all the while.
    assert PRIVATE in "".join(path.read_text(encoding="utf-8") for path in way.robin.files())


def test_taking_it_in_again_changes_nothing(way):
    before = {path: path.read_bytes() for path in way.robin.files()}
    way.robin.run("import", str(way.back))
    assert {path: path.read_bytes() for path in way.robin.files()} == before


def test_search_finds_the_first_sessions_note_and_nothing_private(way):
    (found,) = [json.loads(line) for line in way.robin.run("search", "lightho*", "--json").splitlines()]
    assert (found["text"], found["session"]) == (NOTE, way.first)
    assert PRIVATE not in way.robin.run("search", "sentinel", code=3)


def test_six_formats_are_written_and_hold_what_both_may_read(way, tmp_path):
    for form in FORMATS:
        way.robin.run("export", way.first, "-f", form, "-o", str(tmp_path))
    written = {path.name.partition(".")[2]: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert {f".{suffix}" for suffix in written} == set(FORMATS.values())
    for text in written.values():
        assert PROMISE in text
        assert PRIVATE not in text
    assert {suffix for suffix, text in written.items() if NOTE in text} >= {"md", "html", "json"}
    assert re.search(rf"^x .*{PROMISE}", written["todo.txt"], re.MULTILINE)
    assert f"- [x] {PROMISE}" in written["md"]
    assert written["ics"].startswith("BEGIN:VCALENDAR")
    assert json.loads(written["json"])
    tally("a promise between two folders", cases=len(FORMATS))
