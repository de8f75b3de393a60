"""Last time, on the screen: a session opens with what earlier ones left, and each is settled in both records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from support.building import BEGIN, DEVICE, MENTEE, PAIR, ZONE, HandClock, Play, agenda, prompt, record, topic
from support.stage import Stage
from textual.events import Key
from textual.widgets import OptionList

from rmsession.core import between as happened
from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.agenda import Agenda, PromptKind
from rmsession.core.between import ActionRef
from rmsession.core.facts import ActionDone, ActionDropped, ActionReopened, Captured, Started
from rmsession.core.fold import session_of
from rmsession.core.session import Session
from rmsession.core.terms import ActionStatus, Kind, Outcome
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.tui.app import RmSessionApp
from rmsession.tui.launch import Launch, OpenSession
from rmsession.tui.opening import begin
from rmsession.tui.plan import Plan
from rmsession.tui.screens.last_time import LastTimeDialog
from rmsession.tui.screens.session import SessionScreen
from rmsession.tui.widgets.last_time_lines import LastTimeChosen
from rmsession.tui.widgets.line import TypedLine
from rmsession.tui.widgets.prompts import TopicView
from rmsession.tui.widgets.topics import TopicsPane

WEEK = timedelta(days=7)
NOW = BEGIN + WEEK


def before(*actions: Any, number: int = 1, ids: Any = None, plan: Agenda | None = None) -> Play:
    """A session a week ago that left these actions: texts, or (text, fields of `Play.keep`)."""
    play = Play(record(plan or agenda("Hello", title="Kick-off"), number=number), ids=ids or count(1))
    play.start()
    play.wait(minutes=12)
    for each in actions:
        text, more = each if isinstance(each, tuple) else (each, {})
        play.keep(text, Kind.ACTION, **more)
    play.do(asked.End())
    return play


def three() -> Play:
    return before(
        ("send the policy draft", {"owner": "Alex", "due": "2026-11-25"}),
        ("ask legal about the feed", {"owner": "Robin", "due": "2026-12-01", "confidence": 4}),
        ("read the survey", {}),
    )


class Here(Stage):
    """A session that has just begun behind others."""

    @property
    def dialog(self) -> LastTimeDialog:
        assert isinstance(self.app.screen, LastTimeDialog)
        return self.app.screen

    def painted(self) -> str:
        """What the front screen shows."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in lines)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def of(self, play: Play) -> Session:
        """An earlier session as the store has it."""
        return session_of(await self.app.recorder.ask(lambda store: store.load(play.record.id)))

    async def type(self, text: str) -> None:
        assert isinstance(self.app.focused, TypedLine)
        self.app.focused.insert_text_at_cursor(text)
        await self.pilot.pause()


@asynccontextmanager
async def begun(
    *plays: Play, plan: Agenda | None = None, size: tuple[int, int] = (120, 36), **more: Any
) -> AsyncIterator[Here]:
    """The app on a session that began now, a week after these."""
    store, clock = open_store("memory:"), HandClock(NOW)
    store.keep_pair(PAIR)
    for play in plays:
        store.begin(play.record)
    launch = Launch(
        store=store, home=Path("/home/robin/rmsession"), device=DEVICE, zone=ZONE, clock=clock, me=PAIR.mentor.name
    )
    wanted = Plan(plan or agenda("Check-in", "Policy", title="Listening"), PAIR.mentor.name, MENTEE.name, **more)
    app = RmSessionApp(launch)
    desk = await begin(wanted, launch, app.recorder)
    await app.recorder.ask(lambda _: None)
    await app.recorder.release()
    app._launch = Launch(
        store=store, home=launch.home, device=DEVICE, zone=ZONE, clock=clock, me=launch.me,
        first=OpenSession(desk.session.record.id),
    )  # fmt: skip
    app._flow._launch = app._launch
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield Here(pilot, app, clock, desk.session.record.id)
    app.recorder.stop()


def captures(play: Play) -> list[str]:
    return list(play.session.captures)


