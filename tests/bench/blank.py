"""What the program's start, keys, clock and memory are held against: a Textual app of the same kinds of widgets.

It does nothing with them: a header, a list of topics, digits that tick, some text, an input line and a footer.
Usable it is when the first key pressed stands in the input line.
"""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits, Footer, Header, Input, Label, ListItem, ListView, Static

TOPICS = 8


class Blank(App[None]):
    """The widgets of a session's screen, and a clock that ticks once a second."""

    BINDINGS = [("f2", "stay", "Next"), ("f3", "stay", "Back")]  # noqa: RUF012 - as Textual has it

    def __init__(self) -> None:
        super().__init__()
        self._ticks = 0

    def compose(self) -> ComposeResult:
        """Topics on the left, the clock and what it belongs to on the right, the line below."""
        yield Header()
        with Horizontal():
            yield ListView(*(ListItem(Label(f"topic {number}")) for number in range(1, TOPICS + 1)))
            with Vertical():
                yield Digits("10:00")
                yield Static("What the topic is about")
        yield Input()
        yield Footer()

    def on_mount(self) -> None:
        """Give the line the keyboard, and start the clock."""
        self.query_one(Input).focus()
        self.set_interval(1, self._tick)

    def action_stay(self) -> None:
        """There is no other topic."""

    def _tick(self) -> None:
        self._ticks += 1
        self.query_one(Digits).update(f"10:{self._ticks % 60:02}")


if __name__ == "__main__":
    Blank().run()
