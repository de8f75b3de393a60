"""The library's line of keys, made anew only when it would say something else, and never with half a key at its end."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from rmsession.tui.widgets.foot_room import fitted

_PALETTE = "-command-palette"
"""The library's class of the key that stands at the right end, apart from the others."""
_AROUND_PALETTE = 4
"""Cells of its border, and around its two words."""


class QuietFooter(Footer):
    """The keys that can be pressed, without the library's work where they are the same as before.

    It hears of every move of the focus and of every answer to a key, and makes all its widgets anew each time: three
    times in four, as counted over all screens, into the same ones. That took a tenth of the app's time. A key that it
    has no room for is in the palette and in the help.
    """

    _said: tuple[int, tuple[tuple[Binding, bool, str], ...]] | None = None
    """What it says now, and to how many cells."""

    def __init__(self, *, compact: bool = False, **how: Any) -> None:
        super().__init__(compact=compact, **how)
        self.together = compact
        """Whether keys stand close to each other even where there is room."""

    @property
    def taken(self) -> int:
        """Cells that something else takes."""
        return 0

    def on_resize(self) -> None:
        """Say as much as there is room for now."""
        if self._said is not None:  # before it has said anything nobody waits for more
            self.call_after_refresh(self.recompose)

    async def recompose(self) -> None:
        """Say which keys can be pressed, if they are others than it says already."""
        if not self.is_attached or self._pruning:  # a screen that goes is asked for its keys no more
            return
        palette = self.app.COMMAND_PALETTE_BINDING
        keys = tuple(
            (each.binding, each.enabled, each.tooltip)
            for each in self.screen.active_bindings.values()
            if each.binding.show or each.binding.key == palette
        )
        if (self.size.width, keys) != self._said:
            self._said = self.size.width, keys
            await super().recompose()

    def compose(self) -> ComposeResult:
        """The keys for which there is room."""
        every = [each for each in super().compose() if isinstance(each, FooterKey)]  # nothing else without groups
        keys = [each for each in every if not each.has_class(_PALETTE)]
        room = (self.size.width or self.app.size.width) - self.taken
        room -= sum(_cells(each) + _AROUND_PALETTE for each in every if each not in keys)
        self.compact, left_out = fitted([_cells(each) for each in keys], room, together=self.together)
        gone = {keys[place] for place in left_out}
        yield from (each for each in every if each not in gone)


def _cells(key: FooterKey) -> int:
    return cell_len(key.key_display) + cell_len(key.description)