async def test_the_session_opens_with_a_topic_in_front_and_says_what_was_open():
    play = three()
    async with begun(play) as here:
        events = await here.facts()
        assert isinstance(events[0], Started)
        ids = captures(play)
        # The earliest due first, what has no date last.
        refs = tuple(ActionRef(play.record.id, each) for each in ids)
        front = here.session.topics[0]
        assert events[1] == happened.LastTimeOpened(front.id, refs)
        assert (front.title.raw, front.minutes, here.session.current) == ("Last time", 3.0, front.id)
        shown = here.painted()
        assert "↺ From last time: 3 open actions" in shown
        assert "3 days overdue" in shown
        assert "send the policy draft" in shown


async def test_the_agendas_own_topic_is_the_one_and_a_first_session_has_none():
    async with begun(three(), plan=agenda("Last time's actions", "Policy")) as here:
        assert [each.title.raw for each in here.session.topics] == ["Last time's actions", "Policy"]
        assert len(here.session.unreviewed) == 3
    async with begun() as here:
        assert [each.title.raw for each in here.session.topics] == ["Check-in", "Policy"]
        assert here.session.last_time is None
        await here.press("alt+l")
        assert isinstance(here.app.screen, SessionScreen)
        assert "nothing from last time" in here.painted()


@pytest.mark.parametrize("key", ["f2", *(pytest.param(key, marks=pytest.mark.long) for key in ("f6", "f9"))])
async def test_what_would_close_the_topic_shows_what_waits_instead(key):
    async with begun(three()) as here:
        here.line.value = "half a thought"
        await here.press(key)
        assert here.dialog
        assert here.session.current == here.session.topics[0].id
        await here.press("escape")
        assert here.line.value == "half a thought"


async def test_each_is_settled_by_a_key_in_its_own_record_and_in_this_one():
    play = three()
    done, carried, dropped = captures(play)
    async with begun(play) as here:
        await here.press("f2", "d", "c", "x")
        await here.type("nobody reads it")
        await here.press("enter")
        then = await here.of(play)
        assert [fact.what for fact in then.facts[-3:]] == [
            ActionDone(done),
            happened.ActionCarried(carried, here.id),
            ActionDropped(dropped, UserText("nobody reads it")),
        ]
        assert [(fact.at, fact.by) for fact in then.facts[-3:]] == [(None, PAIR.mentor.id)] * 3
        refs = [ActionRef(play.record.id, each) for each in (done, carried, dropped)]
        assert (await here.facts())[-3:] == [
            happened.ActionReviewed(refs[0], Outcome.DONE),
            happened.ActionReviewed(refs[1], Outcome.CARRIED),
            happened.ActionReviewed(refs[2], Outcome.DROPPED),
        ]
        shown = here.painted()
        assert "3, all settled" in shown
        # Done after its day, carried, dropped.
        assert "done, not kept" in shown
        assert "0 of 3 kept" in shown
        await here.press("f2")
        assert isinstance(here.app.screen, SessionScreen)
        assert here.session.topic
        assert here.session.topic.title.raw == "Check-in"


async def test_an_action_is_split_into_actions_of_this_session():
    play = three()
    first, *_ = captures(play)
    async with begun(play) as here:
        await here.press("alt+l", "s")
        await here.type("write the outline by fri")
        line = here.app.focused
        assert isinstance(line, TypedLine)
        line.post_message(Key("enter", "\r"))
        line.post_message(Key("at", "@"))  # from a quick hand: behind it, before anything is drawn
        await here.pilot.pause()
        await here.type("robin ask for the numbers due:2026-12-10 sure:2")
        await here.press("enter")
        assert "1  write the outline" in here.painted()
        await here.press("enter")
        parts = list((await here.kept()).standing(Kind.ACTION))
        assert [(each.content.text.raw, each.content.owner, each.content.due, each.content.confidence)
                for each in parts] == [
            ("write the outline", UserText("Alex"), "2026-12-04", None),
            ("ask for the numbers", UserText("Robin"), "2026-12-10", 2),
        ]  # fmt: skip
        assert {each.topic for each in parts} == {here.session.topics[0].id}
        split = (await here.of(play)).captures[first]
        assert (split.status, split.parts) == (ActionStatus.SPLIT, tuple(each.id for each in parts))
        assert here.session.reviewed[first] is Outcome.SPLIT
        await here.press("home", "o")
        assert list((await here.kept()).standing(Kind.ACTION)) == []
        assert (await here.of(play)).captures[first].is_open_action


