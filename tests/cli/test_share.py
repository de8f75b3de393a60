"""Sharing a session on the command line, and taking in what was shared: there, back, and with what is in the way."""

import json
import os
import stat
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from cli.conftest import Told
from store.test_share_file import sealed
from support.building import BEGIN, MENTEE, MENTOR, PAIR, Play, agenda, content, prompt, topic

from rmsession.core import commands as asked
from rmsession.core.agenda import PromptKind
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Via, Visibility
from rmsession.core.fold import session_of
from rmsession.core.record import redacted
from rmsession.core.shared import shared
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.store.share_file import read_file, spell

PLAN = agenda(topic("One", prompts=(prompt("own", PromptKind.PRIVATE),)), topic("Two", private=True))


def met():
    """A session in which things were promised, said in private, and answered."""
    play = Play(PLAN)
    play.start()
    play.keep("Read the draft", Kind.ACTION, owner="Alex", due="2026-11-20")
    play.keep("see https://a.example/feeds")
    play.keep("zqprivatezq", private=True)
    play.keep("zqprivate twozq", private=True)
    form = FeedbackGiven(Role.MENTEE, (), Visibility.COUNTS, Via.SCREEN)
    play.do(asked.GiveFeedback(form), by=MENTEE.id)
    play.do(asked.End())
    return play


MET = met()
ID = MET.record.id


@pytest.fixture
def kept(home):
    """A data folder with that session."""
    store = open_store(home)
    store.begin(MET.record)
    store.keep_pair(PAIR)
    store.close()
    return home


@pytest.fixture
def elsewhere(tmp_path, tell):
    """The same command line on the mentee's machine."""

    def told(*arguments, **more) -> Told:
        return tell("--home", tmp_path / "theirs", *arguments, **more)

    return told


def loaded(home):
    """The session as it is kept."""
    store = open_store(home)
    record = store.load(ID)
    store.close()
    return record


def test_it_shows_what_leaves_and_what_is_held_back_and_asks(kept, tell, tmp_path):
    told = tell("share", ID, typed="n\n")
    assert told.code == 0
    assert "YOU PROMISED" in told.out
    assert "[ ] Read the draft" in told.out
    assert "https://a.example/feeds" in told.out
    held_back = "2 lines private to the mentor, 1 private topic, 1 private prompt, the mentee's answers (counts only)"
    assert f"Held back: {held_back}." in told.out
    assert "-shared.html, readable by you alone." in told.out
    assert "Nothing was written." in told.out
    assert "zqprivate" not in told.out
    assert not list(tmp_path.glob("*-shared.*"))


def test_a_yes_writes_it_for_its_owner_alone(kept, tell, tmp_path):
    told = tell("share", ID, "--mail", "mail.txt", "--data", "data.json", "-o", "page.html", typed="y\n")
    assert told.code == 0
    assert told.out.count("Shared, and read back: ") == 3
    for name in ("page.html", "mail.txt", "data.json"):
        path = tmp_path / name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert b"zqprivate" not in path.read_bytes()
    assert "<h1" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert (tmp_path / "mail.txt").read_text(encoding="utf-8").startswith("One-on-one\nRobin with Alex\n")
    assert read_file(tmp_path / "data.json") == shared(MET.session)
    assert "The data file has besides: the agenda (2 topics, 0 prompts)" in told.out


def test_nobody_to_ask_is_a_usage_error_and_yes_needs_none(kept, tell, tmp_path):
    told = tell("share", ID)
    assert told.code == 2
    assert "say --yes" in told.complaint
    assert tell("share", ID, "--yes").code == 0
    (path,) = tmp_path.glob("*-shared.html")
    again = tell("share", ID, "--yes")
    assert again.code == 1
    assert "is there already" in again.complaint
    assert tell("share", ID, "--yes", "--force").code == 0
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(("way", "begins"), [("-o", "<!DOCTYPE"), ("--mail", "One-on-one"), ("--data", '{"format"')])
def test_what_goes_into_a_pipe_goes_there_alone(kept, tell, way, begins):
    told = tell("share", ID, way, "-", "--yes")
    assert told.code == 0
    assert told.out.startswith(begins)
    assert "Held back: 2 lines" in told.err


