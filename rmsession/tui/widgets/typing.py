"""The bottom of the session screen: the capture line, how it is read, and whether it is kept."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from rmsession.tui.keys import KEYS
from rmsession.tui.recorder import Recorder
from rmsession.tui.text import error
from rmsession.tui.widgets.capture import CaptureLine, Known, Understood


class TypingPane(Vertical):
    """A line that is not taken, or not kept by the disk, stands here again; what is typed meanwhile is not touched."""

    DEFAULT_CSS = """
    TypingPane { height: 2; }
    TypingPane #prompt { width: 2; color: $text-accent; text-style: bold; }
    TypingPane #typing { height: 1; padding: 0 1; background: $surface; }
    TypingPane #told { height: 1; padding: 0 1 0 3; }
    TypingPane #kept { width: auto; color: $text-muted; padding-left: 2; }
    """

    class Changed(Message):
        """The line under way is another."""

        def __init__(self, line: str, *, put_back: bool = False) -> None:
            super().__init__()
            self.line = line
            self.put_back = put_back
            """Whether it was put back: then the answer beside it stays."""

    class Entered(Message):
        """Somebody pressed enter on a line that is not blank."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Pressed(Message):
        """Somebody pressed a key that is a command."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Troubled(Message):
        """Something is not kept yet, in words; empty: all is kept again."""

        def __init__(self, trouble: str) -> None:
            super().__init__()
            self.trouble = trouble

    class LineKept(Message):
        """A line of this pane is on the disk."""

    def __init__(self, kept: Callable[[], str]) -> None:
        super().__init__()
        self._says_kept = kept
        self._unkept: dict[str, str] = {}
        """Lines handed to the recorder and not yet on the disk, by fact id."""
        self._troubled = False

    def compose(self) -> ComposeResult:
        """The line, and below it what is understood and what was kept last."""
        with Horizontal(id="typing"):
            yield Static("›", id="prompt")
            yield CaptureLine(KEYS)
        with Horizontal(id="told"):
            yield Understood()
            yield Static(id="kept")

    @property
    def line(self) -> CaptureLine:
        """The capture line itself."""
        return self.query_one(CaptureLine)

    def begin(self, text: str, known: Known) -> None:
        """Show a draft, and what completion may offer."""
        self.offer(known)
        if text:
            self.line.put(text)

    def offer(self, known: Known) -> None:
        """What completion and recall may offer from now on."""
        self.line.known = known

    def is_waiting(self, text: str) -> bool:
        """Whether this very line is on its way to the disk."""
        return text in self._unkept.values()

    def taken(self, text: str, fact: str | None) -> None:
        """A line was taken; as a fact it is on its way to the disk."""
        if fact:
            self._unkept[fact] = text
        self.line.taken()

    def put_back(self, text: str) -> None:
        """Show a line again that was not taken; why not stays readable beside it until the next key."""
        with self.line.prevent(Input.Changed):
            self.line.put_back(text)
        self.post_message(self.Changed(self.line.value, put_back=True))

    def say(self, words: Content) -> None:
        """Answer beside the line."""
        self.query_one(Understood).say(words)

    @on(Input.Changed)
    def _line_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(CaptureLine.Entered)
    def _line_entered(self, event: CaptureLine.Entered) -> None:
        # By the same way as the changes before it, or it would overtake them.
        event.stop()
        self.post_message(self.Entered(event.line))

    @on(CaptureLine.Pressed)
    def _key_pressed(self, event: CaptureLine.Pressed) -> None:
        event.stop()
        self.post_message(self.Pressed(event.key))

    @on(Recorder.Kept)
    def _kept(self, message: Recorder.Kept) -> None:
        was = self._unkept.pop(message.fact, None)
        if self._troubled:
            if was:
                self.line.take_away(was)
            self._tell(message.waiting)
        self.query_one("#kept", Static).update(Content(self._says_kept()))
        if was is not None:
            self.post_message(self.LineKept())

    @on(Recorder.NotYet)
    def _not_yet(self, message: Recorder.NotYet) -> None:
        self._tell(message.waiting)
        if not self.line.value and self._unkept:
            # What the disk refused stands in the line again until it is kept.
            self.put_back(next(reversed(self._unkept.values())))
        self.say(error(message.why).stylize("$text-error"))

    @on(Recorder.Refused)
    def _refused(self, message: Recorder.Refused) -> None:
        self.notify(error(message.why).plain, severity="error", markup=False, timeout=15)

    def _tell(self, waiting: int) -> None:
        self._troubled = waiting > 0
        self.post_message(self.Troubled(f"{waiting} not kept yet" if waiting else ""))
