"""check, new and agendas: how agendas are read, begun and named."""

import json
import stat
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AGENDA = "# Plan\n\n## One (5 min)\n\n## Two (10 min) (private)\n"


def test_check_json_is_the_schema_that_programs_rely_on(tell, tmp_path):
    (tmp_path / "a.md").write_text(AGENDA)
    told = tell("check", "--json", "a.md")
    assert (told.code, told.err) == (0, "")
    row = json.loads(told.out)
    assert list(row) == ["file", "title", "stated_minutes", "total_minutes", "topics", "problems"]
    assert (row["file"], row["title"], row["stated_minutes"], row["total_minutes"]) == ("a.md", "Plan", None, 15)
    assert row["topics"] == [
        {"title": "One", "minutes": 5, "lead": None, "line": 3, "private": False, "off_record": False},
        {"title": "Two", "minutes": 10, "lead": None, "line": 5, "private": True, "off_record": False},
    ]


def test_check_json_is_a_line_a_file_and_ascii(tell, tmp_path):
    (tmp_path / "ä.md").write_text(AGENDA.replace("One", "Größe \x9b31m"))
    (tmp_path / "b.md").write_text(AGENDA)
    told = tell("check", "ä.md", "b.md", "--json")
    assert [json.loads(line)["file"] for line in told.lines] == ["ä.md", "b.md"]
    assert told.out.isascii()


def test_warnings_are_no_errors(tell, tmp_path):
    (tmp_path / "a.md").write_text("# Plan\n\n## One (5 min)\n\n## Two\n")
    told = tell("check", "a.md")
    assert told.code == 0
    assert any(": warning: " in line for line in told.lines)


@pytest.mark.parametrize("name", ["nowhere.md", ".", "picture.md"])
def test_what_cannot_be_read_is_one_line_and_three_and_the_rest_is_checked(tell, tmp_path, name):
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "a.md").write_text(AGENDA)
    told = tell("check", "--json", name, "a.md")
    assert told.code == 3
    assert told.complaint.startswith(name)
    refused, fine = map(json.loads, told.lines)
    assert (refused["file"], refused["topics"], fine["title"]) == (name, [], "Plan")
    (problem,) = refused["problems"]
    assert (problem["severity"], problem["code"]) == ("error", "unreadable")
    assert problem["message"].startswith(name)
    assert problem["mend"]


def test_an_agenda_without_topics_is_an_error(tell, tmp_path):
    (tmp_path / "a.md").write_text("\n")
    told = tell("check", "a.md")
    assert told.code == 3
    assert any(": error: " in line for line in told.lines)


def test_bundled_agendas_are_known_by_name(tell):
    assert tell("check", "01-kick-off", "one-on-one").code == 0
    names = {path.stem for path in (ROOT / "agendas").glob("*.md")}
    lines = tell("agendas").lines
    assert {line.split()[0] for line in lines} == names
    assert any(line.split(maxsplit=3)[1:3] == ["45", "min"] for line in lines)


def test_a_file_goes_before_a_name(tell, tmp_path):
    (tmp_path / "01-kick-off").write_text(AGENDA)
    assert tell("check", "01-kick-off").lines[0].startswith("01-kick-off: Plan ")


def test_own_agendas_have_names_too_and_go_before_bundled_ones(tell, home):
    (home / "agendas").mkdir(parents=True)
    for name in ("mine.md", "one-on-one.md", "notes.pdf"):
        (home / "agendas" / name).write_text(AGENDA)
    assert "Plan" in tell("check", "mine").out
    assert "Plan" in tell("check", "one-on-one").out
    rows = {line.split()[0]: line for line in tell("agendas").lines}
    assert "Plan" in rows["mine"]
    assert "Plan" in rows["one-on-one"]
    assert "notes" not in rows


@pytest.mark.parametrize("path", ["one-on-one.md", "elsewhere/one-on-one", "./one-on-one"])
def test_a_mistyped_path_is_not_taken_for_a_bundled_name(tell, path):
    told = tell("check", path)
    assert told.code == 3
    assert "does not exist" in told.complaint