def test_two_of_them_do_not_go_to_one_file(kept, tell, tmp_path):
    for force in ((), ("--force",)):
        told = tell("share", ID, "-o", "it.html", "--mail", "./it.html", "--yes", *force)
        assert told.code == 2
        assert "Two of them go to one file" in told.complaint
    assert not (tmp_path / "it.html").exists()


def test_only_one_goes_into_a_pipe(kept, tell):
    assert tell("share", ID, "--mail", "-", "--data", "-", "--yes").code == 2
    assert tell("share", "ffff", "--yes").code == 3


def test_what_does_not_read_back_is_not_called_shared(kept, tell, tmp_path, monkeypatch):
    monkeypatch.setattr("rmsession.export.share_out.save", lambda text, path, force: path.write_text(text[:-9]))
    told = tell("share", ID, "-o", "page.html", "--yes")
    assert told.code == 1
    assert "did not read back" in told.complaint


def test_a_link_or_a_folder_in_the_way_is_refused(kept, tell, tmp_path):
    (tmp_path / "link.html").symlink_to(tmp_path / "nowhere")
    for typed in ("link.html", "x\0y", "no/such/folder.html"):
        told = tell("share", ID, "-o", typed, "--yes")
        assert told.code == 1
        assert told.complaint
    assert not (tmp_path / "nowhere").exists()


def test_there_and_back(kept, tell, elsewhere, tmp_path):
    """Shared, taken in by the mentee, done there, shared back, taken in by the mentor."""
    tell("share", ID, "--data", "out.json", "--yes")
    dry = elsewhere("import", "out.json", "--dry-run")
    assert "1 session new" in dry.out
    assert dry.out.endswith("Nothing was changed.\n")
    assert elsewhere("list").lines[0].startswith("No sessions")
    first = elsewhere("import", "out.json")
    assert (first.code, first.lines[-1]) == (0, "All of it is here.")
    assert "who sits here is not set" in first.complaint
    assert "nothing new" in elsewhere("import", "out.json").out
    assert loaded(tmp_path / "theirs") == shared(MET.session)

    (tmp_path / "theirs" / "config.toml").write_text('me = "Alex"\n', encoding="utf-8")
    (action,) = [each.id for each in MET.session.standing(Kind.ACTION)]
    assert elsewhere("done", action).code == 0
    assert elsewhere("share", ID, "--data", "back.json", "--yes").code == 0
    home = tell("import", "back.json")
    assert "  1 fact new: 1 action done by Alex" in home.lines
    assert session_of(loaded(kept)).captures[action].settled
    assert loaded(kept).facts[:-1] == MET.record.facts
    again = tell("import", "back.json")
    assert again.lines[-1] == "Nothing was changed."
    assert not loaded(kept).partial


def test_rival_versions_are_told(kept, tell, tmp_path):
    line = next(MET.session.standing(Kind.NOTE)).id
    store = open_store(kept)
    ours = Play(MET.record)
    store.append(ID, ours.do(asked.Amend(line, content("ours"))))
    store.close()
    theirs = Play(shared(MET.session), by=MENTEE.id, device="lap", ids=count(500))
    theirs.do(asked.Amend(line, content("theirs \x1b[2J")))
    (tmp_path / "in.json").write_text(spell(shared(theirs.session)), encoding="ascii")
    told = tell("import", "in.json")
    assert "  1 fact new: 1 line amended by Alex" in told.lines
    (rivals,) = [each for each in told.lines if each.startswith("2 versions of one line: ")]
    assert "ours" in rivals
    assert "theirs ␛[2J" in rivals
    assert not [each for each in tell("import", "in.json").lines if "versions of one line" in each]
    shown = tell("show", ID).out
    assert "ours" in shown
    assert "theirs ␛[2J" in shown


