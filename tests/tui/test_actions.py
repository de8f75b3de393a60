"""The list of action items: what it shows and hides, and what each key leaves in the records."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest
from support.building import BEGIN, DEVICE, MENTEE, MENTOR, PAIR, ZONE, HandClock, Play, kick_off, record
from textual.app import App
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.facts import ActionDone, ActionDropped, ActionReopened, Amended, Fact, Undone
from rmsession.core.fold import session_of
from rmsession.core.programme import Pair, Person
from rmsession.core.session import Capture
from rmsession.core.store_errors import NotKept
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.store.memory import MemoryStore
from rmsession.tui.launch import Launch, OpenActions
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.actions import ActionsScreen
from rmsession.tui.widgets.action_rows import ActionList

TODAY = "2026-11-24"
OTHERS = Pair("pair-robin-kim", MENTOR, Person("person-kim", UserText("Kim")))


class Shelf(MemoryStore):
    """A store whose disk can refuse, or take its time."""

    refuses = False
    slow = 0.0

    def append(self, session: str, fact: Fact) -> None:
        time.sleep(self.slow)
        if self.refuses:
            raise NotKept("Not kept: the disk is full. Make room", "disk full")
        super().append(session, fact)


class Host(App[None]):
    """An app that only opens the list, and remembers what it asks for."""

    CSS_PATH = str(Path(__file__).parents[2] / "rmsession/tui/app.tcss")

    def __init__(self, launch: Launch, opening: OpenActions) -> None:
        super().__init__()
        self.recorder = Recorder(launch.store)
        self._opened = launch, opening
        self.asked: list[tuple[str, ...]] = []

    async def on_mount(self) -> None:
        launch, opening = self._opened
        await self.push_screen(ActionsScreen(launch, self.recorder, opening))

    def on_actions_screen_source_chosen(self, message: ActionsScreen.SourceChosen) -> None:
        self.asked.append((message.session, message.capture))

    def on_actions_screen_closed(self) -> None:
        self.asked.append(("closed",))


@dataclass
class Stage:
    """The list with what lies behind it."""

    pilot: Pilot[None]
    app: Host
    store: Shelf
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Where each text was said: session and capture."""

    @property
    def screen(self) -> ActionsScreen:
        return next(each for each in self.app.screen_stack if isinstance(each, ActionsScreen))

    @property
    def list(self) -> ActionList:
        return self.screen.query_one(ActionList)

    @property
    def text(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    def capture(self, text: str) -> Capture:
        session, capture = self.texts[text]
        return session_of(self.store.load(session)).captures[capture]

    def last(self, text: str) -> Fact:
        return self.store.load(self.texts[text][0]).facts[-1]

    async def stand_on(self, text: str) -> None:
        there = (line for line, what in enumerate(self.list._lines) if isinstance(what, tuple))
        self.list.stand_on(next(line for line in there if self.list._lines[line][0].text.raw == text))
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settled()

    async def settled(self) -> None:
        await self.app.recorder.ask(lambda _: None)
        await self.pilot.pause()

    async def until(self, true: Callable[[], object]) -> None:
        limit = time.monotonic() + 10
        while not true():
            assert time.monotonic() < limit, self.text
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def answer(self, key: str, typed: str) -> None:
        """Press a key that asks, and answer."""
        await self.pilot.press(key)
        await self.until(lambda: isinstance(self.app.focused, Input))
        self.app.focused.value = typed
        await self.pilot.press("enter")
        await self.settled()


def played(number: int, title: str, pair: Pair = PAIR) -> Play:
    plan = replace(kick_off(), title=UserText(title))
    play = Play(record(plan, number=number, pair=pair), ids=count(number * 1000))
    play.start()
    play.wait(minutes=6)
    return play


def two_sessions() -> list[Play]:
    one, other = played(1, "Kick-off"), played(2, "Listening in")
    one.keep("Late draft", Kind.ACTION, owner="Alex", due="2026-11-21", confidence=4, tags=("legal",))
    one.keep("Of my own", Kind.ACTION, private=True, owner="Robin", due="2026-11-01")
    one.do(asked.Finish(one.keep("Over and done", Kind.ACTION)))
    one.do(asked.End())
    other.keep("Due in two days", Kind.ACTION, owner="Alex", due="2026-11-26")
    carried = other.keep("Some time", Kind.ACTION)
    other.do(between.Carry(carried, "elsewhere", UserText("was ill")))
    return [one, other]


@asynccontextmanager
async def opened(
    *plays: Play, size: tuple[int, int] = (100, 30), pair: str | None = PAIR.id, me: str = "Robin"
) -> AsyncIterator[Stage]:
    store = Shelf(DEVICE)
    texts = {}
    for play in plays:
        store.begin(play.record)
        store.keep_pair(play.session.pair)
        texts |= {each.content.text.raw: (play.record.id, each.id) for each in play.session.standing(Kind.ACTION)}
    clock = HandClock(BEGIN.replace(day=24))
    launch = Launch(store, Path("/home/robin/rmsession"), DEVICE, ZONE, clock, me=UserText(me))
    app = Host(launch, OpenActions(pair))
    async with app.run_test(size=size, notifications=True) as pilot:
        stage = Stage(pilot, app, store, texts)
        await pilot.pause()
        await stage.settled()
        yield stage
    app.recorder.stop()


async def test_it_shows_groups_words_and_sources_and_nothing_private():
    async with opened(*two_sessions()) as stage:
        lines = [line.strip() for line in stage.text.splitlines()]
        assert lines[0].startswith("Actions with Alex")
        assert lines[0].endswith("1 overdue · 4 open")
        heads = [line for line in lines if line.startswith(("Overdue", "Due soon", "Open", "Private", "Done"))]
        assert heads == ["Overdue  1", "Due soon  1", "Open  1", "Private  1  F7 shows them for a moment",
                         "Done and dropped  1  a shows them"]  # fmt: skip
        assert any(line.startswith("! Late draft") and line.endswith("3 days overdue") for line in lines)
        assert "Alex · Kick-off · Hello and role swap · 21 Nov · 14:06 · sure 4 of 5" in lines
        assert any(line.startswith("▸ Due in two days") and line.endswith("Thu 26 Nov") for line in lines)
        assert "Listening in · Hello and role swap · 21 Nov · 14:06 · carried once · “was ill”" in lines
        assert not {"Of my own", "Over and done", "2026-11-01", "1 Nov"} & set(stage.text.split("  "))
        assert "Of my own" not in stage.text
        await stage.press("a")
        assert "✓ Over and done" in stage.text
        assert "done, kept" in stage.text
        await stage.press("f7")
        assert "! Of my own" in stage.text
        assert "23 days overdue" in stage.text
        assert stage.screen.revealing
        await stage.press("f7")
        assert "Of my own" not in stage.text


async def test_each_change_is_a_fact_of_its_own_record_outside_the_sessions_time():
    async with opened(*two_sessions(), me="alex") as stage:
        await stage.stand_on("Late draft")
        await stage.press("d")
        assert (stage.last("Late draft").what, stage.last("Late draft").by) == (
            ActionDone(stage.texts["Late draft"][1]),
            MENTEE.id,
        )
        assert stage.list.item
        assert stage.list.item.text.raw == "Late draft", "it stays where it was"
        assert "done, not kept" in stage.text
        assert "✓ kept: done" in stage.text
        await stage.press("o")
        assert isinstance(stage.last("Late draft").what, ActionReopened)
        await stage.answer("x", " nobody reads it ")
        assert stage.last("Late draft").what == ActionDropped(stage.texts["Late draft"][1], UserText("nobody reads it"))
        await stage.stand_on("Due in two days")
        await stage.answer("h", "robin")
        assert isinstance(stage.last("Due in two days").what, Amended)
        assert stage.capture("Due in two days").content.owner == UserText("Robin")
        await stage.answer("t", "+1w")
        assert stage.capture("Due in two days").content.due == "2026-12-01"
        assert "Tue 1 Dec" in stage.text
        for text in ("Late draft", "Due in two days"):
            late = [fact for fact in stage.store.load(stage.texts[text][0]).facts if fact.wall.day == 24]
            assert len(late) in (2, 3)
            assert all(fact.at is None and fact.device == DEVICE for fact in late)


async def test_undo_takes_back_what_was_done_here_one_after_the_other():
    async with opened(*two_sessions()) as stage:
        await stage.stand_on("Late draft")
        await stage.press("d")
        await stage.stand_on("Some time")
        await stage.answer("t", "1 dec")
        await stage.press("u")
        assert isinstance(stage.last("Some time").what, Undone)
        assert stage.capture("Some time").content.due is None
        assert stage.capture("Late draft").status is ActionStatus.DONE
        await stage.press("u")
        assert stage.capture("Late draft").status is ActionStatus.OPEN
        assert "3 days overdue" in stage.text
        facts = len(stage.store.load(stage.texts["Late draft"][0]).facts)
        await stage.press("u")
        assert len(stage.store.load(stage.texts["Late draft"][0]).facts) == facts


async def test_a_date_that_is_none_is_not_taken_and_its_reading_is_shown():
    async with opened(*two_sessions()) as stage:
        await stage.stand_on("Late draft")
        await stage.pilot.press("t")
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        assert stage.app.focused.value == "2026-11-21"
        stage.app.focused.value = "whenever"
        await stage.press("enter")
        assert "not a day" in stage.text
        stage.app.focused.value = "fri"
        await stage.pilot.pause()
        assert "Fri 27 Nov 2026" in stage.text
        stage.app.focused.value = "2027-02-01"
        await stage.pilot.pause()
        assert "Mon 1 Feb 2027" in stage.text
        assert "2027 2027" not in stage.text
        await stage.press("escape")
        assert stage.capture("Late draft").content.due == "2026-11-21"


async def test_what_is_typed_takes_the_place_of_the_date_and_the_owner_that_stand_there():
    async with opened(*two_sessions()) as stage:
        await stage.stand_on("Late draft")
        await stage.pilot.press("t")
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        await stage.press(*"+9d", "enter")
        assert stage.capture("Late draft").content.due == "2026-12-03"
        await stage.stand_on("Late draft")
        await stage.pilot.press("h")
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        await stage.press(*"robin", "enter")
        assert stage.capture("Late draft").content.owner.raw == "Robin"


async def test_an_empty_line_takes_the_date_away_and_the_owner_never_as_both_say():
    async with opened(*two_sessions()) as stage:
        await stage.stand_on("Late draft")
        await stage.pilot.press("h")
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        owner = stage.capture("Late draft").content.owner
        await stage.press("backspace", "enter")
        assert "Who does it from now on?" in stage.text
        assert "nobody" not in stage.text
        await stage.press("escape", "t")
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        await stage.press("backspace")
        assert stage.text.count("an empty line: no date") == 2
        await stage.press("enter")
        assert (stage.capture("Late draft").content.due, stage.capture("Late draft").content.owner) == (None, owner)


async def test_nothing_is_done_before_the_disk_says_so_and_a_refusal_keeps_what_was_typed():
    async with opened(*two_sessions()) as stage:
        await stage.stand_on("Late draft")
        stage.store.slow = 1.0
        await stage.pilot.press("d")
        await stage.until(lambda: "on its way to the disk" in stage.text)
        assert "✓" not in stage.text
        await stage.until(lambda: "✓ kept: done" in stage.text)
        stage.store.slow = 0.0
        await stage.press("u")
        await stage.until(lambda: "3 days overdue" in stage.text)
        stage.store.slow, stage.store.refuses = 0.0, True
        await stage.answer("x", "nobody reads it")
        await stage.until(lambda: "the disk is full" in stage.text)
        assert stage.capture("Late draft").status is ActionStatus.OPEN
        assert "3 days overdue" in stage.text
        stage.store.refuses = False
        await stage.pilot.press("x")
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        assert stage.app.focused.value == "nobody reads it"
        await stage.press("enter")
        assert stage.capture("Late draft").reason == UserText("nobody reads it")


async def test_what_was_changed_elsewhere_meanwhile_is_not_lost():
    async with opened(*two_sessions()) as stage:
        await stage.stand_on("Late draft")
        await stage.pilot.press("h")
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        session, capture = stage.texts["Late draft"]
        play = Play(stage.store.load(session), ids=count(9000))
        words = replace(play.session.captures[capture].content, text=UserText("Late, and reworded"))
        stage.store.append(session, play.do(asked.Amend(capture, words)))
        stage.app.focused.value = "Sam"
        await stage.press("enter")
        content = stage.capture("Late draft").content
        assert (content.text.raw, content.owner) == ("Late, and reworded", UserText("Sam"))
        assert "Late, and reworded" in stage.text


async def test_what_another_program_settles_shows_while_the_list_is_open_and_stays_in_its_place(monkeypatch):
    monkeypatch.setattr("rmsession.tui.screens.actions.LOOK_AGAIN_SECONDS", 0.05)
    async with opened(*two_sessions()) as stage:
        await stage.until(lambda: "3 days overdue" in stage.text)
        places = stage.text.index("Late draft"), stage.text.index("Some time")
        session, capture = stage.texts["Late draft"]
        play = Play(stage.store.load(session), ids=count(9000))
        stage.store.append(session, play.do(asked.Finish(capture)))
        await stage.until(lambda: "✓ Late draft" in stage.text)
        assert places == (stage.text.index("Late draft"), stage.text.index("Some time"))


async def test_the_filter_narrows_as_one_types_and_finds_nothing_hidden():
    async with opened(*two_sessions()) as stage:
        await stage.pilot.press("slash")
        for query, found in (("dra", {"Late draft"}), ("is:done", {"Over and done"}), ("@alex", {"Late draft", "Due"}),
                             ("#legal", {"Late draft"}), ("own", set()), ("is:private", set())):  # fmt: skip
            stage.app.focused.value = query
            await stage.pilot.pause()
            texts = {"Late draft", "Due", "Some time", "Over and done", "Of my own"}
            assert {each for each in texts if f" {each} " in f"{stage.text} "} == found, query
        assert "No action item is so." in stage.text
        assert "•••" not in stage.text
        await stage.press("escape")
        assert "Some time" in stage.text
        assert not stage.app.asked
        await stage.press("escape")
        assert stage.app.asked == [("closed",)]


@pytest.mark.parametrize("key", ["enter", "g"])
async def test_it_leads_to_the_source(key):
    async with opened(*two_sessions()) as stage:
        await stage.stand_on("Some time")
        await stage.press(key)
        assert stage.app.asked == [stage.texts["Some time"]]


async def test_the_mouse_stands_on_an_item_and_opens_it_at_the_second_click():
    async with opened(*two_sessions()) as stage:
        row = next(y for y, line in enumerate(stage.text.splitlines()) if "Some time" in line)
        await stage.pilot.click(offset=(10, row + 1))
        assert stage.list.item
        assert stage.list.item.text.raw == "Some time"
        await stage.pilot.click(offset=(10, row))
        await stage.settled()
        assert stage.app.asked == [stage.texts["Some time"]]


async def test_nobodys_is_shown_until_somebody_is_chosen():
    kim = played(3, "Other", OTHERS)
    kim.keep("Of the other pair", Kind.ACTION)
    async with opened(*two_sessions(), kim, pair=None) as stage:
        await stage.until(lambda: type(stage.app.screen).__name__ == "PeopleDialog")
        await stage.press("escape")
        assert "Nobody is chosen yet." in stage.text
        assert not any(text in stage.text for text in stage.texts)
        await stage.pilot.press("w")
        await stage.until(lambda: type(stage.app.screen).__name__ == "PeopleDialog")
        await stage.pilot.press("k", "i", "m", "enter")
        await stage.until(lambda: "Of the other pair" in stage.text)
        assert stage.text.startswith(" Actions with Kim")
        assert "Late draft" not in stage.text


async def test_the_only_pair_needs_no_choosing_and_nothing_promised_teaches():
    async with opened(played(1, "Kick-off"), pair=None) as stage:
        assert "Nothing was promised yet." in stage.text
        assert "@name what by friday" in stage.text


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
async def test_at_every_size_the_due_words_stand_and_cuts_show(size):
    play = played(1, "A title that is long enough to be cut on any screen, and then some more of it " * 3)
    play.keep(
        "会議 and what was promised in all its length " * 9, Kind.ACTION, owner="A long name " * 9, due="2026-11-21"
    )
    async with opened(play, size=size) as stage:
        assert "3 days overdue" in stage.text
        rows = [line for line in stage.text.splitlines() if "会議" in line or "A title" in line or "A long" in line]
        assert rows
        assert all("…" in line for line in rows)


async def test_every_size_on_the_way_to_another_can_be_painted():
    async with opened(*two_sessions(), size=(120, 36)) as stage:
        for width in (200, 60, 135, 134, 133, 132, 131, 80, 200):
            await stage.pilot.resize_terminal(width, 16)
            for line in range(stage.list.count):
                for cells in (58, 130, 131, 132, 198):
                    assert stage.list.draw(line, cells).cell_length <= max(cells, 66)
        assert stage.app._exception is None


@pytest.mark.long
async def test_five_thousand_scroll_and_filter_without_a_pause():
    play = played(1, "Kick-off")
    play.keep("One", Kind.ACTION, owner="Alex", due="2026-11-21")
    async with opened(play) as stage:
        [item] = stage.screen._shelf.items
        many = tuple(
            replace(item, capture=f"c{number}", text=UserText(f"Promise number {number} of many"), due=None)
            for number in range(5000)
        )
        started = time.process_time()
        stage.screen._shelf.take(many, {}, whose=True)
        await stage.pilot.pause()
        shown = time.process_time() - started
        started = time.process_time()
        for _ in range(20):
            stage.list.action_page(1)
            await stage.pilot.pause()
        paged = (time.process_time() - started) / 20
        started = time.process_time()
        await stage.pilot.press("slash")
        stage.app.focused.value = "4999"
        await stage.pilot.pause()
        narrowed = time.process_time() - started
        assert "Promise number 4999" in stage.text
        print(f"5,000: shown {shown:.3f} s, a page {paged:.4f} s, narrowed {narrowed:.3f} s of processor time")
        assert shown < 1.0
        assert paged < 0.1
        assert narrowed < 1.0


def test_messages_are_the_ones_that_others_listen_to():
    assert {each.handler_name for each in (ActionsScreen.SourceChosen, ActionsScreen.Closed)} == {
        "on_actions_screen_source_chosen",
        "on_actions_screen_closed",
    }
    assert issubclass(ActionsScreen.SourceChosen, Message)
