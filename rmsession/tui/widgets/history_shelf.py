"""The left side of the history: the search line, how it was understood, and the sessions or what was found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from rmsession.core.query import Query, parse
from rmsession.core.search import Findings
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.tui.widgets import history_words as words
from rmsession.tui.widgets.flow import MUTED, Flow, spread
from rmsession.tui.widgets.history_list import HistoryList
from rmsession.tui.widgets.history_lookup import Shelf
from rmsession.tui.widgets.history_rows import by_rank, head_line
from rmsession.tui.widgets.line import TypedLine

Find = Callable[[Query], Awaitable[Findings | None]]
"""What a search finds; None when another one came meanwhile. May raise `StoreError`."""


class HistoryShelf(Vertical):
    """Sessions by month while nothing is typed, else what was found; each goes when its successor is there."""

    DEFAULT_CSS = """
    HistoryShelf {
        & #search { background: $foreground 8%; margin: 0 1; padding: 0 1; }
        & #search:focus { background: $accent 20%; }
        & #search:ansi { background: ansi_default; text-style: underline; }
        & #search:ansi:focus { background: ansi_default; text-style: bold underline; }
        & #told { height: 1; padding: 0 2; }
        & #columns { height: 1; padding: 0 2 0 1; }
        & HistoryList { height: 1fr; }
        & #nothing { height: auto; padding: 0 1 1 1; }
    }
    """
    BINDINGS = [
        Binding("down", "in_the_list('step', 1)", show=False),
        Binding("up", "in_the_list('step', -1)", show=False),
        Binding("pagedown", "in_the_list('page', 1)", show=False),
        Binding("pageup", "in_the_list('page', -1)", show=False),
    ]

    class Troubled(Message):
        """A search could not be answered; `why` says so in one line."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Reading(Message):
        """So many files of so many have been read; may be posted from a thread."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    def __init__(self, find: Find, today: date, *, typed: str = "") -> None:
        super().__init__(id="shelf")
        self._find = find
        self._today = today
        self._typed = typed
        self.asked = parse(typed, today)
        """What is searched for."""
        self._people: Sequence[UserText] = ()
        self._shelf: Shelf | None = None
        self._findings: Findings | None = None
        self._read: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        """The line, what was understood, the heads of the columns, the rows or why there are none."""
        yield TypedLine(self._typed, placeholder="/  search", id="search")
        yield Static(id="told")
        yield Static(id="columns")
        yield Static(id="nothing")
        yield HistoryList(self._today)

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._show(stay=False)

    @property
    def known(self) -> Shelf:
        """The sessions, as far as they are known."""
        return self._shelf or Shelf()

    @property
    def findings(self) -> Findings | None:
        """What the search found; None while nothing is searched for."""
        return self._findings

    @property
    def line(self) -> Input:
        """The search line."""
        return self.query_one("#search", Input)

    def meet(self, people: Sequence[UserText]) -> None:
        """Somebody else's sessions are to come: those that are shown go at once."""
        self._people, self._shelf, self._findings, self._read = people, None, None, None
        self._show(stay=False)

    def take(self, shelf: Shelf) -> None:
        """Take sessions; a search is made again among them."""
        self._shelf, self._read = shelf, None
        if self.asked:
            self._search()
        self._show(stay=True)

    @on(Reading)
    def _told(self, event: Reading) -> None:
        event.stop()
        self._read = (event.done, event.total) if event.done < event.total else None
        self._tell()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        event.stop()
        asked = parse(event.value, self._today)
        if asked != self.asked:
            self.asked = asked
            self._tell()
            self._search()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """What was found is read: the list takes the keyboard."""
        event.stop()
        self.query_one(HistoryList).focus()

    def action_in_the_list(self, what: str, step: int) -> None:
        """Move in the list while the cursor stays in the line."""
        rows = self.query_one(HistoryList)
        if what == "page":
            rows.action_page(step)
        else:
            rows.action_step(step)

    @work(group="search", exclusive=True)
    async def _search(self) -> None:
        asked, before = self.asked, self._findings
        try:
            # Without a search there is nothing to wait for, and what waits is called off.
            found = await self._find(asked)
        except StoreError as refusal:
            self.post_message(self.Troubled(str(refusal)))
            return
        if asked == self.asked and (found is not None or not asked):
            self._findings = found
            # Of another search the best comes first; the same one asked again leaves one where one is.
            self._show(stay=found is not None and before is not None and before.hits == found.hits)

    def _show(self, *, stay: bool) -> None:
        shelf, found = self.known, self._findings
        rows = by_rank(found, shelf.known, titles=bool(self.asked.terms)) if found is not None else shelf.rows
        dated = found is not None
        rowless = not rows and (found is not None or shelf.whole)
        columns = self.query_one("#columns", Static)
        columns.update(Flow(lambda width: [head_line(width, dated=dated)] if rows else [Content("")]))
        listed = self.query_one(HistoryList)
        listed.show(rows, self.asked if found is not None else Query(), stay=stay)
        nothing = self.query_one("#nothing", Static)
        nothing.update(words.nothing(self.asked, known=bool(self._people)) if rowless else "")
        nothing.display = rowless
        self._tell()

    def _tell(self) -> None:
        """How the search was understood, and how much was found."""
        told = self.query_one("#told", Static)
        if self._read:
            done, total = self._read
            told.update(Flow(lambda width: [words.reading(done, total, width)]))
        elif self.asked:
            left = words.understood(self.asked, self._people, self._today).stylize_before(MUTED)
            right = words.counted(self._findings) if self._findings is not None else Content("")
            told.update(Flow(lambda width: [_ends(left, right, width)]))
        else:
            told.update(Flow(lambda width: [Content.styled(words.HINT, MUTED).truncate(width, ellipsis=True)]))


def _ends(left: Content, right: Content, width: int) -> Content:
    """One text at each end of one line; the left one gives way."""
    room = max(width - right.cell_length - 2, 0)
    [line, *_] = spread(left.truncate(room, ellipsis=True), right, width)
    return line