@pytest.mark.long
async def test_minds_are_changed_and_an_action_can_wait_again():
    play = three()
    first, second, _ = captures(play)
    async with begun(play) as here:
        await here.press("alt+l", "d", "c", "up", "up")
        await here.press("c")
        then = await here.of(play)
        assert [type(fact.what) for fact in then.facts[-2:]] == [ActionReopened, happened.ActionCarried]
        assert here.session.reviewed[first] is Outcome.CARRIED
        await here.press("home", "down", "o")
        then = await here.of(play)
        assert [carry.into for carry in then.captures[second].carries] == []
        assert second not in here.session.reviewed
        assert session_of((await here.kept()).record) == await here.kept()


@pytest.mark.long
async def test_all_that_wait_are_carried_by_one_key():
    play = three()
    async with begun(play) as here:
        await here.press("alt+l", "d", "C", "f2")
        assert list(here.session.reviewed.values()) == [Outcome.DONE, Outcome.CARRIED, Outcome.CARRIED]
        then = await here.of(play)
        assert [len(each.carries) for each in then.captures.values()] == [0, 1, 1]
        assert here.session.topic
        assert here.session.topic.title.raw == "Check-in"


async def test_after_the_third_carry_a_reason_is_asked_for():
    play = before("write it down", "call them")
    tired, fresh = captures(play)
    for number in range(3):
        play.do(between.Carry(tired, f"session {number}"))
    async with begun(play) as here:
        await here.press("alt+l")
        assert "carried 3 times" in here.painted()
        await here.press("C")
        assert list(here.session.reviewed) == [fresh]
        assert "1 was carried 3 times" in here.painted()
        await here.press("c")
        assert "done, drop or split it?" in here.painted()
        await here.press("enter")
        assert tired not in here.session.reviewed
        await here.type("legal was closed")
        await here.press("enter")
        assert here.session.reviewed[tired] is Outcome.CARRIED
        carries = (await here.of(play)).captures[tired].carries
        assert (len(carries), carries[-1].into, carries[-1].reason.raw) == (4, here.id, "legal was closed")


async def test_a_private_action_of_ones_own_is_dots_and_the_other_sides_is_nowhere():
    play = before(
        ("my own worry", {"private": True}), ("their own worry", {"private": True, "by": MENTEE.id}), "send it"
    )
    async with begun(play) as here:
        assert len(here.session.unreviewed) == 2
        await here.press("alt+l")
        shown = here.painted()
        assert "•••" in shown
        assert "worry" not in shown
        await here.press("f7")
        assert "my own worry" in here.painted()
        assert "their own worry" not in here.painted()
        await here.press("f7", "x")
        await here.type("it passed")
        assert "passed" not in here.painted()


async def test_typed_words_are_there_again_after_a_crash():
    play = three()
    async with begun(play) as here:
        await here.press("alt+l", "s")
        await here.type("one by fri")
        await here.press("enter")
        await here.type("half of tw")
        draft = await here.app.recorder.ask(lambda store: store.draft(here.id))
        assert [(each.field, each.text.raw) for each in draft.asides] == [("split", "one by fri\nhalf of tw")]
        await here.press("escape", "escape", "alt+l")
        assert isinstance(here.app.focused, TypedLine)
        assert here.app.focused.value == "half of tw"
        assert "1  one" in here.painted()


