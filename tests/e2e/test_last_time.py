"""Two sessions of one pair in a real terminal: what the first left opens the second, and a kill loses none of it."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

from support.program import Person, until


def facts(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["facts"].values())


def kinds(path: Path) -> list[str]:
    return [each["kind"] for each in facts(path)]


def test_the_second_session_opens_where_the_first_one_ended(tmp_path):
    person = Person(tmp_path / "data")
    with person.session() as term:
        for line in ("@alex send the draft", "@me ask legal sure:4", "p: the cloud bill"):
            term.type(line)
            term.press("enter")
            term.wait(line.partition(" ")[2][:8])
        term.type("/end")
        term.press("enter")
        term.wait("Export")
    (first,) = person.files()
    with person.screen("run", "06-half-way-check", "--mentee", "Alex Stone") as term:
        term.wait("2 open actions: Last time 2 min in front")
        term.press("alt+o")
        term.settle()
        for _ in range(12):
            if "✓ the cloud bill" in term.text():
                break
            term.press("space")
            term.settle()
            if "✓ the cloud bill" not in term.text():
                term.press("space", "down", gap=0.1)
        term.press("f2")
        term.wait("From last time: 2 open actions")
        assert "carried from" in term.text()
        term.press("f2")
        term.wait("C All")
        term.press("d")
        term.wait("1 of 2 open")
        term.press("x")
        term.wait("Why is it dropped?")
        term.type("no longer wan")
        term.wait("no longer wan")
        second = next(path for path in person.files() if path != first)
        until(lambda: "ActionReviewed" in kinds(second))
        until(lambda: any("no longer wan" in each.read_text("utf-8", "replace") for each in _others(person.home)))
        term.signal(signal.SIGKILL)
        term.wait_exit()
    assert kinds(second)[:2] == ["Started", "LastTimeOpened"]
    assert kinds(first)[-1] == "ActionDone"
    with person.screen("run", "--resume") as term:
        term.wait("From last time: 1 of 2 open")
        term.press("f2")
        term.wait("no longer wan")
        term.type("ted")
        term.press("enter")
        term.wait("2, all settled")
        term.press("f2")
        term.wait("the cloud bill   ↺ carried from")
    assert kinds(first)[-2:] == ["ActionDone", "ActionDropped"]
    assert facts(first)[-1]["data"]["reason"] == "no longer wanted"
    assert [each["data"]["outcome"] for each in facts(second) if each["kind"] == "ActionReviewed"] == [
        "done", "dropped",
    ]  # fmt: skip


def _others(home: Path) -> list[Path]:
    """Everything in the data folder but the sessions: the draft is among it."""
    return [path for path in home.rglob("*") if path.is_file() and "locks" not in path.parts]
