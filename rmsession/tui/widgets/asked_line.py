"""The line below what is read aloud: opened for one purpose, with its live reading, and never emptied by escape."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Static

from rmsession.core.capture import Context, may_be_private
from rmsession.core.session import Capture
from rmsession.tui.asides import Noting
from rmsession.tui.text import HIDDEN, offered
from rmsession.tui.widgets.asking import HINTS, Typing, prefill, reading
from rmsession.tui.widgets.line import TypedLine

_OWN_LINE = (Typing.AMEND, Typing.ADD)
"""What takes a whole line, with a tilde in front if it is to be private."""


_REPLACED = (Typing.OWNER, Typing.DUE)
"""What is rather said anew than changed: typing takes the place of what stands there."""


class AskedLine(Vertical):
    """A `TypedLine` with what it is for; hidden while it is for nothing."""

    DEFAULT_CSS = """
    AskedLine { display: none; height: auto; max-width: 90; margin-top: 1; }
    AskedLine.-open { display: block; }
    AskedLine #reading { color: $text-muted; padding: 0 1; }
    """

    class Entered(Message):
        """The line is finished."""

        def __init__(self, what: Typing, line: str) -> None:
            super().__init__()
            self.what = what
            self.line = line

    def __init__(self) -> None:
        super().__init__()
        self.what: Typing | None = None
        """What the line is for; None while it is closed."""
        self.about: str | None = None
        """The capture it is about; None: a line of its own."""
        self._against: Context | None = None

    def compose(self) -> ComposeResult:
        """The line, and how it reads."""
        yield TypedLine()
        yield Static(id="reading")

    @property
    def line(self) -> TypedLine:
        """What is typed into."""
        return self.query_one(TypedLine)

    def open(self, what: Typing, capture: Capture | None, context: Context, noting: Noting) -> None:
        """Ask for something about a capture, with what was typed to it before."""
        self.what, self._against = what, context
        self.about = capture.id if capture and what is not Typing.ADD else None
        line = self.line
        line.noting = noting
        line.placeholder = HINTS[what]
        owners = offered(context.owners)
        # What completes a masked line would be read behind its dots.
        shown = what is Typing.OWNER and (capture is None or capture.shared)
        line.suggester = SuggestFromList(owners, case_sensitive=False) if shown else None
        stands = prefill(what, capture)
        line.put(noting.open(stands))
        if what in _REPLACED and line.value == stands:
            line.select_all()
        self.add_class("-open")
        self._read(line.value)
        line.focus()

    def close(self, *, done: bool) -> None:
        """Put the line away; what was typed waits for the same question unless it is done."""
        if done and self.line.noting:
            self.line.noting.done()
        self.what = self.line.noting = None
        self.line.clear()
        self.remove_class("-open")

    def hide(self, *, private: bool) -> None:
        """Mask what would tell of a private line: its words, whose it is, until when, why it is dropped."""
        what, line = self.what, self.line
        private = private and what is not Typing.ADD
        line.hides = lambda value: private or (what in _OWN_LINE and may_be_private(value))
        line.password = line.hides(line.value)
        self._read(self.line.value)

    def _read(self, value: str) -> None:
        words = reading(self.what, value, self._against) if self.what and self._against else Content("")
        self.query_one("#reading", Static).update(Content(HIDDEN) if self.line.password else words)

    @on(TypedLine.Changed)
    def _changed(self, event: TypedLine.Changed) -> None:
        event.stop()
        if self.what:
            self._read(event.value)

    @on(TypedLine.Submitted)
    def _submitted(self, event: TypedLine.Submitted) -> None:
        event.stop()
        if self.what:
            self.post_message(self.Entered(self.what, event.value))
