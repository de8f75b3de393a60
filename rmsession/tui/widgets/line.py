"""One line to type into that keeps pasted line ends and shows nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.widgets import Input
from textual.widgets.input import Selection

from rmsession.tui.asides import Noting
from rmsession.tui.clipboard import withheld
from rmsession.tui.text import typed
from rmsession.tui.widgets.at_once import edited


class TypedLine(Input):
    """An `Input` without a box; a pasted block stays whole, its line ends shown as ``⏎``."""

    DEFAULT_CSS = """
    TypedLine { border: none; height: 1; padding: 0 1; background: $surface; }
    TypedLine:focus { border: none; background-tint: 0%; }
    """

    def __init__(
        self,
        value: str = "",
        *,
        hides: Callable[[str], bool] = lambda _: False,
        noting: Noting | None = None,
        placeholder: str = "",
        select_on_focus: bool = False,
        id: str | None = None,  # noqa: A002 - as every widget calls it
    ) -> None:
        """Begin with what was noted of the same question before, or else with `value`."""
        self.hides = hides
        """Whether a value is for its writer alone, and so drawn as dots and not copied."""
        self.noting = noting  # first: the next line sets the value, which is noted already
        opening = noting.open(value) if noting else value
        super().__init__(opening, placeholder=placeholder, id=id, select_on_focus=select_on_focus)
        # Two thirds of all that a session paints while nobody types would be the blinking; and it draws the eye.
        self.cursor_blink = False

    def _watch_value(self, value: str) -> None:
        self.password = self.hides(value)  # at once: a letter that was painted was seen
        super()._watch_value(value)
        if self.noting:
            self.noting.note(value)

    def action_copy(self) -> None:
        """Copy what is selected, if it may leave."""
        if not self._kept_back():
            super().action_copy()

    def action_cut(self) -> None:
        """Cut what is selected; what may not leave is not taken away either."""
        if not self._kept_back():
            super().action_cut()

    def _kept_back(self) -> bool:
        why = "Private: not copied." if self.password else withheld(self.app)
        if why and self.selected_text:
            self.notify(why, severity="warning", markup=False, timeout=4)
        return bool(why and self.selected_text)

    def put(self, value: str) -> None:
        """Hold this, with the cursor behind it."""
        self.value = value
        self.action_end()
        # A line that was hidden until now has no width yet into which its end could be scrolled.
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        where, self.selection = self.selection, Selection.cursor(0)
        self.selection = where

    @property
    def content_width(self) -> int:
        """The cells that the value takes, or as many as there are."""
        # A width of its own for each value would lay out the whole screen anew at every key.
        return max(super().content_width, self.scrollable_content_region.width)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 # Textual's signature
        """As wide as its value, where a style lets it choose."""
        return super().content_width

    def _on_resize(self) -> None:
        self.virtual_size = Size(self.content_width, 1)

    @property
    def _value(self) -> Text:
        # Input draws its value as it is: an escape sequence in a person's text would reach the terminal.
        shown = "•" * len(self.value) if self.password else typed(self.value)
        return Text(shown, no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        # The cursor stands where the drawn character stands, which may be wider than the typed one.
        return self._value[:position].cell_len

    async def _on_key(self, event: events.Key) -> None:
        if await edited(self, event):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        # Input keeps the first line of a paste and loses the others.
        text = event.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if text:
            self.replace(text, *sorted(self.selection))
        event.stop()
        event.prevent_default()
