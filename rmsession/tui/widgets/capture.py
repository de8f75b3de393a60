"""The capture line: always focused, never refuses, loses nothing."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from rmsession.core.capture import Blank, Context, Line, Slash, describe, parse
from rmsession.core.text import shortened
from rmsession.tui.keys import BY_WORD, matching
from rmsession.tui.text import HIDDEN, content, offered, typed

_HINT = "A note, or @owner action · ? question · ! idea · d: decision · / commands"


@dataclass(frozen=True, slots=True)
class Known:
    """What completion may offer: of this pair only."""

    context: Context
    tags: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    """Lines typed before, oldest first."""


class CaptureLine(Input):
    """An `Input` that keeps pasted newlines as one note, completes with tab, and recalls with up and down."""

    DEFAULT_CSS = """
    CaptureLine { border: none; height: 1; padding: 0; background: $surface; width: 1fr; }
    CaptureLine:focus { border: none; background-tint: 0%; }
    """

    known: reactive[Known | None] = reactive(None, init=False)

    class Entered(Message):
        """Somebody pressed enter on a line that is not blank."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Pressed(Message):
        """A key that is a command, in order with the lines entered before and after it."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, commands: frozenset[str] = frozenset()) -> None:
        super().__init__(placeholder=_HINT, id="line", select_on_focus=False)
        self._commands = commands
        """Keys that are handed up instead of being typed."""
        self._recalled: int | None = None
        self._fresh = ""
        self._aside = ""

    @property
    def private(self) -> bool:
        """Whether the line under way is for its writer alone."""
        return self.value.lstrip().startswith("~")

    @property
    def _value(self) -> Text:
        """The line as it is drawn: private text masked, and nothing in it that a terminal would obey."""
        shown = "•" * len(self.value) if self.password else typed(self.value)
        return Text(shown, no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        # The cursor stands where the drawn character stands, which may be wider than the typed one.
        return self._value[:position].cell_len

    def on_resize(self) -> None:
        """Hint at as much as there is room for."""
        self.placeholder = shortened(_HINT, max(self.content_size.width - 1, 1))

    def _watch_value(self, value: str) -> None:
        self.password = self.private
        super()._watch_value(value)
        # Textual's own suggester answers from a worker, a frame late; this one is a look-up.
        self._suggestion = "" if self.private else self._completed(value)

    def _on_paste(self, event: events.Paste) -> None:
        """Take a pasted block whole; `Input` would keep its first line only."""
        text = event.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if text:
            start, end = sorted(self.selection)
            self.replace(text, start, end)
        event.stop()
        event.prevent_default()

    async def _on_key(self, event: events.Key) -> None:
        match event.key:
            case key if key in self._commands:
                self.post_message(self.Pressed(key))
            case "tab" if self._suggestion and self.cursor_at_end:
                self.value = self._suggestion
                self.action_end()
            case "tab" | "shift+tab":
                pass
            case "enter" | "ctrl+j":
                # Not left to the binding: that runs a few messages later, when more has been typed behind the line.
                # A terminal that is still as the shell left it, as in typing ahead, sends ctrl+j.
                await self.action_submit()
            case "up":
                self._recall(-1)
            case "down":
                self._recall(1)
            case _:
                await super()._on_key(event)
                return
        event.stop()
        event.prevent_default()

    async def action_submit(self) -> None:
        """Hand the line up and go on empty: what is typed next must not be glued to what was entered."""
        line = self.value
        if line.strip():
            self._recalled = None
            self.put("")
            self.post_message(self.Entered(line))

    def put(self, line: str) -> None:
        """Show this line with the cursor behind it."""
        self.value = line
        self.action_end()

    def begin(self, start: str) -> None:
        """Begin a command; the line under way steps aside and comes back when the command is through."""
        if self.value and not self.value.startswith("/"):
            self._aside = self.value
        self.put(start)

    def taken(self) -> None:
        """The line handed up was taken: bring back what stepped aside for it."""
        if self._aside and not self.value:
            self.put(self._aside)
            self._aside = ""

    def put_back(self, line: str) -> None:
        """The line handed up was not taken: it stands here again, or behind what is being typed by now."""
        if self.value and self.value != line:
            self._aside = line
        else:
            self.put(line)

    def take_away(self, line: str) -> None:
        """A line that was put back has been kept after all."""
        if self.value == line:
            self.put("")
        if self._aside == line:
            self._aside = ""

    def _recall(self, step: int) -> None:
        lines = self.known.lines if self.known else ()
        if self._recalled is None:
            if step > 0 or not lines:
                return
            self._fresh, place = self.value, len(lines) - 1
        else:
            place = self._recalled + step
        if place >= len(lines):
            self._recalled = None
            self.put(self._fresh)
        elif place >= 0:
            self._recalled = place
            self.put(lines[place])

    def _completed(self, value: str) -> str:
        """The whole line with its last word completed, or nothing."""
        if not value or value.endswith((" ", "\n")):
            return ""
        if value.startswith("/") and " " not in value:
            found = [act.word for act in matching(value[1:]) if value[1:]]
            return f"/{found[0]}" if found else ""
        head, space, word = value.rpartition(" ")
        known = self.known
        if known is None or len(word) < 2:  # noqa: PLR2004 - a sign and a first letter
            return ""
        names = {"@": known.context.owners, "#": known.tags}.get(word[0], ())
        match = next((name for name in offered(names) if name.casefold().startswith(word[1:].casefold())), None)
        return f"{head}{space}{word}{match[len(word) - 1 :]}" if match else ""


class Understood(Static):
    """How the line under way is read, and at the right what was kept last."""

    DEFAULT_CSS = """
    Understood { height: 1; color: $text-muted; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__(id="understood")

    def say(self, message: Content) -> None:
        """Show the live reading of a line, or the answer to one that was not taken."""
        self.update(message, layout=False)


def reading(line: str, context: Context, *, revealed: bool, off_record: bool = False) -> Content:
    """The live reading: kind, owner, due date; the matching commands of a slash; nothing of a private line."""
    match parse(line, context):
        case Blank():
            return Content("")
        case Slash(word=word):
            return _commands(word)
        case Line() if off_record:
            return Content.styled("off the record: this is not kept", "$text-warning")
        case Line(private=True) if not revealed:
            return Content(f"private · {HIDDEN}")
        case parsed:
            parts = [
                Content.assemble(f"{label} ", content(text, "$foreground"))
                if text
                else Content.styled(label, "$foreground")
                for label, text in describe(parsed, context.today)
            ]
            return Content(" · ").join(parts)


def _commands(word: str) -> Content:
    act = BY_WORD.get(word)
    if act:
        return Content.assemble(Content.styled(f"/{act.word} {act.argument}".rstrip(), "$foreground"), f"  {act.tip}")
    if word[:1] in "+-" or word.isdecimal():
        what = "jump to that topic" if word.isdecimal() else "minutes for this topic"
        return Content.assemble(Content.styled(f"/{word}", "$foreground"), f"  {what}")
    found = matching(word)
    if not found:
        return Content.styled(f"/{typed(word)} is no command: // types a slash, F1 lists the commands", "$text-warning")
    return Content("  ").join([Content(f"/{each.word}") for each in found[:9]])
