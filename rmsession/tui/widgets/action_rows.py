"""The list of action items, in groups, of which only the lines in sight are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from rmsession.core.action_list import Group, group_of, grouped
from rmsession.core.between import ActionRef
from rmsession.core.frozen import frozen
from rmsession.core.lists import ActionItem
from rmsession.tui.widgets.action_words import WIDE, ListLook, group_line, item_lines, ref
from rmsession.tui.widgets.history_lines import Lines


@frozen
class _Head:
    """The name of a group."""

    group: Group
    count: int


_Line = tuple[ActionItem, int] | _Head | None
"""One line: of an action item the how-manyth, a group's name, or nothing."""


class ActionList(Lines):
    """Action items to move through."""

    BINDINGS = [Binding("enter", "choose", "Open", tooltip="Open the record at this line", id="actions.open")]

    class Moved(Message):
        """Another action item is stood on."""

    class Chosen(Message):
        """The record behind an action item is wanted."""

        def __init__(self, item: ActionItem) -> None:
            super().__init__()
            self.item = item

    def __init__(self, look: ListLook) -> None:
        super().__init__(id="actions")
        self.look = look
        """How the items are looked at; `draw_anew` after a change."""
        self._items: Sequence[ActionItem] = ()
        self._settled = False
        self._stay: Mapping[ActionRef, Group] = {}
        self._lines: list[_Line] = []
        self._laid_out = 0

    @property
    def item(self) -> ActionItem | None:
        """What is stood on."""
        line = self._lines[self.here] if self.here is not None and self.here < len(self._lines) else None
        return line[0] if isinstance(line, tuple) else None

    def show(self, items: Sequence[ActionItem], *, settled: bool, stay: Mapping[ActionRef, Group]) -> None:
        """Take new items; what is stood on stays so, and what is in `stay` keeps its group whatever became of it."""
        before, at = self.item, self.here
        self._items, self._settled, self._stay = items, settled, stay
        self._lay_out()
        wanted = next((line for line in range(len(self._lines)) if self._is(line, before)), None)
        if wanted is None:  # gone: the one that took its place, or the last
            near = min(at or 0, len(self._lines) - 1)
            wanted = self._next(near, 1)
            wanted = self._next(near, -1) if wanted is None else wanted
        self.here = None
        self.renew()
        self.stand_on(wanted)

    def draw_anew(self) -> None:
        """The same items look otherwise."""
        self._lay_out()
        self.renew()

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def draw(self, line: int, width: int) -> Content:
        """One line."""
        match self._lines[line]:
            case _Head(group=group, count=count):
                return group_line(group, count, width, open_=self._settled)
            case (item, part):
                # As it was laid out: a resize may be painted before it is told.
                return item_lines(item, self.look, width, wide=self._laid_out == 1)[part]
            case _:
                return Content("")

    def block_of(self, line: int) -> range | None:
        """The lines of one action item; a group's name cannot be stood on."""
        there = self._lines[line]
        if not isinstance(there, tuple):
            return None
        start = line - there[1]
        return range(start, start + self._laid_out)

    def moved(self) -> None:
        """Say so."""
        self.post_message(self.Moved())

    def chosen(self) -> None:
        """Say so."""
        if self.item:
            self.post_message(self.Chosen(self.item))

    def action_choose(self) -> None:
        """Choose what is stood on."""
        self.chosen()

    def on_resize(self) -> None:
        """Lay out for the new width; the same item stays in sight."""
        before = self.item
        self._lay_out()
        self.renew()
        self.here = next((line for line in range(len(self._lines)) if self._is(line, before)), None)
        if self.here is not None:
            self.call_after_refresh(self.stand_on, self.here, told=False)

    def _is(self, line: int, item: ActionItem | None) -> bool:
        there = self._lines[line]
        return isinstance(there, tuple) and item is not None and ref(there[0]) == ref(item) and not there[1]

    def _lay_out(self) -> None:
        self._laid_out = 1 if self.scrollable_content_region.width - 2 >= WIDE else 2
        lines: list[_Line] = []
        for group, items in grouped(self._items, self._group):
            lines += [None] if lines else []
            lines.append(_Head(group, len(items)))
            if group is not Group.SETTLED or self._settled:
                lines += [(item, part) for item in items for part in range(self._laid_out)]
        self._lines = lines

    def _group(self, item: ActionItem) -> Group:
        return self._stay.get(ref(item)) or group_of(item, self.look.today, apart=True)
