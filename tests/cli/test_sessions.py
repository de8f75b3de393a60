"""list, show, export, delete: what they say, where they write, and what they never show."""

import json
import stat
from dataclasses import replace

import pytest
from support.building import kick_off, record
from support.held import held, kept, session_id

from rmsession.cli.talk import table
from rmsession.core.columns import cells
from rmsession.core.idents import shortest
from rmsession.store.opening import open_store


def test_nothing_kept_is_a_hint_and_no_error(tell):
    told = tell("list")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("No sessions yet. Start one with ")


def test_a_list_has_a_line_for_each_session_and_what_is_left_to_do(tell, home):
    kept(home, held("abcd").record, held("1234", end=False).record, replace(record(kick_off()), id=session_id("77")))
    told = tell("list")
    assert told.code == 0
    assert told.lines[0].split() == ["id", "date", "title", "pair", "min", "notes", "actions"]
    below = dict(zip(told.lines[1::2], told.lines[2::2], strict=True))
    lines = {line.split()[0]: (line, rest.strip()) for line, rest in below.items()}
    assert lines["abcd"][0].split() == "abcd 2026-11-21 Kick-off Robin, Alex 13/45 1 1 (1 open)".split()  # noqa: SIM905
    assert lines["abcd"][1] == "waits for read-back, next date, mentee form, mentor form"
    assert lines["1234"][1] == "not ended: rmsession run --resume 1234"
    assert lines["7700"][0].split()[-3:] == ["–", "0", "0"]


def test_a_list_fits_a_terminal_of_eighty_columns(tell, home, monkeypatch):
    wide = held("abcd", title="会議 " * 30).record
    kept(home, wide, held("abce", title="A very long title that nobody will ever see in full " * 3).record)
    monkeypatch.setenv("COLUMNS", "80")
    lines = tell("list", typed="").lines
    assert max(map(cells, lines)) <= 80
    assert sum("…" in line for line in lines) == 2
    assert len({cells(line) for line in lines if "(1 open)" in line}) == 1, "the last column is aligned"


def test_a_list_into_a_pipe_cuts_nothing(tell, home):
    title = "A very long title that somebody may want to search for " * 3
    kept(home, held(title=title.strip()).record)
    assert title.strip() in tell("list").out


def test_json_is_one_object_a_line_and_ascii(tell, home):
    kept(home, held(title="Größe\x1b[31m\x9b").record)
    told = tell("list", "--json")
    (line,) = told.lines
    assert line.isascii()
    assert "\x1b" not in line
    row = json.loads(line)
    assert row["title"] == "Größe\x1b[31m\x9b"
    assert row["id"] == session_id("abcd")
    assert (row["planned_seconds"], row["spent_seconds"], row["pending"][0]) == (2700, 780, "read-back")


def test_a_damaged_file_is_told_and_the_rest_listed(tell, home):
    kept(home, held("abcd").record, held("beef").record)
    (broken,) = home.glob("sessions/**/*abcd*.json")
    broken.write_text("{")
    told = tell("list")
    assert "abcd" in told.complaint
    assert told.code == 0
    assert any(line.startswith("beef") for line in told.lines)


@pytest.mark.parametrize(
    ("ids", "short"),
    [
        (["abcdef"], {"abcdef": "abcd"}),
        (["abcdef", "abceef"], {"abcdef": "abcd", "abceef": "abce"}),
        (["abcdefg", "abcdexg", "1"], {"abcdefg": "abcdef", "abcdexg": "abcdex", "1": "1"}),
        ([], {}),
    ],
)
def test_short_ids_are_unique_and_not_too_short(ids, short):
    assert shortest(ids) == short


def test_hostile_text_cannot_reach_the_terminal(tell, home):
    kept(home, held(title="a\x1b]0;owned\x07\nb\u202e").record)
    for told in (
        tell("list"),
        tell("show", "abcd"),
        tell("export", "abcd", "-o", "-"),
        tell("delete", "abcd", "--yes"),
    ):
        assert not {"\x1b", "\x07", "\u202e", "\r"} & set(told.out + told.err)


def test_show_hides_what_is_private_unless_asked(tell, home):
    kept(home, held().record)
    told = tell("show", "abcd")
    assert told.code == 0
    assert "My own doubt" not in told.out
    assert "14:04  •••" in told.out
    assert "14:04  note  Wants fewer dashboards" in told.out
    assert "14:04  action  Send the draft @Alex due:2026-12-01" in told.out
    assert "waits   for read-back, next date, mentee form, mentor form" in told.lines
    assert "✓ Hello and role swap · done · 4 min of 5 min" in told.lines
    asked = tell("show", "abcd", "--private")
    assert "14:04  note  My own doubt (private to the mentor)" in asked.out


