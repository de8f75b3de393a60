"""The list of action items with what narrows it: a line to type in, what is settled shown or not, what is private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from rmsession.core.action_list import Group, finds
from rmsession.core.between import ActionRef
from rmsession.core.lists import ActionItem
from rmsession.core.query import parse
from rmsession.core.terms import ActionStatus
from rmsession.tui.widgets.action_rows import ActionList
from rmsession.tui.widgets.action_words import ListLook, nothing_there
from rmsession.tui.widgets.line import TypedLine
from rmsession.tui.widgets.step import REVEAL_SECONDS


class ActionShelf(Vertical):
    """Shows the action items that it is given; says upward when they are others, or looked at otherwise."""

    DEFAULT_CSS = """
    ActionShelf {
        height: 1fr;
        & #filter { display: none; margin: 0 1; background: $foreground 8%; }
        & #filter:focus { background: $accent 20%; }
        & #filter:ansi { background: ansi_default; text-style: underline; }
        & #filter:ansi:focus { background: ansi_default; text-style: bold underline; }
        & ActionList { height: 1fr; }
        & #nothing { height: 1fr; padding: 1 2; display: none; }
        &.-filtering #filter { display: block; }
        &.-empty #nothing { display: block; }
        &.-empty ActionList { display: none; }
    }
    """
    BINDINGS = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    class Looked(Message):
        """The list shows otherwise."""

    def __init__(self, look: ListLook) -> None:
        super().__init__()
        self.look = look
        self._items: tuple[ActionItem, ...] = ()
        self._stay: Mapping[ActionRef, Group] = {}
        self._settled = False
        self._whose = False
        self._known = False

    def compose(self) -> ComposeResult:
        """The line, the list, and what stands in its place while there is nothing."""
        yield TypedLine(id="filter", placeholder="words  @owner  #tag  is:overdue  topic:…")
        yield ActionList(self.look)
        yield Static(id="nothing")

    @property
    def item(self) -> ActionItem | None:
        """What is stood on."""
        return self.query_one(ActionList).item

    @property
    def items(self) -> tuple[ActionItem, ...]:
        """Everything that is there, shown or not."""
        return self._items

    @property
    def filtering(self) -> bool:
        """Whether the line to type in is open."""
        return self.has_class("-filtering")

    def take(
        self, items: tuple[ActionItem, ...], stay: Mapping[ActionRef, Group], *, whose: bool, known: bool = True
    ) -> None:
        """Show these; `whose` and `known` say whether anybody is chosen, and whether the store has answered."""
        self._items, self._stay, self._whose, self._known = items, stay, whose, known
        self.draw()

    def draw(self) -> None:
        """Draw the list, narrowed by what is typed."""
        shown = self.query_one(ActionList)
        shown.look = self.look
        found = self._found()
        shown.show(found, settled=self._settled or self._typed, stay=self._stay)
        self.set_class(not found, "-empty")
        nothing = nothing_there(whose=self._whose, known=self._known, filtered=bool(self._items))
        self.query_one("#nothing", Static).update(nothing)
        self.post_message(self.Looked())

    def offers(self, what: str) -> bool:
        """Whether ``filter``, ``all`` or ``reveal`` does something."""
        match what:
            case "all":
                return any(each.status is not ActionStatus.OPEN for each in self._items)
            case "reveal":
                return any(each.private for each in self._items)
            case _:
                return bool(self._items)

    def look_at(self, what: str) -> None:
        """Do one of what it `offers`."""
        match what:
            case "all":
                self._settled = not self._settled
                self.draw()
            case "reveal":
                self._reveal(not self.look.revealed)
                if self.look.revealed:
                    self.set_timer(REVEAL_SECONDS, lambda: self._reveal(False))
            case _:
                self.add_class("-filtering")
                self.query_one("#filter").focus()

    def action_step(self, step: int) -> None:
        """Move in the list while the line has the keyboard."""
        self.query_one(ActionList).action_step(step)

    def put_filter_away(self) -> bool:
        """Close the line and show everything again; False where it is not open."""
        if not self.filtering:
            return False
        self.query_one("#filter", TypedLine).value = ""
        self.remove_class("-filtering")
        self.query_one(ActionList).focus()
        self.draw()
        return True

    @property
    def _typed(self) -> bool:
        return bool(self.query_one("#filter", TypedLine).value.strip())

    def _found(self) -> list[ActionItem]:
        query = parse(self.query_one("#filter", TypedLine).value, self.look.today)
        if not query:
            return list(self._items)
        # What is hidden must not be told by which letters find it.
        seen = (each for each in self._items if not self.look.hides(each))
        return [each for each in seen if finds(query, each, self.look.today)]

    def _reveal(self, revealed: bool) -> None:
        if self.look.revealed is not revealed:
            self.look = replace(self.look, revealed=revealed)
            self.draw()

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        if self.filtering:
            self.draw()

    @on(Input.Submitted, "#filter")
    def _to_the_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(ActionList).focus()
