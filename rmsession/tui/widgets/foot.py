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

    @property
    def taken(self) -> int:
        """Cells of the mark, and one between it and the keys."""
        return len(MADE_UP) + 3 if self.app.has_class(MADE_UP) else 0

    def compose(self) -> ComposeResult:
        """The keys, and the mark behind them."""
        yield from super().compose()
        if self.taken:
            yield Static(MADE_UP, classes="made-up", markup=False)
