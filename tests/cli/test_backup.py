"""backup and restore: what they say, what they write, and what they ask."""

import re
import stat
import zipfile
from dataclasses import replace

import pytest
from support.held import held, kept, session_id

from rmsession.core.facts import ActionDone
from rmsession.core.terms import Kind
from rmsession.store.opening import open_store


@pytest.fixture
def file(tell, home, tmp_path):
    """A backup of two sessions."""
    kept(home, held("abcd").record, held("beef", end=False).record)
    assert tell("backup", "b.zip").code == 0
    return tmp_path / "b.zip"


def done(home, start="abcd"):
    """Say that the action of a session was done, after its end."""
    store = open_store(home)
    play = held(start)
    action = next(iter(play.session.captures.values())).id
    fact = play.happen(ActionDone(action))
    store.append(session_id(start), fact)
    store.close()


class TestBackup:
    def test_it_is_named_after_the_minute_and_says_what_it_is(self, tell, home, tmp_path):
        kept(home, held("abcd").record, held("beef").record)
        told = tell("backup")
        assert (told.code, told.err) == (0, "")
        name, counts, warning = told.lines
        assert re.fullmatch(r"rmsession-backup-\d{4}-\d\d-\d\d-\d{4}\.zip", name)
        assert re.fullmatch(r"2 sessions, \d+ KB; read back and verified\.", counts)
        assert warning == "It holds everything, private lines too: keep it where only you can read it."
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        with zipfile.ZipFile(tmp_path / name) as held_:
            assert sum(each.startswith("sessions/") for each in held_.namelist()) == 2

    def test_it_goes_where_it_is_told(self, tell, home, tmp_path):
        kept(home, held().record)
        (tmp_path / "folder").mkdir()
        assert tell("backup", tmp_path / "folder").code == 0
        assert len(list((tmp_path / "folder").iterdir())) == 1
        assert tell("backup", "mine.zip").lines[0] == "mine.zip"

    def test_it_never_writes_over_a_file_unasked(self, tell, home, tmp_path):
        kept(home, held().record)
        (tmp_path / "a.zip").write_text("mine")
        told = tell("backup", "a.zip")
        assert told.code == 1
        assert told.complaint == "a.zip is there already: name another file, or write over it with --force"
        assert (tmp_path / "a.zip").read_text() == "mine"
        assert tell("backup", "a.zip", "--force").code == 0
        assert zipfile.is_zipfile(tmp_path / "a.zip")
        (tmp_path / "link").symlink_to("a.zip")
        assert "no ordinary file" in tell("backup", "link", "--force").complaint

    @pytest.mark.parametrize("name", ["no/such/folder.zip", "x" * 300])
    def test_a_file_that_cannot_be_made_is_one_line(self, tell, home, name):
        kept(home, held().record)
        told = tell("backup", name)
        assert (told.code, told.out) == (1, "")
        assert told.complaint.startswith("Not kept: ")

    def test_own_agendas_go_in_if_they_lie_in_the_folder(self, tell, home, tmp_path):
        kept(home, held().record)
        (home / "agendas").mkdir()
        (home / "agendas" / "mine.md").write_text("# Mine\n")
        (home / "agendas" / "mine.pdf").write_text("no agenda")
        assert tell("backup", "a.zip").code == 0
        with zipfile.ZipFile(tmp_path / "a.zip") as held_:
            assert [each for each in held_.namelist() if each.startswith("agendas/")] == ["agendas/mine.md"]

    def test_a_damaged_file_is_told_and_makes_it_no_success(self, tell, home, tmp_path):
        kept(home, held("abcd").record, held("beef").record)
        (broken,) = home.glob("sessions/**/*abcd*.json")
        broken.write_text("{")
        told = tell("backup", "a.zip")
        assert told.code == 1
        assert broken.name in told.complaint
        assert told.complaint.endswith("In the backup it is as damaged as it is here")
        assert (tmp_path / "a.zip").exists()

    def test_nothing_to_back_up_is_three_and_makes_nothing(self, tell, home, tmp_path):
        told = tell("backup")
        assert (told.code, told.out) == (3, "")
        assert told.complaint
        assert not list(tmp_path.iterdir())


