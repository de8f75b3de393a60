"""actions and done: what they list, whom they hide, what they write, and how they refuse."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_OID, uuid5

import pytest
from support.building import MENTEE, MENTOR
from support.held import held, kept, session_id

from rmsession.cli.talk import cells
from rmsession.core import commands as asked
from rmsession.core.facts import ActionDone, ActionReopened, Kind
from rmsession.core.fold import session_of
from rmsession.core.record import Record
from rmsession.core.session import ActionStatus
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
    other.do(asked.Drop(other.keep("Let go", Kind.ACTION)))
    records = [with_ids_of_its_own(each.record) for each in (one, other)]
    kept(home, *records)
    return {each.content.text.raw: each.id for record in records for each in session_of(record).standing(Kind.ACTION)}


def columns(lines: list[str]) -> list[list[str]]:
    return [re.split(r"\s{2,}", line) for line in lines]


def test_nothing_promised_is_a_hint_and_no_error(tell):
    for more in ((), ("--open",)):
        told = tell("actions", *more)
        assert (told.code, told.err) == (0, "")
        assert "No action items" in told.out


def test_open_ones_stand_first_the_overdue_in_words(tell, shelf):
    told = tell("actions")
    assert (told.code, told.err) == (0, "")
    head, *rows = columns(told.lines)
    assert head == ["id", "due", "owner", "action", "pair", "session"]
    said = [next(cell for cell in row if cell in TEXTS or cell == "•••") for row in rows]
    assert said[:3] == ["•••", "Late by three days", "Soon"]
    assert set(said[-2:]) == {"Over and done", "Let go"}
    lines = dict(zip(said, told.lines[1:], strict=True))
    assert f"3 days overdue  @Alex  {LATE}  Robin, Alex  abcd" in re.sub(r"\s{2,}", "  ", lines[LATE])
    assert "tomorrow" in lines["Soon"]
    assert " done " in lines["Over and done"]
    assert " dropped " in lines["Let go"]
    assert len(tell("actions", "--open").lines) == 1 + 6


def test_private_ones_are_dots_until_asked_for(tell, shelf):
    for form in ((), ("--json",)):
        told = tell("actions", *form).out
        assert "Of my own" not in told
        assert day(-9) not in told
        assert "9 days" not in told
        assert "Of my own" in tell("actions", "--private", *form).out


def test_it_fits_a_terminal_and_a_pipe_cuts_nothing(tell, home, monkeypatch):
    play = held("abcd", end=False)
    text = "会議 and what was promised there in all its length " * 4
    play.keep(text.strip(), Kind.ACTION, owner="Somebody with a very long name indeed " * 2)
    kept(home, with_ids_of_its_own(play.record))
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(cells, tell("actions", typed="").lines)) <= 80
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
