"""The closing: read back, next date, feedback, end; each step can be left for later."""

from __future__ import annotations

from enum import Enum

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import ContentSwitcher

from rmsession.core import commands as asked
from rmsession.core.commands import Command
from rmsession.core.terms import Phase, Role
from rmsession.tui import away
from rmsession.tui.desk import Desk
from rmsession.tui.launch import Launch
from rmsession.tui.pairs_goals import PairsGoals
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.feedback import FeedbackScreen
from rmsession.tui.screens.form_by_mail import FormByMail
from rmsession.tui.sizes import fit
from rmsession.tui.widgets.clock_bar import ClockBar, TimeLeft
from rmsession.tui.widgets.closing_steps import MADE_OF, lines_of, settled, steps_of
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.handover import HandOver
from rmsession.tui.widgets.step import REVEAL_SECONDS, Step
from rmsession.tui.widgets.steps import StepKey, Steps


class ClosingEnd(Enum):
    """How the closing was left."""

    ENDED = "ended"
    """The session is over and nothing waits."""
    LATER = "later"
    """The session is over; something waits on Home."""
    BACK = "back"
    """The pair went back to the topics."""


class ClosingScreen(Screen[ClosingEnd]):
    """Leads through the steps; for a session that has ended, through those that still wait."""

    CSS = """
    ClosingScreen #middle { height: 1fr; border-top: solid $foreground 15%; border-bottom: solid $foreground 15%; }
    ClosingScreen #side { width: 32; height: 100%; padding-top: 1; }
    ClosingScreen ContentSwitcher { width: 1fr; height: 1fr; padding-top: 1; }
    ClosingScreen.-narrow #middle { layout: vertical; }
    ClosingScreen.-narrow #side { layout: horizontal; width: 1fr; height: 1; padding: 0; }
    ClosingScreen.-narrow TimeLeft { width: auto; }
    ClosingScreen.-tiny ContentSwitcher { padding-top: 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (19, "-short")]
    AUTO_FOCUS = None
    BINDINGS = [
        Binding("f2", "turn(1)", "Next", tooltip="Go on; what is left open waits", id="closing.next"),
        Binding("f3", "turn(-1)", "Back", tooltip="Return to the step before, or to the topics", id="closing.before"),
        Binding("f5", "ask('extend')", "+5 min", tooltip="Five minutes more", id="closing.extend", show=False),
        Binding("f7", "reveal", "Reveal", tooltip="Show private lines for a moment", id="closing.reveal"),
        Binding("f8", "ask('on')", "On the record", tooltip="Keep things again", id="closing.on"),
        Binding("f9", "ask('topics')", "Topics", tooltip="Return to the topics", id="closing.topics", show=False),
        Binding("escape", "leave", "Leave", tooltip="Leave; what is not settled still waits", id="closing.leave"),
        Binding("alt+z", "ask('undo')", "Undo", tooltip="Take the last step back", id="closing.undo", show=False),
    ]

    def __init__(self, desk: Desk, launch: Launch, recorder: Recorder) -> None:  # noqa: ARG002 # made like its kin
        super().__init__()
        self.desk = desk
        self._recorder = recorder
        self._keys = tuple(steps_of(desk.session))
        self._seen = desk.session
        self._goals = PairsGoals(recorder)
        self._key = next((key for key in self._keys if not settled(desk.session, key)), StepKey.END)

    def compose(self) -> ComposeResult:
        """The time, the steps, the one under way."""
        fit(self)
        yield ClockBar(self.desk, self._recorder)
        with Horizontal(id="middle"):
            with Vertical(id="side"):
                yield Steps(self._keys)
                yield TimeLeft(self.desk)
            with ContentSwitcher(initial=self._key.value):
                for key in self._keys:
                    yield MADE_OF[key](self.desk, key=key)
        yield Foot(show_command_palette=False)

    def on_mount(self) -> None:
        """Take up the first step that is not settled."""
        self._goals.read(self.desk.session)
        self._go(self._key)
        self.set_interval(1.0, self._look_around)
        if self.desk.gap:
            self.post_message(ClockBar.Away())

    def on_resize(self) -> None:
        """Fold the list of steps into a row where the width is short."""
        self.query_one(Steps).set_class(self.has_class("-narrow"), "-row")
        self._look()

    @property
    def step(self) -> Step:
        """The step under way."""
        return self.query_one(f"#{self._key.value}", Step)

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now; nothing is copied meanwhile."""
        return any(step.revealed for step in self.query(Step))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when it does something."""
        session = self.desk.session
        match action, parameters:
            case "turn", (int() as by,):
                place = self._keys.index(self._key) + by
                return place < len(self._keys) if by > 0 else place >= 0 or self.desk.allows(asked.Back)
            case "ask", (str() as word,):
                # There is nothing to amend while nothing is kept; going off the record is for the topics.
                return self.desk.allows(type(_REQUESTS[word])) and (word != "on" or session.off_record)
            case "leave", _:
                return session.phase is Phase.ENDED
            case "reveal", _:
                return self.step.has_private
            case _:
                return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """Go to the next step or the one before, from the first one to the topics; nothing has to be settled."""
        place = self._keys.index(self._key) + by
        if place < 0:
            self.action_ask("topics")
        else:
            self._go(self._keys[place])

    def action_ask(self, word: str) -> None:
        """Make one of the requests that have a key."""
        self.step.ask(_REQUESTS[word])

    def action_leave(self) -> None:
        """Leave a session that has ended."""
        self.dismiss(ClosingEnd.LATER if self.desk.session.pending() else ClosingEnd.ENDED)

    def action_reveal(self) -> None:
        """Show private lines for a moment, or hide them at once."""

        def show(*, on: bool) -> None:
            for step in self.query(Step):
                step.reveal(on=on)

        show(on=not self.step.revealed)
        if self.step.revealed:
            self.set_timer(REVEAL_SECONDS, lambda: show(on=False))

    def _go(self, key: StepKey) -> None:
        self._key = key
        self.query_one(ContentSwitcher).current = key.value
        self.step.show()
        self.step.begin()
        self._look()

    def _look_around(self) -> None:
        """Show what another program did meanwhile: the screen below takes it in."""
        if self.desk.session is not self._seen:
            self.step.show()
            self._look()

    def _look(self) -> None:
        self._seen = self.desk.session
        self.query_one(ClockBar).look()
        self.query_one(TimeLeft).look()
        self.query_one(Steps).show(lines_of(self.desk.session, self._keys, self._key))
        self.refresh_bindings()

    @on(ClockBar.Away)
    def _away(self) -> None:
        # The mentee may have the keyboard: this is the mentor's question, and waits.
        if self.desk.gap is None or not self.is_active:
            return

        def settle(answer: str | None) -> None:
            self.desk.settle(counted=away.counted(answer))
            self._look()

        self.app.push_screen(away.ask_about(self.desk.gap), settle)

    @on(Step.Changed)
    def _changed(self) -> None:
        if self.desk.session.phase not in (Phase.CLOSING, Phase.ENDED):
            self.dismiss(ClosingEnd.BACK)
            return
        self.step.show()
        self._look()

    @on(Step.Over)
    def _over(self) -> None:
        if self._key is StepKey.END:
            self.action_leave()
            return
        behind = self._keys[self._keys.index(self._key) + 1 :]
        self._go(next(key for key in behind if not settled(self.desk.session, key)))

    @on(Steps.Chosen)
    def _chosen(self, message: Steps.Chosen) -> None:
        self._go(message.key)

    @on(HandOver.Fill)
    async def _fill(self, message: HandOver.Fill) -> None:
        earlier = await self._goals.named(self.desk.session)
        form = FeedbackScreen(self.desk, message.role, locked=message.role is Role.MENTEE, earlier=earlier)
        self.app.push_screen(form, self._form_left)

    @on(HandOver.ByText)
    async def _by_text(self, message: HandOver.ByText) -> None:
        earlier = await self._goals.named(self.desk.session)
        self.app.push_screen(FormByMail(self.desk, message.role, earlier), self._form_left)

    def _form_left(self, settled: bool | None) -> None:
        if settled:
            self.query_one(HandOver).go_on()
        self.step.show()
        self.step.begin()
        self._look()
        if self.desk.gap:
            self.post_message(ClockBar.Away())


_REQUESTS: dict[str, Command] = {
    "extend": asked.Extend(5),
    "on": asked.GoOffRecord(on=False),
    "topics": asked.Back(),
    "undo": asked.Undo(),
}
