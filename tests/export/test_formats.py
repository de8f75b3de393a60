"""What each format makes of a session: goldens, and what its own readers understand.

`RMSESSION_GOLDEN=write` writes the goldens anew.
"""

from __future__ import annotations

import csv
import json
import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from support.building import Play, fact_id, kick_off, record

from rmsession.core import commands as asked
from rmsession.core.commands_between import Carry, SettleNextDate, Split
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.terms import Audience, Fate, Kind, Role
from rmsession.core.text import UserText
from rmsession.export.formats import FORMATS, SPELLINGS, Unfit, chosen
from rmsession.export.spreadsheet import harmless
from rmsession.export.tasks import LINES

GOLDENS = Path(__file__).parent / "goldens"
HOSTILE = "<script>alert(1)</script> =cmd|' /C calc'!A0 [x] x (A) \x1b]0;t\x07 BEGIN:VEVENT; a,b\\n \u202egpj"


def met() -> Play:
    """A meeting with one of each kind, private ones, actions settled, carried and split, and a next date that moved."""
    plan = kick_off()
    brought = (
        replace(each, carried="2026-10-31") if each.title.raw == "Ground rules" else each for each in plan.topics
    )
    play = Play(replace(plan, topics=tuple(brought)))
    play.start()
    play.do(asked.Tick(play.session.topics[0].prompts[0].id))
    play.wait(minutes=4)
    play.do(asked.Next())
    play.keep("Wants fewer dashboards,\nmore stories")
    play.keep("The private mark", private=True)
    send = play.keep("Send the draft", Kind.ACTION, owner="Alex", due="2026-12-01")
    play.keep("=SUM(A1) is the formula", Kind.ACTION)
    ask = play.keep("Ask for the policy", Kind.ACTION, owner="Robin")
    legal = play.keep("Ask legal about the feed", Kind.ACTION, owner="Alex", due="2026-11-28", confidence=4)
    profile = play.keep("Rewrite the profile", Kind.ACTION, owner="Alex", confidence=2)
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
    play.do(SettleNextDate(Fate.MOVED, datetime(2026, 12, 3, 15, 0), "Europe/Berlin"))  # noqa: DTZ001
    play.do(SettleNextDate(Fate.CANCELLED, None, "Europe/Berlin"))
    play.do(asked.SetNextDate(datetime(2026, 12, 8, 9, 30), "Europe/Berlin"))  # noqa: DTZ001
    play.do(Carry(legal, fact_id(901)))
    play.do(Carry(legal, fact_id(902), UserText("the board meets in December")))
    play.do(Split(profile, fact_id(901), (fact_id(911), fact_id(912))))
    answers = (Answer("good-use", 4), Answer("keep", text=UserText("more <b>examples</b>")))
    play.do(asked.GiveFeedback(FeedbackGiven(Role.MENTEE, answers, Visibility.BOTH, Via.SCREEN)))
    return play


MET = met().session


