"""Agendas by name: ready-made ones, a person's own, and what is said when there is none."""

from pathlib import Path

import pytest

from rmsession.core.agenda import ident
from rmsession.reader import library
from rmsession.reader.agenda_reader import read_file
from rmsession.reader.glance import glance
from rmsession.reader.source import UnreadableAgenda


def test_the_ready_made_agendas_are_found_in_their_order_and_read_without_a_complaint():
    found = library.bundled()
    assert len(found) >= 10
    assert found == sorted(found)
    for path in found:
        reading = read_file(path)
        assert [problem.code for problem in reading.problems] == [], path.name
        assert reading.agenda.total_minutes == reading.agenda.stated_minutes
        assert reading.agenda.topics[-1].protected, path.name


@pytest.mark.parametrize("name", ["01-kick-off", "01-kick-off.md", "kick-off", "Kick off", "KICK_OFF", "kick"])
def test_a_name_finds_a_ready_made_agenda(name):
    assert library.find(name).name == "01-kick-off.md"


def test_a_path_comes_first_then_own_folders(tmp_path, monkeypatch):
    own = tmp_path / "kick-off.md"
    own.write_text("# Mine\n")
    assert library.find("kick-off", [tmp_path]) == own
    assert library.find(str(own)) == own
    monkeypatch.chdir(tmp_path)
    assert library.find("kick-off.md") == Path("kick-off.md")


def test_an_own_folder_that_is_not_there_is_no_matter(tmp_path):
    assert library.find("kick-off", [tmp_path / "none"]).name == "01-kick-off.md"


@pytest.mark.parametrize(
    ("name", "near"),
    [("kickof", "01-kick-off"), ("privacy", ""), ("half", ""), ("xyzzy", ""), ("", ""), ("a\0b", ""), ("x" * 5000, "")],
)
def test_an_unknown_name_is_refused_in_one_line_with_those_near_it(name, near):
    if name == "half":
        assert library.find(name).name.startswith("06-half")
        return
    with pytest.raises(UnreadableAgenda) as refusal:
        library.find(name)
    said = str(refusal.value)
    assert "\n" not in said
    assert len(said) < 250
    assert near in said
    if near:
        assert "did you mean" in said


def test_a_name_that_several_begin_with_names_them(tmp_path):
    for name in ("talk-one", "talk-two"):
        (tmp_path / f"{name}.md").write_text("# A\n")
    with pytest.raises(UnreadableAgenda, match="did you mean talk-one or talk-two"):
        library.find("talk", [tmp_path])


@pytest.mark.parametrize("path", library.bundled(), ids=lambda path: path.stem)
def test_what_is_seen_of_a_ready_made_agenda_is_what_its_reading_says(path):
    whole, seen = read_file(path).agenda, glance(path)
    assert seen is not None
    assert (seen.title, seen.minutes) == (whole.title, whole.total_minutes)
    assert whole.id == ident("a", seen.title.raw)
    assert not whole.mentee  # it would be shown to nobody else


@pytest.mark.parametrize(
    "text", [b"", b"## Talk (5 min)\n", b"# Title\n\nfive minutes\n", b"# \xff\n## Talk (5 min)\n"]
)
def test_what_is_not_as_expected_is_left_to_a_whole_reading(text, tmp_path):
    path = tmp_path / "01-changed.md"
    path.write_bytes(text)
    assert glance(path) is None
    assert glance(tmp_path / "missing.md") is None
