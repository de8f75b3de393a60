"""export: its formats together with spellings of tasks, and all sessions at once."""

from __future__ import annotations

import csv
import json
import os
import signal
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from io import StringIO

import pytest
from cli.conftest import Terminal
from icalendar import Calendar
from support.building import Play, kick_off, record
from support.held import held, kept, session_id

from rmsession import whole
from rmsession.cli import export_all
from rmsession.cli.export import _FORMATS, _SPELLINGS
from rmsession.core.programme import Pair, Person
from rmsession.core.text import UserText
from rmsession.export.formats import FORMATS, SPELLINGS
from rmsession.store.opening import open_store
from rmsession.store.tiny import TinyStore

TASK = {
    "github": "- [ ] Send the draft (@Alex, due 2026-12-01)",
    "obsidian": "- [ ] Send the draft (@Alex) ➕ 2026-11-21 📅 2026-12-01",
    "todotxt": "2026-11-21 Send the draft @Alex +Kick-off due:2026-12-01",
}


def test_the_help_names_what_there_is():
    assert (tuple(FORMATS), tuple(SPELLINGS)) == (_FORMATS, _SPELLINGS)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_tasks_alone_are_a_list_in_that_spelling(tell, home, tmp_path, spelling):
    kept(home, held().record)
    assert tell("export", "abcd", "--tasks", spelling, "-o", "-").lines == [TASK[spelling]]
    (told,) = tell("export", "abcd", "--tasks", spelling).lines
    assert told.endswith(SPELLINGS[spelling].suffix)
    assert (tmp_path / told).read_text() == f"{TASK[spelling]}\n"


def test_minutes_can_spell_their_tasks_so_and_other_formats_cannot(tell, home):
    kept(home, held().record)
    lines = tell("export", "abcd", "-f", "md", "--tasks", "obsidian", "-o", "-").lines
    assert lines[0] == "---"
    assert lines[-1] == TASK["obsidian"]
    told = tell("export", "abcd", "-f", "csv", "--tasks", "github", "-o", "-")
    assert (told.code, told.out) == (2, "")
    assert "csv has no tasks in that spelling: leave -f out" in told.complaint


FILE = "all.csv names a file, and --all writes one for each session:"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Say which: the beginning of one session's id (see `rmsession list`), or --all."),
        (("abcd", "--all"), "Say which: the beginning of one session's id (see `rmsession list`), or --all."),
        (("abcd", "--pair", "Alex"), "--pair goes with --all."),
        (("--all",), "Say where all of them go: -o FOLDER, or -o - for the standard output."),
        (("--all", "-f", "html", "-o", "-"), "html is a file each: say -o FOLDER."),
        (("abcd", "-o", ""), "Say where to: the name is empty. A file, a folder, or - for the standard output."),
        (("--all", "-o", ""), "Say where to: the name is empty. A file, a folder, or - for the standard output."),
        (("--all", "-f", "csv", "-o", "all.csv"), f"{FILE} `-o all.csv/` makes a folder, `-o - > all.csv` one text."),
        (("--all", "-f", "html", "-o", "all.csv"), f"{FILE} `-o all.csv/` makes a folder."),
    ],
)
def test_what_cannot_be_meant_is_one_line(tell, home, words, says):
    kept(home, held().record)
    told = tell("export", *words)
    assert (told.code, told.out) == (2, "")
    assert told.complaint == f"{says} Try 'rmsession export --help'."


def three(home) -> None:
    """Two sessions of one pair, one of another."""
    other = Pair("pair-kim", Person("person-kim", UserText("Kim")), Person("person-lee", UserText("Lee")))
    kept(home, held("abcd").record, held("beef").record)
    play = Play(record(kick_off(), number=7, pair=other))
    play.start()
    play.keep("Of the others")
    kept(home, play.record)


