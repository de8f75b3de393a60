"""The real app on hostile sessions: opens every screen, fires everything on it, and looks at what it painted."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from inspect import isawaitable
from pathlib import Path
from typing import Any

from hostile.payloads import CANARY, LITERALS, MARK, harm
from hostile.planting import BEGIN, PAIR, PLANT, Planter, agenda_file, behind, half_filled, plan, played, session_id
from support.building import DEVICE, ZONE, HandClock
from textual import events
from textual.filter import LineFilter
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

import rmsession.tui.app
from rmsession.core.agenda import Problem, Reading, Severity
from rmsession.core.facts import Fact
from rmsession.core.record import Record
from rmsession.core.store_errors import NotKept, StoreError
from rmsession.core.terms import Phase
from rmsession.store.memory import MemoryStore
from rmsession.tui.app import RmSessionApp
from rmsession.tui.asides import Field
from rmsession.tui.launch import Launch, OpenActions, OpenAgenda, OpenHome
from rmsession.tui.screens.preview import PreviewScreen
from rmsession.tui.text import Gate

RUNNING, CLOSING, ENDED, PENDING, READY, BEHIND = 1, 2, 3, 4, 5, 6
"""The sessions of a sweep, by number."""
NOW = BEGIN + timedelta(minutes=6)
NOT_PRESSED = {"ctrl+z"}
"""Stops the program."""
EVERYWHERE = {"Theme", "Leave rmsession"}
"""The app's own palette commands."""
BUSY = 12
"""So many things at work: start afresh."""


class Refusing(MemoryStore):
    """A store that can be told to refuse, with a hostile text in what it says."""

    says = ""
    """What it says; empty: it refuses nothing."""
    first: dict[str, Record]
    """The sessions as they were at first."""

    def restore(self) -> None:
        """Whatever was done to the sessions is undone."""
        self._records = dict(self.first)

    def _refuse(self, kind: type[StoreError] = StoreError) -> None:
        if self.says:
            raise kind(self.says)

    def append(self, session: str, fact: Fact) -> None:
        self._refuse(NotKept)
        super().append(session, fact)

    def redact(self, *args: Any, **more: Any) -> None:
        self._refuse()
        super().redact(*args, **more)

    def keep_pair(self, *args: Any) -> None:
        self._refuse()
        super().keep_pair(*args)

    def troubles(self) -> Sequence[str]:
        return (self.says, self.says) if self.says else ()


