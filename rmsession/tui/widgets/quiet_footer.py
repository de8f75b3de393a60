"""The library's line of keys, made anew only when it would say something else."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import Footer


class QuietFooter(Footer):
    """The keys that can be pressed, without the library's work where they are the same as before.

    It hears of every move of the focus and of every answer to a key, and makes all its widgets anew each time: three
    times in four, as counted over all screens, into the same ones. That took a tenth of the app's time.
    """

    _said: tuple[tuple[Binding, bool, str], ...] | None = None
    """What it says now."""

    async def recompose(self) -> None:
        """Say which keys can be pressed, if they are others than it says already."""
        if not self.is_attached or self._pruning:  # a screen that goes is asked for its keys no more
            return
        palette = self.app.COMMAND_PALETTE_BINDING
        says = tuple(
            (each.binding, each.enabled, each.tooltip)
            for each in self.screen.active_bindings.values()
            if each.binding.show or each.binding.key == palette
        )
        if says != self._said:
            self._said = says
            await super().recompose()
