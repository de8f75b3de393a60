"""A list of which one is stood on and can be chosen, among headings and lines that cannot."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.message import Message

from rmsession.tui.widgets.history_lines import Lines

Line = TypeVar("Line")
"""What a line is made of."""


class Choices(Lines, Generic[Line]):
    """Says what is stood on, and that more is wanted of it."""

    class Moved(Message):
        """Something else is stood on."""

    class Chosen(Message):
        """More is wanted of what is stood on."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id)
        self.lines: list[Line] = []
        """All of them, in order."""

    @property
    def line(self) -> Line | None:
        """The one that is stood on."""
        return self.lines[self.here] if self.here is not None and self.here < len(self.lines) else None

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def take(self, lines: list[Line], wanted: int | None) -> None:
        """Show others, and stand on the wanted one."""
        self.lines, self.here = lines, None
        self.renew()
        self.stand_on(wanted, told=False)
        self.moved()

    def moved(self) -> None:
        """Say so."""
        self.post_message(self.Moved())

    def chosen(self) -> None:
        """Say so."""
        self.post_message(self.Chosen())

    def action_choose(self) -> None:
        """Choose what is stood on."""
        self.chosen()
