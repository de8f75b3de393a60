"""The last step of a closing: end the session, with what waits said in so many words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from rmsession.core.commands import End
from rmsession.tui.desk import Desk
from rmsession.tui.widgets.step import Step
from rmsession.tui.widgets.steps import StepKey


class EndStep(Step, can_focus=True):
    """One key ends it; nothing that waits is lost."""

    DEFAULT_CSS = """
    EndStep #waits { color: $text-muted; margin-top: 1; }
    """
    BINDINGS = [Binding("enter", "end", "End", tooltip="End the session; what waits stays on Home")]

    def __init__(self, desk: Desk, *, key: StepKey) -> None:
        super().__init__(desk, key=key)

    def compose(self) -> ComposeResult:
        """What enter does, and what will wait."""
        yield Static(id="ends")
        yield Static(id="waits")

    def show(self) -> None:
        """Say what ending leaves behind."""
        live, waits = self.desk.allows(End), self.desk.session.pending()
        question = "Enter ends the session." if live else "Enter goes back."
        self.query_one("#ends", Static).update(Content.styled(question, "$foreground bold"))
        words = f"Later, from Home: {', '.join(waits)}." if waits else "Everything is settled: nothing waits."
        self.query_one("#waits", Static).update(Content(f"{words}\nLines, actions and forms can still be corrected."))

    def action_end(self) -> None:
        """End, unless it has ended already, and leave."""
        if not self.desk.allows(End) or self.ask(End()):
            self.post_message(self.Over())
