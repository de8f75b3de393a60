"""Last time's actions, one by one: done, carried, dropped or split. What is said is kept by whoever opened it."""

from __future__ import annotations

from typing import Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rmsession.core.capture import Context
from rmsession.core.decision import Refusal
from rmsession.core.last_time import Brought
from rmsession.core.terms import Outcome
from rmsession.core.text import UserText
from rmsession.tui.asides import Field
from rmsession.tui.carrying import Verdict, needs_reason
from rmsession.tui.desk import Desk
from rmsession.tui.widgets.flow import Flow, spread
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.last_time_lines import heading
from rmsession.tui.widgets.last_time_list import LastTimeList, kept_words
from rmsession.tui.widgets.settling import SettlingLine, Words, part_of
from rmsession.tui.widgets.step import REVEAL_SECONDS

_FIELDS = {Field.REASON: Words.DROP, Field.CARRY: Words.CARRY, Field.SPLIT: Words.SPLIT}


class Keeper(Protocol):
    """Who keeps what is said here."""

    @property
    def items(self) -> tuple[Brought, ...]:
        """Last time's actions, as they stand now."""

    def settle(self, verdict: Verdict) -> Refusal | None:
        """Keep what is said of one; why not, where it cannot be."""

    def carry_rest(self) -> Refusal | None:
        """Carry all that wait."""