class TestRestore:
    def test_it_shows_asks_and_brings_back(self, tell, home, file):
        for path in home.glob("sessions/**/*abcd*"):
            path.unlink()
        told = tell("restore", file, typed="y\n")
        assert told.code == 0
        assert re.fullmatch(r"A backup of \d{4}-\d\d-\d\d \d\d:\d\d, 2 sessions:", told.lines[0])
        assert told.lines[1:3] == ["  1 session  not here: brought back", "  1 session  the same here"]
        assert told.lines[-1].endswith("Done.")
        assert {each.id for each in open_store(home).history()} == {session_id("abcd"), session_id("beef")}

    @pytest.mark.parametrize("arguments", [["--dry-run"], ["--dry-run", "--yes"]])
    def test_a_dry_run_changes_nothing(self, tell, home, file, arguments):
        next(home.glob("sessions/**/*abcd*")).unlink()
        told = tell("restore", file, *arguments)
        assert told.code == 0
        assert told.lines[-1] == "Nothing was changed."
        assert len(open_store(home).history()) == 1

    def test_a_no_changes_nothing(self, tell, home, file):
        next(home.glob("sessions/**/*abcd*")).unlink()
        assert tell("restore", file, typed="n\n").lines[-1].endswith("Nothing was changed.")
        assert tell("restore", file, typed="").code == 130
        assert len(open_store(home).history()) == 1

    def test_nobody_is_asked_when_nobody_is_there(self, tell, home, file):
        next(home.glob("sessions/**/*abcd*")).unlink()
        told = tell("restore", file)
        assert told.code == 2
        assert "--yes" in told.complaint
        assert len(open_store(home).history()) == 1

    def test_what_is_all_here_asks_nothing(self, tell, file):
        told = tell("restore", file)
        assert told.code == 0
        assert told.lines[-1] == "Nothing to bring back."

    def test_deleted_sessions_stay_deleted_unless_asked(self, tell, home, file):
        assert tell("delete", "abcd", "--yes").code == 0
        told = tell("restore", file, "--yes")
        assert told.code == 0
        assert "  1 session  deleted here since: still deleted; --deleted brings them back" in told.lines
        assert tell("show", "abcd").code == 3
        assert tell("restore", file, "--yes", "--deleted").code == 0
        assert tell("show", "abcd").code == 0

    def test_a_damaged_file_is_put_right_and_kept(self, tell, home, file):
        (broken,) = home.glob("sessions/**/*abcd*.json")
        broken.write_text("{")
        told = tell("restore", file, "--yes")
        assert told.code == 0
        assert told.lines[-1] == f"The damaged file is kept as {broken}.damaged"
        assert tell("list").err == ""

    def test_what_cannot_be_restored_is_one_line_and_no_success(self, tell, home, file, tmp_path):
        (broken,) = home.glob("sessions/**/*abcd*.json")
        broken.write_text("{")
        assert tell("backup", "bad.zip").code == 1
        told = tell("--home", tmp_path / "new", "restore", tmp_path / "bad.zip", "--yes")
        assert told.code == 1
        assert told.complaint.startswith(f"session {session_id('abcd')} was not restored: ")
        assert len(open_store(tmp_path / "new").history()) == 1

    def test_rivals_are_told_and_those_here_stay(self, tell, home, tmp_path):
        kept(home, held("abcd").record)
        assert tell("backup", "b.zip").code == 0
        other = held("abcd").record
        changed = replace(other.facts[1], what=replace(other.facts[1].what, kind=Kind.IDEA))
        kept(tmp_path / "new", replace(other, facts=(other.facts[0], changed)))
        told = tell("--home", tmp_path / "new", "restore", "b.zip", "--yes")
        assert told.code == 1
        assert "1 fact of the backup left out" in told.complaint
        assert changed in open_store(tmp_path / "new").load(session_id("abcd")).facts

    def test_settings_that_run_a_command_are_told_before_they_come_in(self, tell, home, tmp_path):
        kept(home, held().record)
        (home / "config.toml").write_text('editor = "evil --now"\n')
        assert tell("backup", "b.zip").code == 0
        told = tell("--home", tmp_path / "new", "restore", "b.zip", "--dry-run")
        assert "  The settings have agendas opened with: evil --now" in told.lines
        assert "opened with" not in tell("restore", "b.zip").out
        (home / "config.toml").write_bytes(b"\xff")
        assert tell("backup", "b.zip", "--force").code == 0
        assert tell("--home", tmp_path / "new", "restore", "b.zip", "--dry-run").code == 0

    @pytest.mark.parametrize("made", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
    def test_an_archive_may_be_of_any_day(self, tell, file, made):
        with zipfile.ZipFile(file) as held_:
            files = {name: held_.read(name) for name in held_.namelist()}
        files["manifest.json"] = re.sub(rb'"made":"[^"]*"', b'"made":"%s"' % made.encode(), files["manifest.json"])
        with zipfile.ZipFile(file, "w") as held_:
            for name, data in files.items():
                held_.writestr(name, data)
        told = tell("restore", file)
        assert told.code == 0
        assert made[:10] in told.lines[0]

    @pytest.mark.parametrize("data", [None, b"", b"hello", b'{"seal":', b"PK\x03\x04"])
    def test_what_is_no_backup_is_one_line_and_one(self, tell, home, tmp_path, data):
        if data is not None:
            (tmp_path / "x.zip").write_bytes(data)
        told = tell("restore", "x.zip", "--yes")
        assert (told.code, told.out) == (1, "")
        assert told.complaint.startswith("x.zip ")
        assert not home.exists(), "nothing is made for what cannot be restored"

    @pytest.mark.parametrize("arguments", [[], ["b.zip", "--list"]])
    def test_a_file_or_the_list(self, tell, file, arguments):
        assert tell("restore", *arguments).code == 2

    def test_snapshots_are_listed_and_one_of_them_restored(self, tell, home):
        kept(home, held("abcd", title="Kick\x1b[31m-off").record)
        assert tell("restore", "--list").lines == ["No snapshots: no past session was changed in the last 30 days."]
        done(home)
        told = tell("restore", "--list")
        head, line = told.lines
        assert head.split() == ["made", "session", "facts", "file"]
        assert "\x1b" not in line
        name = line.split()[-1]
        assert name.endswith(f"{session_id('abcd')}.json")
        assert tell("restore", name).lines[-1] == "Nothing to bring back."
        (broken,) = home.glob("sessions/**/*abcd*.json")
        broken.write_text("{")
        assert tell("restore", name, "--yes").code == 0
        assert "Send the draft" in tell("show", "abcd").out
        (home / "snapshots" / name).write_text("{")
        assert "cannot be read" in tell("restore", "--list").out

    def test_a_list_where_nothing_is_makes_nothing(self, tell, home):
        assert tell("restore", "--list").code == 3
        assert not home.exists()
