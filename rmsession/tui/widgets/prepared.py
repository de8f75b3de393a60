"""Whether the mentee came prepared: yes, no, or not asked."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from rmsession.tui.widgets.flow import MUTED

_ORDER: tuple[tuple[bool | None, str], ...] = ((None, "not asked"), (True, "yes"), (False, "no"))
_MARKS = {True: "●", False: "○"}


class PreparedField(Widget, can_focus=True):
    """Three answers side by side, of which one is marked."""

    DEFAULT_CSS = """
    PreparedField { width: 1fr; height: 1; padding: 0 1; pointer: pointer; }
    PreparedField:focus { background: $accent 25%; }
    PreparedField:ansi:focus { background: ansi_default; text-style: underline; }
    """
    BINDINGS = [
        Binding("right,space", "turn(1)", show=False, tooltip="Next answer", id="prepared.next"),
        Binding("left", "turn(-1)", show=False, tooltip="Answer before", id="prepared.back"),
        Binding("y", "answer('yes')", show=False, tooltip="Yes", id="prepared.yes"),
        Binding("n", "answer('no')", show=False, tooltip="No", id="prepared.no"),
    ]

    value: reactive[bool | None] = reactive[bool | None](None)

    def render(self) -> RenderResult:
        """``● not asked  ○ yes  ○ no``."""
        parts = []
        for value, word in _ORDER:
            chosen = value is self.value
            parts.append(Content.styled(f"{_MARKS[chosen]} {word}", "bold" if chosen else MUTED))
        return Content(" " * self._gap).join(parts)

    def on_click(self, event: events.Click) -> None:
        """Take the answer that was pointed at."""
        end = self.content_region.x - self.region.x
        for value, word in _ORDER:
            end += len(word) + 2 + self._gap
            if event.x < end:
                self.value = value
                return

    @property
    def _gap(self) -> int:
        """Cells between two answers; they move together where there is little room."""
        words = sum(len(word) + 2 for _, word in _ORDER)
        return 2 if self.content_size.width >= words + 2 * (len(_ORDER) - 1) else 1

    def action_turn(self, step: int) -> None:
        """Take the answer beside this one."""
        values = [value for value, _ in _ORDER]
        self.value = values[(values.index(self.value) + step) % len(values)]

    def action_answer(self, word: str) -> None:
        """Take the answer of this word."""
        self.value = next(value for value, each in _ORDER if each == word)
