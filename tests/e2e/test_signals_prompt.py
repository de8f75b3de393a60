"""Ctrl+C where a command asks on the terminal, and while it works: 130, one line, nothing done."""

from __future__ import annotations

import pytest
from support.held import held, kept
from support.program import Person, until


@pytest.fixture
def person(tmp_path) -> Person:
    kept(tmp_path / "data", held("abcd").record)
    return Person(tmp_path / "data")


def test_ctrl_c_at_a_question(person):
    before = person.document()
    with person.screen("delete", "abcd", columns=100, lines=24) as term:
        term.wait("?")
        term.press("ctrl+c")
        assert term.wait_exit() == 130
        until(lambda: "interrupted" in term.text())
        (told,) = [row.strip() for row in term.text().splitlines() if "interrupted" in row]
        assert told == "rmsession: interrupted"
        assert "Traceback" not in term.text()
    assert person.document() == before
