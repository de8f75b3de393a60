"""Home over people that cannot be read: it names the file and does not claim that there is nothing."""

from __future__ import annotations

from support.program import Person


def test_damaged_people_are_named_and_not_taken_for_none(tmp_path):
    person = Person(tmp_path / "data")
    with person.taken_up() as term:
        term.type("/end\r")
        term.wait("Export")
    (person.home / "programme.json").write_text("{ half", encoding="utf-8")
    with person.screen() as term:
        term.wait("programme.json")
        term.settle()
        assert "No sessions yet" not in term.text()
    assert (person.home / "programme.json").read_text(encoding="utf-8") == "{ half"
