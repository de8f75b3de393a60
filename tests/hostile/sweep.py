"""The real app on hostile sessions: lets it work, presses keys, and looks at what it painted."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hostile.payloads import CANARY, LITERALS, MARK, harm
from hostile.planting import BEGIN, PAIR, Planter, agenda_file, behind, half_filled, played, session_id
from hostile.ungated import Hostile, Refusing
from support.building import DEVICE, ZONE, HandClock
from support.frames import unsent
from textual import events
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from rmsession.core.terms import Phase
from rmsession.tui.launch import Launch, OpenHome

RUNNING, CLOSING, ENDED, PENDING, READY, BEHIND = 1, 2, 3, 4, 5, 6
"""The sessions of a sweep, by number."""
NOW = BEGIN + timedelta(minutes=6)


@dataclass
class Painted:
    """What stood on the screen once."""

    stage: str
    after: str
    text: str


@dataclass
class Sweep:
    """The app under test and what was found so far."""

    app: Hostile
    pilot: Pilot[None]
    planter: Planter
    agenda: Path
    store: Refusing
    faults: dict[str, str] = field(default_factory=dict)
    """What went wrong, by the stage and what it is: after what it was seen first."""
    seen: set[str] = field(default_factory=set)
    """The screens that were in front."""
    showing: dict[str, int] = field(default_factory=dict)
    """How many hostile texts each stage showed."""
    literals: dict[str, set[str]] = field(default_factory=dict)
    """Which literals each stage showed as typed."""
    fired: int = 0
    done: set[tuple[str, str]] = field(default_factory=set)
    """What was fired, by whose it is."""
    stage: str = ""

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Let the app work until something holds."""
        limit = time.monotonic() + 20
        while not true():
            assert time.monotonic() < limit, f"{self.stage}: {what} did not come; {self.app.screen!r} is in front"
            assert self.app._exception is None, f"{self.stage}: the app broke: {self.app._exception!r}"
            await self.pilot.pause(0.005)

    async def front(self, name: str) -> None:
        """Wait for a screen of that name."""
        await self.until(lambda: type(self.app.screen).__name__ == name and self.app.screen.is_running, name)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def clear(self) -> None:
        """Take everything away, whatever it waits for; what was being typed is as it was at first."""
        self.app.workers.cancel_group(self.app, "flow")
        while len(self.app.screen_stack) > 1:
            await self.app.pop_screen()
        self.app._flow.desk = None
        await self.app.recorder.release()
        self.app.clear_notifications()
        self.app._launch.clock.moment = HandClock(NOW).moment
        self.store.restore()
        for number in (RUNNING, CLOSING):
            self.store.keep_draft(session_id(number), half_filled(self.planter))

    async def paste(self, text: str) -> None:
        """What a terminal hands over as a paste."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.pilot.pause()

    @asynccontextmanager
    async def refusing(self) -> AsyncIterator[None]:
        """The store refuses meanwhile."""
        self.store.says = self.planter.text("a refusal")
        try:
            yield
        finally:
            self.store.says = ""

    def go(self, steps: Any) -> None:
        self.app.go(steps)

    def look(self, after: str) -> Painted:
        """Look at everything that is painted, at each widget's other texts, and at what a click would do."""
        screen = self.app.screen
        for each in self.app.screen_stack:
            self.seen.add(type(each).__name__)
        lines = []
        for strip in screen._compositor.render_strips():
            lines.append("".join(segment.text for segment in strip))
            for segment in strip:
                if segment.style is not None:
                    self._look_at_style(segment.style, after)
        painted = Painted(self.stage, after, "\n".join(lines))
        for what in harm(painted.text, lines=True):
            self.fault(f"{what} painted", after)
        self._look_at_words(painted, _front_of(screen, lines))
        for widget in screen.walk_children(Widget):
            self._look_at_widget(widget, after)
        for where in (self.app.title, self.app.sub_title, screen.title or "", screen.sub_title or ""):
            if MARK in where:
                self.fault("a person's text in the window's title", after)
        if harm(self.app.clipboard, lines=True):
            self.fault("the clipboard", after)
        if self.app.sprung:
            self.fault(f"ran: {self.app.sprung}", after)
            self.app.sprung.clear()
        assert self.app._exception is None, f"{self.stage}, {after}: {self.app._exception!r}"
        return painted

    def fault(self, what: str, after: str) -> None:
        self.faults.setdefault(f"{self.stage}: {what}", after)

    def _look_at_style(self, style: Any, after: str) -> None:
        if style.link:
            self.fault(f"terminal link {style.link[:40]!r}", after)
        for event, action in style.meta.items():
            if event.startswith("@") and (CANARY in str(action) or "quit" in str(action) or "bell" in str(action)):
                self.fault(f"{event} would run {action}", after)

    def _look_at_words(self, painted: Painted, text: str) -> None:
        found = self.showing
        found[self.stage] = found.get(self.stage, 0) + len(re.findall(f"{MARK}[0-9]+", text))
        for literal in LITERALS:
            if literal in text:
                self.literals.setdefault(self.stage, set()).add(literal)
        if self.planter.suit.startswith("[TODO]") and type(self.app.screen).__name__ != "ExportDialog":
            # The export shows Markdown, with what would mean something escaped.
            for match in re.finditer(rf"(?<!#){MARK}[0-9]++(?!\[TODO\])(?P<then>.{{0,40}})", text):
                if not re.match(r"\[?T?O?D?O?(?:…|\s*$)", match["then"]):
                    self.fault(f"not as typed: {match[0]!r}", painted.after)

    def _look_at_widget(self, widget: Widget, after: str) -> None:
        for name in ("border_title", "border_subtitle"):
            if harm(str(getattr(widget, name) or "")):
                self.fault(f"{name} of {type(widget).__name__}", after)
        if widget.tooltip is not None and MARK in str(widget.tooltip):
            self.fault(f"a person's text in the tooltip of {type(widget).__name__}", after)
        if isinstance(widget, Input) and harm(str(widget.placeholder)):
            self.fault(f"placeholder of {type(widget).__name__}", after)


