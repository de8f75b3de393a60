"""Home on its own: over a store in which sessions were held, in an app that remembers what Home says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from support.building import BEGIN, DEVICE, MENTOR, ZONE, HandClock, Play, agenda, record
from textual.app import App
from textual.message import Message
from textual.pilot import Pilot

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda
from rmsession.core.programme import Pair, Person
from rmsession.core.store import Store
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.home import HomeScreen
from rmsession.tui.widgets.home_choices import ChoiceList
from rmsession.tui.widgets.home_lookup import Companion

ALEX, BERTA = UserText("Alex"), UserText("Berta")


def pair_with(name: UserText, mentor: UserText = MENTOR.name) -> Pair:
    """A pair whose ids are made of its names."""
    who = f"{mentor.raw}-{name.raw}"
    return Pair(f"pair-{who}", Person(f"mentor-{mentor.raw}", mentor), Person(f"mentee-{name.raw}", name))


@dataclass
class Past:
    """A store in which sessions were held."""

    store: Store = field(default_factory=lambda: open_store("memory:"))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def held(
        self,
        pair: Pair,
        plan: Agenda | None = None,
        *,
        when: datetime = BEGIN - timedelta(days=7),
        ended: bool = True,
        actions: tuple[tuple[str, str | None], ...] = (),
    ) -> str:
        """Hold a session of twenty minutes; its id."""
        self.store.keep_pair(pair)
        first = record(plan or agenda("Hello"), pair=pair, number=next(self.numbers), created=when)
        play = Play(first, by=pair.mentor.id, clock=HandClock(when))
        play.start()
        for text, due in actions:
            play.keep(text, Kind.ACTION, due=due)
        play.wait(minutes=20)
        if ended:
            play.do(asked.End())
        self.store.begin(replace(first, facts=()))
        for each in play.record.facts:
            self.store.append(first.id, each)
        return first.id


class Host(App[None]):
    """Shows Home and remembers what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Message] = []

    def on_home_screen_agenda_chosen(self, message: Message) -> None:
        self.said.append(message)

    on_home_screen_session_chosen = on_home_screen_agenda_chosen
    on_home_screen_record_chosen = on_home_screen_agenda_chosen
    on_home_screen_pending_chosen = on_home_screen_agenda_chosen
    on_home_screen_new_agenda = on_home_screen_agenda_chosen
    on_home_screen_list_wanted = on_home_screen_agenda_chosen


@dataclass
class Shown:
    """Home as it is painted."""

    pilot: Pilot[None]
    app: Host
    screen: HomeScreen

    def text(self) -> str:
        """Every character on the screen."""
        return "\n".join(
            "".join(segment.text for segment in strip) for strip in self.app.screen._compositor.render_strips()
        )

    def list(self, name: str = "start") -> ChoiceList:
        """What can be started, or ``past``."""
        return self.screen.query_one(f"#{name}", ChoiceList)

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what Home looks up."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        # Only those that look things up: the one that waits for a dialog's answer goes on.
        if looking := [worker for worker in self.app.workers if worker.group == "home"]:
            await self.app.workers.wait_for_complete(looking)
        await self.pilot.pause()

    async def meet(self, name: UserText, *, mentors_me: bool = False) -> None:
        """Choose a person at once."""
        self.screen.meet(Companion(name, mentors_me))
        await self.press()

    async def choose(self, name: str) -> None:
        """Choose a person by typing."""
        await self.press("w", *name)
        await self.press("enter")
        await self.press()


@asynccontextmanager
async def home(
    past: Past | None = None,
    *,
    me: UserText | None = MENTOR.name,
    size: tuple[int, int] = (120, 50),
    at_once: bool = False,
    **more: object,
) -> AsyncIterator[Shown]:
    """Home, once it has looked everything up; `at_once`, as soon as it is painted."""
    store = (past or Past()).store
    launch = Launch(
        store=store, home=Path("/srv/notes"), device=DEVICE, zone=ZONE, clock=HandClock(), me=me, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    recorder = Recorder(store)
    app = Host()
    async with app.run_test(size=size) as pilot:
        screen = HomeScreen(launch, recorder)
        await app.push_screen(screen)
        shown = Shown(pilot, app, screen)
        if not at_once:
            await shown.press()
        yield shown
    recorder.stop()
