"""What earlier sessions left, in the preview: offered, taken by one key, let go by another; nothing by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from support.building import BEGIN, DEVICE, MENTEE, MENTOR, PAIR, ZONE, HandClock, Play, agenda, prompt, record, topic
from textual.app import App
from textual.widgets import OptionList

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda, PromptKind, Reading
from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.fold import session_of
from rmsession.core.programme import Pair, Person
from rmsession.core.store import Store
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.tui.earlier import earlier
from rmsession.tui.launch import Launch
from rmsession.tui.opening import begin
from rmsession.tui.plan import Plan
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.preview import PreviewScreen
from rmsession.tui.widgets.carried_over import CarriedOver

NOW = BEGIN + timedelta(days=7)
WASTE = prompt("What would make this a waste of your time?", PromptKind.QUESTION)


def left() -> Play:
    """A session a week ago: a parked topic, one never reached, a parked line, a question, two open actions."""
    play = Play(
        record(agenda(topic("Hello", prompts=(WASTE,)), topic("Why the policy changed", 12), ("Feeds", 8), "Close")),
        ids=count(1),
    )
    play.start()
    play.keep("the cloud bill", Kind.PARKED)
    play.keep("send the draft", Kind.ACTION, due="2026-11-25")
    play.keep("a worry", Kind.PARKED, private=True)
    play.keep("ask legal", Kind.ACTION)
    play.do(asked.Park(play.id_of("Why")))
    play.do(asked.Jump(play.id_of("Close")))
    play.do(asked.End())
    return play


class Shown:
    """A preview over a store with an earlier session."""

    def __init__(self, pilot: Any, screen: PreviewScreen, store: Store, launch: Launch, recorder: Recorder) -> None:
        self.pilot, self.screen, self.store, self.launch, self.recorder = pilot, screen, store, launch, recorder
        self.answers: list[Plan | None] = []

    @property
    def offers(self) -> CarriedOver:
        return self.screen.query_one(CarriedOver)

    def painted(self) -> str:
        lines = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in lines)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def started(self) -> Plan:
        """Start, and the plan that was made."""
        await self.press("f2")
        (plan,) = self.answers
        assert plan
        return plan


@asynccontextmanager
async def previewed(
    *plays: Play, plan: Agenda | None = None, size: tuple[int, int] = (120, 36), mentee: UserText | None = MENTEE.name
) -> AsyncIterator[Shown]:
    store, clock = open_store("memory:"), HandClock(NOW)
    store.keep_pair(PAIR)
    for play in plays:
        store.begin(play.record)
    launch = Launch(store=store, home=Path("/home/robin/notes"), device=DEVICE, zone=ZONE, clock=clock, me=MENTOR.name)
    recorder = Recorder(store)
    own = plan or agenda("Check-in", "Listening in", title="Listening")
    screen = PreviewScreen(
        Reading(own), launch, recorder, mentor=None, mentee=mentee, must_end=None, duration_minutes=None
    )
    app: App[None] = App()
    async with app.run_test(size=size) as pilot:
        shown = Shown(pilot, screen, store, launch, recorder)
        await app.push_screen(screen, shown.answers.append)
        await shown.settle()
        yield shown
    recorder.stop()


async def test_everything_left_is_offered_and_nothing_is_taken_by_itself():
    play = left()
    async with previewed(play) as shown:
        painted = shown.painted()
        for words in ("Why the policy changed", "Feeds", "the cloud bill", WASTE.text.raw[:20], "from 21 Nov"):
            assert words in painted
        assert "worry" not in painted
        assert "•••" in painted
        plan = await shown.started()
        assert (plan.taken, plan.questions, plan.let_go) == ((), (), ())
    async with previewed() as shown:
        assert not shown.offers.display


async def test_the_preview_says_plainly_what_last_time_does_to_the_end():
    async with previewed(left()) as shown:
        assert "2 open actions: Last time 2 min in front; ends 14:22" in shown.painted()
    async with previewed(left(), plan=agenda("Last time's actions", "Feeds")) as shown:
        assert "2 open actions to look at under “Last time's actions”" in shown.painted()
        assert "from 21 Nov" in shown.painted()


async def test_one_key_takes_and_what_is_taken_stands_in_the_agenda_with_its_mark():
    play = left()
    async with previewed(play) as shown:
        await shown.press("alt+o", "space")
        assert "Feeds  ↺ carried from 21 Nov" in shown.painted()
        assert "ends 14:30" in shown.painted()
        await shown.press("down", "down", "enter", "end", "space", "up", "x")
        plan = await shown.started()
        assert [(each.id, each.carried) for each in plan.taken] == [
            (play.id_of("Feeds"), "2026-11-21"), (plan.taken[1].id, "2026-11-21"),
        ]  # fmt: skip
        assert plan.taken[1].id in play.session.captures
        assert plan.questions == (replace(WASTE, carried="2026-11-21"),)
        assert len(plan.let_go) == 1
        desk = await begin(plan, shown.launch, shown.recorder)
        now = session_of(await shown.recorder.ask(lambda store: store.load(desk.session.record.id)))
        assert [each.title.raw for each in now.topics][:2] == ["Last time", "Feeds"]
        assert [prompt.carried for prompt in now.prompts() if prompt.id == WASTE.id] == ["2026-11-21"]
        again = await shown.recorder.ask(lambda store: earlier(store, PAIR.id, MENTOR.id))
        # Taken topics are this session's to leave again, and it has not left the first of its own yet.
        assert play.id_of("Why") in [each.id for each in again.left.topics]
        assert not {*plan.let_go} & {each.capture.id for each in again.left.lines}


@pytest.mark.long
async def test_the_same_key_again_offers_it_as_before():
    async with previewed(left()) as shown:
        await shown.press("alt+o", "space", "space", "down", "x", "x")
        plan = await shown.started()
        assert (plan.taken, plan.let_go) == ((), ())


async def test_what_a_pair_left_is_offered_to_nobody_else():
    async with previewed(left(), mentee=UserText("Somebody else")) as shown:
        assert not shown.offers.display
        assert "policy" not in shown.painted()
        field = shown.screen.query_one("#mentee")
        field.value = MENTEE.name.raw  # type: ignore[attr-defined]
        await shown.settle()
        assert shown.offers.any
        await shown.press("alt+o", "space")
        field.value = "Somebody else"  # type: ignore[attr-defined]
        await shown.settle()
        assert not shown.offers.display
        assert "policy" not in shown.painted()
        plan = await shown.started()
        assert plan.taken == ()


async def test_what_is_left_is_asked_for_behind_the_first_paint(monkeypatch):
    """A slow disk: the preview shows and can be started, and the offers come when they come."""
    import threading

    import rmsession.tui.screens.preview as module

    hold = threading.Event()
    real = module.earlier

    def slow(store, pair, by):
        hold.wait(10)
        return real(store, pair, by)

    monkeypatch.setattr(module, "earlier", slow)
    store, clock = open_store("memory:"), HandClock(NOW)
    store.keep_pair(PAIR)
    store.begin(left().record)
    launch = Launch(store=store, home=Path("/h"), device=DEVICE, zone=ZONE, clock=clock, me=MENTOR.name)
    recorder = Recorder(store)
    screen = PreviewScreen(
        Reading(agenda("Check-in")), launch, recorder, mentor=None, mentee=MENTEE.name, must_end=None,
        duration_minutes=None,
    )  # fmt: skip
    app: App[None] = App()
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(screen)
        await pilot.pause()
        assert not screen.query_one(CarriedOver).display
        assert screen.query_one("#go").has_focus
        hold.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.query_one(CarriedOver).any
    recorder.stop()


@pytest.mark.parametrize("size", [(80, 24), pytest.param((60, 16), marks=pytest.mark.long)])
async def test_six_offers_leave_the_topics_and_the_form_in_sight(size):
    async with previewed(left(), size=size) as shown:
        assert shown.screen.query_one(OptionList).option_count == 5
        painted = shown.painted()
        assert "Check-in" in painted
        assert "Mentee" in painted
        assert "Start" in painted


async def test_a_damaged_session_hides_nothing_of_the_others(monkeypatch):
    from rmsession.core.store_errors import Damaged

    store = open_store("memory:")
    store.keep_pair(PAIR)
    store.begin(left().record)
    other = Play(record(agenda("Hello", "Gone"), number=2), ids=count(900))
    other.start()
    store.begin(other.record)
    load = store.load

    def damaged(session):
        if session == other.record.id:
            raise Damaged("damaged")
        return load(session)

    monkeypatch.setattr(store, "load", damaged)
    found = earlier(store, PAIR.id, MENTOR.id)
    assert len(found.waits) == 2
    assert "Gone" not in [each.title.raw for each in found.left.topics]


def test_another_pairs_session_leaves_nothing_here():
    store = open_store("memory:")
    play = left()
    store.begin(play.record)
    assert earlier(store, "another pair", MENTOR.id).left.topics == ()
    other = Pair("other", MENTOR, Person("x", UserText("Other")))
    play.do(CorrectPair(other.id, MENTOR.id, "x", MENTOR.name, UserText("Other")))
    store.append(play.record.id, play.record.facts[-1])
    assert earlier(store, PAIR.id, MENTOR.id).waits == ()
    assert len(earlier(store, other.id, MENTOR.id).waits) == 2