@pytest.mark.parametrize("command", [asked.Finish, pytest.param(asked.Drop, marks=pytest.mark.long), None])
async def test_a_kill_between_the_two_records_heals_when_the_session_is_taken_up(command):
    """The action's own record says what became of it, and this session's does not yet."""
    play = before("send it", "call them")
    first, second = captures(play)
    store, clock = open_store("memory:"), HandClock(NOW)
    store.begin(play.record)
    this = Play(record(agenda("Last time", "Policy"), number=2), clock=clock, ids=count(500))
    this.start()
    refs = tuple(ActionRef(play.record.id, each) for each in (first, second))
    this.do(between.OpenLastTime(this.id_of("Last"), refs))
    store.begin(this.record)
    made = play.do(command(first) if command else between.Carry(first, this.record.id))
    store.append(play.record.id, made)
    launch = Launch(
        store=store, home=Path("/home"), device=DEVICE, zone=ZONE, clock=clock, me=PAIR.mentor.name,
        first=OpenSession(this.record.id),
    )  # fmt: skip
    app = RmSessionApp(launch)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        here = Here(pilot, app, clock, this.record.id)
        outcome = {asked.Finish: Outcome.DONE, asked.Drop: Outcome.DROPPED}.get(command, Outcome.CARRIED)
        assert (await here.kept()).reviewed == {first: outcome}
        assert here.session.unreviewed == refs[1:]
    app.recorder.stop()


@pytest.mark.long
async def test_what_is_gone_is_not_waited_for_and_what_cannot_be_read_can_be_let_go():
    play = three()
    async with begun(play) as here:
        carrying = here.screen.memory.carrying
        carrying._sources.clear()
        carrying._seen = ()
        await here.press("alt+l", "d")
        assert "cannot be read now" in here.painted()
        assert here.session.reviewed == {}
        await here.press("x")
        assert list(here.session.reviewed.values()) == [Outcome.DROPPED]
        assert all(each.is_open_action for each in (await here.of(play)).captures.values())
        await here.app.recorder.ask(lambda store: store.delete(play.record.id))
        await carrying.read(here.app.recorder)
        assert not here.session.unreviewed


@pytest.mark.long
async def test_a_click_in_the_column_or_in_the_topic_opens_that_action():
    play = three()
    second = captures(play)[1]
    async with begun(play) as here:
        pane = here.screen.query_one(TopicsPane)
        row = next(place for place, each in enumerate(pane._rows) if each.action == second)
        await here.pilot.click(TopicsPane, offset=(6, row))
        await here.pilot.pause()
        assert here.dialog.query_one(OptionList).highlighted == 1
        await here.press("escape")
        view = here.screen.query_one(TopicView)
        assert any(each.action == second for each in view._rows)
        view.post_message(LastTimeChosen(second))
        await here.pilot.pause()
        assert here.dialog.query_one(OptionList).highlighted == 1


async def test_what_was_taken_and_let_go_stands_in_this_sessions_record():
    question = prompt("What would make this a waste?", PromptKind.QUESTION)
    carried = topic("Why the policy changed", 7, carried="2026-11-21")
    async with begun(three(), taken=(carried,), questions=(question,), let_go=("t-old",)) as here:
        assert [each.title.raw for each in here.session.topics[:2]] == ["Last time", "Why the policy changed"]
        assert question in here.session.topics[0].prompts
        assert here.session.let_go == {"t-old"}
        shown = here.painted()
        assert "↺ carried from 21 Nov" in shown
        await here.press("f3")
        await here.enter("/2")
        assert "Why the policy changed   ↺ carried from 21 Nov" in here.painted()
        await here.pilot.resize_terminal(80, 24)
        await here.pilot.pause()
        assert "▶ 2↺ of 4" in here.painted()


@pytest.mark.long
async def test_off_the_record_no_words_are_kept():
    async with begun(three()) as here:
        await here.press("f8", "alt+l", "x")
        await here.type("because")
        await here.press("enter")
        assert here.session.reviewed == {}
        assert "Off the record" in here.painted()


@pytest.mark.long
async def test_a_part_of_signs_alone_is_kept_as_typed():
    play = three()
    async with begun(play) as here:
        await here.press("alt+l", "s")
        await here.type("@sam")
        await here.press("enter", "enter")
        (part,) = (await here.kept()).standing(Kind.ACTION)
        assert (part.content.text.raw, part.content.owner) == ("@sam", UserText("Alex"))
        assert any(isinstance(each, Captured) for each in await here.facts())
