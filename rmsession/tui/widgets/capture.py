"""The capture line: always focused, never refuses, loses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual import events
from textual.message import Message
from textual.reactive import var
from textual.widgets.input import Selection

from rmsession.core.capture import Context, may_be_private
from rmsession.core.frozen import frozen
from rmsession.core.text import shortened
from rmsession.tui.asides import Noting
from rmsession.tui.keys import matching
from rmsession.tui.text import offered
from rmsession.tui.widgets.line import TypedLine

_GOAL = re.compile(r"(?:g|goal):\s*", re.IGNORECASE)
"""How a line about a goal begins."""
_HINT = "A note, or @owner action · ? question · ! idea · d: decision · / commands"


@frozen
class Known:
    """What completion may offer: of this pair only."""

    context: Context
    tags: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    """Lines typed before, oldest first."""
    goals: tuple[str, ...] = ()
    """The words of shared goals: the same words score the same goal again."""


class CaptureLine(TypedLine):
    """A `TypedLine` for one note after another: it completes with tab, and recalls with up and down."""

    DEFAULT_CSS = """
    CaptureLine { padding: 0; width: 1fr; }
    """

    known: var[Known | None] = var(None, init=False)

    class Entered(Message):
        """Somebody pressed enter on a line that is not blank."""

        def __init__(self, line: str, *, held: bool = False) -> None:
            super().__init__()
            self.line = line
            self.held = held
            """Whether it was put back as it waits for the disk, and nobody touched it since."""

    class Pressed(Message):
        """A key that is a command, in order with the lines entered before and after it."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(
        self, value: str = "", *, commands: frozenset[str] = frozenset(), noting: Noting | None = None
    ) -> None:
        self._held: str | None = None  # first: the next line sets the value
        super().__init__(value, noting=noting, hides=may_be_private, placeholder=_HINT, id="line")
        self._commands = commands
        """Keys that are handed up instead of being typed."""
        self.dealt_with: events.Key | None = None
        """The last key that leads nowhere from here: those behind it need wait for nothing."""
        self._recalled: int | None = None
        self._fresh = ""
        self._aside = ""

    @property
    def private(self) -> bool:
        """Whether the line under way is for its writer alone."""
        return may_be_private(self.value)

    @property
    def is_held(self) -> bool:
        """Whether the line is one that waits for the disk, and untouched."""
        return self._held is not None

    @property
    def set_aside(self) -> str:
        """A line that waits until the one that is shown is through."""
        return self._aside or (self._fresh if self._recalled is not None else "")

    def on_resize(self) -> None:
        """Hint at as much as there is room for."""
        self.placeholder = shortened(_HINT, max(self.content_size.width - 1, 1))

    def _watch_value(self, value: str) -> None:
        if value != self._held:
            self._held = None
        super()._watch_value(value)
        # Textual's own suggester answers from a worker, a frame late; this one is a look-up.
        self._suggestion = "" if self.private else self._completed(value)

    async def _on_key(self, event: events.Key) -> None:
        notes = event.key == "enter" and not self.value.lstrip().startswith("/")
        self.dealt_with = event if notes or event.key in ("up", "down") else None
        match event.key:
            case key if key in self._commands:
                self.post_message(self.Pressed(key))
            case "tab" if self._suggestion and self.cursor_at_end:
                self.value = self._suggestion
                self.action_end()
            case "tab" | "shift+tab":
                pass
            case "enter":
                # Not left to the binding: that runs a few messages later, when more has been typed behind the line.
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
        line, held = self.value, self.is_held
        if line.strip():
            if self._recalled is not None and not self._aside:
                self._aside = self._fresh
            self._recalled = None
            self.put("")
            self.post_message(self.Entered(line, held=held))

    def put(self, line: str) -> None:
        """Show this line with the cursor behind it."""
        self.value = line
        self.action_end()

    def restore(self, line: str, aside: str, cursor: int | None) -> None:
        """Show a line as it was left: with the one that stepped aside for it, and the cursor in its place."""
        self._aside = aside if line else ""
        self.put(line or aside)
        if cursor is not None:
            self.cursor_position = cursor

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

    def hold(self, line: str) -> None:
        """The line handed up waits for the disk: it stands here again, and gives way to whatever is typed next."""
        self._held = line
        self.put(line)
        self.selection = Selection(0, len(line))

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
        known = self.known
        if known and (goal := _GOAL.match(value)):
            return _begun(value, value[goal.end() :], known.goals)
        word = value.rpartition(" ")[2]
        if known is None or len(word) < 2:  # noqa: PLR2004 - a sign and a first letter
            return ""
        names = {"@": known.context.owners, "#": known.tags}.get(word[0], ())
        return _begun(value, word[1:], names)


def _begun(value: str, typed: str, names: Iterable[str]) -> str:
    """The line with what was typed last completed to the first of these that begins so, or nothing."""
    match = next((name for name in offered(names) if name.casefold().startswith(typed.casefold())), None)
    return f"{value}{match[len(typed) :]}" if match and typed else ""
