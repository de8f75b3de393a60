"""A blank screen with the time on it, for when somebody walks in or the screen is shared."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rmsession.tui.desk import Desk


class Curtain(ModalScreen[None]):
    """Hides everything; any key or a click brings it back, the clock stays stopped until it is resumed."""

    DEFAULT_CSS = """
    Curtain { align: center middle; }
    Curtain Static { width: auto; color: $text-muted; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static(id="time")

    def on_mount(self) -> None:
        """Show the time, and go on showing it."""
        self._show()
        self.set_interval(5, self._show)

    def on_key(self, event: events.Key) -> None:
        """Come back."""
        event.stop()
        self.dismiss(None)

    def on_click(self) -> None:
        """Come back."""
        self.dismiss(None)

    def _show(self) -> None:
        self.query_one(Static).update(Content(f"⏸ paused   {self._desk.now().wall:%H:%M}   any key to return"))
