"""The summary: what a session took and left behind, what still waits, and what can be done with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from rmsession.core.commands_sitting import OpenSitting
from rmsession.tui.desk import Desk
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.dialogs import Ask, Choice
from rmsession.tui.screens.export import export
from rmsession.tui.screens.share import share
from rmsession.tui.sizes import fit
from rmsession.tui.steps import DIALOG
from rmsession.tui.widgets.clock_bar import ClockBar
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.keeping import place
from rmsession.tui.widgets.log import Look
from rmsession.tui.widgets.step import REVEAL_SECONDS
from rmsession.tui.widgets.takeaways import Takeaways, has_private, standing_of
from rmsession.tui.widgets.times import times


class SummaryScreen(Screen[None]):
    """Shows; whatever changes the session is asked for upward."""

    CSS = """
    SummaryScreen #page { height: 1fr; border-top: solid $foreground 15%; border-bottom: solid $foreground 15%; }
    SummaryScreen #columns { height: auto; padding: 1 0; }
    SummaryScreen #plan { width: 1fr; max-width: 90; height: auto; padding: 0 1; }
    SummaryScreen #standing { margin-bottom: 1; }
    SummaryScreen #times { max-width: 76; }
    SummaryScreen #left-behind { width: 1fr; height: auto; padding: 0 1 0 3; }
    SummaryScreen.-narrow #columns { layout: vertical; }
    SummaryScreen.-narrow #left-behind { width: 100%; padding: 1 1 0 1; }
    SummaryScreen.-tiny #columns { padding: 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (19, "-short")]
    AUTO_FOCUS = "#page"
    BINDINGS = [
        Binding("p", "finish", "Finish", tooltip="Read-back, next date and forms that wait", id="summary.finish"),
        Binding("e", "edit", "Correct", tooltip="Correct, withdraw or settle captured lines", id="summary.edit"),
        Binding("f", "export", "Export", tooltip="Write the shared minutes to a file", id="summary.export"),
        Binding("s", "share", "Share", tooltip="Give the other one what both may see", id="summary.share"),
        Binding("r", "reopen", "Reopen", tooltip="Go on with this session", id="summary.reopen"),
        Binding("escape", "close", "Back", tooltip="Back to where this was opened from", id="summary.close"),
        Binding("f7", "reveal", "Reveal", tooltip="Show private lines for a moment", id="summary.reveal"),
    ]

    class Finish(Message):
        """The steps that wait are wanted now."""

    class Reopened(Message):
        """The session is to go on."""

    class Closed(Message):
        """Back to where it was opened from."""

    class EditCaptures(Message):
        """Captured lines are to be corrected."""

    def __init__(self, desk: Desk, launch: Launch, recorder: Recorder, capture: str | None = None) -> None:
        """`capture` is the captured line for which the record was opened, if it was for one."""
        super().__init__()
        self._capture = capture
        self.desk = desk
        self._kept = (
            "rehearsal: nothing is kept" if launch.rehearse else f"in {place(launch.home)}, readable by you alone"
        )
        self._launch = launch
        self._recorder = recorder
        self._revealed = False

    def compose(self) -> ComposeResult:
        """How it went at the left or above, what it left behind beside or below."""
        fit(self)
        yield ClockBar(self.desk, self._recorder)
        with VerticalScroll(id="page"), Horizontal(id="columns"):
            with Vertical(id="plan"):
                yield Static(id="standing")
                yield Static(id="times")
            yield Static(id="left-behind")
        yield Foot(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the session, and the line for which it was opened."""
        self.look()
        if self._capture:
            self.call_after_refresh(self._show_line)

    def _show_line(self) -> None:
        """Scroll to the line for which the record was opened."""
        behind = self.query_one("#left-behind", Static)
        row = Takeaways(self.desk.session, self._look(), self._capture).row_of(self._capture or "", behind.size.width)
        if row is not None:
            page = self.query_one("#page", VerticalScroll)
            # A few lines above it say what it is about.
            page.scroll_to(y=max(behind.virtual_region.y + row - page.size.height // 3, 0), animate=False)

    def _look(self) -> Look:
        now = self.desk.now()
        return Look(0, self.desk.clocks, now.wall.date(), self._revealed, None)

    def on_screen_resume(self) -> None:
        """Something above may have changed it."""
        if self.is_mounted:
            self.look()

    def look(self) -> None:
        """Show the session as it stands."""
        session, now = self.desk.session, self.desk.now()
        for name, words in (
            ("standing", standing_of(session, self.desk.forms, now.at, kept=self._kept, revealed=self._revealed)),
            ("times", times(session, now.at, revealed=self._revealed)),
            ("left-behind", Takeaways(session, self._look(), self._capture)),
        ):
            self.query_one(f"#{name}", Static).update(words)
        self.query_one(ClockBar).look()
        self.refresh_bindings()

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now; nothing is copied meanwhile."""
        return self._revealed

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when it does something."""
        match action:
            case "finish":
                return bool(self.desk.session.pending())
            case "reopen":
                return self.desk.allows(OpenSitting)
            case "reveal":
                return has_private(self.desk.session)
            case "edit":
                return any(True for _ in self.desk.session.standing())
            case _:
                return super().check_action(action, parameters)

    def action_finish(self) -> None:
        """Ask for the steps that wait."""
        self.post_message(self.Finish())

    def action_edit(self) -> None:
        """Ask to correct lines."""
        self.post_message(self.EditCaptures())

    def action_close(self) -> None:
        """Ask to go back."""
        self.post_message(self.Closed())

    def action_reopen(self) -> None:
        """Ask for the session to go on, once that is sure."""
        minutes = round(self.desk.session.run(self.desk.now().at) / 60)
        says = Content(f"A new sitting begins; the clock goes on from {minutes} min, and nothing in between counts.")
        choices = [Choice("yes", Content("Go on with it"), "y"), Choice("no", Content("Leave it ended"), "n")]

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.post_message(self.Reopened())

        self.app.push_screen(Ask(Content("Open this session again?"), says, choices), answered)

    def action_export(self) -> None:
        """Write the minutes."""
        self.run_worker(export(self, self.desk.session), name="export", group=DIALOG, exclusive=True)

    def action_share(self) -> None:
        """Give what both may see to the other one."""
        self.run_worker(share(self, self.desk.session, self._launch), name="share", group=DIALOG, exclusive=True)

    def action_reveal(self) -> None:
        """Show private lines and answers for a moment, or hide them at once."""
        self._revealed = not self._revealed
        self.look()
        if self._revealed:
            self.set_timer(REVEAL_SECONDS, self._conceal)

    def _conceal(self) -> None:
        if self._revealed:
            self._revealed = False
            self.look()