class Hostile(RmSessionApp):
    """The app with its last gate taken away, so that what comes to the gate is seen; and with a trap."""

    CSS_PATH = str(Path(rmsession.tui.app.__file__).with_name("app.tcss"))
    TOOLTIP_DELAY = 0.01

    def __init__(self, launch: Launch) -> None:
        self.sprung: list[str] = []
        super().__init__(launch)

    def get_line_filters(self) -> list[LineFilter]:
        return [each for each in super().get_line_filters() if not isinstance(each, Gate)]

    def exit(self, *args: Any, **more: Any) -> None:
        """Stay: more is to be tried."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """There is no terminal to give away."""
        yield

    def action_canary(self, *said: object) -> None:
        self.sprung.append(f"the canary {said}")

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        self.sprung.append(f"opened {url}")


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
    """What went wrong, by what it is: where it was seen first."""
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
        self.faults.setdefault(what, f"{self.stage}, after {after}")

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


Open = Callable[[Sweep], Awaitable[None]]


def _session(number: int, then: str) -> Open:
    async def open_(sweep: Sweep) -> None:
        sweep.go(sweep.app._flow.take_up(session_id(number)))
        await sweep.front(then)

    return open_


def _then(before: Open, front: str, *keys: str) -> Open:
    async def open_(sweep: Sweep) -> None:
        await before(sweep)
        await sweep.press(*keys)
        await sweep.front(front)

    return open_


def _word(word: str, front: str) -> Open:
    async def open_(sweep: Sweep) -> None:
        await _running(sweep)
        sweep.app.screen.do(word, "")
        await sweep.front(front)

    return open_


async def _home(sweep: Sweep) -> None:
    sweep.go(sweep.app._flow.home())
    await sweep.front("HomeScreen")
    await sweep.until(lambda: len(sweep.app.screen._offers) > 1 and sweep.app.screen._found.known, "the agendas")
    await sweep.pilot.pause()


async def _met(sweep: Sweep) -> None:
    await _home(sweep)
    from rmsession.tui.widgets.home_lookup import Companion

    sweep.app.screen.meet(Companion(sweep.planter(PAIR).mentee.name))
    await sweep.until(lambda: bool(sweep.app.screen._found.sessions), "the sessions")
    await sweep.pilot.pause()


async def _fate(sweep: Sweep) -> None:
    """The date of a session that came from elsewhere, with a zone that is none."""
    await _met(sweep)
    home = sweep.app.screen
    sessions = tuple(each for each in home._found.sessions if each.id == session_id(CLOSING))
    home._found = replace(home._found, sessions=sessions)
    home._settle_date()
    await sweep.front("FateDialog")


async def _preview(sweep: Sweep) -> None:
    pair = sweep.planter(PAIR)
    wanted = OpenAgenda(sweep.agenda, pair.mentor.name, pair.mentee.name)
    sweep.go(sweep.app._flow.preview(wanted))
    await sweep.front("PreviewScreen")


async def _preview_nobody(sweep: Sweep) -> None:
    """Names as the agenda has them show as hints."""
    sweep.go(sweep.app._flow.preview(OpenAgenda(sweep.agenda)))
    await sweep.front("PreviewScreen")


async def _welcome(sweep: Sweep) -> None:
    sweep.go(sweep.app._flow._welcome())
    await sweep.front("WelcomeScreen")


async def _picker(sweep: Sweep) -> None:
    await _home(sweep)
    await sweep.press("o")
    await sweep.front("AgendaPicker")
    await sweep.until(lambda: sweep.app.screen.query_one("DirectoryNavigation").option_count > 1, "the files")


async def _leaving(sweep: Sweep) -> None:
    await _running(sweep)
    await sweep.app.action_quit()
    await sweep.front("Ask")


async def _export(sweep: Sweep) -> None:
    await _word("export", "ExportDialog")(sweep)


async def _over(sweep: Sweep) -> None:
    await _export(sweep)
    sweep.app.screen.query_one(Input).value = str(sweep.agenda)
    await sweep.press("enter")
    await sweep.front("Ask")


async def _gap(sweep: Sweep) -> None:
    await _running(sweep)
    sweep.app.screen.desk._clock.suspend(900)
    sweep.app.screen._tick()
    await sweep.front("Ask")


async def _reveal(sweep: Sweep) -> None:
    await _running(sweep)
    sweep.app.screen.reveal()
    sweep.app.screen.do("3", "")
    await sweep.pilot.pause()


async def _preview_all(sweep: Sweep) -> None:
    """An agenda with everything in it, and with every remark that quotes a text."""
    problems = tuple(Problem(line, kind, "code", PLANT, PLANT) for line, kind in enumerate(Severity, 1))
    reading, pair = sweep.planter(Reading(plan(), problems)), sweep.planter(PAIR)
    more = {"mentor": pair.mentor.name, "mentee": pair.mentee.name, "must_end": None, "duration_minutes": None}
    sweep.app.push_screen(PreviewScreen(reading, sweep.app._launch, sweep.app.recorder, **more))
    await sweep.front("PreviewScreen")


async def _returning(sweep: Sweep) -> None:
    """What was being typed elsewhere is offered back, one after the other."""
    sweep.store.keep_draft(session_id(RUNNING), half_filled(sweep.planter, *Field))
    await _session(RUNNING, "Ask")(sweep)
    while type(sweep.app.screen).__name__ == "Ask":
        sweep.look("what is offered back")
        await sweep.press("escape")


async def _actions(sweep: Sweep) -> None:
    sweep.go(sweep.app._flow.show(OpenActions(PAIR.id)))
    await sweep.front("ActionsScreen")
    await sweep.until(lambda: bool(sweep.app.screen.query_one("ActionShelf").items), "the action items")
    await sweep.pilot.pause()


async def _palette(sweep: Sweep) -> None:
    await _running(sweep)
    await sweep.press("ctrl+p")
    await sweep.front("CommandPalette")
    await sweep.pilot.pause(0.4)


_running = _session(RUNNING, "SessionScreen")
_closing = _session(CLOSING, "ClosingScreen")
_summary = _session(ENDED, "SummaryScreen")
_captures = _then(_running, "CapturesDialog", "alt+e")


async def _hand_over_line(sweep: Sweep) -> None:
    await _captures(sweep)
    places = [place for place, each in enumerate(sweep.app.screen._captures) if each.is_open_action]
    sweep.app.screen.query_one("OptionList").highlighted = places[-1]
    await sweep.press("h")
    await sweep.front("AskChange")


async def _versions(sweep: Sweep) -> None:
    await _captures(sweep)
    places = [place for place, each in enumerate(sweep.app.screen._captures) if each.rivals]
    sweep.app.screen._desk.by = PAIR.mentee.id  # the other one wrote it, and is named
    sweep.app.screen.query_one("OptionList").highlighted = places[0]
    await sweep.press("v")
    await sweep.front("VersionsDialog")


_topics = _then(_running, "TopicsDialog", "alt+j")
_behind = _session(BEHIND, "SessionScreen")
_last_time = _then(_behind, "LastTimeDialog", "alt+l")
_people = _then(_home, "PeopleDialog", "w")
_next_date = _then(_closing, "ClosingScreen", "f2")
_feedback = _then(_closing, "ClosingScreen", "f2", "f2")
_form = _then(_feedback, "FeedbackScreen", "enter")

STAGES: dict[str, Open] = {
    "home": _home,
    "home with somebody": _met,
    "next date's fate": _fate,
    "people": _people,
    "file picker": _picker,
    "preview": _preview,
    "preview with nobody": _preview_nobody,
    "preview of everything": _preview_all,
    "welcome": _welcome,
    "session": _running,
    "session revealed": _reveal,
    "returning": _returning,
    "palette": _palette,
    "captured lines": _captures,
    "kind": _then(_captures, "Ask", "k"),
    "move": _then(_captures, "Ask", "m"),
    "redact": _then(_captures, "Ask", "r"),
    "hand a line over": _hand_over_line,
    "versions of a line": _versions,
    "edit": _then(_captures, "AskLine", "e"),
    "topics": _topics,
    "session behind others": _behind,
    "last time": _last_time,
    "last time revealed": _then(_last_time, "LastTimeDialog", "f7"),
    "split an action": _then(_last_time, "LastTimeDialog", "s"),
    "add a topic": _then(_topics, "AskLine", "a"),
    "links": _word("link", "Ask"),
    "link": _then(_word("link", "Ask"), "Ask", "2"),
    "who": _word("who", "AskLine"),
    "fit": _word("fit", "Ask"),
    "gap": _gap,
    "leaving": _leaving,
    "help": _then(_running, "HelpScreen", "f1"),
    "curtain": _then(_running, "Curtain", "alt+h"),
    "export": _export,
    "export once more": _export,
    "write over": _over,
    "read back": _closing,
    "read back revealed": _then(_closing, "ClosingScreen", "f7"),
    "next date": _next_date,
    "hand over": _feedback,
    "end": _then(_feedback, "ClosingScreen", "f2"),
    "form": _form,
    "form leaving": _then(_form, "FeedbackScreen", "escape"),
    "form by mail": _then(_feedback, "FormByMail", "t"),
    "summary": _summary,
    "summary revealed": _then(_summary, "SummaryScreen", "f7"),
    "share": _then(_summary, "ShareDialog", "s"),
    "summary pending": _session(PENDING, "SummaryScreen"),
    "summary reopen": _then(_summary, "Ask", "r"),
    "actions": _actions,
    "actions revealed": _then(_actions, "ActionsScreen", "f7", "a", "end"),
    "drop an action": _then(_actions, "AskChange", "x"),
    "hand an action over": _then(_actions, "AskChange", "h"),
    "summary captures": _then(_summary, "CapturesDialog", "e"),
}
"""How every screen is reached, by what it shows."""


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
    store.first = dict(store._records)
    agenda = agenda_file(folder, planter)
    home = folder / planter.text("home").replace("\0", "")
    me = planter(PAIR).mentor.name
    launch = Launch(
        store=store, home=home, device=DEVICE, zone=ZONE, clock=HandClock(NOW),
        first=OpenHome(), new_agenda=_no_editor(planter), me=me,
        caution=planter.text("caution"), agendas=(folder,), recent=(agenda,),
    )  # fmt: skip
    app = Hostile(launch)
    async with app.run_test(size=size, tooltips=True) as pilot:
        await pilot.pause()
        yield Sweep(app, pilot, planter, agenda, store)
    app.recorder.stop()


async def visit(sweep: Sweep, name: str) -> Painted:
    """Open one stage afresh and look at it."""
    sweep.stage = name
    await sweep.clear()
    await STAGES[name](sweep)
    return sweep.look("opening")


async def fire(sweep: Sweep, name: str, *, once: bool = False) -> None:
    """Press every key and run every palette command that a stage has, each from that stage.

    With `once`, what a widget, a screen or the app has everywhere is fired on the first stage that has it.
    """
    await visit(sweep, name)
    screen = sweep.app.screen
    keys = {}
    for active in screen.active_bindings.values():
        what = (type(active.node).__name__, active.binding.action)
        if active.binding.key not in NOT_PRESSED and not (once and what in sweep.done):
            sweep.done.add(what)
            keys[active.binding.key] = active.binding.action
    for key in sorted(keys):
        screen = await _again(sweep, name, screen)
        await sweep.press(key)
        sweep.fired += 1
        sweep.look(f"pressing {key}")
    for word in [command.title for command in sweep.app.get_system_commands(screen)]:
        what = (type(screen).__name__ if word not in EVERYWHERE else "", word)
        if once and what in sweep.done:
            continue
        sweep.done.add(what)
        screen = await _again(sweep, name, screen)
        for place in range(sum(each.title == word for each in sweep.app.get_system_commands(screen))):
            screen = await _again(sweep, name, screen)
            done = [each for each in sweep.app.get_system_commands(screen) if each.title == word][place].callback()
            if isawaitable(done):
                await done
            await sweep.pilot.pause()
            sweep.fired += 1
            sweep.look(f"the palette's {word}")


async def _again(sweep: Sweep, name: str, screen: Screen[Any]) -> Screen[Any]:
    """Back on the stage, if what was fired last left it."""
    if sweep.app.screen is not screen or len(sweep.app.workers._workers) > BUSY:
        await visit(sweep, name)
    return sweep.app.screen
