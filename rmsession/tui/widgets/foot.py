"""The line of keys at the bottom; in a demo it ends with the word, so that nobody takes what is shown for real."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from rmsession.tui.widgets.quiet_footer import QuietFooter

MADE_UP = "demo"
"""The class of an app whose data are made up, and the mark that says so."""


class Foot(QuietFooter):
    """The keys of a screen, and the mark of a demo at the right end, where no key can push it out."""

    DEFAULT_CSS = """
    Foot .made-up { dock: right; width: auto; padding: 0 1; background: $warning-muted; color: $text-warning; }
    """

    def on_mount(self) -> None:
        """Move the keys together where the mark takes some of their room."""
        super().on_mount()
        if self.app.has_class(MADE_UP):
            self.compact = True

    def compose(self) -> ComposeResult:
        """The keys, and the mark behind them."""
        yield from super().compose()
        if self.app.has_class(MADE_UP):
            yield Static(MADE_UP, classes="made-up", markup=False)
