"""The feedback form for a call: as text to send, and the reply pasted back in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Label, Static, TextArea

from rmsession.core.commands import GiveFeedback
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Form, Item, Via, Visibility, answered
from rmsession.core.feedback_reply import Reply, from_reply
from rmsession.core.feedback_text import as_text
from rmsession.core.goals import Named
from rmsession.core.session import Session
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.sizes import fit
from rmsession.tui.text import content
from rmsession.tui.widgets.filling import form_of
from rmsession.tui.widgets.foot import Foot

_NOTHING_YET = Content.styled(
    "What comes back is read here, item by item, before anything is kept.", "$foreground-muted"
)
_SHORT = 44
"""Characters of a question in the list of what was understood."""


class FormByMail(Screen[bool]):
    """The form to copy, a place for the reply, and what was understood of it; answers whether it was handed in."""

    CSS = """
    FormByMail { align: center top; }
    FormByMail #sheet { width: 100%; height: 100%; max-width: 150; background: $background; padding: 1 2; }
    FormByMail #halves { height: 1fr; }
    FormByMail #sent, FormByMail #came { width: 1fr; height: 1fr; }
    FormByMail #came { padding-left: 2; }
    FormByMail Label { color: $text-muted; }
    FormByMail TextArea { height: 1fr; border: none; padding: 0 1; background: $surface; }
    FormByMail VerticalScroll { height: 2fr; margin-top: 1; }
    FormByMail.-narrow #halves { layout: vertical; }
    FormByMail.-narrow #came { padding: 1 0 0 0; height: 2fr; }
    FormByMail.-tiny #sheet { padding: 0 1; }
    FormByMail.-tiny #came { padding: 0; }
    FormByMail.-tiny VerticalScroll { margin: 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (19, "-short")]
    AUTO_FOCUS = "#reply"
    BINDINGS = [
        Binding("f2", "copy", "Copy the form", tooltip="Send the text to the terminal's clipboard"),
        Binding("f8", "visibility", "Who sees it", tooltip="Their answers, or only how many there are"),
        Binding("f4", "hand_in", "Hand in", tooltip="Keep what was understood as this person's form"),
        Binding("escape", "leave", "Leave", tooltip="Close this; a pasted reply is there again next time"),
    ]

    def __init__(self, desk: Desk, role: Role, earlier: Sequence[Named] = ()) -> None:
        super().__init__()
        self.desk = desk
        self.role = role
        self._form = form_of(desk.session, role, earlier)
        self._visibility = Visibility.COUNTS
        self._noting = desk.asides.at(Field.REPLY, role.value, private=True)
        self._pasted = self._noting.open()
        self._reply = from_reply(self._form, self._pasted)

    def compose(self) -> ComposeResult:
        """The form at the left or above, the reply and its reading beside or below."""
        fit(self)
        with Vertical(id="sheet"):
            with Horizontal(id="halves"):
                with Vertical(id="sent"):
                    yield Label("Send this (F2 copies it, or select it):")
                    yield TextArea(read_only=True, id="form", show_cursor=False)
                with Vertical(id="came"):
                    yield Label("Paste the reply here:")
                    yield TextArea(self._pasted, id="reply")
                    with VerticalScroll(can_focus=False):
                        yield Static(id="understood")
            yield Foot(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the form, and how a reply reads."""
        self._write()
        self._read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a reply that answers something can be handed in."""
        if action == "hand_in":
            return answered(self._form, self._reply.answers)[0] > 0
        return super().check_action(action, parameters)

    def action_copy(self) -> None:
        """Put the form where the terminal keeps what was copied."""
        self.app.copy_to_clipboard(self.query_one("#form", TextArea).text)

    def action_visibility(self) -> None:
        """Change what the record shows, and what the form says about it."""
        self._visibility = Visibility.COUNTS if self._visibility is Visibility.BOTH else Visibility.BOTH
        self._write()

    def action_hand_in(self) -> None:
        """Keep what was understood."""
        given = FeedbackGiven(self.role, self._reply.answers, self._visibility, Via.PASTED)
        refusal = self.desk.ask(GiveFeedback(given))
        if refusal:
            self.notify(refusal.why, severity="warning", markup=False)
            return
        self._noting.done()
        self.desk.without_form(self.role.value)
        self.dismiss(True)

    def action_leave(self) -> None:
        """Close without keeping an answer."""
        self.dismiss(False)

    def _write(self) -> None:
        keeper = self.desk.session.role_of(self.desk.by)
        lines = tuple(above(self.desk.session, self.role, self._visibility, keeper))
        self.query_one("#form", TextArea).load_text(as_text(self._form, above=lines))

    @on(TextArea.Changed, "#reply")
    def _read(self) -> None:
        self._pasted = self.query_one("#reply", TextArea).text
        self._noting.note(self._pasted)
        self._reply = from_reply(self._form, self._pasted)
        lines = understood(self._form, self._reply) if self._pasted.strip() else [_NOTHING_YET]
        self.query_one("#understood", Static).update(Content("\n").join(lines))
        self.refresh_bindings()


def above(session: Session, role: Role, visibility: Visibility, keeper: Role) -> Iterator[UserText]:
    """What stands over the form: which session it is about, who reads it, where it lies (at the keeper's)."""
    other = "mentor" if role is Role.MENTEE else "mentee"
    shown = "your answers" if visibility is Visibility.BOTH else "only how many questions you answered"
    disk = "your own" if keeper is role else f"your {keeper.value}'s"
    yield UserText(f"Feedback on: {session.record.agenda.title.raw}")
    if keeper is not role:
        yield UserText(f"Your {keeper.value} reads your reply and pastes it in.")
    yield UserText(f"The record shows your {other} {shown}. It lies on {disk} disk.")
    yield UserText("Programme figures use scores, never words.")


def understood(asked: Form, reply: Reply) -> Iterator[Content]:
    """What a reply was taken to say, item by item, after what could not be read."""
    count, of = answered(asked, reply.answers)
    yield Content.styled(f"Understood: {count} of {of}", "$foreground bold")
    for problem in reply.problems:
        yield Content.assemble(Content.styled("? ", "$text-warning"), content(problem))
    given = {answer.item: answer for answer in reply.answers}
    for item in asked.items:
        answer = given.get(item.id)
        if answer and (answer.score is not None or answer.text):
            yield Content.assemble(
                Content.styled("✓ ", "$text-success"),
                content(item.text, "$foreground-muted", limit=_SHORT),
                "  ",
                _said(item, answer),
            )


def _said(item: Item, answer: Answer) -> Content:
    if answer.score is None:
        return content(answer.text or UserText(), "$foreground")
    return Content.styled(f"{answer.score} {item.label(answer.score)}".rstrip(), "$foreground")
