"""The first step of a closing: each action, and each line kept without being understood, is read aloud and settled."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from rmsession.core import commands as asked
from rmsession.core.capture import Context
from rmsession.core.confidence import SCALE
from rmsession.core.session import Capture
from rmsession.core.terms import Kind
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.widgets import aloud
from rmsession.tui.widgets.asked_line import AskedLine
from rmsession.tui.widgets.asking import Typing, missing, requests, sure
from rmsession.tui.widgets.step import Step
from rmsession.tui.widgets.steps import StepKey

_WIDEST = 90
"""Cells beyond which a line is no longer read with ease."""


_ASKED_HERE = {what.value for what in Typing}


class ReadBack(Step, can_focus=True):
    """One line at a time, large enough to read aloud."""

    DEFAULT_CSS = """
    ReadBack #said { margin: 1 0; padding-left: 1; max-width: 90; border-left: outer $accent; }
    ReadBack.-empty #said { border-left: none; padding-left: 0; }
    ReadBack #queue { margin-top: 2; }
    """

    BINDINGS = [
        Binding("enter", "accept", "Accept", tooltip="It stands as read; owner and date are asked where missing"),
        Binding("e", "type('amend')", "Amend", tooltip="Change the line in its typed form"),
        Binding("o", "type('owner')", "Owner", tooltip="Say who does it"),
        Binding("d", "type('due')", "Due", tooltip="Say by when"),
        Binding("x", "drop", "Drop", tooltip="Drop the action, or take the line back"),
        Binding("s", "later", "Later", tooltip="Leave this one for later"),
        *(Binding(str(sure), f"sure({sure})", "Sure", show=False, tooltip="How sure the owner is") for sure in SCALE),
        Binding("n", "type('add')", "New", tooltip="Keep one more line", show=False),
        Binding("right", "turn(1)", "Next line", show=False),
        Binding("left", "turn(-1)", "Line before", show=False),
        Binding("escape", "stop_typing", "Stop typing", tooltip="Back to the keys; what was typed stays"),
    ]

    def __init__(self, desk: Desk, *, key: StepKey) -> None:
        super().__init__(desk, key=key)
        self._at: str | None = None
        self._later: set[str] = set()
        self._begun = False
        self._asked: set[Typing] | None = None
        """What accepting has asked for so far; None while nothing is being accepted."""

    def compose(self) -> ComposeResult:
        """The place, the words, what is known about them, a line to type in, and what else there is."""
        for part in ("place", "said", "parts"):
            yield Static(id=part)
        yield AskedLine()
        yield Static(id="queue")

    def on_resize(self) -> None:
        """Wrap anew."""
        self.show()

    @property
    def capture(self) -> Capture | None:
        """The line that is being read back."""
        queue = tuple(self.desk.session.to_read_back())
        here = next((each for each in queue if each.id == self._at), None)
        return here or next((each for each in queue if each.id not in self._later), None) or next(iter(queue), None)

    @property
    def has_private(self) -> bool:
        """Whether anything that is read back is private."""
        return any(not each.shared for each in self.desk.session.to_read_back())

    @property
    def context(self) -> Context:
        """What a line typed here is read against."""
        session = self.desk.session
        names = tuple(each.name.raw for each in (session.pair.mentor, session.pair.mentee) if each.name)
        return Context(self.desk.now().wall.date(), names, session.name_of(self.desk.by).raw)

    def begin(self) -> None:
        """Take the keyboard; what was being typed when the program ended is open again."""
        line = self.query_one(AskedLine)
        if not self._begun:
            self._begun = True
            self._reopen()
        (line.line if line.what else self).focus()

    def show(self) -> None:
        """Draw the line that is being read back."""
        capture, session, today = self.capture, self.desk.session, self.context.today
        line = self.query_one(AskedLine)
        if line.what and line.about and (capture is None or line.about != capture.id):
            # Settled in another program meanwhile: what is typed must not end up at the next line.
            self._close(done=False)
        self._at = capture.id if capture else None
        hidden = bool(capture and not capture.shared and not self.revealed)
        width = min(self.scrollable_content_region.width, _WIDEST)
        left = sum(True for _ in session.to_read_back())
        known = aloud.parts(session, capture, today, hidden=hidden) if capture else ()
        whole = [each for each in session.standing() if each.kind is Kind.ACTION or each.content.doubts]
        signs = [self._sign(each) for each in whole]
        for name, words in (
            ("place", aloud.place(capture, left, later=self._at in self._later)),
            ("said", aloud.said(capture, hidden=hidden)),
            ("parts", aloud.laid_out(known, width)),
            ("queue", aloud.queue(whole, signs, today, width, revealed=self.revealed)),
        ):
            self.query_one(f"#{name}", Static).update(words)
        self.set_class(capture is None, "-empty")
        line.hide(private=hidden)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that do something here."""
        capture = self.capture
        match action, parameters:
            case "stop_typing", _:
                return self.query_one(AskedLine).line.has_focus
            case "type", ("add",):
                return self.desk.allows(asked.Keep)
            case ("sure", _) | ("type", ("owner" | "due",)):
                return capture is not None and capture.kind is Kind.ACTION
            case (("type" | "accept" | "drop" | "later" | "turn"), _):
                return capture is not None
            case _:
                return True

    def action_accept(self) -> None:
        """Let the line stand; an action is first asked for what it lacks."""
        self._asked = set()
        self._go_on_accepting(self._asked)

    def action_type(self, what: str) -> None:
        """Open the line for one of its purposes."""
        self._asked = None
        self._open(Typing(what))

    def action_drop(self) -> None:
        """Ask why an action is dropped; take any other line back at once."""
        capture = self.capture
        if capture and capture.is_open_action:
            self.action_type(Typing.REASON.value)
        elif capture and self.ask(asked.Withdraw(capture.id)):
            self._settle()

    def action_sure(self, answer: int) -> None:
        """Note how sure the owner is; the same answer again takes it back."""
        if self.capture and self.ask(sure(self.capture, answer)):
            self.show()

    def action_later(self) -> None:
        """Leave this line for later."""
        if self._at:
            self._later.add(self._at)
            self._settle()

    def action_turn(self, by: int) -> None:
        """Look at the line before or behind."""
        ids = [each.id for each in self.desk.session.to_read_back()]
        if self._at in ids:
            self._at = ids[(ids.index(self._at) + by) % len(ids)]
            self._close(done=False)
            self.show()

    def action_stop_typing(self) -> None:
        """Back to the keys; what was typed stays where it is."""
        self.focus()

    @on(AskedLine.Entered)
    def _entered(self, message: AskedLine.Entered) -> None:
        role = self.desk.session.role_of(self.desk.by)
        capture, about = self.capture, self.query_one(AskedLine).about
        made = requests(
            message.what, message.line, capture if capture and capture.id == about else None, self.context, role
        )
        if isinstance(made, str):
            self.notify(made, severity="warning", markup=False)
        elif all(self.ask(command) for command in made):
            self._close(done=True)
            if self._asked is not None:
                self._go_on_accepting(self._asked)
            elif message.what is Typing.REASON:
                self._settle()
            else:
                self.show()

    def _go_on_accepting(self, done: set[Typing]) -> None:
        capture = self.capture
        if capture is None:
            return
        lacks = next((each for each in missing(capture) if each not in done), None)
        if lacks:
            done.add(lacks)
            self._open(lacks)
        elif self.ask(asked.Accept(capture.id)):
            self._settle()

    def _open(self, what: Typing) -> None:
        capture = self.capture
        about, private = (capture.id, not capture.shared) if capture and what is not Typing.ADD else (None, False)
        noting = self.desk.asides.at(Field(what.value), about, private=private)
        self.query_one(AskedLine).open(what, capture, self.context, noting)
        self.show()

    def _reopen(self) -> None:
        here = {each.id for each in self.desk.session.to_read_back()}
        for aside in self.desk.asides.noted:
            if aside.field in _ASKED_HERE and (aside.about in here or aside.field == Typing.ADD.value):
                self._at = aside.about or self._at
                self._open(Typing(aside.field))
                return

    def _close(self, *, done: bool) -> None:
        self.query_one(AskedLine).close(done=done)
        self.focus()

    def _settle(self) -> None:
        self._asked = None
        self._at = None
        self._close(done=False)
        self.show()
        if all(each.id in self._later for each in self.desk.session.to_read_back()):
            self.post_message(self.Over())

    def _sign(self, capture: Capture) -> str:
        if capture.id == self._at:
            return "▶"
        if not capture.is_unread:
            return "✓"
        return "◌" if capture.id in self._later else "·"