@pytest.mark.parametrize("command", ["show", "export", "delete"])
def test_an_id_that_means_nothing_or_several_is_one_line_and_three(tell, home, command):
    kept(home, held("abcd").record, held("abce").record)
    for wrong in ("ffff", "abc", "../x", ""):
        told = tell(command, wrong)
        assert told.code == 3
        assert told.complaint
        assert told.out == ""


def test_an_export_is_a_file_named_after_the_session(tell, home, tmp_path):
    kept(home, held().record)
    told = tell("export", "abcd")
    file = tmp_path / "2026-11-21-kick-off-abcd0000.md"
    assert told == type(told)(0, f"{file.name}\n", "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "- [ ] Send the draft @Alex due:2026-12-01\n" in file.read_text()
    assert "doubt" not in file.read_text()


def test_an_export_goes_where_it_is_told(tell, home, tmp_path):
    kept(home, held().record)
    (tmp_path / "folder").mkdir()
    assert tell("export", "abcd", "-f", "md", "-o", "a.md").out == "a.md\n"
    assert tell("export", "abcd", "-o", tmp_path / "folder").code == 0
    poured = tell("export", "abcd", "-o", "-")
    assert (tmp_path / "a.md").read_text() == poured.out
    assert [each.read_text() for each in (tmp_path / "folder").iterdir()] == [poured.out]


def test_an_export_never_writes_over_a_file_unasked(tell, home, tmp_path):
    kept(home, held().record)
    (tmp_path / "a.md").write_text("mine")
    told = tell("export", "abcd", "-o", "a.md")
    assert told.code == 1
    assert told.complaint == "a.md is there already: name another file, or write over it with --force"
    assert (tmp_path / "a.md").read_text() == "mine"
    assert tell("export", "abcd", "-o", "a.md", "--force").code == 0
    assert (tmp_path / "a.md").read_text().startswith("---\nkind: minutes\n")


def test_private_lines_and_feedback_are_exported_when_asked(tell, home):
    kept(home, held().record)
    assert "- My own doubt (private to the mentor)" in tell("export", "abcd", "-o", "-", "--private").lines
    assert "## Feedback" in tell("export", "abcd", "-o", "-", "--feedback").lines


def test_delete_says_what_goes_and_erases_it(tell, home):
    kept(home, held("abcd").record, held("beef").record)
    told = tell("delete", "abcd", "--yes")
    assert told.code == 0
    assert told.lines == [
        "“Kick-off” with Alex, 2026-11-21, goes for good:",
        "what was captured (2 lines and all private ones), ticks, times, feedback, a draft under way.",
        "Nobody can bring it back. Exported files and copies elsewhere stay.",
        "Erased.",
    ]
    left = b"".join(each.read_bytes() for each in home.rglob("*") if each.is_file())
    assert session_id("abcd").encode() not in left
    assert session_id("beef").encode() in left


def test_delete_asks_nobody_when_nobody_is_there(tell, home):
    kept(home, held().record)
    told = tell("delete", "abcd")
    assert told.code == 2
    assert "--yes" in told.complaint
    assert tell("show", "abcd").code == 0


@pytest.mark.parametrize(("answer", "left"), [("n\n", 1), ("\n", 1), ("y\n", 0)])
def test_delete_erases_only_on_a_yes(tell, home, answer, left):
    kept(home, held().record)
    assert tell("delete", "abcd", typed=answer).code == 0
    assert len(open_store(home).history()) == left


def test_delete_that_is_interrupted_erases_nothing(tell, home):
    kept(home, held().record)
    told = tell("delete", "abcd", typed="")
    assert told.code == 130
    assert len(open_store(home).history()) == 1


def test_delete_removes_what_cannot_be_read(tell, home):
    kept(home, held().record)
    (broken,) = home.glob("sessions/**/*abcd*.json")
    broken.write_text("{")
    told = tell("delete", "abcd", "--yes")
    assert told.code == 0
    assert told.lines[0] == f"Session {session_id('abcd')}, which cannot be read, goes for good."
    assert not broken.exists()


def test_a_session_that_runs_is_not_deleted(tell, home):
    kept(home, held(end=False).record)
    store = open_store(home)
    with store.live(session_id("abcd"), person="Robin"):
        told = tell("delete", "abcd", "--yes")
    assert told.code == 1
    assert "Robin" in told.err
    assert tell("show", "abcd").code == 0


def test_columns_are_as_wide_as_their_widest_cell_but_for_the_last():
    assert table([]) == []
    assert table([("a", "日本", "1"), ("long", "b", "22")], right=(2,)) == ["a     日本   1", "long  b     22"]