def _front_of(screen: Screen[Any], lines: list[str]) -> str:
    """The text of a dialog without what shows behind it, in pieces."""
    if not isinstance(screen, ModalScreen):
        return "\n".join(lines)
    regions = [each.region for each in screen.children if each.region.area and each.region.x]
    return "\n".join(line[each.x : each.right] for each in regions for line in lines[each.y : each.bottom])


def _no_editor(planter: Planter) -> Callable[[], Path]:
    def write() -> Path:
        raise OSError(5, planter.text("no editor"))

    return write


@asynccontextmanager
async def sweeping(suit: str, folder: Path, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Sweep]:
    """The app over a store of hostile sessions, with hostile agendas in a hostile folder."""
    planter = Planter(suit)
    store = Refusing()
    store.keep_pair(planter(PAIR))
    for number, phase, settled in (
        (RUNNING, Phase.RUNNING, False),
        (CLOSING, Phase.CLOSING, False),
        (ENDED, Phase.ENDED, True),
        (PENDING, Phase.ENDED, False),
        (READY, Phase.READY, False),
    ):
        record = planter(played(phase, number, settled=settled))
        store.begin(replace(record, facts=()))
        for fact in record.facts:
            store.append(record.id, fact)
    later = planter(behind(BEHIND, played(Phase.ENDED, ENDED, settled=True)))
    store.begin(replace(later, facts=()))
    for fact in later.facts:
        store.append(later.id, fact)
    store.first = dict(store._kept.records)
    agenda = agenda_file(folder, planter)
    home = folder / planter.text("home").replace("\0", "")
    me = planter(PAIR).mentor.name
    launch = Launch(
        store=store, home=home, device=DEVICE, zone=ZONE, clock=HandClock(NOW),
        first=OpenHome(), new_agenda=_no_editor(planter), me=me,
        caution=planter.text("caution"), agendas=(folder,), recent=(agenda,),
    )  # fmt: skip
    app = Hostile(launch)
    with unsent():  # `Sweep.look` paints
        async with app.run_test(size=size, tooltips=True) as pilot:
            await pilot.pause()
            yield Sweep(app, pilot, planter, agenda, store)
    app.recorder.stop()
