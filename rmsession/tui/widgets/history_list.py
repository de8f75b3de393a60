"""The list of the history: sessions by month or hits, of which only the rows in sight are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from rmsession.core.query import Query
from rmsession.tui.widgets.history_lines import Lines
from rmsession.tui.widgets.history_rows import HitRow, MonthRow, Row, RowLook, SessionRow, place_of, row_line


class HistoryList(Lines):
    """Sessions and hits to move through."""

    BINDINGS = [Binding("enter", "choose", "Open", tooltip="Open this record", id="history.open")]

    class Moved(Message):
        """Another row is stood on."""

        def __init__(self, row: Row | None) -> None:
            super().__init__()
            self.row = row

    class Chosen(Message):
        """A session was chosen, at a captured line or as a whole."""

        def __init__(self, session: str, capture: str | None) -> None:
            super().__init__()
            self.session = session
            self.capture = capture

    def __init__(self, today: date) -> None:
        super().__init__(id="sessions")
        self._rows: Sequence[Row] = ()
        self._look = RowLook(today)

    @property
    def row(self) -> Row | None:
        """What is stood on."""
        return self._rows[self.here] if self.here is not None and self.here < len(self._rows) else None

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in sight or not."""
        return self._rows

    def show(self, rows: Sequence[Row], query: Query, *, stay: bool) -> None:
        """Take new rows; what is stood on stays where it is on the screen, if it is there and is to `stay`."""
        before = self.row if stay else None
        wanted = place_of(before) if before else None
        below = (self.here or 0) - self.scroll_offset.y
        self._rows, self._look = rows, RowLook(self._look.today, query)
        found = next((line for line, row in enumerate(rows) if wanted and place_of(row) == wanted), None)
        self.here = None
        self.renew()
        if found is not None:
            self.scroll_to(y=max(found - below, 0), animate=False, force=True, immediate=True)
        first = next((line for line, row in enumerate(rows) if isinstance(row, HitRow)), self._next(0, 1))
        self.stand_on(first if found is None else found, told=False)
        # Even where the same is stood on: what it says may be another.
        self.moved()

    def step_session(self, step: int) -> None:
        """To the next session (1) or the one before (-1), past hits and months."""
        line = (-1 if self.here is None else self.here) + step
        while 0 <= line < len(self._rows) and not isinstance(self._rows[line], SessionRow):
            line += step
        if 0 <= line < len(self._rows):
            self.stand_on(line)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def draw(self, line: int, width: int) -> Content:
        """One row."""
        return row_line(self._rows[line], width, self._look)

    def block_of(self, line: int) -> range | None:
        """Every row is for itself; a month is only read."""
        return None if isinstance(self._rows[line], MonthRow) else range(line, line + 1)

    def moved(self) -> None:
        """Say so."""
        self.post_message(self.Moved(self.row))

    def chosen(self) -> None:
        """Say so."""
        if self.row and (place := place_of(self.row)):
            self.post_message(self.Chosen(place[0], place[1]))

    def action_choose(self) -> None:
        """Choose what is stood on."""
        self.chosen()
