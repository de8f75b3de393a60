"""Last time's actions as a list: one is chosen, and the next one that waits is found from it."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rmsession.core.last_time import Brought
from rmsession.core.promises import Promise, kept_item
from rmsession.tui.widgets.flow import MUTED, Flow
from rmsession.tui.widgets.last_time_lines import action_lines, origin


class LastTimeList(OptionList):
    """Each action with where it comes from."""

    DEFAULT_CSS = """
    LastTimeList { height: auto; max-height: 50vh; border: none; background: $panel; padding: 0; }
    LastTimeList:focus { border: none; background-tint: 0%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Brought, ...] = ()

    @property
    def chosen(self) -> Brought | None:
        """The one that the keys are about."""
        place = self.highlighted
        return self._items[place] if place is not None and place < len(self._items) else None

    def show(self, items: tuple[Brought, ...], wall: datetime, *, revealed: bool) -> None:
        """Show these, the same one chosen."""
        place = self.highlighted
        self._items = items
        self.clear_options()
        self.add_options([Option(_row(each, wall, revealed=revealed)) for each in items])
        self.highlighted = place

    def choose(self, capture: str | None) -> None:
        """Choose this one, or the first that waits."""
        ids = [each.ref.capture for each in self._items]
        self.highlighted = ids.index(capture) if capture in ids else self._waiting(0)

    def go_on(self) -> None:
        """Choose the next one that waits, from the chosen one on."""
        self.highlighted = self._waiting(self.highlighted or 0)

    def _waiting(self, start: int) -> int:
        items = self._items
        waits = (at for at in (*range(start, len(items)), *range(start)) if items[at].outcome is None)
        return next(waits, start)


def kept_words(items: tuple[Brought, ...], wall: datetime) -> Content:
    """How many of these promises were kept, of those that are settled: ``1 of 3 kept``."""
    promises = [kept_item(each.item, wall.date()) for each in items if each.item and each.outcome]
    kept, missed = promises.count(Promise.KEPT), promises.count(Promise.NOT_KEPT)
    return Content.styled(f"{kept} of {kept + missed} kept" if kept + missed else "", MUTED)


def _row(each: Brought, wall: datetime, *, revealed: bool) -> Flow:
    def layout(width: int) -> list[Content]:
        lines = action_lines(each, wall.date(), width, revealed=revealed)
        if each.item and (revealed or not each.item.private):
            about = origin(each.item, wall.date(), wall.tzinfo).stylize_before(MUTED)
            lines += [line.pad_left(2) for line in about.wrap(max(width - 2, 10))]
        return lines

    return Flow(layout)
