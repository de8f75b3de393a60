"""The real program over a damaged session: it says which file it is, keeps it, and everything else opens."""

from faults.damage import WELL, folder, the
from support.program import Person


def test_taking_up_a_damaged_session_names_its_file_and_another_goes_on(tmp_path):
    person = Person(tmp_path / "data")
    folder(person.home)
    path = the("session", person.home)
    path.write_bytes(path.read_bytes()[:-50])
    before = path.read_bytes()
    with person.screen("run", "--resume", "dead", columns=200) as term:
        term.wait("is damaged")
        term.wait("dead0000")
    assert path.read_bytes() == before
    with person.screen("run", "--resume", "beef", columns=200) as term:
        term.wait("left of")
        term.type("goes on as ever\r")
        term.wait("goes on as ever")
        term.settle()
    assert path.read_bytes() == before
    kept = next(person.home.glob(f"sessions/*/*/*{WELL}.json")).read_text(encoding="utf-8")
    assert "goes on as ever" in kept
