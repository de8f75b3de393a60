"""What each format makes of a session: goldens, and what its own readers understand.

`RMSESSION_GOLDEN=write` writes the goldens anew.
"""

from __future__ import annotations

import csv
import json
import os
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from support.building import Play, kick_off

from rmsession.core import commands as asked
from rmsession.core.facts import Audience, FeedbackGiven, Kind, Role
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.text import UserText
from rmsession.export.formats import FORMATS
from rmsession.export.spreadsheet import harmless

GOLDENS = Path(__file__).parent / "goldens"
HOSTILE = "<script>alert(1)</script> =cmd|' /C calc'!A0 [x] x (A) \x1b]0;t\x07 BEGIN:VEVENT; a,b\\n \u202egpj"


def met() -> Play:
    """A meeting with one of each kind, private ones, settled actions and a next date."""
    play = Play(kick_off())
    play.start()
    play.do(asked.Tick(play.session.topics[0].prompts[0].id))
    play.wait(minutes=4)
    play.do(asked.Next())
    play.keep("Wants fewer dashboards,\nmore stories")
    play.keep("The private mark", private=True)
    send = play.keep("Send the draft", Kind.ACTION, owner="Alex", due="2026-12-01")
    play.keep("=SUM(A1) is the formula", Kind.ACTION)
    ask = play.keep("Ask for the policy", Kind.ACTION, owner="Robin")
    play.keep("Who owns the policy?", Kind.QUESTION)
    play.keep("hear from a customer", Kind.GOAL, score=2)
    play.keep(HOSTILE, Kind.DECISION)
    play.do(asked.Finish(send))
    play.do(asked.Drop(ask, UserText("not needed")))
    play.wait(minutes=12)
    play.do(asked.Park(play.id_of("Where")))
    play.do(asked.Next())
    play.do(asked.End())
    play.do(asked.SetNextDate(datetime(2026, 12, 1, 15, 0), "Europe/Berlin"))  # noqa: DTZ001 - local by definition
    answers = (Answer("good-use", 4), Answer("keep", text=UserText("more <b>examples</b>")))
    play.do(asked.GiveFeedback(FeedbackGiven(Role.MENTEE, answers, Visibility.BOTH, Via.SCREEN)))
    return play


MET = met().session


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "md"])
def test_golden(name):
    made = FORMATS[name].make(MET, feedback=True)
    path = GOLDENS / f"met{FORMATS[name].suffix}"
    if os.environ.get("RMSESSION_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="")
    assert made == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_private_leaves_only_when_asked_for(name):
    assert "The private mark" not in FORMATS[name].make(MET, feedback=True)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_a_spreadsheet_finds_topics_and_actions_and_no_formula():
    found = rows(FORMATS["csv"].make(MET))
    assert [each["row"] for each in found] == ["topic"] * len(MET.topics) + ["action"] * 3
    actions = [(each["action"], each["owner"], each["due"], each["state"]) for each in found[-3:]]
    assert actions == [
        ("Send the draft", "Alex", "2026-12-01", "done"),
        ("'=SUM(A1) is the formula", "", "", "open"),
        ("Ask for the policy", "Robin", "", "dropped"),
    ]
    assert found[1]["planned_minutes"] == "10.0"
    assert float(found[1]["taken_minutes"]) == pytest.approx(12)


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text):
    cell = harmless(text)
    assert not cell.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert cell in (text, f"'{text}")


def test_a_calendar_holds_the_meeting_and_the_open_dates():
    play = met()
    play.keep("Read the policy, all of it; twice", Kind.ACTION, owner="Alex", due="2026-12-24")
    calendar = Calendar.from_ical(FORMATS["ics"].make(play.session))
    meeting, due = calendar.walk("VEVENT")
    assert meeting.decoded("dtstart") == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert str(meeting["summary"]) == "Mentoring: Robin and Alex"
    assert due.decoded("dtstart") == date(2026, 12, 24)
    assert str(due["summary"]) == "Due: Alex: Read the policy, all of it; twice"
    assert len({str(each["uid"]) for each in (meeting, due)}) == 2


def test_todo_txt_marks_what_is_settled_and_nothing_else():
    lines = FORMATS["todotxt"].make(MET).splitlines()
    assert lines == [
        "x 2026-11-21 2026-11-21 Send the draft @Alex +Kick-off due:2026-12-01",
        "2026-11-21 =SUM(A1) is the formula +Kick-off",
        "x 2026-11-21 2026-11-21 Ask for the policy @Robin +Kick-off status:dropped",
    ]


def test_json_holds_every_line_with_every_field():
    held = json.loads(FORMATS["json"].make(MET, private=True, feedback=True))
    assert [each["content"]["text"] for each in held["captures"]] == [each.content.text.raw for each in MET.standing()]
    assert {each["audience"] for each in held["captures"]} == {Audience.SHARED.value, Audience.MENTOR.value}
    assert held["next_date"] == {"when": "2026-12-01T15:00:00", "zone": "Europe/Berlin"}
    assert held["feedback"]["mentee"]["answers"][1]["text"] == "more <b>examples</b>"
    taken = sum(each["taken_seconds"] for each in held["agenda"]["topics"])
    assert taken == pytest.approx(sum(MET.times(MET.last_at).values()))


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.headings: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick", "onerror", "style"}
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_a_page_is_well_formed_and_runs_nothing():
    made = FORMATS["html"].make(MET, feedback=True)
    page = Page(made)
    assert not page.open
    assert page.tags.isdisjoint({"script", "b", "img", "iframe", "link", "a"})
    assert "<script>alert(1)</script>" in page.text
    assert "more <b>examples</b>" in page.text
    assert "\x1b" not in made
    assert "\u202e" not in made
    levels = [int(each[1]) for each in page.headings]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@given(st.text(), st.booleans())
def test_any_text_leaves_a_page_whole(text, private):
    play = Play(kick_off())
    play.start()
    play.keep(f"x{text}", Kind.NOTE, private=private)
    play.keep(f"x{text}", Kind.ACTION, owner=text or None)
    for made in (FORMATS[name].make(play.session, private=True) for name in FORMATS):
        assert "\x1b" not in made
        assert made.endswith("\n")
    assert not Page(FORMATS["html"].make(play.session, private=True)).open
