"""What a change of an action item still asks: why it is dropped, to whom it goes, until when it is due."""

from __future__ import annotations

from datetime import date
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rmsession.core.action_list import owner_named
from rmsession.core.capture import Context
from rmsession.core.commands import Command, Drop
from rmsession.core.due import read_due
from rmsession.core.frozen import frozen
from rmsession.core.late import hand_over, new_date
from rmsession.core.session import Capture, Session
from rmsession.core.text import UserText
from rmsession.tui.asides import Noting
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.asked_line import AskedLine
from rmsession.tui.widgets.asking import Typing

_TITLES: Final = {
    Typing.REASON: "Why is it dropped?",
    Typing.OWNER: "To whom is it handed over?",
    Typing.DUE: "Until when is it due?",
}
_HOW: Final = {
    Typing.REASON: "enter drops it, with no reason too · esc back",
    Typing.OWNER: "→ completes a name of the two of you · enter hands it over · esc back",
    Typing.DUE: "fri, +3d, 1 dec, 2026-12-01; an empty line: no date · enter · esc back",
}


@frozen
class Question:
    """What is asked of which action item, and against what the answer is read."""

    what: Typing
    """REASON, OWNER or DUE."""
    capture: Capture
    context: Context
    hidden: bool
    """Whether only dots show of the action item, and of the answer."""


class AskChange(ModalScreen[str | None]):
    """One line to type, with its reading; an answer that makes no sense is not taken, and escape answers None."""

    DEFAULT_CSS = """
    AskChange { align: center middle; }
    AskChange > Vertical { width: 84; max-width: 96%; height: auto; background: $panel; padding: 1 2; }
    AskChange #title { text-style: bold; }
    AskChange #about { margin: 1 0 0 0; height: auto; max-height: 4; color: $foreground-muted; }
    AskChange #how { margin-top: 1; height: auto; color: $foreground-muted; }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", "Back", tooltip="Close this and change nothing", id="change.back")]

    def __init__(self, question: Question, noting: Noting) -> None:
        super().__init__()
        self._question = question
        self._noting = noting

    def compose(self) -> ComposeResult:
        """The question, the action item, the line."""
        question = self._question
        with Vertical():
            yield Static(Content(_TITLES[question.what]), id="title")
            yield Static(Content(HIDDEN) if question.hidden else content(question.capture.content.text), id="about")
            yield AskedLine()
            yield Static(Content(_HOW[question.what]), id="how")

    def on_mount(self) -> None:
        """Type at once."""
        question, line = self._question, self.query_one(AskedLine)
        line.open(question.what, question.capture, question.context, self._noting)
        if question.what is Typing.OWNER:
            line.line.placeholder = "Who does it from now on?"  # in a reading back it may be nobody
        line.hide(private=question.hidden)

    @on(AskedLine.Entered)
    def _entered(self, event: AskedLine.Entered) -> None:
        event.stop()
        if requested(self._question, event.line):
            self.dismiss(event.line)
        else:
            self.app.bell()


def requested(question: Question, typed: str) -> Command | None:
    """The request that an answer makes; None where it makes no sense."""
    capture, context = question.capture, question.context
    match question.what:
        case Typing.REASON:
            return Drop(capture.id, UserText(typed.strip()))
        case Typing.OWNER:
            owner = owner_named(typed, [UserText(each) for each in context.owners], UserText(context.me))
            return hand_over(capture, owner) if owner else None
        case _:
            day = read_due(typed, context.today)
            return new_date(capture, day) if day or not typed.strip() else None


def context_of(session: Session, today: date, me: UserText | None) -> Context:
    """What an answer about an action item of this session is read against: the names of its pair are known."""
    names = (session.pair.mentee.name.raw, session.pair.mentor.name.raw)
    return Context(today, tuple(name for name in names if name.strip()), me.raw if me else "")