def both_sides(kept, tmp_path, *, ours, theirs):
    """What each side did with the session without having seen the other's, and theirs as a file to take in."""
    there = Play(shared(MET.session), by=MENTEE.id, device="lap", ids=count(500))
    store = open_store(kept)
    here = Play(MET.record, ids=count(900))
    here.wait(minutes=1)
    for each in ours:
        store.append(ID, here.do(each))
    store.close()
    for each in theirs:
        there.do(each)
    (tmp_path / "in.json").write_text(spell(shared(there.session)), encoding="ascii")


def test_rivals_are_told_by_what_differs(kept, tell, tmp_path):
    action = next(MET.session.standing(Kind.ACTION))
    other = replace(action.content, owner=MENTOR.name)
    both_sides(
        kept,
        tmp_path,
        ours=[asked.Amend(action.id, replace(action.content, due="2026-11-27"))],
        theirs=[asked.Amend(action.id, other)],
    )
    for arguments in (("--dry-run",), ()):
        (line,) = [each for each in tell("import", "in.json", *arguments).lines if "versions of one line" in each]
        assert "Read the draft @Alex by Fri 27 Nov 2026" in line
        assert "Read the draft @Robin by Fri 20 Nov 2026" in line
    (rival,) = [each.split() for each in tell("show", ID).lines if each.split()[:1] == ["or"]]
    assert rival[-1] in {"due:2026-11-27", "due:2026-11-20"}
    assert [each for each in tell("action", action.id).lines if each.startswith("or ")]


def test_what_was_settled_differently_is_told_once_and_shown(kept, tell, tmp_path):
    action = next(MET.session.standing(Kind.ACTION)).id
    both_sides(kept, tmp_path, ours=[asked.Drop(action, UserText("no need"))], theirs=[asked.Finish(action)])
    told = f"done by Alex, dropped by Robin; dropped stands, `rmsession action {action[:8]} --reopen` opens it again"
    assert f"settled differently: Read the draft: {told}" in tell("import", "in.json").lines
    assert "settled differently" not in tell("import", "in.json").out
    for shown in (tell("show", ID).out, tell("action", action).out):
        assert told in " ".join(shown.split())
    assert tell("action", action, "--reopen").code == 0
    assert "dropped stands" not in tell("show", ID).out


def test_the_other_date_that_was_agreed_is_told(kept, tell, tmp_path):
    ours, theirs = (asked.SetNextDate(BEGIN + timedelta(days=days), "Europe/Berlin") for days in (6, 5))
    both_sides(kept, tmp_path, ours=[theirs, ours], theirs=[theirs])
    told = "Thu 26 Nov 2026, 14:00 (Europe/Berlin) was agreed as well, by Alex"
    (line,) = [each for each in tell("import", "in.json").lines if "agreed as well" in each]
    assert line.startswith(told)
    assert line.endswith("; Fri 27 Nov 2026, 14:00 (Europe/Berlin) holds")
    assert "agreed as well" not in tell("import", "in.json").out
    assert told in tell("show", ID).out


def test_a_redaction_on_the_other_side_is_obeyed(kept, tell, tmp_path):
    line = next(MET.session.standing(Kind.NOTE)).id
    copy = redacted(shared(MET.session), line, by=MENTEE.id, wall=BEGIN)
    (tmp_path / "in.json").write_text(spell(copy), encoding="ascii")
    assert "1 line erased for good" in tell("import", "in.json").out
    assert not [path for path in kept.rglob("*") if path.is_file() and b"a.example" in path.read_bytes()]


