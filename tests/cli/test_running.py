"""run and home: what the command line hands to the app. The app itself is started end to end elsewhere."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.held import held, kept, session_id

from rmsession.core.clock import FastClock, SystemClock
from rmsession.core.text import UserText
from rmsession.settings import load
from rmsession.tui.launch import Launch, OpenAgenda, OpenHome, OpenSession, Ran

AGENDA = "# Plan\n\n## One (5 min)\n"


@dataclass
class App:
    """Stands where the app would: left at once, it ends as `ran` says."""

    ran: Ran
    launches: list[Launch] = field(default_factory=list)

    def run(self, launch: Launch) -> Ran:
        self.launches.append(launch)
        return self.ran


@pytest.fixture
def app(home, tmp_path, monkeypatch) -> App:
    """The app, in a folder where `plan.md` lies."""
    (tmp_path / "plan.md").write_text(AGENDA)
    stand_in = App(Ran(code=7, crash=None, unkept=0, left=None))
    monkeypatch.setattr("rmsession.tui.app.run_app", stand_in.run)
    return stand_in


@pytest.fixture
def opened(app) -> list[Launch]:
    """What the app was opened with."""
    return app.launches


def test_no_command_opens_home(tell, opened, home):
    (home).mkdir()
    (home / "config.toml").write_text('me = "Robin"\ntheme = "nord"\nrecent = ["/a.md"]\nagendas = "mine"\n')
    assert tell(typed="").code == 7, "the app's own exit code"
    (launch,) = opened
    assert launch.first == OpenHome()
    assert (launch.home, launch.zone, launch.theme) == (home, "Europe/Berlin", "nord")
    assert (launch.me, launch.agendas, launch.recent) == (UserText("Robin"), (home / "mine",), (Path("/a.md"),))
    assert isinstance(launch.clock, SystemClock)
    assert not launch.rehearse
    assert launch.device == launch.store.device


@pytest.mark.parametrize("words", [["plan.md"], ["run", "plan.md"]])
def test_a_file_opens_its_preview(tell, opened, words):
    assert tell(*words, typed="").code == 7
    assert opened[0].first == OpenAgenda(Path("plan.md"))


@pytest.mark.parametrize(
    "words",
    [["plan.md"], ["run", "plan.md", "--mentee", " Alex  Stone"], ["run", "plan.md", "--mentee", "A", "--mentor", "R"]],
    ids=len,
)
def test_a_line_that_needs_not_be_read_opens_the_same(tell, opened, monkeypatch, words):
    tell(*words, typed="")
    monkeypatch.setattr("rmsession.cli.usual.usual", lambda *_: None)
    tell(*words, typed="")
    assert opened[0].first == opened[1].first


def test_what_is_known_before_is_handed_over(tell, opened):
    words = ("--mentor", " Robin ", "--mentee", "Jo  Smith", "--duration", "30", "--must-end", "+30")
    before = datetime.now(ZoneInfo("Europe/Berlin"))
    assert tell("plan.md", *words, typed="").code == 7
    first = opened[0].first
    assert (first.mentor, first.mentee, first.duration_minutes) == (UserText("Robin"), UserText("Jo Smith"), 30)
    assert timedelta(minutes=29) < first.must_end - before < timedelta(minutes=31)


def test_must_end_is_the_next_such_time_in_the_zone_of_the_dates(tell, opened, monkeypatch):
    monkeypatch.setenv("RMSESSION_ZONE", "Asia/Kolkata")
    tell("plan.md", "--must-end", "14:45", typed="")
    moment = opened[0].first.must_end
    assert (moment.hour, moment.minute, moment.utcoffset()) == (14, 45, timedelta(hours=5, minutes=30))
    assert timedelta(0) < moment - datetime.now(ZoneInfo("UTC")) <= timedelta(days=1)


@pytest.mark.parametrize("wrong", ["soon", "25:00", "14:75", ""])
def test_a_time_that_is_none_is_a_usage_error(tell, opened, wrong):
    told = tell("plan.md", "--must-end", wrong, typed="")
    assert told.code == 2
    assert "14:45" in told.complaint
    assert opened == []


def test_a_bundled_name_opens_it(tell, opened):
    tell("run", "01-kick-off", typed="")
    assert opened[0].first.path.name == "01-kick-off.md"
    assert opened[0].first.path.is_file()


def test_a_rehearsal_keeps_nothing_and_hurries(tell, opened, home):
    tell("plan.md", "--rehearse", "--speed", "60", typed="")
    launch = opened[0]
    launch.store.begin(held().record)
    assert launch.rehearse
    assert isinstance(launch.clock, FastClock)
    launch.remember("recent", "/a/plan.md")
    launch.remember("me", "Robin")
    assert not home.exists()


def test_resume_takes_up_the_newest_that_is_unfinished(tell, opened, home):
    kept(home, held("aaaa").record, held("bbbb", end=False).record)
    assert tell("run", "--resume", typed="").code == 7
    assert opened[0].first == OpenSession(session_id("bbbb"))


def test_resume_takes_up_any_by_its_id(tell, opened, home):
    kept(home, held("aaaa").record, held("bbbb", end=False).record)
    assert tell("run", "--resume", "aaaa", typed="").code == 7
    assert opened[0].first == OpenSession(session_id("aaaa"))


def test_a_session_that_was_cut_off_is_named_with_the_words_that_take_it_up(tell, app, home):
    kept(home, held("bbbb").record, held("bbbbc", end=False).record)
    app.ran = Ran(code=143, crash=None, unkept=0, left=session_id("bbbbc"))
    told = tell("run", "--resume", typed="")
    assert told.code == 143
    assert told.err.splitlines()[-1] == "rmsession: go on with: rmsession run --resume bbbbc"
    assert tell("plan.md", "--rehearse", typed="").err == ""


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "what was kept is kept, and what was being typed is in {draft}"),
        ({"drafted": False}, "what was kept is kept, but not what was being typed"),
        ({"off_record": True}, "what was kept is kept; what was being typed was off the record, and is kept nowhere"),
    ],
)
def test_it_is_said_what_became_of_what_was_being_typed(tell, app, home, how, said):
    kept(home, held("bbbb", end=False).record)
    (session,) = home.glob("sessions/*/*/*.json")
    draft = session.with_suffix(".draft")
    draft.touch()
    app.ran = Ran(code=129, crash=None, unkept=0, left=session_id("bbbb"), **how)
    first, last = tell("run", "--resume", typed="").err.splitlines()
    assert first == f"rmsession: {said.format(draft=draft)}"
    assert last == "rmsession: go on with: rmsession run --resume bbbb"


def test_a_folder_named_on_the_command_line_is_named_again(tell, app, tmp_path):
    other = tmp_path / "with a space"
    kept(other, held("bbbb", end=False).record)
    app.ran = Ran(code=129, crash=None, unkept=0, left=session_id("bbbb"))
    told = tell("--home", other, "run", "--resume", typed="")
    assert told.err.splitlines()[-1].endswith(f"rmsession --home '{other}' run --resume bbbb")


def test_what_could_not_be_kept_is_counted(tell, app, home):
    app.ran = Ran(code=0, crash=None, unkept=2, left=None)
    assert tell(typed="").complaint.startswith(f"2 entries could not be written to {home}:")


def test_a_crash_of_the_app_is_told_without_its_words(tell, app, home):
    app.ran = Ran(code=1, crash=ZeroDivisionError("SECRET"), unkept=0, left=None)
    told = tell("plan.md", typed="")
    assert told.code == 1
    assert "(ZeroDivisionError)" in told.complaint
    assert "SECRET" not in told.err + (home / "crash.log").read_text()


@pytest.mark.parametrize("words", [["--resume"], ["--resume", "ffff"]])
def test_resume_of_nothing_is_three(tell, opened, home, words):
    kept(home, held("aaaa").record)
    told = tell("run", *words, typed="")
    assert told.code == 3
    assert told.complaint
    assert opened == []


@pytest.mark.parametrize("words", [[], ["plan.md"], ["run", "--resume"]])
def test_without_a_terminal_it_says_so(tell, opened, words):
    told = tell(*words)
    assert told.code == 2
    assert "needs a terminal" in told.complaint
    assert opened == []


def test_a_file_that_is_no_agenda_never_opens_the_screen(tell, opened, tmp_path):
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    for name in ("nowhere.md", "picture.md"):
        told = tell(name, typed="")
        assert told.code == 1
        assert told.complaint.startswith(name)
    assert opened == []


def test_what_the_app_remembers_is_in_the_settings(tell, opened, home):
    tell("plan.md", typed="")
    remember = opened[0].remember
    remember("me", "Robin")
    remember("theme", "nord")
    remember("recent", "/a/plan.md")
    settings, _ = load({"home": home}, {})
    assert (settings.me, settings.theme, settings.recent) == ("Robin", "nord", (Path("/a/plan.md"),))
    (home / "config.toml").write_text("no toml")
    with pytest.raises(OSError, match="left as it is"):
        remember("me", "Alex")
