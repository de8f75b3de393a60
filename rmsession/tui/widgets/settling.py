"""The line with which an action of last time is settled in words: why it is dropped or carried, or its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import Enum

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rmsession.core.capture import Context, Line, describe, parse, without_tilde
from rmsession.core.facts import Content as Said
from rmsession.core.lists import ActionItem
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.tui.asides import Field, Noting
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.flow import MUTED
from rmsession.tui.widgets.line import TypedLine


class Words(Enum):
    """What the line is for."""

    DROP = Field.REASON
    CARRY = Field.CARRY
    SPLIT = Field.SPLIT


_ASKS = {
    Words.DROP: "Why is it dropped? Enter alone gives no reason",
    Words.CARRY: "Carried {} times: done, drop or split it? Else say why it is carried once more",
    Words.SPLIT: "Into what? One part a line, as in the capture line: @owner … by fri; an empty line ends it",
}


class SettlingLine(Vertical):
    """Opened for one action and one purpose; closed with what is typed still noted, unless it was entered."""

    DEFAULT_CSS = """
    SettlingLine { display: none; height: auto; margin-top: 1; }
    SettlingLine.-open { display: block; }
    SettlingLine Static { height: auto; color: $text-muted; }
    SettlingLine #parts { color: $text; max-height: 5; }
    """

    class Entered(Message):
        """The words are finished: a reason, or the lines of the parts."""

        def __init__(self, what: Words, lines: tuple[str, ...]) -> None:
            super().__init__()
            self.what = what
            self.lines = lines

    def __init__(self) -> None:
        super().__init__()
        self.what: Words | None = None
        self._item: ActionItem | None = None
        self._against: Context | None = None
        self._noting: Noting | None = None
        self._parts: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The question, the parts so far, the line, and how it reads."""
        yield Static(id="asks")
        yield Static(id="parts")
        yield TypedLine()
        yield Static(id="reading")

    @property
    def line(self) -> TypedLine:
        """What is typed into."""
        return self.query_one(TypedLine)

    @property
    def field(self) -> Field:
        """Where its words are noted."""
        return Field(self.what.value) if self.what else Field.REASON

    def open(self, what: Words, item: ActionItem, context: Context, noting: Noting) -> None:
        """Ask, with what was typed here before."""
        self.what, self._item, self._against, self._noting = what, item, context, noting
        *parts, last = noting.open().split("\n") if what is Words.SPLIT else (noting.open(),)
        self._parts = tuple(parts)
        self.line.hides = lambda _: item.private
        self.line.put(last)
        self.add_class("-open")
        self._show(last)
        self.line.focus()

    def close(self, *, done: bool) -> None:
        """Put the line away; what was typed waits for the same question unless it is done."""
        if done and self._noting:
            self._noting.done()
        self.what = self._noting = None
        self.line.clear()
        self.remove_class("-open")

    @on(TypedLine.Changed)
    def _changed(self, event: TypedLine.Changed) -> None:
        event.stop()
        if self._noting:
            # All the parts in one note: a program that ends in the middle gives each of them back.
            self._noting.note("\n".join((*self._parts, event.value)))
            self._show(event.value)

    @on(TypedLine.Submitted)
    def _submitted(self, event: TypedLine.Submitted) -> None:
        event.stop()
        typed = event.value.strip()
        if self.what is None:
            return
        if self.what is not Words.SPLIT:
            self.post_message(self.Entered(self.what, (typed,)))
        elif typed:
            self._parts = (*self._parts, *(line for line in typed.split("\n") if line.strip()))
            # A quick hand has begun the next part by now.
            self.line.put(self.line.value.removeprefix(event.value))
        else:
            self.post_message(self.Entered(self.what, self._parts))

    def _show(self, value: str) -> None:
        if self.what is None or self._item is None or self._against is None:
            return
        self.query_one("#asks", Static).update(Content(_ASKS[self.what].format(self._item.carried)))
        said = [part_of(each, self._item, self._against) for each in self._parts]
        lines = [Content.assemble((f"{number}  ", MUTED), self._reading(each)) for number, each in enumerate(said, 1)]
        parts = self.query_one("#parts", Static)
        parts.display = bool(lines)
        parts.update(Content("\n").join(lines))
        under_way = value.strip() and self.what is Words.SPLIT
        reading = self._reading(part_of(value, self._item, self._against)) if under_way else Content("")
        self.query_one("#reading", Static).update(reading)

    def _reading(self, said: Said) -> Content:
        if self._item and self._item.private:
            return Content(HIDDEN)
        today: date = self._against.today if self._against else date.min
        known = describe(Line(Kind.ACTION, said), today)[1:]
        words = [Content.assemble(label, " ", content(each, "$foreground")) for label, each in known]
        return Content(" · ").join([content(said.text, "$foreground"), *words])


def part_of(typed: str, item: ActionItem, context: Context) -> Said:
    """A line as a part of an action: an action too, of the same owner unless it names another."""
    said, _ = without_tilde(typed)
    read = parse(f"[] {said}", context)
    if not isinstance(read, Line) or read.kind is not Kind.ACTION:
        # Signs alone are no action by themselves; as a part of one they are.
        return Said(UserText(said.strip()), owner=item.owner)
    return read.content if read.content.owner else replace(read.content, owner=item.owner)