def test_a_deleted_session_stays_deleted(kept, tell, tmp_path):
    tell("share", ID, "--data", "out.json", "--yes")
    tell("delete", ID, "--yes")
    for more in ([], ["--dry-run"]):
        told = tell("import", "out.json", *more)
        assert told.code == 1
        assert "was deleted here, and stays deleted" in told.complaint


def test_a_conflict_is_refused_whole(kept, tell, tmp_path):
    value = json.loads(spell(shared(MET.session)))
    for each in value["facts"]:
        if each["kind"] == "Captured" and not each.get("partial"):
            each["data"]["content"]["text"] = "forged"
    (tmp_path / "in.json").write_bytes(sealed(value))
    for more in ([], ["--dry-run"]):
        told = tell("import", "in.json", *more)
        assert told.code == 1
        assert "says something else of a fact that is here" in told.complaint
    assert loaded(kept) == MET.record


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("cut.json", spell(shared(MET.session)).encode()[:-40], 1),
        ("bits.json", spell(shared(MET.session)).replace("draft", "graft").encode(), 1),
        ("other.json", b'{"format": "something"}', 1),
        ("empty.json", b"", 1),
        ("list.md", b"- [ ] one\n", 2),
        ("noise.bin", bytes(range(256)), 1),
        ("later.json", spell(shared(MET.session)).replace('"version":1', '"version":9').encode(), 1),
    ],
)
def test_what_cannot_be_taken_in_is_one_line(kept, tell, name, data, code):
    Path(name).write_bytes(data)
    told = tell("import", name)
    assert told.code == code
    assert told.complaint
    assert loaded(kept) == MET.record


def test_what_is_no_file_is_one_line(kept, tell, tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    for name in ("nowhere.json", "pipe.json", str(tmp_path), "x\0y"):
        assert tell("import", name).complaint


def test_a_copy_of_another_session_does_not_go_into_this_one(kept, tell, tmp_path):
    other = replace(MET.record, id="00000000-0000-0000-0000-00000000beef")
    (tmp_path / "in.json").write_text(spell(shared(session_of(other))), encoding="ascii")
    assert "of another session" in tell("import", "in.json", "--into", ID).complaint


@pytest.mark.parametrize(
    ("name", "text"),
    [("list.md", "# List\n\n- [ ] Call Dana\n- [x] Read the draft\n"), ("todo.txt", "Call Dana\nx Read the draft\n")],
)
def test_a_task_list_becomes_action_items(kept, tell, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    dry = tell("import", name, "--into", ID, "--dry-run")
    assert dry.out.endswith("Nothing was changed.\n")
    assert loaded(kept) == MET.record
    told = tell("import", name, "--into", ID)
    assert told.code == 0
    assert told.out.startswith("2 action items taken in")
    texts = [each.content.text.raw for each in session_of(loaded(kept)).standing(Kind.ACTION)]
    assert texts == ["Read the draft", "Call Dana", "Read the draft"]
    assert all(fact.at is None for fact in loaded(kept).facts[len(MET.record.facts) :])
    assert "2 there already. Nothing was changed." in tell("import", name, "--into", ID).out


def test_lines_that_a_list_passes_over_are_counted_in_one_line(kept, tell, tmp_path):
    (tmp_path / "list.txt").write_text("# Ours\n\n(A) Call Dana\n- [ ] x\nx Read the draft\n", encoding="utf-8")
    told = tell("import", "list.txt", "--into", ID)
    assert told.out.startswith("1 action item taken in")
    assert told.complaint == (
        "list.txt:3: 2 lines, this one first, have no task box (“- [ ] text”) as others here, and so no task was read "
        "there; give each task one, or none"
    )


def test_the_people_of_a_copy_are_known(kept, elsewhere, tell, tmp_path):
    tell("share", ID, "--data", "out.json", "--yes")
    elsewhere("import", "out.json")
    store = open_store(tmp_path / "theirs")
    assert store.programme().pairs == (PAIR,)
    assert {each.name for each in store.programme().people} == {MENTOR.name, MENTEE.name}
    store.close()
