"""The first run: one question, and where everything will stay."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from rmsession.core.text import UserText
from rmsession.tui.text import error
from rmsession.tui.widgets.keeping import place
from rmsession.tui.widgets.name_field import NameField


class WelcomeScreen(ModalScreen[UserText | None]):
    """Asks for the name of whoever sits here; None when it was left."""

    CSS = """
    WelcomeScreen {
        align: center middle;
        background: $background;
        & > Vertical { width: 64; max-width: 96%; height: auto; padding: 1 2; }
        #welcome-name { text-style: bold; }
        #welcome-what { color: $text-muted; margin-bottom: 1; }
        NameField { margin: 1 0 0 0; }
        #welcome-flaw { color: $text-error; height: 1; margin-bottom: 1; }
        #welcome-place { color: $text-muted; height: auto; margin-bottom: 1; }
        Button { width: 100%; height: 3; content-align: center middle; border: none; }
        Button { background: $accent 40%; color: $text; text-style: bold; }
        Button:hover { background: $accent 60%; }
        Button:focus { background: $accent; color: $text; text-style: bold; }
        Button:ansi { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", "Leave", tooltip="Leave without a name", id="welcome.leave")]

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home

    def compose(self) -> ComposeResult:
        """What this is, the question, where notes stay."""
        with Vertical():
            yield Static("rmsession", id="welcome-name", markup=False)
            yield Static("Runs one-on-one mentoring sessions from an agenda.", id="welcome-what", markup=False)
            yield Static("What is your name?", markup=False)
            yield NameField(hint="as the other person calls you")
            yield Static(id="welcome-flaw")
            yield Static(self._keeping(), id="welcome-place")
            yield Button("Continue  enter")

    @on(Input.Submitted)
    @on(Button.Pressed)
    def take(self) -> None:
        """Answer with the name, once there is one."""
        if name := self.query_one(NameField).person:
            self.dismiss(name)
            return
        self.query_one("#welcome-flaw", Static).update(error("✗ Type a name: your notes and actions carry it"))
        self.query_one(NameField).focus()

    @on(Input.Changed)
    def settle(self) -> None:
        """What was missing is being typed."""
        self.query_one("#welcome-flaw", Static).update("")

    def _keeping(self) -> Content:
        return Content(f"Notes stay in {place(self._home)}, readable by you alone: the folder is closed to others.")
