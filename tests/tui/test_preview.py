"""The preview: what the fields become, and what is asked before anything begins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.building import BEGIN, DEVICE, MENTEE, MENTOR, ZONE, HandClock, agenda, kick_off, prompt, topic
from textual.app import App
from textual.content import Content
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Input, Static

from rmsession.core.agenda import Agenda, Problem, PromptKind, Reading, Severity
from rmsession.core.programme import Pair, Person
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.tui.launch import Launch
from rmsession.tui.plan import Plan
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.preview import PreviewScreen
from rmsession.tui.widgets.agenda_outline import ProblemList, TopicTable, preparation_lines, problem_lines, topic_lines
from rmsession.tui.widgets.name_field import NameField
from rmsession.tui.widgets.plan_entries import Entries, Flaw, outlook, read_end, read_length, read_plan, read_start
from rmsession.tui.widgets.prepared import PreparedField

NOBODY = object()


@dataclass
class Shown:
    """A preview on the screen, and what it answered."""

    pilot: Pilot[None]
    screen: PreviewScreen
    clock: HandClock
    answers: list[Plan | None] = field(default_factory=list)

    @property
    def said(self) -> str:
        content = self.screen.query_one("#plan-said", Static).visual
        assert isinstance(content, Content)
        return content.plain

    def field(self, name: str) -> Input:
        return self.screen.query_one(f"#{name}", Input)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


@asynccontextmanager
async def previewed(
    plan: Agenda | None = None,
    *,
    problems: tuple[Problem, ...] = (),
    me: UserText | None = MENTOR.name,
    size: tuple[int, int] = (120, 36),
    pairs: tuple[Pair, ...] = (),
    **more: Any,
) -> AsyncIterator[Shown]:
    store, clock = open_store("memory:"), HandClock()
    for pair in pairs:
        store.keep_pair(pair)
    launch = Launch(store=store, home=Path("/home/robin/notes"), device=DEVICE, zone=ZONE, clock=clock, me=me)
    recorder = Recorder(store)
    fields: dict[str, Any] = {"mentor": None, "mentee": None, "must_end": None, "duration_minutes": None} | more
    screen = PreviewScreen(Reading(plan or kick_off(), problems), launch, recorder, **fields)
    app: App[None] = App()
    answers: list[Plan | None] = []
    async with app.run_test(size=size) as pilot:
        await app.push_screen(screen, answers.append)
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield Shown(pilot, screen, clock, answers)
    recorder.stop()


async def test_mentor_is_prefilled_and_the_mentee_is_asked():
    other = Pair("pair", MENTOR, MENTEE)
    async with previewed(pairs=(other,)) as shown:
        assert shown.field("mentor").value == "Robin"
        assert shown.field("mentee").value == ""
        assert shown.screen.focused is shown.field("mentee")
        await shown.press("f2")
        assert shown.answers == []
        assert "Mentee" in shown.said
        await shown.press(*"Alex", "enter")
        (plan,) = shown.answers
        assert plan == Plan(kick_off(), MENTOR.name, UserText("Alex"), None, BEGIN, None, None)


async def test_a_name_in_the_agenda_is_a_hint_and_no_answer():
    named = agenda("Hello", mentee=UserText("Someone Else"))
    async with previewed(named) as shown:
        assert shown.field("mentee").value == ""
        assert "Someone" in shown.field("mentee").placeholder
        await shown.press("f2")
        assert shown.answers == []


async def test_a_given_mentee_is_filled_in_and_start_is_one_key():
    async with previewed(mentee=UserText("Alex\x1b[31m")) as shown:
        assert "\x1b" not in shown.field("mentee").value
        await shown.press("enter")
        assert shown.answers[0] is not None
        assert shown.answers[0].mentee.raw == "Alex\x1b[31m"


async def test_escape_goes_back_with_nothing():
    async with previewed() as shown:
        await shown.press(*"Alex", "escape")
        assert shown.answers == [None]


async def test_all_fields_become_the_plan():
    untimed = agenda(("Hello", 5), ("Talk", None))
    async with previewed(untimed) as shown:
        await shown.press(*"Alex", "alt+p")
        shown.field("start").value = "+10"
        shown.field("length").value = "1h"
        shown.field("end").value = "15:30"
        await shown.press("f2")
        (plan,) = shown.answers
        assert plan is not None
        assert plan.prepared is True
        assert plan.planned_start == BEGIN + timedelta(minutes=10)
        assert plan.must_end == BEGIN.replace(hour=15, minute=30)
        assert plan.duration_minutes == 60


@pytest.mark.parametrize(("keys", "wanted"), [("y", True), ("n", False), ("y right right", None), ("left", False)])
async def test_prepared_is_answered_by_one_key(keys, wanted):
    async with previewed(mentee=UserText("Alex")) as shown:
        shown.screen.query_one(PreparedField).focus()
        await shown.press(*keys.split(), "f2")
        assert shown.answers[0] is not None
        assert shown.answers[0].prepared is wanted


async def test_prepared_is_answered_with_the_mouse():
    async with previewed(mentee=UserText("Alex")) as shown:
        for x, wanted in ((3, None), (16, True), (23, False)):
            await shown.pilot.click(PreparedField, offset=(x, 0))
            assert shown.screen.query_one(PreparedField).value is wanted


async def test_the_start_button_answers_to_the_mouse():
    async with previewed(mentee=UserText("Alex")) as shown:
        await shown.pilot.click("#go")
        await shown.pilot.pause()
        assert len(shown.answers) == 1


async def test_an_end_given_by_flag_stands_unless_it_is_changed():
    exact = BEGIN + timedelta(minutes=40, seconds=13)
    async with previewed(mentee=UserText("Alex"), must_end=exact) as shown:
        assert shown.field("end").value == "14:40"
        await shown.press("f2")
        assert shown.answers[0] is not None
        assert shown.answers[0].must_end == exact
    async with previewed(mentee=UserText("Alex"), must_end=exact) as shown:
        shown.field("end").value = ""
        await shown.press("f2")
        assert shown.answers[0] is not None
        assert shown.answers[0].must_end is None


async def test_names_are_completed_only_when_typed_and_only_mine():
    mine = (Pair("1", MENTOR, Person("a", UserText("Alexandra"))), Pair("2", MENTOR, Person("b", UserText("Berta"))))
    foreign = Pair("3", Person("x", UserText("Xaver")), Person("c", UserText("Alfred")))
    async with previewed(pairs=(*mine, foreign)) as shown:
        mentee = shown.screen.query_one("#mentee", NameField)
        assert set(mentee.known.names) == {"Alexandra", "Berta"}
        assert await mentee.known.get_suggestion("") is None
        assert await mentee.known.get_suggestion(" ") is None
        await shown.press("a")
        assert mentee._suggestion == "Alexandra"
        await shown.press("right", "f2")
        assert shown.answers[0] is not None
        assert shown.answers[0].mentee == UserText("Alexandra")


async def test_pasted_names_lose_what_a_terminal_would_obey():
    async with previewed() as shown:
        shown.field("mentee").post_message(Paste("Al\x1b]0;x\x07e\u202ex\nsecond"))
        await shown.pilot.pause()
        value = shown.field("mentee").value
        assert value.startswith("Al")
        assert not any(mark in value for mark in "\x1b\x07\u202e\n")


async def test_length_is_asked_only_where_topics_have_no_time_and_is_shared_out():
    async with previewed(kick_off()) as shown:
        assert not shown.screen.query("#length")
    untimed = agenda(("Hello", 5), ("Talk", None), ("More", None))
    async with previewed(untimed, mentee=UserText("Alex")) as shown:
        shown.field("length").value = "35"
        await shown.pilot.pause()
        lines = [line.plain.rstrip() for line in shown.screen.query_one(TopicTable).visual.lines(40)]  # type: ignore[attr-defined]
        assert [line.split()[-2:] for line in lines] == [["5", "min"], ["~15", "min"], ["~15", "min"]]


async def test_an_agenda_without_topics_does_not_start():
    async with previewed(agenda(), mentee=UserText("Alex")) as shown:
        await shown.press("f2")
        assert shown.answers == []
        assert "no topics" in shown.said


async def test_what_is_wrong_stays_until_something_is_typed():
    async with previewed(mentee=UserText("Alex")) as shown:
        shown.field("end").value = "soon"
        await shown.press("f2")
        assert shown.screen.focused is shown.field("end")
        shown.screen._time_passed()
        assert "14:45" in shown.said
        shown.field("end").value = "14:50"
        await shown.pilot.pause()
        assert shown.said == "14:00 to 14:50, 50 min"


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_every_field_and_start_are_in_sight_on_a_small_screen(size):
    long = agenda(*[(f"Topic {number} with a long name that wraps", None) for number in range(40)], title="T" * 70)
    async with previewed(long, size=size, problems=tuple(_problems(12))) as shown:
        for name in ("#mentor", "#mentee", "#prepared", "#start", "#length", "#end", "#go"):
            widget = shown.screen.query_one(name)
            assert shown.screen.region.contains_region(widget.region), name
            assert widget.region.area > 0
            assert shown.screen.find_widget(widget).visible_region == widget.region, name


async def test_many_problems_are_counted_and_unfold_by_one_key():
    async with previewed(problems=tuple(_problems(12))) as shown:
        remarks = shown.screen.query_one(ProblemList)
        assert not remarks.everything
        await shown.press("alt+w")
        assert remarks.everything
        await shown.press("alt+w")
        assert not remarks.everything


async def test_alt_letters_are_commands_and_not_typed():
    async with previewed(problems=tuple(_problems(12))) as shown:
        # As a terminal sends them: the letter comes along.
        for letter in "pw":
            shown.pilot.app.post_message(Key(f"alt+{letter}", letter))
        await shown.pilot.pause()
        assert shown.field("mentee").value == ""
        assert shown.screen.query_one(PreparedField).value is True
        assert shown.screen.query_one(ProblemList).everything


def test_errors_come_first_with_their_line_and_how_to_mend_them():
    problems = _problems(4)
    folded = "\n".join(line.plain for line in problem_lines(problems, 100, everything=False))
    assert folded.splitlines()[0].split() == ["✗", "line", "4:", "wrong", "4", "·", "mend", "4"]
    assert "and 2 more" in folded
    unfolded = [line.plain for line in problem_lines(problems, 100, everything=True)]
    assert [line.split(":")[0] for line in unfolded] == ["✗ line 4", "! line 1", "! line 2", "! line 3"]


def test_private_titles_and_prompts_do_not_show():
    plan = agenda(
        topic("Secret plan", 5, private=True, prompts=(prompt("Hidden?", PromptKind.QUESTION),)),
        topic("Open talk", 5, prompts=(prompt("Asked?", PromptKind.QUESTION), prompt("Psst", PromptKind.PRIVATE))),
        body=UserText("Bring a *story*."),
    )
    shown = "\n".join(line.plain for line in (*topic_lines(plan, None, 40, BEGIN.date()), *preparation_lines(plan, 40)))
    assert "Secret" not in shown
    assert "Hidden?" not in shown
    assert "Psst" not in shown
    assert "••• private topic" in shown
    assert "? Asked?" in shown
    assert "Bring a story." in shown


def test_hostile_titles_are_literal():
    plan = agenda(("[@click=app.quit]Go[/] \x1b[2J", 5))
    (line,) = topic_lines(plan, None, 60, BEGIN.date())
    assert "[@click=app.quit]Go[/] ␛[2J" in line.plain
    assert all("click" not in str(span.style) for span in line.spans)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "open"), ("open", "open"), ("14:45", "14:45"), ("14.45", "14:45"), ("15", "15:00"), ("+45", "14:45"),
        ("45 min", "14:45"), ("45", "14:45"), ("1h30", "15:30"), ("1 h", "15:00"), ("90 minutes", "15:30"),
        ("14h45", "14:45"), ("0:30", "00:30"), ("13:45", None), ("soon", None), ("+0", None), ("25:00", None),
        ("-5", None), ("14:45x", None),
    ],
)  # fmt: skip
def test_ends_are_read_as_people_write_them(text, wanted):
    found = read_end(text, BEGIN)
    assert ("open" if found is None else None if isinstance(found, Flaw) else f"{found:%H:%M}") == wanted
    if isinstance(found, datetime):
        assert BEGIN < found <= BEGIN + timedelta(hours=12)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", 0), ("now", 0), ("14:30", 30), ("13:50", -10), ("+10", 10), ("0:10", 610), ("9", -300), ("later", None)],
)
def test_starts_are_the_nearest_moment_that_is_meant(text, minutes):
    assert read_start(text, BEGIN) == (None if minutes is None else BEGIN + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("text", "minutes"), [("45", 45), ("45 min", 45), ("1h30", 90), ("0", None), ("-5", None), ("", None), ("x", None)]
)
def test_lengths(text, minutes):
    assert read_length(text) == minutes


def test_an_end_that_has_passed_is_refused():
    now = BEGIN + timedelta(minutes=40)
    entries = Entries(UserText("Robin"), UserText("Alex"), start="14:00", end="14:30")
    flaw = read_plan(entries, kick_off(), now)
    assert isinstance(flaw, Flaw)
    assert flaw.field == "end"
    assert "14:30" in flaw.message


def test_the_mentor_is_not_the_mentee():
    flaw = read_plan(Entries(UserText("Robin"), UserText("  robin ")), kick_off(), BEGIN)
    assert isinstance(flaw, Flaw)
    assert flaw.field == "mentee"


def test_too_little_time_is_told_before_the_start():
    entries = Entries(UserText("Robin"), UserText("Alex"), end="+30")
    said = outlook(entries, kick_off(), BEGIN)
    assert not isinstance(said, Flaw)
    assert said.short
    assert said.text == "14:00 to 14:30: 15 min less than the topics"


def _problems(count: int) -> list[Problem]:
    return [
        Problem(line, Severity.ERROR if line == count else Severity.WARNING, "x", f"wrong {line}", f"mend {line}")
        for line in range(1, count + 1)
    ]
