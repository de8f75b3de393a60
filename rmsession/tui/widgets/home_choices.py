"""A list of things to choose on Home, whose ends lead into the next list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from pathlib import Path

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rmsession.core.frozen import frozen
from rmsession.tui.widgets.flow import MUTED, Cell, row

LABEL = 10
"""The width of the column that names a group of rows."""
_SIGN = 2


class Does(Enum):
    """What choosing a row does."""

    CONTINUE = "continue"
    SETTLE = "settle"
    LOOK_AT = "look at"
    PREVIEW = "preview"
    OPEN_FILE = "open file"
    NEW_AGENDA = "new agenda"
    CHOOSE_WHO = "choose who"
    SETTLE_DATE = "settle date"
    """Say what became of the date agreed, or agree one."""


@frozen
class Choice:
    """What a row stands for."""

    does: Does
    session: str = ""
    path: Path | None = None
    place: int = 0
    """Tells rows apart that do the same."""
    capture: str | None = None
    """The captured line that is meant, where it is one."""


class ChoiceRow(Option):
    """One row: a group's name in front of its first one, then columns; without a choice it is only read."""

    def __init__(self, choice: Choice | None, *cells: Cell, label: str = "") -> None:
        named = Cell(Content.styled(label, MUTED), LABEL)
        super().__init__(row(named, *cells, gap=1), disabled=choice is None)
        self.choice = choice


def gap() -> ChoiceRow:
    """An empty line between two groups."""
    return ChoiceRow(None, Cell(Content("")))


def sign(mark: str, style: str = "") -> Cell:
    """The column of a row's sign."""
    return Cell(Content.styled(mark, style) if style else Content(mark), _SIGN)


def muted(words: str) -> Content:
    """Quiet words of the program's own."""
    return Content.styled(words, MUTED)


def short_day(day: date, today: date) -> str:
    """``21 Nov``, or ``Nov 2025`` in another year."""
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day:%b %Y}"


class ChoiceList(OptionList):
    """Rows to choose from; the highlight leaves at either end instead of running round."""

    DEFAULT_CSS = """
    ChoiceList, ChoiceList:focus {
        background: transparent; background-tint: transparent; border: none; padding: 0; scrollbar-size-vertical: 1;
        & > .option-list--option { color: $text; padding: 0 1; }
        & > .option-list--option-hover { background: $boost; }
        & > .option-list--option-disabled { color: $text-muted; }
        & > .option-list--option-highlighted { color: $text; background: transparent; text-style: none; }
    }
    ChoiceList:focus > .option-list--option-highlighted { background: $accent 25%; text-style: bold; }
    ChoiceList:ansi:focus > .option-list--option-highlighted {
        color: ansi_default; background: ansi_default; text-style: bold underline;
    }
    """
    BINDINGS = [Binding("enter", "select", "Open", tooltip="Open what is highlighted", id="home.open")]

    class Chosen(Message):
        """Somebody chose a row."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    class Early(Message):
        """Somebody chose before there was anything to choose."""

    class PastEnd(Message):
        """The highlight was to go on beyond the first row (-1) or the last (1)."""

        def __init__(self, source: ChoiceList, step: int) -> None:
            super().__init__()
            self.source = source
            self.step = step

    _pressed: events.Key | None = None
    """The key that came last."""
    dealt_with: events.Key | None = None
    """The key that was pressed last, where it moved the highlight and no more: that leads nowhere (`typed_ahead`)."""

    @property
    def choice(self) -> Choice | None:
        """What is highlighted."""
        option = self.highlighted_option
        return option.choice if isinstance(option, ChoiceRow) else None

    @property
    def choices(self) -> list[Choice]:
        """Everything that can be chosen, in order."""
        return [each.choice for each in self.options if isinstance(each, ChoiceRow) and each.choice]

    def show(self, rows: Iterable[ChoiceRow], start: Choice | None, *, stay: bool) -> None:
        """Take new rows; the highlight goes to `start`, or where it is to stay, on what it was on if that is there."""
        wanted = self.choice if stay else None
        self.set_options(rows)
        self.highlight(wanted if wanted in self.choices else start)

    def highlight(self, choice: Choice | None) -> None:
        """Put the highlight on a row, or on the first that can be chosen."""
        places = {each.choice: place for place, each in enumerate(self.options) if isinstance(each, ChoiceRow)}
        if choice in places and choice is not None:
            self.highlighted = places[choice]
        else:
            self.action_first()

    def on_key(self, event: events.Key) -> None:
        """Note which key it is that is about to do something."""
        self._pressed = event

    def action_select(self) -> None:
        """Choose what is highlighted, or what will be."""
        if self.highlighted is None:
            self.post_message(self.Early())
        else:
            super().action_select()

    def action_cursor_down(self) -> None:
        """One row down, or out of the list."""
        self._step(1)

    def action_cursor_up(self) -> None:
        """One row up, or out of the list."""
        self._step(-1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say what was chosen."""
        event.stop()
        if isinstance(event.option, ChoiceRow) and event.option.choice:
            self.post_message(self.Chosen(event.option.choice))

    def _step(self, step: int) -> None:
        places = [place for place, each in enumerate(self.options) if not each.disabled]
        here = self.highlighted
        ahead = [place for place in places if here is None or (place > here if step > 0 else place < here)]
        if ahead:
            self.highlighted = ahead[0] if step > 0 else ahead[-1]
            self.dealt_with = self._pressed
        else:
            self.post_message(self.PastEnd(self, step))
