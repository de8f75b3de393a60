"""A second terminal beside a running session: what is done there appears here, and a second run is refused."""

from __future__ import annotations

import json
import re
import socket

from support.program import Person, until
from support.tally import tally


def test_done_in_a_second_terminal_appears_and_a_second_run_is_told_who_has_it(tmp_path):
    person = Person(tmp_path / "data")
    with person.taken_up(columns=80, lines=24) as term:
        term.type("@alex send the draft by fri\r~ @robin ask the board\rbefore\r")
        until(lambda: len(person.facts()) == 4)
        rows = {row["text"]: row for row in map(json.loads, person.run("actions", "--private", "--json").splitlines())}
        assert set(rows) == {"send the draft", "ask the board"}
        for number, (text, row) in enumerate(rows.items(), 1):
            answer = person.run("done", row["id"][:12])
            assert answer == ("Done: •••\n" if row["private"] else f"Done: {text}\n")
            term.type(f"typed here {number}\r")
            term.wait(f"typed here {number}")
        term.wait("✓ done  send the draft")
        assert "ask the board" not in term.text()

        with person.screen("run", "--resume", columns=80, lines=24) as other:
            other.wait("The session is open in another")
            other.wait("there first")
            told = " ".join(line.partition("▌")[2].strip() for line in other.text().splitlines() if "▌" in line)
            host = re.escape(socket.gethostname())
            since = re.search(
                rf"another program: Robin Fox, process {term.pid} on {host}, since (\d{{4}}-\d\d-\d\d \d\d:\d\d)", told
            )
            assert since, told
            assert "left of" not in told

        person.run("done", "--reopen", rows["send the draft"]["id"])
        term.wait(lambda text: "✓ done" not in text and "send the draft" in text)
        term.press("f9")
        term.wait("Read back")
        term.wait("send the draft")
        person.run("done", rows["send the draft"]["id"])
        term.wait("Nothing to read back")
        term.type("n")
        term.wait("One more line")
        term.type("a line of the closing\r")
        until(lambda: person.facts()[-1]["kind"] == "Captured")
    facts = person.facts()
    assert len({fact["id"] for fact in facts}) == len(facts)
    said = [fact["data"]["content"]["text"] for fact in facts if fact["kind"] == "Captured"]
    assert said[2:] == ["before", "typed here 1", "typed here 2", "a line of the closing"]
    assert [fact["kind"] for fact in facts if fact["at"] is None] == ["ActionDone"] * 2 + [
        "ActionReopened",
        "ActionDone",
    ]
    tally("done in a second terminal", cases=4)
