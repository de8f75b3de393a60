"""Pairs on the command line: what is said is kept, shown and listed, and nothing that was not said."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from support.building import MENTOR, HandClock, Play, record

from rmsession.core import commands as asked
from rmsession.core.programme import Pair, Person
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.opening import open_store

NOW = datetime.now(UTC).replace(hour=12)
SOON, LATE = (f"{(NOW + timedelta(days=days)).date()}" for days in (9, -9))
KIM = ("--mentor", "Sam Reed", "--mentee", "Kim Lee")
ALL = (
    *("--wave", "one", "--mentor-role", "Analyst", "--mentor-location", "Boston", "--mentor-level", "2"),
    *("--mentee-role", "VP Claims", "--mentee-location", "Hartford", "--mentee-level", "8", "--agenda-owner", "mentee"),
    *("--every", "3w", "--sessions", "7", "--minutes", "45", "--starts", "2026-12-01", "--ends", "2027-05-31"),
    *("--objective", "customers"),
)


def kept(home):
    store = open_store(home)
    try:
        return store.programme()
    finally:
        store.close()


def shown(tell, name="kim"):
    return json.loads(tell("pair", "show", name, "--json").out)


def met(home, *days_ago, pair=None):
    """Hold a session on each of these days, with an action item; of the pair that is known, or of this one."""
    store = open_store(home)
    pair = pair or store.programme().pairs[0]
    for number, days in enumerate(days_ago, 1):
        when = NOW - timedelta(days=days)
        play = Play(record(pair=pair, number=number, created=when), by=pair.mentor.id, clock=HandClock(when))
        play.start()
        play.keep("call her", Kind.ACTION)
        play.keep("my own affair", Kind.ACTION, private=True)
        play.do(asked.End())
        store.begin(play.record)
    store.close()


class TestAdding:
    def test_everything_that_is_said_is_kept_and_shown(self, tell, home):
        told = tell("pair", "add", *KIM, *ALL)
        assert (told.code, told.err) == (0, "")
        assert told.lines[0].endswith("Sam Reed mentors Kim Lee.")
        assert tell("pair", "show", "kim").lines[3:] == [
            "mentor     Sam Reed · Analyst, 2, Boston",
            "mentee     Kim Lee · VP Claims, 8, Hartford",
            "wave       one",
            "agenda     the mentee sets it",
            "plan       7 sessions of 45 minutes, every 3 weeks",
            "time       from 2026-12-01 to 2027-05-31",
            "objective  reach new customers",
            "held       0 of 7",
            "actions    0 open",
        ]
        data = shown(tell)
        assert data["arrangement"]["interval_days"] == 21
        assert data["mentee_profile"]["location"] == "Hartford"
        assert kept(home).arrangements[0].starts == date(2026, 12, 1)

    def test_two_names_are_enough_and_one_mentor_is_one_person(self, tell, home):
        tell("pair", "add", *KIM)
        tell("pair", "add", "--mentor", " sam  reed ", "--mentee", "Ann")
        assert [each.name.raw for each in kept(home).people] == ["Sam Reed", "Kim Lee", "Ann"]
        assert tell("pair", "add", "--mentor", "SAM REED", "--mentee", "kim lee").complaint.startswith(
            "Sam Reed, Kim Lee are a pair"
        )
        assert len(kept(home).pairs) == 2

    def test_an_unusual_number_is_kept_with_a_hint(self, tell, home):
        assert "5 to 7 sessions" in tell("pair", "add", *KIM, "--sessions", "12").complaint
        assert kept(home).arrangements[0].sessions == 12

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("--mentee", "Kim"), "--mentor"),
            (("--mentor", "Kim", "--mentee", "KIM"), "one name"),
            ((*KIM, "--every", "soon"), "3w"),
            ((*KIM, "--starts", "01/02/2026"), "starts"),
            ((*KIM, "--starts", "2026-12-02", "--ends", "2026-12-01"), "before it starts"),
            ((*KIM, "--agenda-owner", "boss"), "mentor nor mentee"),
            ((*KIM, "--minutes", "0"), "5 to 480"),
            (("--mentor", "\x1b[2J", "--mentee", " "), "mentee: a name"),
        ],
    )
    def test_bad_input_is_one_line_and_keeps_nothing(self, tell, home, words, says):
        told = tell("pair", "add", *words)
        assert (told.code, told.out) == (2, "")
        assert says in told.complaint
        assert not (home / "programme.json").exists() or kept(home).pairs == ()


class TestChanging:
    def test_only_what_is_said_changes(self, tell, home):
        tell("pair", "add", *KIM, *ALL)
        before = shown(tell)
        assert tell("pair", "edit", "lee", "--wave", "two", "--objective", "", "--mentee-role", "CFO").lines == [
            "Changed Sam Reed, Kim Lee.",
            "  wave: one → two",
            "  mentee role: VP Claims → CFO",
            "  objective: customers → –",
        ]
        after = shown(tell)
        assert after["arrangement"] | {"revised": 0} == before["arrangement"] | {
            "wave": "two",
            "objective": None,
            "revised": 0,
        }
        assert tell("pair", "edit", "kim", "--wave", "two").out == "Nothing was changed.\n"
        assert tell("pair", "edit", "kim").code == 2

    def test_a_name_is_mended_and_nobody_becomes_another(self, tell, home):
        tell("pair", "add", *KIM)
        tell("pair", "add", "--mentor", "Sam Reed", "--mentee", "Ann")
        assert tell("pair", "edit", "kim", "--mentee", "Kim Lee-Ray", "--mentor", "SAM REED").code == 0
        assert [each.mentor.name.raw for each in kept(home).pairs] == ["SAM REED"] * 2
        assert "somebody else" in tell("pair", "edit", "kim", "--mentee", "ann").complaint
        assert kept(home).pairs[0].mentee.name.raw == "Kim Lee-Ray"

    def test_a_pair_that_only_its_sessions_know_can_be_told_about(self, tell, home):
        met(home, 3, pair=Pair("from-a-session", MENTOR, Person("x", UserText("Kim"))))
        assert tell("pair", "edit", "kim", "--wave", "one").code == 0
        assert kept(home).pairs[0].id == kept(home).arrangements[0].pair == "from-a-session"

    def test_an_end_is_a_day_and_no_reason_and_can_be_taken_back(self, tell, home):
        tell("pair", "add", *KIM)
        assert (
            tell("pair", "end", "kim", "--on", "2026-11-01", "--early").out
            == "Sam Reed, Kim Lee ended on 2026-11-01.\n"
        )
        assert "ended    2026-11-01, before its time" in tell("pair", "show", "kim").lines
        assert {"--on", "--early", "--undo", "--help"} >= {
            word for word in tell("pair", "end", "--help").out.split() if word.startswith("--")
        } - {"-h,"}
        assert tell("pair", "end", "kim", "--undo", "--early").code == 2
        tell("pair", "end", "kim", "--undo")
        assert (kept(home).arrangements[0].ended, kept(home).arrangements[0].early) == (None, False)
        assert tell("pair", "end", "kim", "--on", "someday").code == 2
        assert tell("pair", "end", "kim", "--on", "").code == 2

    @pytest.mark.parametrize("words", [("show",), ("edit", "--wave", "x"), ("end",), ("card", "--yes")])
    def test_who_is_unknown_is_told_with_what_to_do(self, tell, words):
        command, *more = words
        assert "pair add" in tell("pair", command, "nobody", *more).complaint
        tell("pair", "add", *KIM)
        told = tell("pair", command, "nobody", *more)
        assert (told.code, told.complaint) == (3, "no pair is called 'nobody': see `rmsession pair list`")


class TestListing:
    def test_pairs_stand_under_their_waves(self, tell):
        tell("pair", "add", *KIM, "--wave", "two", "--sessions", "7")
        tell("pair", "add", "--mentor", "Bo", "--mentee", "Cy", "--wave", "One", "--starts", SOON)
        tell("pair", "add", "--mentor", "Di", "--mentee", "Ed", "--wave", "one ", "--starts", LATE)
        tell("pair", "add", "--mentor", "Flo", "--mentee", "Gus")
        lines = [
            line.split("  ", 1)[-1] if line[:1].isalnum() and ":" not in line else line
            for line in tell("pair", "list").lines
        ]
        assert lines == [
            "Wave One: 2 pairs",
            f"Bo        Cy            0  starts {SOON}",
            f"Di        Ed            0  not met, was to start {LATE}",
            "",
            "Wave two: 1 pair",
            "Sam Reed  Kim Lee  0 of 7  not met yet",
            "",
            "No wave: 1 pair",
            "Flo       Gus           0  not met yet",
        ]
        assert len(tell("pair", "list", "--wave", "ONE", "--json").lines) == 2
        assert tell("pair", "list", "--wave", "x").code == 3
        assert tell("pair", "list", "--json", "--csv").code == 2

    def test_who_meets_too_rarely_is_asked_about_by_the_pairs_own_interval(self, tell, home):
        tell("pair", "add", *KIM, "--every", "2w", "--sessions", "7")
        met(home, 30)
        flag = "! 30 days since the last session, 14 were agreed"
        assert flag in tell("pair", "show", "kim").lines
        assert flag in tell("pair", "list").out
        assert flag in tell("next").out
        assert flag.removeprefix("! ") in tell("list").out
        data = shown(tell)
        assert (data["held"], data["open_actions"], data["flags"]) == (1, 1, [flag.removeprefix("! ")])
        assert "held     1 of 7, the last on" in tell("pair", "show", "kim").out
        tell("pair", "end", "kim", "--early")
        for words in (("pair", "show", "kim"), ("pair", "list"), ("next",), ("list",)):
            assert "! " not in tell(*words).out

    def test_a_gap_is_measured_by_what_was_agreed_also_where_the_pair_does_otherwise(self, tell, home):
        tell("pair", "add", *KIM, "--every", "3w")
        met(home, 100, 60, 33)
        assert shown(tell)["flags"] == ["33 days since the last session, 21 were agreed"]
        tell("pair", "edit", "kim", "--every", "5w")
        assert shown(tell)["flags"] == []

    def test_goals_stand_there_as_they_began_and_as_they_are(self, tell, home):
        tell("pair", "add", *KIM)
        pair = kept(home).pairs[0]
        store = open_store(home)
        for number, (words, score, private) in enumerate(
            (("Post weekly", 2, False), ("post  weekly", 6, False), ("my own", 1, True), ("Listen", None, False)), 1
        ):
            when = NOW - timedelta(days=40 - number)
            play = Play(record(pair=pair, number=number, created=when), by=pair.mentor.id, clock=HandClock(when))
            play.start()
            play.keep(words, Kind.GOAL, score=score, private=private)
            store.begin(play.record)
        store.close()
        day = f"{(NOW - timedelta(days=38)).date()}"
        assert tell("pair", "show", "kim").lines[-3:] == ["Goals", f"  2 → 6  Post weekly  {day}", "  – → –  Listen"]
        assert [(each["start"], each["now"]) for each in shown(tell)["goals"]] == [(2, 6), (None, None)]

    def test_the_names_are_those_of_now(self, tell, home):
        met(home, 3, pair=Pair("pair", MENTOR, Person("x", UserText("Kim"))))
        store = open_store(home)
        store.keep_pair(Pair("pair", MENTOR, Person("x", UserText("Kimberly"))))
        store.close()
        assert shown(tell, "kimberly")["held"] == 1

    def test_what_cannot_be_read_is_told(self, tell, home):
        tell("pair", "add", *KIM)
        (home / "programme.json").write_bytes(b"{")
        for words in (("pair", "list"), ("pair", "show", "kim"), ("pair", "add", *KIM)):
            told = tell(*words)
            assert told.code == 1
            assert "programme.json" in told.err
        assert tell("list").code == 0

    def test_help_shows_how_it_is_used(self, tell):
        assert "Examples:" in tell("pair", "--help").out
        for command in ("add", "list", "show", "edit", "end", "card"):
            assert f"rmsession pair {command}" in tell("pair", command, "--help").out


class TestTables:
    def test_the_headings_are_a_template_and_the_table_comes_back(self, tell, home, tmp_path):
        head = tell("pair", "list", "--csv")
        assert (head.code, len(head.lines)) == (0, 1)
        tell("pair", "add", *KIM, *ALL)
        tell("pair", "add", "--mentor", "=Bo;+1", "--mentee", "Cy\nd", "--wave", "-2")
        tell("pair", "end", "cy")
        table = tmp_path / "pairs.csv"
        table.write_bytes(tell("pair", "list", "--csv").out.encode())
        assert b",'=Bo;'+1," in table.read_bytes()
        before = (home / "programme.json").read_bytes()
        told = tell("import", table)
        assert told.lines[-2:] == ["2 lines: 2 unchanged.", "Nothing was changed."]
        assert (home / "programme.json").read_bytes() == before
        elsewhere = tell("--home", tmp_path / "new", "import", table)
        assert elsewhere.lines[-1] == "2 lines: 2 added."
        assert tell("--home", tmp_path / "new", "pair", "list", "--csv").out.encode() == table.read_bytes()

    def test_a_dry_run_says_the_same_and_changes_nothing(self, tell, home, tmp_path):
        tell("pair", "add", *KIM, "--wave", "one")
        table = tmp_path / "pairs.csv"
        table.write_text(
            "Mentee;Mentor;COHORT;Shoe size\nkim lee;sam reed;two;38\nAnn;Sam Reed;two;\n", encoding="utf-8"
        )
        before = (home / "programme.json").read_bytes()
        dry = tell("import", table, "--dry-run")
        assert dry.lines == [
            "line 2: changed: Sam Reed, Kim Lee",
            "    wave: one → two",
            "line 3: added: Sam Reed, Ann",
            "    wave: – → two",
            "2 lines: 1 added, 1 changed.",
            "Nothing was changed.",
        ]
        assert dry.complaint.endswith("left out: Shoe size")
        assert (home / "programme.json").read_bytes() == before
        assert tell("import", table).lines == dry.lines[:-1]
        assert [each.wave.raw for each in kept(home).arrangements] == ["two", "two"]

    def test_one_refused_line_keeps_all_out(self, tell, home, tmp_path):
        table = tmp_path / "pairs.tsv"
        table.write_text("mentor\tmentee\tevery\nA\tB\t2w\nC\t\t\nD\tE\tx\n", encoding="utf-8")
        told = tell("import", table)
        assert told.code == 1
        assert (
            told.complaint
            == "pairs.tsv was not imported, as 2 lines are refused: mend the table, or take such lines out of it"
        )
        assert "line 3: refused: C, –: mentee: a name is needed" in told.lines
        assert kept(home).pairs == ()

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ("mentor,mentee\nZoë,B\n".encode("utf-16"), "UTF-16"),
            ("mentor,mentee\nZoë,B\n".encode("latin-1"), "not UTF-8"),
            (b"name,age\nA,B\n", "no heading"),
            (b"", "no heading"),
        ],
        ids=range(4),
    )
    def test_what_is_no_table_is_one_line(self, tell, tmp_path, data, says):
        table = tmp_path / "pairs.csv"
        table.write_bytes(data)
        told = tell("import", table)
        assert (told.code, told.out) == (1, "")
        assert says in told.complaint

    def test_what_a_table_is_called_matters_little(self, tell, home, tmp_path):
        table = tmp_path / "pairs.export"
        table.write_text("mentor,mentee\nA,B\n", encoding="utf-8")
        assert tell("import", table, "--into", "x").code == 2
        assert tell("import", table).code == 0
        assert len(kept(home).pairs) == 1


def test_a_long_name_is_cut_on_a_terminal_and_shown_to_be(tell, home, monkeypatch):
    tell("pair", "add", "--mentor", "Sam " * 20, "--mentee", "Kim")
    monkeypatch.setenv("COLUMNS", "80")
    told = tell("pair", "list", typed="")
    assert max(map(len, told.lines)) <= 80
    assert "…" in told.out