def test_new_writes_a_house_style_agenda_where_it_is_told(tell, tmp_path):
    told = tell("new", "monday plan.md")
    file = tmp_path / "monday plan.md"
    assert told.out == f"Wrote {file}; run it with: rmsession run '{file}'\n"
    assert file.read_text() == (ROOT / "agendas" / "one-on-one.md").read_text()
    assert tell("check", file).code == 0


def test_new_takes_any_bundled_agenda_for_a_template(tell, tmp_path):
    assert tell("new", "a.md", "--template", "05-safe-and-sensible").code == 0
    assert (tmp_path / "a.md").read_text() == (ROOT / "agendas" / "05-safe-and-sensible.md").read_text()
    told = tell("new", "b.md", "--template", "nothing")
    assert told.code == 2
    assert "`rmsession agendas` lists names" in told.complaint
    assert not (tmp_path / "b.md").exists()


def test_new_never_writes_over_a_file(tell, tmp_path):
    (tmp_path / "a.md").write_text("mine")
    told = tell("new", "a.md")
    assert told.code == 1
    assert told.complaint == f"{tmp_path / 'a.md'} is there already: name another file"
    assert (tmp_path / "a.md").read_text() == "mine"


def test_new_without_a_file_goes_among_the_own_agendas(tell, home):
    assert [tell("new").code, tell("new").code] == [0, 0]
    assert sorted(path.name for path in (home / "agendas").iterdir()) == ["one-on-one-2.md", "one-on-one.md"]
    assert stat.S_IMODE((home / "agendas").stat().st_mode) == 0o700


def test_new_in_a_folder_that_is_not_there_is_one_line(tell):
    told = tell("new", "no/such/a.md")
    assert told.code == 1
    assert "was not written" in told.complaint


def editor(tmp_path: Path, script: str) -> str:
    """A command that edits a file, with a space in its own path and an argument."""
    program = tmp_path / "my editor"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    return f"'{program}' --wait"


@pytest.mark.parametrize("broken", [None, "EDITOR"])
@pytest.mark.parametrize("working", ["VISUAL", "EDITOR"])
def test_new_opens_the_editor_at_a_terminal(tell, tmp_path, monkeypatch, working, broken):
    if broken:
        monkeypatch.setenv(broken, "false")
    monkeypatch.setenv(working, editor(tmp_path, 'echo edited > "$2"'))
    file = tmp_path / 'a "$(touch owned)".md'
    assert tell("new", file, typed="").code == 0
    assert file.read_text() == "edited\n"
    assert not (tmp_path / "owned").exists()


def test_new_opens_no_editor_without_a_terminal(tell, tmp_path, monkeypatch):
    monkeypatch.setenv("EDITOR", "false")
    assert tell("new", "a.md").code == 0


@pytest.mark.parametrize("command", ["no-such-editor", "false", "'unclosed"])
def test_an_editor_that_fails_is_one_line_and_the_agenda_stays(tell, tmp_path, monkeypatch, command):
    monkeypatch.setenv("VISUAL", command)
    told = tell("new", "a.md", typed="")
    assert told.code == 1
    assert str(tmp_path / "a.md") in told.complaint
    assert (tmp_path / "a.md").exists()


def test_the_editor_of_the_settings_goes_first(tell, home, tmp_path, monkeypatch):
    home.mkdir()
    (home / "config.toml").write_text(f"editor = {json.dumps(editor(tmp_path, 'echo mine > $2'))}\n")
    monkeypatch.setenv("VISUAL", "false")
    assert tell("new", "a.md", typed="").code == 0
    assert (tmp_path / "a.md").read_text() == "mine\n"


@pytest.mark.parametrize("there", [False, True])
def test_a_place_of_own_agendas_that_is_no_folder_does_no_harm(tell, monkeypatch, tmp_path, there):
    place = tmp_path / "file"
    if there:
        place.write_text("")
    monkeypatch.setenv("RMSESSION_AGENDAS", str(place))
    told = tell("agendas")
    assert (told.code, told.err) == (0, "")
    assert any(line.startswith("one-on-one") for line in told.lines)
