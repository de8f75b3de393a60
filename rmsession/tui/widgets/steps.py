"""The short list of what a closing consists of: each step with its state and one line about it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from rmsession.core.frozen import frozen


class StepKey(Enum):
    """The steps there are."""

    READ_BACK = "read-back"
    NEXT_DATE = "next-date"
    FEEDBACK = "feedback"
    END = "end"


@frozen
class StepLine:
    """How one step stands."""

    key: StepKey
    title: str
    detail: str
    """A few words: ``2 to go``, ``Tue 1 Dec 15:00``; only shown where there is room."""
    settled: bool
    now: bool

    @property
    def sign(self) -> str:
        """State as a sign."""
        if self.now:
            return "▶"
        return "✓" if self.settled else "·"


class StepItem(Static):
    """One step; a click on it asks to go there."""

    def __init__(self, key: StepKey) -> None:
        super().__init__()
        self._key = key

    def show(self, line: StepLine, *, short: bool) -> None:
        """Take a new state."""
        sign = Content.styled(f"{line.sign} ", "$text-accent" if line.now else "$foreground-muted")
        title = Content.styled(line.title, "$foreground bold" if line.now else "$foreground-muted")
        below = "" if short else f"\n  {line.detail}"
        self.update(Content.assemble(sign, title, Content.styled(below, "$foreground-muted")))

    def on_click(self) -> None:
        """Go there."""
        self.post_message(Steps.Chosen(self._key))


class Steps(Widget):
    """The steps below one another; in one row, without details, with the class ``-row``."""

    DEFAULT_CSS = """
    Steps { width: 1fr; height: auto; layout: vertical; padding: 0 1; }
    Steps StepItem { height: auto; margin-bottom: 1; pointer: pointer; }
    Steps.-row { height: 1; layout: horizontal; }
    Steps.-row StepItem { width: auto; height: 1; margin: 0 2 0 0; }
    """

    class Chosen(Message):
        """Somebody pointed at a step."""

        def __init__(self, key: StepKey) -> None:
            super().__init__()
            self.key = key

    def __init__(self, keys: Iterable[StepKey]) -> None:
        super().__init__()
        self._keys = tuple(keys)
        self._lines: tuple[StepLine, ...] = ()
        self._short = False

    def compose(self) -> ComposeResult:
        """One child a step."""
        for key in self._keys:
            yield StepItem(key)

    def show(self, lines: Iterable[StepLine]) -> None:
        """Take the states of the steps, in their order."""
        lines, short = tuple(lines), self.has_class("-row")
        if (lines, short) != (self._lines, self._short):
            self._lines, self._short = lines, short
            for widget, line in zip(self.query(StepItem), lines, strict=True):
                widget.show(line, short=short)
