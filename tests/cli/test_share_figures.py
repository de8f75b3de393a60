"""Sharing a pair's figures on the command line: shown in words, asked, written, read back."""

import json
import stat
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from support.building import BEGIN, MENTEE, PAIR, Play, agenda, record, topic

from rmsession.core import commands as asked
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.outcomes import Change
from rmsession.core.programme import Pair, Person
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.store.figures_file import read_figures, read_file
from rmsession.store.opening import open_store

PLAN = agenda(topic("Merger zqtitle", 20), topic("Two", 25))
LEE = Pair("pair-robin-lee", PAIR.mentor, Person("person-lee", UserText("Lee Zq")))
OTHERS = Pair("pair-others", Person("person-kim", UserText("Kim")), PAIR.mentor)


def met(pair: Pair, number: int) -> Play:
    """A session with a line of each kind, a form and a goal."""
    play = Play(
        record(PLAN, number=number, pair=pair, created=BEGIN + timedelta(days=number)), ids=count(number * 1000)
    )
    play.start()
    play.wait(minutes=30)
    play.keep("zqnote")
    play.keep("zqprivate", private=True)
    play.keep("zqaction", Kind.ACTION, owner="zqowner", due="2026-12-01")
    play.keep("zqgoal", Kind.GOAL, score=3)
    play.do(asked.Close())
    answers = (Answer("frank", 4), Answer("keep", text=UserText("zqanswer")))
    play.do(asked.GiveFeedback(FeedbackGiven(Role.MENTEE, answers, Visibility.COUNTS, Via.SCREEN)), by=MENTEE.id)
    play.do(asked.SkipFeedback(Role.MENTOR))
    play.do(asked.End())
    return play


@pytest.fixture
def kept(home):
    """Three pairs: two that Robin mentors, one in which he is the mentee; an entry of the change log half agreed."""
    store = open_store(home)
    for number, pair in ((1, PAIR), (2, PAIR), (3, OTHERS)):
        store.begin(met(pair, number).record)
    for pair in (PAIR, LEE, OTHERS):
        store.keep_pair(pair)
    words = UserText("Ask customers"), UserText("Yes")
    entry = Change("entry-1", PAIR.id, date(2026, 11, 30), *words, agreed=tuple(Role))
    store.keep_known([entry, replace(entry, id="entry-2", idea=UserText("zqunagreed"), agreed=(Role.MENTEE,))])
    store.close()
    (home / "config.toml").write_text('me = "Robin"\n', encoding="utf-8")
    return home


def test_everything_that_leaves_is_shown_before_it_is_asked(tell, kept, tmp_path):
    told = tell("share", "--figures", "--pair", "alex", typed="n\n")
    said = " ".join(told.out.split())
    for words in (
        "of Robin, Alex,", "2 sessions, each with its day", "2026-11-21 45 min planned 30 taken ended",
        "2 feedback forms (0 of the mentor, 2 of the mentee): 2 scores; that 2 forms were left out",
        "2 action items: when each was made, due and settled", "1 goal: 2 scores when it was named",
        "2 notes, 2 action items, 2 goals", "1 entry of the change log, in these words:",
        "2026-11-30 idea: Ask customers answer: Yes", "What stays here: the words of every note",
        "So does 1 entry of the change log", "-pair-robin-alex-figures.json, readable by you alone.",
        "Nothing was written.",
    ):  # fmt: skip
        assert words in said, words
    assert "zq" not in said
    assert "Write it?" in told.out + told.err
    assert list(tmp_path.glob("*figures*")) == []


def test_it_is_written_for_its_owner_alone_and_reads_back(tell, kept, tmp_path):
    told = tell("share", "--figures", "--pair", PAIR.id, typed="y\n")
    (path,) = tmp_path.glob("*-pair-robin-alex-figures.json")
    assert f"Written, and read back: {path.name}" in told.out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    figures = read_file(path)
    assert (figures.pair, len(figures.sessions), [each.id for each in figures.changes]) == (PAIR.id, 2, ["entry-1"])
    assert b"zq" not in path.read_bytes()


def test_without_a_pair_one_file_leaves_for_each_that_the_person_here_mentors(tell, kept, tmp_path):
    (tmp_path / "lead").mkdir()
    told = tell("share", "--figures", "-o", "lead", typed="y\n")
    assert "Write these 2 files?" in told.out + told.err
    found, troubles = read_figures(tmp_path / "lead")
    assert ([each.pair for each in found], troubles) == ([PAIR.id, LEE.id], ())
    assert found[1].sessions == ()
    again = tell("share", "--figures", "-o", "lead", "--yes")
    assert (again.code, "is there already" in again.complaint) == (1, True)
    assert tell("share", "--figures", "-o", "lead", "--yes", "--force").code == 0


def test_into_a_pipe_goes_the_file_alone(tell, kept):
    told = tell("share", "--figures", "--pair", "alex", "-o", "-", "--yes")
    assert json.loads(told.out)["format"] == "rmsession figures"
    assert "What stays here" in told.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("share", "--figures"), 2, "say --yes"),
        (("share", "--figures", "-o", "-", "--yes"), 2, "2 pairs"),
        (("share", "--figures", "-o", "one.json", "--yes"), 2, "2 pairs"),
        (("share", "--figures", "abcd", "--yes"), 2, "without ID"),
        (("share", "--figures", "--mail", ".", "--yes"), 2, "without ID"),
        (("share", "--figures", "--pair", "nobody", "--yes"), 3, "no pair"),
        (("share", "--figures", "--pair", "alex", "-o", "gone/x.json", "--yes"), 1, "not written"),
        (("share",), 2, "Say which session"),
        (("share", "abcd", "--pair", "alex"), 2, "Say which session"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(tell, kept, words, code, says):
    told = tell(*words)
    assert (told.code, says in told.err) == (code, True), told.err
    assert list(kept.parent.glob("*.json")) == []


def test_whoever_mentors_nobody_here_is_told_so(tell, kept):
    (kept / "config.toml").write_text('me = "Alex"\n', encoding="utf-8")
    told = tell("share", "--figures", "--yes")
    assert (told.code, "Alex mentors nobody here" in told.complaint) == (3, True)


def test_a_disk_that_keeps_something_else_is_told(tell, kept, monkeypatch):
    from rmsession.export import share_out

    def half(text, path, *, force):
        path.write_text(text[:-40])

    monkeypatch.setattr(share_out, "save", half)
    told = tell("share", "--figures", "--pair", "alex", "--yes")
    assert (told.code, "did not read back" in told.err) == (1, True)


def test_import_says_what_such_a_file_is_for(tell, kept):
    tell("share", "--figures", "--pair", "alex", "-o", "f.json", "--yes")
    assert kept
    told = tell("import", "f.json")
    assert told.code == 1
    assert told.complaint == "f.json holds a pair's figures: put it into a folder for `rmsession report --from FOLDER`"
