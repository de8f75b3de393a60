"""outcome: what a programme came to, with days and sources, and words that leave only when both agreed."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.building import PAIR, ZONE

from rmsession.core.outcomes import Step
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.store.opening import open_store

OTHER = Pair("pair-other", Person("person-sam", UserText("Sam\x1b[31m Poe")), Person("person-kim", UserText("Kim Lee")))


@pytest.fixture
def here(home):
    """A data folder with two pairs that have not met."""
    store = open_store(home)
    store.keep_pair(PAIR)
    store.keep_pair(OTHER)
    store.close()
    return home


def known(home) -> Programme:
    store = open_store(home)
    try:
        return store.programme()
    finally:
        store.close()


def entry_of(told) -> str:
    (found,) = re.findall(r"Kept as (\w{8})", told.out)
    return found


def test_a_promotion_is_kept_with_its_day_and_its_source(tell, here):
    told = tell("outcome", "promoted", "kim", "--on", "2026-05-04", "--source", " HR,  list of May ")
    assert told.out == "Kept: Kim Lee was promoted on 2026-05-04 (HR, list of May)\n"
    assert tell("outcome", "retained", "Sam", "--not", "--on", "2026-06-01", "--source", "HR").code == 0
    (first, second) = known(here).milestones
    assert (first.person, first.step, first.happened, first.source.raw) == (
        "person-kim", Step.PROMOTED, True, "HR, list of May",
    )  # fmt: skip
    assert (second.step, second.happened) == (Step.RETAINED, False)
    listed = tell("outcome", "list").lines
    assert listed[0].endswith("Kim Lee was promoted on 2026-05-04 (HR, list of May)")
    assert "\x1b" not in listed[1]
    assert "had left the organisation by 2026-06-01" in listed[1]


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["promoted", "nobody", "--source", "HR"], 3, "nobody is called 'nobody'"),
        (["promoted", "kim", "--source", " "], 2, "Say who or what says so"),
        (["promoted", "kim", "--source", "HR", "--on", "31 feb"], 2, "'31 feb' is no day"),
        (["promoted", "kim", "--source", "HR", "--on", "2199-01-01"], 2, "2199-01-01 lies ahead"),
        (["change", "kim", "  "], 2, "an entry begins with the idea"),
        (["change", "nobody", "An idea"], 3, "no pair is called"),
        (["agree", "beef"], 3, "no entry's id begins with 'beef'"),
        (["withdraw", "beef"], 3, "no entry's id begins with 'beef'"),
        (["list"], 3, "nothing is kept yet"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_line_and_keeps_nothing(tell, here, words, code, complaint):
    told = tell("outcome", *words)
    assert told.code == code
    assert complaint in told.err
    assert "Traceback" not in told.err
    assert known(here).milestones == known(here).changes == ()


def test_an_entry_of_the_log_leaves_once_both_agreed_to_its_words(tell, here):
    told = tell("outcome", "change", "kim", "Answer where customers ask", "--changed", "Two networks since May")
    name = entry_of(told)
    (entry,) = known(here).changes
    assert entry.id.startswith(name)
    assert not entry.for_report
    assert tell("outcome", "agree", name).code == 1  # whose word it would be is not known
    assert tell("outcome", "agree", name, "--as", "mentee").out == "The mentor has not agreed yet.\n"
    assert "Both agreed" in tell("outcome", "agree", name, "--as", "mentor").out
    assert known(here).changes[0].for_report
    assert "agreed by both" in tell("outcome", "list").out
    assert "asked again" in tell("outcome", "edit", name, "--changed", "Three networks").out
    assert not known(here).changes[0].for_report
    assert tell("outcome", "edit", name, "--changed", "Three networks").out == "Nothing was changed.\n"
    assert "Taken back" in tell("outcome", "withdraw", name).out
    assert tell("outcome", "list").code == 3


def test_whoever_sits_here_agrees_for_their_own_side(tell, here, monkeypatch):
    name = entry_of(tell("outcome", "change", "kim", "An idea"))
    monkeypatch.setenv("RMSESSION_ME", "kim lee")
    assert tell("outcome", "agree", name).out == "The mentor has not agreed yet.\n"
    assert known(here).changes[0].agreed == (Role.MENTEE,)
    assert tell("outcome", "agree", name, "--both", "--as", "mentor").code == 2


def test_figures_in_an_entry_that_no_count_gives_are_told_and_the_words_kept(tell, here):
    told = tell("outcome", "change", "kim", "Ask the team", "--changed", "97% of 12 say it helps")
    assert told.complaint.startswith("No count of 12 gives 97 %")
    assert known(here).changes[0].changed.raw == "97% of 12 say it helps"
    assert "! No count of 12 gives 97 %" in tell("outcome", "list").out
    assert tell("outcome", "edit", entry_of(told), "--changed", "11 of 12 (92%) say it helps").err == ""


def test_json_says_everything_and_a_day_is_today_unless_said(tell, here):
    tell("outcome", "change", "kim", "An idea\nof two lines")
    tell("outcome", "promoted", "kim", "--not", "--source", "HR")
    career, change = (json.loads(line) for line in tell("outcome", "list", "--json").lines)
    today = datetime.now(ZoneInfo(ZONE)).date()
    assert (career["kind"], career["happened"]) == ("milestone", False)
    assert change["idea"] == "An idea\nof two lines"
    assert today - timedelta(days=1) <= datetime.fromisoformat(change["on"]).date() <= today


def test_what_is_said_twice_is_kept_once_and_what_cannot_both_be_is_said(tell, here):
    promoted = ("outcome", "promoted", "kim", "--on", "2026-05-04", "--source", "HR")
    assert tell(*promoted).code == 0
    again = tell(*promoted)
    (first,) = known(here).milestones
    assert again.out.startswith(f"That is kept already, as {first.id[:8]}: Kim Lee was promoted on 2026-05-04")
    early = tell("outcome", "promoted", "kim", "--not", "--on", "2026-05-03", "--source", "HR")
    assert (early.code, early.err) == (0, "")
    later = tell("outcome", "promoted", "kim", "--not", "--on", "2026-06-01", "--source", "Payroll")
    wrong = known(here).milestones[-1]
    assert later.err.startswith(f"rmsession: but {first.id[:8]} says: Kim Lee was promoted on 2026-05-04 (HR).")
    assert later.err.rstrip().endswith(f"rmsession outcome withdraw {wrong.id[:8]}, or {first.id[:8]}")
    told = tell("outcome", "withdraw", wrong.id[:8])
    assert told.out.endswith("in no report from now on: Kim Lee had not been promoted by 2026-06-01 (Payroll)\n")
    assert tell("outcome", "promoted", "kim", "--not", "--on", "2026-05-04", "--source", "HR").err != ""
    assert tell("outcome", "promoted", "kim", "--on", "2026-09-01", "--source", "HR").err == ""
    # That somebody left, came back and left is three things, and none of them is impossible.
    for day, more in (("2026-03-01", ("--not",)), ("2026-04-01", ()), ("2026-05-01", ("--not",))):
        assert tell("outcome", "retained", "kim", *more, "--on", day, "--source", "HR").err == ""


def test_whoever_agreed_can_take_that_back(tell, here):
    entry = entry_of(tell("outcome", "change", "Sam", "Let staff post"))
    assert tell("outcome", "agree", entry, "--both").code == 0
    assert known(here).changes[0].for_report
    assert tell("outcome", "agree", entry, "--as", "mentee", "--not").out == "It leaves no more.\n"
    (change,) = known(here).changes
    assert (change.for_report, change.agreed, change.withdrawn) == (False, (Role.MENTOR,), False)
    assert tell("outcome", "agree", entry, "--as", "mentee", "--not").out == "That was not agreed to.\n"
    assert tell("outcome", "agree", entry, "--as", "mentee").out == "Both agreed: it goes into the report.\n"