@pytest.mark.parametrize(
    ("kind", "tasks"),
    [*((kind, None) for kind in FORMATS), *((None, tasks) for tasks in SPELLINGS), ("md", "obsidian")],
)
def test_golden(kind, tasks):
    form = chosen(kind, tasks)
    made = form.make(MET, feedback=True)
    path = GOLDENS / f"met{f'.{tasks}' if tasks in LINES else ''}{form.suffix}"
    if os.environ.get("RMSESSION_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="")
    assert made == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("form", [*FORMATS.values(), *SPELLINGS.values(), chosen("md", "github")])
def test_what_is_private_leaves_only_when_asked_for(form):
    made = [form.make(MET, feedback=True), *([form.joined.make(MET, feedback=True)] if form.joined else [])]
    assert not any("The private mark" in text for text in made)


def test_a_list_of_tasks_goes_with_minutes_or_alone():
    assert "- [ ] Ask legal about the feed (@Alex) 📅" not in FORMATS["md"].make(MET)
    line = "- [ ] Ask legal about the feed (@Alex, sure 4 of 5, carried 2 times: the board meets in December)"
    spelled = f"{line} ➕ 2026-11-21 📅 2026-11-28"
    assert spelled in chosen("md", "obsidian").make(MET).splitlines()
    assert spelled in chosen(None, "obsidian").make(MET).splitlines()
    for kind, tasks in (("csv", "github"), ("html", "obsidian"), ("md", "todotxt"), ("todotxt", "github")):
        with pytest.raises(Unfit, match="leave -f out"):
            chosen(kind, tasks)


def test_all_sessions_together_are_one_file_of_the_format():
    def joined(name: str) -> str:
        form = FORMATS[name].joined
        return form.before() + form.between.join([form.make(MET), form.make(other)]) + form.after()

    play = Play(record(number=2))
    play.start()
    play.keep("Another", Kind.ACTION, due="2026-12-02")
    other = play.session
    assert [each["session"] for each in rows(joined("csv")) if each["row"] == "action"][-2:] == [
        MET.record.id,
        other.record.id,
    ]
    assert [json.loads(line)["id"] for line in joined("json").splitlines()] == [MET.record.id, other.record.id]
    calendar = Calendar.from_ical(joined("ics"))
    assert len(calendar.walk("VEVENT")) == len(entries(FORMATS["ics"].make(MET))) + 1
    assert not any("TZID" in each["dtstart"].params for each in calendar.walk("VEVENT"))
    assert joined("md").count("\n# Kick-off\n") == 2
    assert FORMATS["html"].joined is None


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_a_spreadsheet_finds_topics_and_actions_and_no_formula():
    found = rows(FORMATS["csv"].make(MET))
    assert [each["row"] for each in found] == ["topic"] * len(MET.topics) + ["action"] * 5 + ["meeting"] * 3
    told = ("action", "owner", "due", "state", "carried", "confidence", "settled", "reason")
    assert [tuple(each[name] for name in told) for each in found if each["row"] == "action"] == [
        ("Send the draft", "Alex", "2026-12-01", "done", "0", "", "2026-11-21", ""),
        ("'=SUM(A1) is the formula", "", "", "open", "0", "", "", ""),
        ("Ask for the policy", "Robin", "", "dropped", "0", "", "2026-11-21", "not needed"),
        ("Ask legal about the feed", "Alex", "2026-11-28", "open", "2", "4", "", "the board meets in December"),
        ("Rewrite the profile", "Alex", "", "split", "0", "2", "2026-11-21", ""),
    ]
    assert [(each["next_meeting"], each["state"]) for each in found if each["row"] == "meeting"] == [
        ("2026-12-01 15:00", "moved"),
        ("2026-12-03 15:00", "cancelled"),
        ("2026-12-08 09:30", "agreed"),
    ]
    assert [each["carried_from"] for each in found[:3]] == ["", "2026-10-31", ""]
    assert found[1]["planned_minutes"] == "10.0"
    assert float(found[1]["taken_minutes"]) == pytest.approx(12)


@given(st.text() | st.text("=+-@＝﹦; \u3000\u200d'\"()1"))
def test_no_cell_begins_as_a_formula_does(text):
    for cell in (harmless(text), *harmless(text).split(";")[1:]):
        assert not cell.strip('"\u3000\u2003\u200d ').startswith(("=", "+", "@", "＝", "＋", "＠"))
    assert not harmless(text).lstrip("\u3000\u2003\u200d ").startswith(("-", "－", "﹣", "﹢", "﹦", "\t", "\r", "\n"))
    left = iter(harmless(text))
    assert all(sign in left for sign in text)  # and nothing of it is lost


def test_a_cell_is_none_for_those_either_whose_semicolons_part_them():
    assert harmless("see; =1+1;\"-2+cmd|' /C calc'!A0") == "see; '=1+1;\"'-2+cmd|' /C calc'!A0"
    assert harmless("nearly there ;-) a; b - c") == "nearly there ;-) a; b - c"


@pytest.mark.parametrize(
    "said",
    ["⏳ 2026-01-01", "🛫\ufe0f 2026-01-01", "🔁 every day", "🏁 delete", "🆔 abc", "⛔ abc, def", "🔽\ufe0f", "⏫ #x"],
)
def test_obsidian_obeys_nothing_that_somebody_wrote(said):
    """The plugin looks for its signs at the end of a line, and again where it took one away."""
    play = Play(kick_off())
    play.start()
    play.keep(f"Send the draft {said}", Kind.ACTION)
    (line,) = SPELLINGS["obsidian"].make(play.session).splitlines()
    text = line.removesuffix(" ➕ 2026-11-21")
    assert text != line
    found = re.search(
        r"([🔺⏫🔼🔽⏬]|(🔁|🏁|🆔|⛔)\ufe0f? *[\w, !-]+|[⏳⌛🛫📅]\ufe0f? *\d{4}-\d{2}-\d{2})\ufe0f?( #\w+)*$", text
    )
    assert found is None


def entries(made: str) -> dict[str, Event]:
    """What a calendar holds, by what tells one entry from another."""
    events = Calendar.from_ical(made).walk("VEVENT")
    found = {str(each["uid"]): each for each in events}
    assert len(found) == len(events)
    return found


def test_a_calendar_holds_the_meeting_and_the_days_that_are_due():
    play = met()
    policy = play.keep("Read the policy, all of it; twice", Kind.ACTION, owner="Alex", due="2026-12-24")
    found = entries(FORMATS["ics"].make(play.session))
    due = found[f"{policy}@rmsession"]
    assert due.decoded("dtstart") == date(2026, 12, 24)
    assert str(due["summary"]) == "Due: Alex: Read the policy, all of it; twice"
    assert str(due["status"]) == "CONFIRMED"
    (legal,) = (each for each in found.values() if "legal" in each["summary"])
    assert "sure 4 of 5" in legal["description"]
    assert "carried 2 times: the board meets in December" in legal["description"]


def test_a_date_that_moved_is_the_same_entry_later_and_a_cancelled_one_says_so():
    play = Play(kick_off())
    play.start()
    play.do(asked.End())
    play.do(asked.SetNextDate(datetime(2026, 12, 1, 15, 0), "Europe/Berlin"))  # noqa: DTZ001 - local by definition
    (first,) = entries(FORMATS["ics"].make(play.session)).values()
    assert first.decoded("dtstart") == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert first["dtstart"].params["TZID"] == "Europe/Berlin"
    play.do(SettleNextDate(Fate.MOVED, datetime(2026, 12, 3, 16, 0), "Europe/Berlin"))  # noqa: DTZ001
    (moved,) = entries(FORMATS["ics"].make(play.session)).values()
    assert moved["uid"] == first["uid"]
    assert moved.decoded("dtstart") == datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
    assert moved["sequence"] > first["sequence"]
    assert str(moved["status"]) == "CONFIRMED"
    play.do(SettleNextDate(Fate.CANCELLED, None, "Europe/Berlin"))
    (cancelled,) = entries(FORMATS["ics"].make(play.session)).values()
    assert cancelled["uid"] == first["uid"]
    assert (str(cancelled["status"]), cancelled["sequence"] > moved["sequence"]) == ("CANCELLED", True)
    play.do(asked.SetNextDate(datetime(2026, 12, 8, 15, 0), "Europe/Berlin"))  # noqa: DTZ001
    again = entries(FORMATS["ics"].make(play.session))
    assert [str(each["status"]) for each in again.values()] == ["CANCELLED", "CONFIRMED"]
    assert next(iter(again)) == str(first["uid"])


@pytest.mark.parametrize(
    ("minutes", "when", "hours"),
    [(90.0, 2026, 1.5), (1e300, 2026, 1), (-5.0, 2026, 1), (90.0, 9999, 0)],
    ids=["a usual one", "longer than time", "less than nothing", "on the last day of all"],
)
def test_a_meeting_ends_whatever_an_agenda_from_elsewhere_says(minutes, when, hours):
    play = Play(replace(kick_off(), stated_minutes=minutes))
    play.start()
    play.do(asked.End())
    play.do(asked.SetNextDate(datetime(when, 12, 31, 23, 0), "UTC"))  # noqa: DTZ001 - local by definition
    (meeting,) = entries(FORMATS["ics"].make(play.session)).values()
    assert (meeting.decoded("dtend") - meeting.decoded("dtstart")).total_seconds() == hours * 3600


def test_no_cell_holds_what_a_terminal_obeys():
    play = Play(kick_off())
    play.start()
    play.keep("Send it", Kind.ACTION, due="\x1b]0;t\x07\u202e")
    topics = tuple(replace(each, carried="\x1b[2J") for each in play.session.topics)
    made = FORMATS["csv"].make(replace(play.session, topics=topics))
    assert made.removeprefix("\ufeff").replace("\r\n", "").isprintable()


def test_an_action_that_is_done_leaves_the_calendar_that_it_was_taken_into():
    play = Play(kick_off())
    play.start()
    draft = play.keep("Send the draft", Kind.ACTION, due="2026-12-01")
    (before,) = entries(FORMATS["ics"].make(play.session)).values()
    play.do(asked.Finish(draft))
    (after,) = entries(FORMATS["ics"].make(play.session)).values()
    assert before["uid"] == after["uid"]
    assert (str(after["status"]), after["sequence"] > before["sequence"]) == ("CANCELLED", True)


def test_a_calendar_is_what_clients_ask_for():
    made = FORMATS["ics"].make(MET)
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert made.count("\n") == made.count("\r\n")
    calendar = Calendar.from_ical(made)
    zones = {str(each["tzid"]) for each in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"} <= event.keys()
        assert event["dtstart"].params.get("TZID", "Europe/Berlin") in zones
        assert event.decoded("dtend") > event.decoded("dtstart")
        assert not event.errors


def test_todo_txt_marks_what_is_settled_and_nothing_else():
    lines = FORMATS["todotxt"].make(MET).splitlines()
    assert lines == [
        "x 2026-11-21 2026-11-21 Send the draft @Alex +Kick-off due:2026-12-01",
        "2026-11-21 =SUM(A1) is the formula +Kick-off",
        "x 2026-11-21 2026-11-21 Ask for the policy @Robin +Kick-off status:dropped reason:not-needed",
        (
            "2026-11-21 Ask legal about the feed @Alex +Kick-off due:2026-11-28 sure:4 carried:2"
            " reason:the-board-meets-in-December"
        ),
        "x 2026-11-21 2026-11-21 Rewrite the profile @Alex +Kick-off status:split sure:2",
    ]


def test_json_holds_every_line_with_every_field():
    held = json.loads(FORMATS["json"].make(MET, private=True, feedback=True))
    assert [each["content"]["text"] for each in held["captures"]] == [each.content.text.raw for each in MET.standing()]
    assert {each["audience"] for each in held["captures"]} == {Audience.SHARED.value, Audience.MENTOR.value}
    assert held["next_date"] == {"when": "2026-12-08T09:30:00", "zone": "Europe/Berlin"}
    assert [each["fate"] for each in held["meetings"]] == ["moved", "cancelled", None]
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


def test_a_table_stays_one_where_a_narrow_screen_shows_it_as_blocks():
    made = FORMATS["html"].make(MET)
    for role, tag in (("table", "table"), ("rowgroup", "thead"), ("row", "tr"), ("columnheader", "th"), ("cell", "td")):
        assert made.count(f'<{tag} role="{role}"') == len(re.findall(f"<{tag}[ >]", made)) > 0
    assert "sure 4 of 5<br>carried 2 times: " in made


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
    for made in (form.make(play.session, private=True) for form in (FORMATS | SPELLINGS).values()):
        assert "\x1b" not in made
        assert made.endswith("\n")
    assert not Page(FORMATS["html"].make(play.session, private=True)).open
