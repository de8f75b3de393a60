"""actions and done: what they list, whom they hide, what they write, and how they refuse."""

import io
import json
import re
import sys
from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import NAMESPACE_OID, uuid5

import pytest
from support.building import MENTEE, MENTOR
from support.held import held, kept, session_id

from rmsession.cli import talk
from rmsession.cli.talk import aligned
from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.columns import cells
from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.facts import ActionDone, ActionDropped, ActionReopened, Amended
from rmsession.core.fold import session_of
from rmsession.core.lists import ActionItem
from rmsession.core.record import Record
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.store.codec import fact_document, fact_of
from rmsession.store.opening import open_store

LATE = "Late by three days"
TEXTS = {LATE, "Some time", "Soon", "Over and done", "Let go", "Send the draft", "Of my own"}


def day(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the zone's day, but at midnight


def with_ids_of_its_own(one: Record) -> Record:
    """The record with ids as programs make them, so that a few characters mean one fact."""

    def another(match: re.Match[str]) -> str:
        return str(uuid5(NAMESPACE_OID, one.id + match[0]))

    documents = json.dumps([fact_document(each) for each in one.facts])
    facts = json.loads(re.sub(r"[0-9a-f-]{24}fac7[0-9a-f]{8}", another, documents))
    return replace(one, facts=tuple(map(fact_of, facts)))


@pytest.fixture
def shelf(home) -> dict[str, str]:
    """Two sessions: what is overdue, due, without a date, private, done and dropped; the ids by text."""
    one, other = held("abcd", end=False), held("1234", title="Half-way check", end=False)
    one.keep("Late by three days", Kind.ACTION, owner="Alex", due=day(-3))
    one.keep("Of my own", Kind.ACTION, private=True, owner="Robin", due=day(-9))
    other.keep("Some time", Kind.ACTION)
    other.keep("Soon", Kind.ACTION, owner="Robin", due=day(1))
    other.do(asked.Finish(other.keep("Over and done", Kind.ACTION)))
    other.do(asked.Drop(other.keep("Let go", Kind.ACTION), UserText("no time")))
    records = [with_ids_of_its_own(each.record) for each in (one, other)]
    kept(home, *records)
    return {each.content.text.raw: each.id for record in records for each in session_of(record).standing(Kind.ACTION)}


def columns(lines: list[str]) -> list[list[str]]:
    return [re.split(r"\s{2,}", line) for line in lines]


def test_nothing_promised_is_a_hint_and_matches_nothing_as_in_a_search(tell):
    for more in ((), ("--open",), ("--json",), ("--open", "--json")):
        told = tell("actions", *more)
        assert (told.code, told.out) == (3, "")
        assert "no action items yet: in a session, `@name what by friday`" in told.err


def said(rows: list[list[str]]) -> list[str]:
    return [next(cell for cell in row if cell in TEXTS or cell == "•••") for row in rows]


def test_open_ones_stand_first_the_overdue_in_words_each_with_its_source(tell, shelf):
    told = tell("actions")
    assert (told.code, told.err) == (0, "")
    head, *rows = columns(told.lines)
    assert head == ["id", "due", "owner", "action", "from"]
    assert said(rows)[0] == LATE
    assert said(rows)[1:4] == ["Soon", "Send the draft", "Send the draft"]
    assert said(rows)[4:6] == ["Some time", "•••"], "where it stands would tell when it is due"
    assert set(said(rows)[-2:]) == {"Over and done", "Let go"}
    lines = dict(zip(said(rows), told.lines[1:], strict=True))
    assert f"3 days overdue  @Alex  {LATE}  abcd Kick-off · Ground rules · 21 Nov · 14:13" in re.sub(
        r"\s{2,}", "  ", lines[LATE]
    )
    assert "tomorrow" in lines["Soon"]
    assert "  done, kept  " in lines["Over and done"]
    assert re.search(r"  dropped  .* · “no time”$", lines["Let go"])
    assert len(tell("actions", "--open").lines) == 1 + 6


def test_carried_ones_say_how_often_and_owners_how_sure_they_were(tell, home):
    play = held("abcd", end=False)
    action = play.keep("Ask legal", Kind.ACTION, owner="Alex", confidence=4)
    for number in (1, 2):
        play.do(between.Carry(action, f"session {number}", UserText()))
    kept(home, play.record)
    line = next(each for each in tell("actions").lines if "Ask legal" in each)
    assert line.endswith("Kick-off · Ground rules · 21 Nov · 14:13 · carried 2 times · sure 4 of 5")
    row = next(each for each in map(json.loads, tell("actions", "--json").lines) if each["text"] == "Ask legal")
    assert (row["carried"], row["confidence"], row["promise"]) == (2, 4, "not kept")


class TestFilters:
    def test_overdue_alone(self, tell, shelf):
        assert said(columns(tell("actions", "--overdue").lines[1:])) == [LATE]
        assert said(columns(tell("actions", "--overdue", "--private").lines[1:])) == ["Of my own", LATE]

    @pytest.mark.parametrize("name", ["robin", " ROBIN ", "rob", "me"])
    def test_an_owner_by_name_beginning_or_me(self, tell, shelf, monkeypatch, name):
        monkeypatch.setenv("RMSESSION_ME", "robin")
        assert said(columns(tell("actions", "--owner", name).lines[1:])) == ["Soon"]
        assert said(columns(tell("actions", "--private", "--owner", name).lines[1:])) == ["Of my own", "Soon"]

    def test_an_owner_who_is_nobody_or_several(self, tell, shelf, home):
        told = tell("actions", "--owner", "zoe")
        assert (told.code, told.out) == (3, "")
        assert "nobody called 'zoe' has such an action item" in told.complaint
        assert "RMSESSION_ME" in tell("actions", "--owner", "me").complaint
        play = held("cdef", end=False)
        play.keep("Ask", Kind.ACTION, owner="Alexandra Berg")
        kept(home, play.record)
        told = tell("actions", "--owner", "ale")
        assert (told.code, "2 owners are called 'ale': " in told.complaint) == (3, True)
        assert "Alexandra Berg" in told.complaint

    def test_a_pair_by_name_or_id(self, tell, shelf, home):
        other = held("5678", title="Elsewhere", end=False)
        other.do(CorrectPair("feed-1", "r", "k", UserText("Robin"), UserText("Kim Oh")))
        kept(home, with_ids_of_its_own(other.record))
        for name in ("kim", "kim  OH", "oh", "feed"):
            rows = tell("actions", "--pair", name).lines
            assert len(rows) == 2
            assert "Elsewhere" in rows[1]
        assert "Robin, Kim Oh" not in rows[1], "one pair alone need not be told from another"
        several = tell("actions", "--open")
        assert sum("· Robin, Kim Oh" in line for line in several.lines) == 1
        for name, why in (("robin", "2 pairs are called 'robin'"), ("zoe", "no pair is called 'zoe'")):
            told = tell("actions", "--pair", name)
            assert (told.code, told.out) == (3, "")
            assert why in told.complaint

    def test_nothing_that_matches_is_said_and_exits_with_three(self, tell, home):
        play = held("abcd", end=False)
        for each in list(play.session.standing(Kind.ACTION)):
            play.do(asked.Finish(each.id))
        kept(home, play.record)
        for more in (("--open",), ("--overdue",), ("--pair", "alex", "--open"), ("--open", "--json")):
            told = tell("actions", *more)
            assert (told.code, told.out) == (3, ""), more
            assert "no action item is so" in told.complaint


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_it_fits_a_terminal_and_a_pipe_cuts_nothing(tell, home, monkeypatch, columns):
    play = held("abcd", end=False)
    text = "会議 and what was promised there in all its length " * 4
    play.keep(text.strip(), Kind.ACTION, owner="Somebody with a very long name indeed " * 2)
    kept(home, with_ids_of_its_own(play.record))
    monkeypatch.setenv("COLUMNS", str(columns))
    told = tell("actions", typed="")
    assert max(map(cells, told.lines)) <= columns
    assert len(told.lines) == (3 if columns > 100 else 5)
    assert all("Kick-off" in each for each in told.lines[2::2])
    assert text.strip() in tell("actions").out


def test_json_is_one_object_a_line_and_ascii(tell, home):
    play = held("abcd", end=False)
    play.keep("Größe\x1b[31m", Kind.ACTION, owner="Alex", due=day(-1))
    kept(home, play.record)
    first, second = map(json.loads, tell("actions", "--open", "--json").lines)
    assert tell("actions", "--json").out.isascii()
    by_text = {row["text"]: row for row in (first, second)}
    row = by_text["Größe\x1b[31m"]
    assert (row["owner"], row["due"], row["overdue_days"], row["status"]) == ("Alex", day(-1), 1, "open")
    assert (row["session"], row["mentor"], row["mentee"], row["private"]) == (
        session_id("abcd"),
        "Robin",
        "Alex",
        False,
    )
    source = (row["title"], row["topic"], row["at"], row["when"], row["promise"], row["carried"], row["settled"])
    assert source == ("Kick-off", "Ground rules", 780.0, "2026-11-21T14:13:00+01:00", "not kept", 0, None)
    names = {each.name for each in fields(ActionItem)} - {"capture"}
    assert row.keys() == names | {"id", "mentor", "mentee", "overdue_days", "promise"}


class TestDone:
    def facts(self, home):
        return open_store(home).load(session_id("abcd")).facts

    def test_it_is_kept_as_a_fact_outside_the_sessions_own_time(self, tell, shelf, home):
        before = session_of(open_store(home).load(session_id("abcd")))
        told = tell("done", shelf[LATE][:8].upper())
        assert (told.code, told.out, told.err) == (0, f"Done: {LATE}\n", "")
        last = self.facts(home)[-1]
        assert (last.what, last.at, last.by) == (ActionDone(shelf[LATE]), None, MENTOR.id)
        folded = session_of(open_store(home).load(session_id("abcd")))
        assert folded.captures[shelf[LATE]].status is ActionStatus.DONE
        assert folded.last_at == before.last_at
        assert LATE not in tell("actions", "--open").out

    def test_it_can_be_opened_again(self, tell, shelf, home):
        tell("done", shelf[LATE])
        assert tell("done", "--reopen", shelf[LATE]).out == f"Open again: {LATE}\n"
        assert isinstance(self.facts(home)[-1].what, ActionReopened)
        assert LATE in tell("actions", "--open").out

    def test_whoever_sits_here_did_it_when_it_is_one_of_the_pair(self, tell, shelf, home, monkeypatch):
        monkeypatch.setenv("RMSESSION_ME", " alex")
        tell("done", shelf[LATE])
        assert self.facts(home)[-1].by == MENTEE.id

    def test_a_private_ones_text_is_not_said(self, tell, shelf):
        assert tell("done", shelf["Of my own"]).out == "Done: •••\n"

    @pytest.mark.parametrize("wrong", ["zzzz", "\x1b[2J", ""])
    def test_none_that_begins_so_is_told_and_nothing_is_marked(self, tell, shelf, home, wrong):
        before = self.facts(home)
        told = tell("done", shelf[LATE], wrong)
        assert (told.code, told.out) == (3, "")
        assert "no action's id begins with" in told.complaint
        assert self.facts(home) == before

    def test_several_that_begin_so_are_named_but_private_ones_by_dots(self, tell, home):
        play = held("abcd", end=False)
        play.keep("Of my own", Kind.ACTION, private=True)
        kept(home, play.record)
        told = tell("done", "0000")
        assert told.code == 3
        assert "2 actions begin with '0000'" in told.complaint
        assert "(Send the draft)" in told.complaint
        assert "(•••)" in told.complaint

    def test_one_that_is_done_already_stays_as_it_is(self, tell, shelf, home):
        tell("done", shelf[LATE])
        before = self.facts(home)
        told = tell("done", shelf[LATE])
        assert (told.code, self.facts(home)) == (1, before)
        assert "stays as it is: That is not an open action." in told.complaint

    def test_what_is_open_is_meant_before_what_is_settled(self, tell, home):
        play = held("abcd", end=False)
        ids = [each.id for each in play.session.standing(Kind.ACTION)]
        ids.append(play.keep("Another", Kind.ACTION))
        play.do(asked.Finish(ids[0]))
        kept(home, play.record)
        assert tell("done", "0000").out == "Done: Another\n"
        assert "2 actions begin with" in tell("done", "--reopen", "0000").complaint
        assert "2 actions begin with" in tell("done", "0000").complaint


class TestAction:
    """One action item: shown, and changed in the ways that `done` has no word for."""

    @pytest.fixture
    def stored(self, home, shelf):
        def read():
            return session_of(open_store(home).load(session_id("abcd")))

        return read

    def test_it_shows_all_that_is_known(self, tell, shelf):
        told = tell("action", shelf[LATE][:8])
        assert (told.code, told.lines[0]) == (0, LATE)
        rows = dict(re.split(r"\s{2,}", line, maxsplit=1) for line in told.lines[2:])
        assert rows.items() >= {
            "id": shelf[LATE], "with": "Robin, Alex", "session": "abcd0000 Kick-off", "topic": "Ground rules",
            "owner": "Alex", "due": day(-3), "stands": "3 days overdue", "promise": "not kept",
        }.items()  # fmt: skip
        hidden = tell("action", shelf["Of my own"]).out
        assert hidden.startswith("•••\n")
        assert not {"Robin\n", day(-9), "overdue"} & {*hidden.split()}
        assert "9 days overdue" in tell("action", "--private", shelf["Of my own"]).out

    def test_it_is_dropped_with_a_reason(self, tell, shelf, stored):
        assert tell("action", shelf[LATE], "--drop", " no longer needed ").out == f"Dropped: {LATE}\n"
        last = stored().facts[-1]
        assert (last.what, last.at) == (ActionDropped(shelf[LATE], UserText("no longer needed")), None)
        assert "“no longer needed”" in tell("actions").out

    def test_it_is_handed_over_and_names_of_the_pair_are_completed(self, tell, shelf, stored, monkeypatch):
        monkeypatch.setenv("RMSESSION_ME", "Alex")
        for typed, owner in (("Kim", "Kim"), ("robin", "Robin"), ("me", "Alex"), ("Sam  Hill", "Sam Hill")):
            assert tell("action", shelf[LATE], "--to", typed).out == f"Handed over to {owner}: {LATE}\n"
            assert isinstance(stored().facts[-1].what, Amended)
            assert stored().captures[shelf[LATE]].content.owner == UserText(owner)

    def test_of_many_at_once_each_is_the_one_that_is_meant(self, tell, shelf, stored):
        texts = ["Let go", "Over and done", LATE, "Some time"]
        told = tell("action", *(shelf[text][:9].upper() for text in texts), "--to", "robin")
        assert told.lines == [f"Handed over to Robin: {text}" for text in texts]

    def test_of_a_settled_one_it_is_said_that_it_is_and_how_it_waits_again(self, tell, shelf):
        for text, state in (("Let go", "dropped"), ("Over and done", "done")):
            told = tell("action", shelf[text], "--to", "alex")
            assert (told.code, told.out) == (0, f"Handed over to Alex: {text}\n")
            ident = shelf[text][:8]
            assert told.complaint == f"{ident} is {state}: `rmsession action {ident} --reopen` has it wait again"
            assert tell("action", shelf[text], "--reopen", "--due", "2027-01-01").err == ""
            assert tell("action", shelf[text], "--to", "robin").err == ""

    def test_it_gets_another_date_or_none(self, tell, shelf, stored):
        assert tell("action", shelf[LATE], "--due", "+1d").out == f"Due tomorrow: {LATE}\n"
        assert stored().captures[shelf[LATE]].content.due == day(1)
        assert tell("action", shelf[LATE], "--due", "none").out == f"Without a date: {LATE}\n"
        assert stored().captures[shelf[LATE]].content.due is None

    def test_several_changes_at_once_are_made_in_order(self, tell, shelf, stored):
        tell("done", shelf[LATE])
        told = tell("action", shelf[LATE], "--reopen", "--to", "Kim", "--due", "+2d")
        assert [line.partition(":")[0] for line in told.lines][:2] == ["Open again", "Handed over to Kim"]
        capture = stored().captures[shelf[LATE]]
        assert (capture.status, capture.content.due) == (ActionStatus.OPEN, day(2))

    def test_what_makes_no_sense_is_told_and_changes_nothing(self, tell, shelf, stored):
        before = stored().facts
        for words, code, why in (
            (("--due", "whenever\x1b"), 2, "is not one day"),
            (("--to", " "), 2, "Say to whom"),
            (("--done", "--drop", "x"), 2, "say different things"),
            (("--reopen",), 1, "stays as it is: That action is open."),
        ):
            told = tell("action", shelf[LATE], *words)
            assert (told.code, told.out) == (code, "")
            assert why in told.err
            assert "\x1b" not in told.err
            assert stored().facts == before

    def test_of_a_private_one_nothing_is_said(self, tell, shelf):
        assert tell("action", shelf["Of my own"], "--to", "Kim").out == "Handed over: •••\n"
        assert tell("action", shelf["Of my own"], "--private", "--to", "Sam").out == "Handed over to Sam: Of my own\n"


def test_one_long_text_moves_its_own_line_and_not_all_others():
    lines = list(aligned([["action", "short", "x" * 200]], ["from", "9b9e", "c6ac"], widest=72))
    assert lines == [f"{'action':72}  from", f"{'short':72}  9b9e", f"{'x' * 200}  c6ac"]
    assert list(aligned([["action", "kürzer"]], ["from", "9b9e"], widest=72)) == ["action  from", "kürzer  9b9e"]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_no_line_of_a_long_list_reaches_the_terminal_as_it_is(monkeypatch, encoding):
    lines = [f"{number} ü" for number in range(1000)]
    lines[300], lines[700] = "a\x1b[2J", "b\ud83d"
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding, "replace"))
    talk.tell(iter(lines))
    lines[300], lines[700] = "a\u241b[2J", "b\ufffd"
    assert out.getvalue() == "\n".join([*lines, ""]).encode(encoding, "replace")
