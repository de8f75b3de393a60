"""What the steps of a closing have in common: a desk to ask, and two things to say to the screen."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.message import Message

from rmsession.core.commands import Command
from rmsession.tui.desk import Desk
from rmsession.tui.widgets.steps import StepKey

REVEAL_SECONDS = 6.0
"""How long private lines show when revealed."""


class Step(VerticalScroll):
    """One step: it draws what the desk's session says and puts its requests to the desk."""

    DEFAULT_CSS = """
    Step { height: 1fr; padding: 0 2; scrollbar-gutter: stable; }
    """

    class Changed(Message):
        """The session is another one now."""

    class Over(Message):
        """Nothing is left to do here for now."""

    def __init__(self, desk: Desk, *, key: StepKey) -> None:
        super().__init__(id=key.value)
        self.desk = desk
        self.revealed = False
        """Whether private lines show."""

    @property
    def has_private(self) -> bool:
        """Whether there is anything to reveal."""
        return False

    def ask(self, command: Command) -> bool:
        """Make a request; a refusal is told, and answers False."""
        refusal = self.desk.ask(command)
        if refusal:
            self.notify(refusal.why, severity="warning", markup=False)
            return False
        self.post_message(self.Changed())
        return True

    def show(self) -> None:
        """Draw the session as it stands."""

    def begin(self) -> None:
        """Take the keyboard."""
        self.focus()

    def reveal(self, *, on: bool) -> None:
        """Show private lines, or hide them again."""
        self.revealed = on
        self.show()