class LastTimeDialog(ModalScreen[bool]):
    """The actions with which the session opened; True asks to go on to the next topic."""

    DEFAULT_CSS = """
    LastTimeDialog { align: center middle; }
    LastTimeDialog > Vertical {
        width: 104; max-width: 98%; height: auto; max-height: 92%; background: $panel; padding: 1 2 0 2;
    }
    LastTimeDialog #title { height: auto; margin-bottom: 1; }
    LastTimeDialog.-typing LastTimeList { max-height: 30vh; }
    LastTimeDialog #says { height: auto; margin-top: 1; color: $text-warning; display: none; }
    LastTimeDialog Footer { margin-top: 1; dock: none; }
    """
    BINDINGS = [
        Binding("d", "settle('done')", "Done", tooltip="It was done"),
        Binding("c", "settle('carried')", "Carry", tooltip="It goes on to the next time"),
        Binding("x", "ask('reason')", "Drop", tooltip="It will not be done; say why"),
        Binding("s", "ask('split')", "Split", tooltip="Smaller ones take its place"),
        Binding("o", "again", "Open", tooltip="Let it wait again"),
        Binding("C", "carry_rest", "All", key_display="C", tooltip="Carry all that wait"),
        Binding("f7", "reveal", "Reveal", tooltip="Show private lines for a moment"),
        Binding("f2", "go_on", "Next", tooltip="On to the next topic, once none waits"),
        Binding("escape", "back", "Back", tooltip="Back to the topic; what was said is kept"),
    ]

    def __init__(self, desk: Desk, keeper: Keeper, *, chosen: str | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._keeper = keeper
        self._chosen = chosen
        self._revealed = False
        self._list = LastTimeList()

    def compose(self) -> ComposeResult:
        """The list, a line for words, what is in the way, the keys."""
        with Vertical():
            yield Static(id="title")
            yield self._list
            yield SettlingLine()
            yield Static(id="says")
            yield Foot(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin at the chosen action, or the first that waits; what was being typed is open again."""
        items = self._keeper.items
        self._fill()
        ids = [each.ref.capture for each in items]
        under_way = next(
            (each for each in self._desk.asides.noted if each.field in _FIELDS and each.about in ids), None
        )
        waits = [place for place, each in enumerate(items) if each.outcome is None]
        start = under_way.about if under_way else self._chosen
        self._list.highlighted = ids.index(start) if start in ids else next(iter(waits), 0)
        self._list.focus()
        if under_way:
            self._open(_FIELDS[Field(under_way.field)])

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now; nothing is copied meanwhile."""
        return self._revealed

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 # Textual's
        """While words are typed, letters are letters; there is only something to reveal where one is private."""
        if action == "reveal":
            return any(each.item and each.item.private for each in self._keeper.items)
        # Asked for by the footer while the screen is taken down already, too.
        return action == "back" or not any(each.what for each in self.query(SettlingLine))

    def action_settle(self, outcome: str) -> None:
        """Say that the chosen action is done, or carried on."""
        each = self._list.chosen
        if each and outcome == Outcome.CARRIED.value and needs_reason(each):
            self._open(Words.CARRY)
        elif each:
            self._settle(Verdict(each.ref, Outcome(outcome)))

    def action_ask(self, field: str) -> None:
        """Open the line for a reason, or for parts; an action whose record cannot be read is let go at once."""
        each = self._list.chosen
        if each and each.item is None:
            self._settle(Verdict(each.ref, Outcome.DROPPED))
        elif each:
            self._open(_FIELDS[Field(field)])

    def action_again(self) -> None:
        """Let the chosen action wait again."""
        each = self._list.chosen
        if each and each.outcome:
            self._settle(Verdict(each.ref, None), stay=True)

    def action_carry_rest(self) -> None:
        """Carry all that wait."""
        self._say(self._keeper.carry_rest())
        self._fill()
        self._list.go_on()

    def action_reveal(self) -> None:
        """Show private lines for a moment, or hide them at once."""
        self._revealed = not self._revealed
        self._fill()
        if self._revealed:
            self.set_timer(REVEAL_SECONDS, self._conceal)

    def action_go_on(self) -> None:
        """Leave for the next topic, if none waits."""
        if any(each.outcome is None for each in self._keeper.items):
            self._say(Refusal("Each must be done, carried, dropped or split first; C carries all that wait."))
        else:
            self.dismiss(True)

    def action_back(self) -> None:
        """Close the line, with what was typed noted; else go back to the topic."""
        if self.query_one(SettlingLine).what:
            self._close(done=False)
        else:
            self.dismiss(False)

    @on(SettlingLine.Entered)
    def _entered(self, message: SettlingLine.Entered) -> None:
        each = self._list.chosen
        if each is None or each.item is None:
            return
        match message.what:
            case Words.SPLIT if not message.lines:
                self._close(done=True)
                return
            case Words.SPLIT:
                parts = tuple(part_of(line, each.item, _context(self._desk)) for line in message.lines)
                verdict = Verdict(each.ref, Outcome.SPLIT, parts=parts)
            case words:
                outcome = Outcome.DROPPED if words is Words.DROP else Outcome.CARRIED
                verdict = Verdict(each.ref, outcome, UserText(" ".join(message.lines)))
        if self._settle(verdict):
            self._close(done=True)

    def _settle(self, verdict: Verdict, *, stay: bool = False) -> bool:
        refusal = self._keeper.settle(verdict)
        self._say(refusal)
        self._fill()
        if not refusal and not stay:
            self._list.go_on()
        return refusal is None

    def _open(self, what: Words) -> None:
        each = self._list.chosen
        if each and each.item:
            noting = self._desk.asides.at(Field(what.value), each.ref.capture, private=each.item.private)
            self.query_one(SettlingLine).open(what, each.item, _context(self._desk), noting)
            self._say(None)
            self._list.disabled = True
            self.add_class("-typing")
            self.call_after_refresh(self._list.scroll_to_highlight)
            self.refresh_bindings()

    def _close(self, *, done: bool) -> None:
        self.query_one(SettlingLine).close(done=done)
        self._list.disabled = False
        self.remove_class("-typing")
        self._list.focus()
        self.refresh_bindings()

    def _say(self, refusal: Refusal | None) -> None:
        says = self.query_one("#says", Static)
        says.display = refusal is not None
        says.update(Content(refusal.why if refusal else ""))

    def _conceal(self) -> None:
        if self._revealed:
            self._revealed = False
            self._fill()

    def _fill(self) -> None:
        items, wall = self._keeper.items, self._desk.now().wall
        title, kept = Content.assemble(("Last time   ", "bold"), heading(items)), kept_words(items, wall)
        self.query_one("#title", Static).update(Flow(lambda width: spread(title, kept, width)))
        self._list.show(items, wall, revealed=self._revealed)


def _context(desk: Desk) -> Context:
    """What a line typed here is read against."""
    session = desk.session
    names = tuple(each.name.line for each in (session.pair.mentor, session.pair.mentee) if each.name)
    return Context(desk.now().wall.date(), names, session.name_of(desk.by).line)
