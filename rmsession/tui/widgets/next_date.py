"""The second step of a closing: when the pair meets next, and in which zone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, tzinfo
from zoneinfo import available_timezones

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Grid
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Label, Static

from rmsession.core.commands import SetNextDate
from rmsession.core.meeting import dated, far, read_meeting, weeks_on, zone_info, zone_named
from rmsession.core.text import UserText
from rmsession.export.when import day
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.text import content
from rmsession.tui.widgets.line import TypedLine
from rmsession.tui.widgets.step import Step
from rmsession.tui.widgets.steps import StepKey

_WEEKS = (2, 3)


class NextDate(Step):
    """A day and a time as people say them, a zone, and how both are read."""

    DEFAULT_CSS = """
    NextDate #agreed { color: $text-muted; margin-bottom: 1; }
    NextDate Grid { grid-size: 2; grid-columns: 6 1fr; grid-rows: auto; grid-gutter: 1 0;
        height: auto; max-width: 60;
    }
    NextDate Label { color: $text-muted; }
    NextDate #heard { margin: 1 0; }
    NextDate #such { color: $text-muted; }
    """

    BINDINGS = [Binding("alt+n", "none", "No date found", tooltip="Note that no date was found; one can follow later")]

    def __init__(self, desk: Desk, *, key: StepKey) -> None:
        super().__init__(desk, key=key)
        self._zones: frozenset[str] = frozenset()
        self._when, self._where = desk.asides.at(Field.MEETING), desk.asides.at(Field.ZONE)

    def compose(self) -> ComposeResult:
        """What is agreed so far, two lines to type in, and their reading."""
        yield Static(id="agreed")
        with Grid():
            yield Label("when")
            yield TypedLine(noting=self._when, id="when", placeholder="+2w 15:00")
            yield Label("zone")
            yield TypedLine(self.desk.zone, noting=self._where, id="zone", select_on_focus=True)
        yield Static(id="heard")
        yield Static(id="such")

    def on_mount(self) -> None:
        """Learn the names of the zones beside the screen."""
        self._learn_zones()

    def begin(self) -> None:
        """Take the keyboard."""
        self.query_one("#when", TypedLine).focus()

    def show(self) -> None:
        """Say what is agreed, and how the lines read."""
        agreed = self.desk.session.next_date
        words = Content.styled("When do you meet next?", "$foreground bold")
        if agreed and agreed.when:
            zone = content(UserText(agreed.zone), "$foreground-muted")
            words = Content.assemble(Content.styled(f"✓ {dated(agreed.when)} ", "$foreground bold"), zone)
        elif agreed:
            words = Content.assemble(
                Content.styled("✓ no date found", "$foreground bold"), "; type one as soon as you have it"
            )
        self.query_one("#agreed", Static).update(words)
        self._read()

    @property
    def zone(self) -> tuple[str, tzinfo] | None:
        """The zone typed; None where there is no such zone."""
        typed = self.query_one("#zone", TypedLine).value.strip()
        name = zone_named(typed, self._zones) or typed
        known = zone_info(name) if name else None
        if known:
            return name, known
        # A record may come from a machine that knows more zones than this one.
        here = self.desk.now().wall.tzinfo or UTC
        return (name, here) if name == self.desk.zone else None

    @property
    def heard(self) -> datetime | str:
        """The moment typed, or what is missing."""
        zone = self.zone
        if zone is None:
            return "There is no such zone: Europe/Berlin, America/New York, UTC."
        return read_meeting(self.query_one("#when", TypedLine).value, self.desk.now().wall, zone[1])

    def action_none(self) -> None:
        """Note that no date was found."""
        self._settle(SetNextDate(None, self.desk.zone))

    @on(TypedLine.Changed)
    def _read(self) -> None:
        typed = self.query_one("#when", TypedLine).value.strip()
        now, heard, zone = self.desk.now().wall, self.heard, self.zone
        if isinstance(heard, str):
            words = Content.styled(heard if typed or zone is None else "", "$text-warning")
        else:
            moment = Content.styled(dated(heard), "$foreground bold")
            words = Content.assemble(moment, f" · {far(heard, now)}", self._elsewhere(heard), " · enter keeps it")
        self.query_one("#heard", Static).update(words)
        session = self.desk.session
        start = session.record.planned_start or session.started or now
        such = [(weeks, weeks_on(now, start, weeks, zone[1])) for weeks in _WEEKS] if zone else []
        lines = [f"+{weeks}w {when:%H:%M}   {day(when)}" for weeks, when in such]
        self.query_one("#such", Static).update(Content("\n".join(lines)))

    def _elsewhere(self, when: datetime) -> Content:
        """What a moment in another zone is here."""
        here = when.astimezone(self.desk.now().wall.tzinfo)
        return Content("") if here.utcoffset() == when.utcoffset() else Content(f" · here {dated(here)}")

    @on(TypedLine.Submitted)
    def _agree(self, event: TypedLine.Submitted) -> None:
        event.stop()
        heard, zone = self.heard, self.zone
        if isinstance(heard, str) or zone is None:
            self.notify(str(heard), severity="warning", markup=False)
        else:
            self._settle(SetNextDate(heard, zone[0]))

    def _settle(self, command: SetNextDate) -> None:
        if self.ask(command):
            self._when.done()
            self._where.done()
            self.show()
            self.post_message(self.Over())

    @work(exclusive=True)
    async def _learn_zones(self) -> None:
        # Walks some 600 files.
        self._zones = frozenset(await asyncio.to_thread(available_timezones))
        self.query_one("#zone", TypedLine).suggester = SuggestFromList(sorted(self._zones), case_sensitive=False)
        self._read()
