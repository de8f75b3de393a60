"""Every picture that the app paints, looked through at the moment it is painted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from privacy.sentinels import Held, known_of, mark
from support.building import DEVICE, ZONE, HandClock
from support.stage import Stage

from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.tui.app import RmSessionApp
from rmsession.tui.launch import Launch, OpenHome, OpenSession

_PART = 7


class Watch:
    """Looks for marks in everything that is painted from now on."""

    def __init__(self, names: set[str]) -> None:
        self.names = {mark(name)[1:][start : start + _PART]: name for name in names for start in range(4)}
        self.allowed: set[str] = set()
        self.seen: dict[str, str] = {}
        """Marks that were painted while they were not allowed, and where first."""
        self.shown: set[str] = set()
        """Marks that were painted at all."""
        self.frames = 0
        self.screens: set[str] = set()

    def look(self, app: RmSessionApp) -> None:
        """Look through what is on the screen, tooltips, titles and window title included."""
        screen = app.screen
        rows = ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]
        text = "\n".join([*rows, app.title, app.sub_title, screen.title or "", screen.sub_title or ""]).lower()
        # A word that was wrapped stands on two lines, one under the other or over the whole width.
        joined = "".join(text.split())
        self.frames += 1
        self.screens.add(type(screen).__name__)
        for part, name in self.names.items():
            if part in text or part in joined:
                self.shown.add(name)
                if name not in self.allowed:
                    self.seen.setdefault(name, f"{type(screen).__name__}:\n{chr(10).join(rows)}")

    @contextmanager
    def allowing(self, names: set[str]) -> Iterator[None]:
        """Let these be seen for a while: they were asked for."""
        before, self.allowed = self.allowed, self.allowed | names
        try:
            yield
        finally:
            self.allowed = before


@asynccontextmanager
async def painted(
    it: Held, watch: Watch, *, first: str = "session", me: str | None = "Robin", folder: Path | None = None
) -> AsyncIterator[Stage]:
    """The real app over both sessions, every picture of it watched."""
    store = open_store("memory:")
    for each in (it.record, it.other):
        store.begin(each)
    store.keep_known(known_of(it))
    store.keep_draft(it.record.id, it.draft)
    clock = HandClock(it.draft.wall)
    launch = Launch(
        store=store, home=Path("/home/robin/rmsession"), device=DEVICE, zone=ZONE, clock=clock,
        first=OpenSession(it.record.id) if first == "session" else OpenHome(),
        me=UserText(me) if me else None, theme="textual-dark", agendas=(folder,) if folder else (),
    )  # fmt: skip
    app = RmSessionApp(launch)
    display = app._display

    def displayed(screen, renderable) -> None:
        display(screen, renderable)
        if screen is app.screen:
            watch.look(app)

    app._display = displayed
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete() if first != "session" and me else None
        await pilot.pause()
        yield Stage(pilot, app, clock, it.record.id)
    app.recorder.stop()