def test_a_slash_behind_a_name_asks_for_a_folder_which_is_made(tell, home, tmp_path):
    kept(home, held().record)
    told = tell("export", "abcd", "-o", "new/inner/")
    (file,) = (tmp_path / "new" / "inner").iterdir()
    assert (told.code, told.out, file.suffix) == (0, f"new/inner/{file.name}\n", ".md")
    assert tell("export", "--all", "-f", "csv", "-o", "all.csv/").out == "1 file in all.csv\n"
    assert tell("export", "abcd", "-f", "csv", "-o", f"{file}/").code == 1
    assert "# Kick-off" in file.read_text()
    for words in (("share", "abcd", "--yes"), ("backup",), ("report", "-f", "md")):
        name = f"of-{words[0]}/"
        told = tell(*words, *(() if words[0] == "backup" else ("-o",)), name)
        assert (told.code, len(list((tmp_path / name).iterdir()))) == (0, 1), told
        empty = tell(*words, *(() if words[0] == "backup" else ("-o",)), "")
        assert (empty.code, empty.complaint[:12]) == (2, "Say where to")


def test_all_go_into_a_folder_and_nothing_is_written_over(tell, home, tmp_path):
    three(home)
    told = tell("export", "--all", "-o", "out/minutes")
    assert (told.code, told.out, told.err) == (0, "3 files in out/minutes\n", "")
    files = sorted((tmp_path / "out" / "minutes").iterdir())
    assert [each.stem[-8:] for each in files] == ["00000000", "abcd0000", "beef0000"]
    assert {each.name[:-11] for each in files} == {"2026-11-21-kick-off-"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert "doubt" not in "".join(each.read_text() for each in files)
    files[1].write_text("mine")
    files[2].unlink()
    again = tell("export", "--all", "-o", "out/minutes")
    assert (again.code, again.out) == (1, "1 file in out/minutes\n")
    assert again.err.count("is there already") == 2
    assert files[1].read_text() == "mine"
    assert files[2].exists()
    assert tell("export", "--all", "-o", "out/minutes", "--force").code == 0
    assert files[1].read_text() != "mine"


def test_only_a_pairs_sessions_go_when_it_is_named(tell, home):
    three(home)
    lines = tell("export", "--all", "--pair", "lee", "-f", "json", "-o", "-").lines
    assert [json.loads(line)["captures"][0]["content"]["text"] for line in lines] == ["Of the others"]
    nobody = tell("export", "--all", "--pair", "nobody", "-o", "-")
    assert (nobody.code, nobody.out) == (3, "")


def test_all_are_one_text_where_the_format_can_be_joined(tell, home):
    three(home)
    rows = list(csv.DictReader(StringIO(tell("export", "--all", "-f", "csv", "-o", "-").out.removeprefix("\ufeff"))))
    assert len({row["session"] for row in rows}) == 3
    assert {row["row"] for row in rows} == {"topic", "action"}
    assert len(tell("export", "--all", "-f", "json", "-o", "-").lines) == 3
    assert tell("export", "--all", "-f", "md", "-o", "-").out.count("# Kick-off\n") == 3
    assert tell("export", "--all", "--tasks", "github", "-o", "-").lines == [TASK["github"]] * 2
    calendar = Calendar.from_ical(tell("export", "--all", "-f", "ics", "-o", "-").out)
    assert len(calendar.walk("VEVENT")) == 2


def test_a_session_without_action_items_leaves_no_empty_file(tell, home, tmp_path):
    three(home)
    told = tell("export", "--all", "--tasks", "todotxt", "-o", "out")
    assert (told.code, told.lines) == (0, ["2 files in out", "1 without action items: no file"])
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_one_that_cannot_be_read_is_told_and_the_others_go(tell, home, tmp_path):
    three(home)
    (damaged,) = home.glob(f"sessions/**/*{session_id('abcd')}.json")
    damaged.write_bytes(damaged.read_bytes()[:-40])
    told = tell("export", "--all", "-o", "out")
    assert (told.code, told.out) == (1, "2 files in out\n")
    assert any(damaged.name in line for line in told.err.splitlines())
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_what_is_no_folder_is_told_in_one_line(tell, home, tmp_path):
    kept(home, held().record)
    (tmp_path / "file").write_text("mine")
    assert tell("export", "--all", "-o", "file").complaint == (
        "file is no folder: all sessions go into one, or to - as one text"
    )
    assert "was not made" in tell("export", "--all", "-o", "file/in").complaint
    assert tell("export", "--all", "-o", "a\ud800").code == 1


def test_private_lines_of_all_are_told_before_they_leave(tell, home):
    three(home)
    told = tell("export", "--all", "-o", "-", "--private")
    assert told.complaint.startswith("private, do not pass them on")
    assert told.out.count("My own doubt (private to the mentor)") == 2


def test_it_can_be_interrupted_and_says_how_far_it_came(home, tmp_path):
    """The reader of the pipe takes one session and no more, so that the program waits in the middle."""
    kept(home, *(held(f"{number:04x}").record for number in range(40)))
    reader, writer = os.pipe()
    program = subprocess.Popen(
        [sys.executable, "-m", "rmsession", "export", "--all", "-f", "json", "-o", "-"],
        stdout=writer, stderr=subprocess.PIPE, env={**os.environ, "RMSESSION_HOME": str(home)},
    )  # fmt: skip
    os.close(writer)
    assert os.read(reader, 10).startswith(b"{")
    program.send_signal(signal.SIGINT)
    _, told = program.communicate(timeout=30)
    os.close(reader)
    assert program.returncode == 130
    assert b" of 40 sessions went out" in told
    assert b"Traceback" not in told


def test_progress_is_for_somebody_who_looks(tell, home, monkeypatch):
    three(home)
    monkeypatch.setattr(export_all, "_EVERY_SECONDS", 0.0)
    looked = Terminal()
    monkeypatch.setattr(sys, "stderr", looked)
    assert tell("export", "--all", "-o", "out").code == 0
    assert looked.getvalue() == "\r1 of 3\r2 of 3\r3 of 3\r\x1b[K"


def test_a_folder_is_looked_through_once_however_many_files_go_into_it(tell, home, monkeypatch):
    three(home)
    looks = []
    sweep = whole._sweep
    monkeypatch.setattr(whole, "_sweep", lambda folder: looks.append(folder) or sweep(folder))
    assert tell("export", "--all", "-o", "out").code == 0
    assert len(looks) == 1


def test_one_that_is_deleted_meanwhile_holds_up_none_of_the_others(tell, home, tmp_path, monkeypatch):
    three(home)
    load = TinyStore.load

    def deleted_first(store, session):
        """Another program deletes one just before it is read."""
        if session == session_id("abcd"):
            with closing(open_store(home)) as other:
                other.delete(session)
        return load(store, session)

    monkeypatch.setattr(TinyStore, "load", deleted_first)
    told = tell("export", "--all", "-o", "out")
    assert (told.code, told.out) == (1, "2 files in out\n")
    assert "1 of 3 sessions were not written: see above" in told.err
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_two_whose_names_would_be_one_have_their_whole_ids(tell, home, tmp_path):
    kept(home, *(replace(held().record, id=f"abcd0000-0000-0000-0000-00000000000{number}") for number in (1, 2)))
    assert tell("export", "--all", "-o", "out").out == "2 files in out\n"
    names = sorted(each.name for each in (tmp_path / "out").iterdir())
    assert [len(name) - len(names[-1]) for name in names] == [-24, 0]


def test_the_table_of_a_session_is_not_taken_for_one_of_pairs(tell, home, tmp_path):
    kept(home, held().record)
    tell("export", "abcd", "-f", "csv", "-o", "mine.csv")
    again = StringIO()
    csv.writer(again, delimiter=";").writerows(csv.reader(StringIO((tmp_path / "mine.csv").read_text("utf-8-sig"))))
    (tmp_path / "again.csv").write_text(again.getvalue(), encoding="utf-8")
    for name in ("mine.csv", "again.csv"):
        told = tell("import", name)
        assert (told.code, told.out) == (1, "")
        assert told.complaint.startswith(f"{name} was not imported: it holds rows of sessions, as `rmsession export")
