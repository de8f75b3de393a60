"""The report on the screen: figures by section, and beside them what is known of the one that is stood on."""

# ruff: noqa: PLC0415 - loaded when it is opened: the first paint needs none of it

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rmsession.core.report.values import Part, Report
from rmsession.core.store_errors import StoreError
from rmsession.core.zones import zone_named
from rmsession.export.report_head import day, part_title, since_said
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.report_out import write_report
from rmsession.tui.screens.report_since import ask_since, heading, since_words
from rmsession.tui.screens.two_sides import Overview
from rmsession.tui.steps import DIALOG, READING
from rmsession.tui.text import content, error
from rmsession.tui.widgets.flow import Flow
from rmsession.tui.widgets.report_detail import FigureDetail
from rmsession.tui.widgets.report_rows import ReportList

if TYPE_CHECKING:
    from rmsession.core.store import Store

_OFTEN: Final = 200
"""Sessions after which it is said how far the reading is."""
_EMPTY: Final = (
    "Nothing to report yet: no pair is known here, and no session was held.",
    "p opens the pairs, where n adds one; a session is reported once it has begun.",
)


class ReportScreen(Overview):
    """Shows what the programme came to, a wave at a time, and nothing that rests on fewer than five people."""

    BINDINGS = [
        Binding("w", "turn(1)", "Wave", tooltip="The next wave, then all of them together", id="report.wave"),
        Binding("W", "turn(-1)", show=False, tooltip="The wave before", id="report.wave_back"),
        Binding("tab", "other", "Figure", tooltip="Between the list and the figure", id="report.other"),
        Binding("s", "since", "Since", tooltip="From which day on sessions count", id="report.since"),
        Binding("p", "pairs", "Pairs", tooltip="Whom the figures are of: who mentors whom", id="report.pairs"),
        Binding("e", "write", "Write", tooltip="Write the report as a page, a table or a text", id="report.write"),
        Binding("escape", "back", "Back", tooltip="Leave the report", id="report.back"),
    ]

    class Closed(Message):
        """Back to where one came from."""

    class PairsWanted(Message):
        """Show all pairs."""

    def __init__(self, launch: Launch, recorder: Recorder) -> None:
        super().__init__()
        self._launch = launch
        self._recorder = recorder
        self._each: Report | None = None
        """Each wave by itself."""
        self._parts: tuple[Part, ...] = ()
        self._place = 0
        self._since: date | None = None
        """From which day on sessions are to count, as it was asked for."""
        self._told: date | None = None
        """The one that the report on the screen was asked for."""
        self._left = threading.Event()

    def sides(self) -> tuple[ReportList, FigureDetail]:
        """The figures, and one of them in full."""
        return ReportList(), FigureDetail()

    def leave(self) -> None:
        """Go back to where one came from."""
        self.post_message(self.Closed())

    def on_unmount(self) -> None:
        """Nobody waits for figures any more: what was read so far stays read."""
        self._left.set()

    def on_screen_resume(self) -> None:
        """Here, or here again: something may have been added."""
        self._read()

    @work(group=READING, exclusive=True)
    async def _read(self) -> None:
        """Fetch the figures and make the report, both off the event loop."""
        if self._each is None:
            self._say("Reading …")
        try:
            made = await self._recorder.ask(self._made)
        except StoreError as refusal:
            self.notify(error(str(refusal)).plain, severity="error", timeout=12, markup=False)
            if self._each is None:
                self.post_message(self.Closed())
            return
        told = self._told
        self._told = self._since
        self._each, self._parts = made[0], tuple(part for each in made for part in each.parts)
        self._place = min(self._place, max(len(self._parts) - 1, 0))
        if not any(section.figures for part in self._parts for section in part.sections):
            self._say("\n".join(_EMPTY))
            return
        if self.has_class("-empty"):
            self.remove_class("-empty")
            self.listen()
        self._show()
        if self._each.moved and told != self._since:
            self.notify(since_said(self._each), timeout=12, markup=False)

    def _made(self, store: Store) -> tuple[Report, ...]:
        """The report of each wave, and where there are several one of all together; in the recorder's thread."""
        # Only here: what makes reports is needed by nobody else, and takes a while to load.
        from rmsession.core.report.build import report
        from rmsession.core.report.values import Asked
        from rmsession.core.telling import by_pair

        now = self._launch.clock.now().wall.astimezone(zone_named(self._launch.zone) or UTC)
        programme = store.programme()
        figures = by_pair(programme, store.figures(self._progress, self._left.is_set), now)

        def of(asked: Asked) -> Report:
            return replace(report(programme, figures, asked, now.date()), made_up=self._launch.demo)

        each = of(Asked(since=self._since))
        return (each, of(Asked(since=self._since, pool=True))) if len(each.parts) > 1 else (each,)

    def _progress(self, done: int, total: int) -> None:
        if total > _OFTEN and done % _OFTEN == 0:
            self.call_later(self._say, f"Reading {done:,} of {total:,} sessions …")

    def _say(self, words: str) -> None:
        """Words in the place of the figures, until there are some."""
        first, _, rest = words.partition("\n")
        if self._parts and not rest:
            return
        self.add_class("-empty")
        self.say_nothing(first, rest)
        self.query_one("#about", Static).update(Content.styled("Report", "bold"))

    def _show(self) -> None:
        part, report = self._parts[self._place], self._each
        left = Content.assemble(Content.styled("Report", "bold"), "  ", content(part_title(part)))
        many = f"{self._place + 1} of {len(self._parts)}" if len(self._parts) > 1 else ""
        as_of = f"as of {day(report.as_of)}" if report else ""
        said = (many, since_words(report, self._since), "made up" if report and report.made_up else "", as_of)
        self.query_one("#about", Static).update(Flow(lambda width: heading(left, said, width)))
        self.query_one(ReportList).show(part)
        self.refresh_bindings()

    @on(ReportList.Moved)
    async def _moved(self) -> None:
        await self.query_one(FigureDetail).show(self.query_one(ReportList).stood_on)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when it does something."""
        does = {"turn": len(self._parts) > 1} | dict.fromkeys(("write", "other", "since"), bool(self._parts))
        return does[action] if action in does else super().check_action(action, parameters)

    def action_turn(self, step: int) -> None:
        """To the next wave, or the one before."""
        self._place = (self._place + step) % len(self._parts)
        self._show()

    @work(group=DIALOG, exclusive=True)
    async def action_since(self) -> None:
        """Ask from which day on sessions count."""
        if self._each is None:
            return
        again, self._since = await ask_since(self, self._since, self._each.as_of)
        if again:
            self._read()

    def action_pairs(self) -> None:
        """Ask for the pairs."""
        self.post_message(self.PairsWanted())

    @work(group=DIALOG, exclusive=True)
    async def action_write(self) -> None:
        """Write the report as a file."""
        if self._each is None:
            return
        pooled = self._parts[self._place].wave is None
        parts = self._parts[self._place :][:1] if pooled else self._each.parts
        await write_report(self, replace(self._each, parts=parts))
