"""The summary: what it shows and hides, and what its keys ask for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support.afterwards import shown, under_way
from support.building import BEGIN, agenda, kick_off, record, topic

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.tui.screens.summary import SummaryScreen
from rmsession.tui.widgets.times import bar, difference

PLAN = (topic("Hello", 10), topic("Feeds", 10), topic("Secret matters", 5, private=True), topic("Close", 5))


def ended(plan=None, keep=()):
    """A session that spent 6 and 14 minutes on its first two topics and ended early."""
    play = under_way(plan or agenda(*PLAN, title="Listening in", feedback=FeedbackKind.NONE))
    for text, more in keep:
        play.keep(text, more.pop("kind", Kind.NOTE), **more)
    play.do(asked.End())
    return play


def row(text, word):
    return next(line.split() for line in text.splitlines() if word in line)


async def test_planned_and_spent_stand_side_by_side_with_the_difference_in_words():
    async with shown(ended(), SummaryScreen) as stage:
        text = stage.text()
        assert [part for part in row(text, "Hello") if not set(part) & set("━─╍")] == [
            "✓", "Hello", "10", "6", "−4", "under",
        ]  # fmt: skip
        assert [part for part in row(text, "Feeds") if not set(part) & set("━─╍")] == [
            "○", "Feeds", "10", "14", "+4", "over",
        ]  # fmt: skip
        assert row(text, "in all")[-4:] == ["30", "20", "−10", "under"]
        assert "Secret matters" not in text
        assert "not begun" in text


@pytest.mark.parametrize(
    ("planned", "spent", "words"),
    [(600, 600, "on time"), (600, 629, "on time"), (600, 660, "+1 over"), (0, 90, "+2 over")],
)
def test_differences_are_told_in_whole_minutes(planned, spent, words):
    assert difference(planned, spent) == words


@pytest.mark.parametrize(("planned", "spent"), [(600, 0), (600, 300), (600, 600), (600, 1200), (0, 60), (0, 0)])
def test_no_bar_is_longer_than_its_column(planned, spent):
    longest = max(planned, spent)
    assert bar(planned, spent, longest).cell_length <= 10
    assert (bar(planned, spent, longest).cell_length > 0) is (longest > 0)


async def test_what_was_captured_stands_under_its_heading():
    keep = [
        ("send the draft", {"kind": Kind.ACTION, "owner": "Alex", "due": "2026-12-01"}),
        ("we meet on Tuesdays", {"kind": Kind.DECISION}),
        ("hear a customer", {"kind": Kind.GOAL, "score": 1}),
        ("fewer dashboards", {}),
        ("the old intranet", {"kind": Kind.PARKED}),
    ]
    async with shown(ended(keep=keep), SummaryScreen) as stage:
        text = stage.text()
        order = (
            "Actions 1", "send the draft  @Alex  Tue 1 Dec", "Decisions 1", "we meet", "Goals 1",
            "hear a customer  = 1", "fewer dashboards", "Parked", "the old intranet",
        )  # fmt: skip
        places = [text.index(words) for words in order]
        assert places == sorted(places)


async def test_private_lines_show_as_dots_until_revealed():
    keep = [("sounds tired", {"private": True}), ("ask HR", {"kind": Kind.ACTION, "private": True})]
    async with shown(ended(keep=keep), SummaryScreen) as stage:
        assert "sounds tired" not in stage.text()
        assert "ask HR" not in stage.text()
        assert stage.text().count("•••") == 3
        await stage.press("f7")
        assert "sounds tired" in stage.text()
        assert "ask HR" in stage.text()
        assert "Secret matters" in stage.text()
        await stage.press("f7")
        assert "sounds tired" not in stage.text()


async def test_what_waits_and_the_next_date_are_named():
    play = ended(kick_off())
    async with shown(play, SummaryScreen) as stage:
        assert "next date, mentee form, mentor form" in stage.text()
        stage.desk.ask(asked.SetNextDate(BEGIN + timedelta(days=10), "Europe/Berlin"))
        stage.desk.ask(asked.SkipFeedback(Role.MENTEE))
        stage.app.screen.look()
        await stage.pilot.pause()
        assert "Tue 1 Dec 2026, 14:00 (Europe/Berlin)" in stage.text()
        assert "○ mentor form" in stage.text()


@pytest.mark.parametrize(
    ("hours", "zone", "words"),
    [
        (0.5, "Europe/Berlin", "✓ ended 14:20"),
        (24, "Europe/Berlin", "✓ ended Sat 21 Nov, 14:20"),
        (24 * 60, "Asia/Tokyo", "✓ ended Sat 21 Nov 2026, 22:20"),
        (0.5, "Mars/Base", "✓ ended 14:20"),
    ],
)
async def test_the_top_line_tells_when_a_session_ended(hours, zone, words):
    play = ended(record(agenda(*PLAN), zone=zone))
    play.clock.run(hours * 3600)
    async with shown(play, SummaryScreen) as stage:
        assert stage.text().partition("\n")[0].rstrip().endswith(f" {words}")


@pytest.mark.parametrize("visibility", list(Visibility))
async def test_answers_are_shown_only_on_demand_and_only_if_both_may_see_them(visibility):
    play = ended(kick_off(), keep=[("sounds tired", {"private": True})])
    answers = (Answer("good-use", 4), Answer("keep", text=UserText("more stories")))
    play.do(asked.GiveFeedback(FeedbackGiven(Role.MENTEE, answers, visibility, Via.SCREEN)))
    async with shown(play, SummaryScreen) as stage:
        assert "handed in, 2 of 10 answered" in stage.text()
        assert "more stories" not in stage.text()
        await stage.press("f7")
        assert "sounds tired" in stage.text()
        assert ("more stories" in stage.text()) is (visibility is Visibility.BOTH)
        assert ("4 agree" in stage.text()) is (visibility is Visibility.BOTH)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (("p",), SummaryScreen.Finish),
        (("e",), SummaryScreen.EditCaptures),
        (("r", "y"), SummaryScreen.Reopened),
        (("escape",), SummaryScreen.Closed),
    ],
)
async def test_each_key_asks_for_its_own_thing(keys, message):
    async with shown(ended(kick_off(), keep=[("a note", {})]), SummaryScreen) as stage:
        await stage.press(*keys)
        own = [type(each) for each in stage.app.said if type(each).__qualname__.startswith("SummaryScreen.")]
        assert own == [message]


async def test_reopening_is_asked_about_and_changes_nothing_itself():
    async with shown(ended(), SummaryScreen) as stage:
        await stage.press("r", "n")
        assert not any(isinstance(each, SummaryScreen.Reopened) for each in stage.app.said)
        assert stage.session == stage.play.session


async def test_keys_that_do_nothing_are_not_offered():
    play = ended()
    play.do(asked.SetNextDate(None, "Europe/Berlin"))
    async with shown(play, SummaryScreen) as stage:
        offered = stage.app.screen.active_bindings
        assert "p" not in offered
        assert "e" not in offered
        assert {"f", "r", "escape", "f7"} <= set(offered)


async def test_the_minutes_are_looked_at_then_written_where_the_path_says(tmp_path):
    keep = [("fewer dashboards", {}), ("sounds tired", {"private": True})]
    async with shown(ended(keep=keep), SummaryScreen) as stage:
        await stage.press("f")
        await stage.pilot.pause(0.1)
        assert "# Listening in" in stage.text()
        line = stage.app.screen.focused
        assert Path(line.value).name.startswith("2026-11-21-listening-in")
        line.value = str(tmp_path / "minutes.md")
        await stage.press("enter")
        await stage.app.workers.wait_for_complete()
        written = (tmp_path / "minutes.md").read_text()
        assert "fewer dashboards" in written
        assert "sounds tired" not in written
        assert [note.message for note in stage.app._notifications] == [f"Written: {tmp_path / 'minutes.md'}"]


async def test_no_file_is_written_over_unasked(tmp_path):
    there = tmp_path / "minutes.md"
    there.write_text("mine")
    async with shown(ended(), SummaryScreen) as stage:
        await stage.press("f")
        await stage.pilot.pause(0.1)
        stage.app.screen.focused.value = str(there)
        await stage.press("enter")
        await stage.pilot.pause(0.1)
        await stage.press("n")
        await stage.pilot.pause(0.1)
        assert there.read_text() == "mine"
        assert stage.app.screen.focused.value == str(there)
        await stage.press("enter")
        await stage.pilot.pause(0.1)
        await stage.press("w")
        await stage.app.workers.wait_for_complete()
        assert there.read_text().startswith("---")


async def test_a_path_that_cannot_be_written_is_told_and_asked_again(tmp_path):
    async with shown(ended(), SummaryScreen) as stage:
        await stage.press("f")
        await stage.pilot.pause(0.1)
        stage.app.screen.focused.value = str(tmp_path / "no such folder" / "minutes.md")
        await stage.press("enter")
        await stage.pilot.pause(0.2)
        assert [note.severity for note in stage.app._notifications] == ["error"]
        assert stage.app.screen.focused.value.endswith("minutes.md")
        await stage.press("escape")
        assert isinstance(stage.app.screen, SummaryScreen)


async def test_an_empty_session_says_what_to_do():
    async with shown(ended(), SummaryScreen) as stage:
        assert "Nothing was captured." in stage.text()


async def test_odd_text_stays_text_at_every_size():
    odd = "[@click=app.quit]x[/] \x1b[31mred"
    plan = agenda(topic(f"{odd} A title longer than its column ever is", 10), topic("B", 5), title=odd)
    for size in ((60, 16), (80, 24), (200, 60)):
        async with shown(ended(plan, keep=[(odd, {})]), SummaryScreen, size) as stage:
            text = stage.text()
            assert "[@click" in text
            assert "\x1b[31m" not in text
            assert "20 of 15 min" in text
