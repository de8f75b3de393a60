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
from rmsession.tui.widgets.bar import trouble
from rmsession.tui.widgets.capture import CaptureLine, Known
from rmsession.tui.widgets.understood import Understood


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

        def __init__(self, line: str, aside: str, *, put_back: bool = False) -> None:
            super().__init__()
            self.line = line
            self.aside = aside
            """A line that waits until this one is through."""
            self.put_back = put_back
            """Whether it was put back: then the answer beside it stays."""

    class Entered(Message):
        """Somebody pressed enter on a line that is not blank."""

        def __init__(self, line: str, *, held: bool) -> None:
            super().__init__()
            self.line = line
            self.held = held
            """Whether it is only what waits for the disk anyway."""

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
        self._held = ""
        """The fact whose line was put back last."""
        self._troubled = False
        self._cause = ""

    def compose(self) -> ComposeResult:
        """The line, and below it what is understood and what was kept last."""
        with Horizontal(id="typing"):
            yield Static("›", id="prompt")
            yield CaptureLine(commands=KEYS)
        with Horizontal(id="told"):
            yield Understood()
            yield Static(id="kept")

    @property
    def line(self) -> CaptureLine:
        """The capture line itself."""
        return self.query_one(CaptureLine)

    def begin(self, text: str, aside: str, cursor: int | None, known: Known) -> None:
        """Show a draft as it was left, and what completion may offer."""
        self.offer(known)
        self.line.restore(text, aside, cursor)

    @property
    def cursor(self) -> int | None:
        """Characters before the cursor; None: it is behind the line."""
        line = self.line
        return None if line.cursor_at_end else line.cursor_position

    def offer(self, known: Known) -> None:
        """What completion and recall may offer from now on."""
        self.line.known = known

    def taken(self, text: str, fact: str | None) -> None:
        """A line was taken; as a fact it is on its way to the disk."""
        if fact:
            self._unkept[fact] = text
        self.line.taken()

    def put_back(self, text: str) -> None:
        """Show a line again that was not taken; why not stays readable beside it until the next key."""
        with self.line.prevent(Input.Changed):
            self.line.put_back(text)
        self._tell_of_line(put_back=True)

    def hold(self, text: str) -> None:
        """Show a line again that waits for the disk, until something else is typed."""
        with self.line.prevent(Input.Changed):
            self.line.hold(text)
        self._tell_of_line(put_back=True)

    def say(self, words: Content) -> None:
        """Answer beside the line."""
        self.query_one(Understood).say(words)

    @on(Input.Changed)
    def _line_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell_of_line()

    def _tell_of_line(self, *, put_back: bool = False) -> None:
        self.post_message(self.Changed(self.line.value, self.line.set_aside, put_back=put_back))

    @on(CaptureLine.Entered)
    def _line_entered(self, event: CaptureLine.Entered) -> None:
        # By the same way as the changes before it, or it would overtake them.
        event.stop()
        self.post_message(self.Entered(event.line, held=event.held))

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
                self._tell_of_line(put_back=True)
            self._tell(message.waiting, "")
        if not message.waiting:
            self.query_one("#kept", Static).update(Content(self._says_kept()))
        if was is not None:
            self.post_message(self.LineKept())

    @on(Recorder.NotYet)
    def _not_yet(self, message: Recorder.NotYet) -> None:
        self._tell(message.waiting, message.cause)
        last = next(reversed(self._unkept), None)
        if last and last != self._held and (not self.line.value or self.line.is_held):
            # What the disk refused stands in the line again until it is kept; who takes it out has seen it.
            self.hold(self._unkept[last])
            self._held = last
        if not self.line.value or self.line.is_held:
            # Not in the place of how the line under way is read; the header says it too.
            self.say(error(self._fitting(message.why)).stylize("$text-error"))

    def _fitting(self, why: str) -> str:
        """The whole message where there is room for it; else how to mend it, for the header says the rest."""
        mend = why.rpartition(". ")[2]
        return why if len(why) <= self.query_one(Understood).size.width else f"Held here. {mend}"

    @on(Recorder.Refused)
    def _refused(self, message: Recorder.Refused) -> None:
        self.notify(error(message.why).plain, severity="error", markup=False, timeout=15)

    def _tell(self, waiting: int, cause: str) -> None:
        self._cause = cause or self._cause
        self._troubled = waiting > 0
        self.query_one("#kept", Static).update(Content.styled("not kept", "$text-error") if waiting else Content(""))
        self.post_message(self.Troubled(trouble(waiting, self._cause)))
