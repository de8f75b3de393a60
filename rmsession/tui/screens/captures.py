"""The captured lines, to correct: pick one, press a letter. It answers with a request and saves nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rmsession.core.commands import (
    Command,
    Finish,
    MoveCapture,
    Reclassify,
    ReopenAction,
    SetAudience,
    Withdraw,
)
from rmsession.core.session import Capture
from rmsession.core.terms import Audience, Kind
from rmsession.core.versions import is_corrected
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.screens.action_asking import AskChange, Question, context_of, requested
from rmsession.tui.screens.corrections import Correction, Edit, Redact, Typed
from rmsession.tui.screens.dialogs import Ask, Choice
from rmsession.tui.screens.versions import VersionsDialog
from rmsession.tui.widgets.asking import Typing
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.log import Look, capture_lines
from rmsession.tui.widgets.step import REVEAL_SECONDS
from rmsession.tui.widgets.topics import title_of

_KIND_KEYS = {
    Kind.NOTE: "n", Kind.ACTION: "a", Kind.QUESTION: "q", Kind.IDEA: "i",
    Kind.DECISION: "d", Kind.GOAL: "g", Kind.RATING: "r", Kind.PARKED: "p",
}  # fmt: skip
_ONE_DIGIT = 9
"""Topics up to this number have a key of their own."""
_MOST_LINES = 4
"""Lines of one capture that are shown."""
_TEXT_COLUMN = 17
"""Where the text of a captured line begins, behind time and kind."""
_ASKED = 50
"""Cells of a captured line in a question about it: they fit the narrowest screen."""


class CapturesDialog(ModalScreen[Correction | None]):
    """All lines that stand, newest last and chosen; private ones hidden until revealed."""

    DEFAULT_CSS = """
    CapturesDialog { align: center middle; }
    CapturesDialog > Vertical { width: 110; max-width: 98%; height: 80%; background: $panel; padding: 1 2 0 2; }
    CapturesDialog #title { text-style: bold; margin-bottom: 1; }
    CapturesDialog OptionList { height: 1fr; border: none; background: $panel; padding: 0; }
    """
    BINDINGS = [
        Binding("e,enter", "correct('edit')", "Edit", show=False, tooltip="Type the line anew"),
        Binding("d", "correct('done')", "Done", tooltip="This action is done"),
        Binding("o", "correct('reopen')", "Reopen", tooltip="This action waits again"),
        Binding("x", "ask('reason')", "Drop", tooltip="This action will not be done; asks why"),
        Binding("h", "ask('owner')", "Hand", tooltip="Somebody else does it; asks who"),
        Binding("t", "ask('due')", "Date", tooltip="Give this action another date"),
        Binding("k", "correct('kind')", "Kind", tooltip="Make it a note, action, question, idea, …"),
        Binding("m", "correct('move')", "Move", tooltip="Put it under another topic"),
        Binding("p", "correct('private')", "Private", tooltip="Keep it to yourself, or share it"),
        Binding("w", "correct('withdraw')", "Withdraw", tooltip="Take it back; undo brings it again"),
        Binding("r", "correct('redact')", "Redact", tooltip="Erase its text for good"),
        Binding("v", "versions", "Versions", tooltip="How it stood before, and rival wordings"),
        Binding("f7", "reveal", "Reveal", show=False, tooltip="Show private lines for a moment"),
        Binding("escape", "dismiss(None)", "Close", show=False, tooltip="Back to the session"),
    ]

    def __init__(self, desk: Desk, *, chosen: str | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._captures = list(desk.session.standing())
        self._chosen = chosen
        self._revealed = False

    def compose(self) -> ComposeResult:
        """The list, and its keys."""
        with Vertical():
            also = " F7 shows private ones," * any(not capture.shared for capture in self._captures)
            yield Static(f"Captured lines   enter edits one,{also} esc goes back", id="title", markup=False)
            yield OptionList()
            yield Foot(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin at the chosen line, or at the newest."""
        self._fill()
        lines = self.query_one(OptionList)
        ids = [capture.id for capture in self._captures]
        lines.highlighted = ids.index(self._chosen) if self._chosen in ids else len(ids) - 1
        lines.focus()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._fill()

    def on_option_list_option_selected(self) -> None:
        """Enter, or a click on the chosen line, edits it."""
        self.action_correct("edit")

    def action_reveal(self) -> None:
        """Show private lines for a moment, or hide them at once."""
        self._revealed = not self._revealed
        self._fill()
        if self._revealed:
            self.set_timer(REVEAL_SECONDS, self._conceal)

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now; nothing is copied meanwhile."""
        return self._revealed

    @property
    def capture(self) -> Capture | None:
        """The line that is stood on."""
        # Asked for by the footer too, while the dialog is still made or taken down already.
        place = next((each.highlighted for each in self.query(OptionList)), None)
        return None if place is None else self._captures[place]

    def on_option_list_option_highlighted(self) -> None:
        """Another line: other keys do something."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when it does something with the line that is stood on."""
        capture = self.capture if self.is_mounted else None
        match action, parameters:
            case ("ask", _) | ("correct", ("done",)):
                return capture is not None and capture.is_open_action
            case "correct", ("reopen",):
                return capture is not None and capture.kind is Kind.ACTION and not capture.is_open_action
            case "versions", _:
                return capture is not None and is_corrected(capture)
            case _:
                return super().check_action(action, parameters)

    def action_correct(self, what: str) -> None:
        """Answer with the request that corrects the chosen line."""
        capture = self.capture
        match what:
            case _ if capture is None:
                return
            case "kind":
                self._ask_kind(capture)
            case "move":
                self._ask_topic(capture)
            case _:
                self.dismiss(self._at_once(what, capture))

    def action_ask(self, what: str) -> None:
        """Ask why an action is dropped, to whom it goes or until when it is due, and answer with that."""
        capture, desk = self.capture, self._desk
        if capture is None:
            return
        me = desk.session.name_of(desk.by)
        context = context_of(desk.session, desk.now().wall.date(), me)
        question = Question(Typing(what), capture, context, hidden=not capture.shared and not self._revealed)
        noting = desk.asides.at(Field(what), capture.id, private=not capture.shared)

        def typed(answer: str | None) -> None:
            command = requested(question, answer) if answer is not None else None
            if command:
                self.dismiss(Typed(command, noting))

        self.app.push_screen(AskChange(question, noting), typed)

    def action_versions(self) -> None:
        """Show how the line stood before; answer with a rival wording that is chosen."""

        def chosen(wording: Command | None) -> None:
            if wording:
                self.dismiss(wording)

        if self.capture:
            self.app.push_screen(VersionsDialog(self._desk, self.capture, revealed=self._revealed), chosen)

    def _at_once(self, what: str, capture: Capture) -> Correction:
        match what:
            case "withdraw":
                return Withdraw(capture.id)
            case "redact":
                return Redact(capture)
            case "done":
                return Finish(capture.id)
            case "reopen":
                return ReopenAction(capture.id)
            case "private":
                mine = Audience(self._desk.session.role_of(self._desk.by).value)
                return SetAudience(capture.id, mine if capture.shared else Audience.SHARED)
            case _:
                return Edit(capture)

    def _ask_kind(self, capture: Capture) -> None:
        kinds = [kind for kind in Kind if kind is not capture.kind]
        choices = [Choice(kind.value, Content(kind.value), _KIND_KEYS[kind]) for kind in kinds]

        def chosen(kind: str | None) -> None:
            if kind:
                self.dismiss(Reclassify(capture.id, Kind(kind)))

        self.app.push_screen(Ask(Content("What is this line?"), self._line(capture, _ASKED), choices), chosen)

    def _ask_topic(self, capture: Capture) -> None:
        choices = [
            Choice(topic.id, title_of(topic, revealed=self._revealed), str(number) if number <= _ONE_DIGIT else "")
            for number, topic in enumerate(self._desk.session.topics, 1)
            if topic.id != capture.topic
        ]

        def chosen(topic: str | None) -> None:
            if topic:
                self.dismiss(MoveCapture(capture.id, topic))

        about = self._line(capture, _ASKED)
        self.app.push_screen(Ask(Content("Which topic does it belong to?"), about, choices), chosen)

    def _conceal(self) -> None:
        if self._revealed:
            self._revealed = False
            self._fill()

    def _fill(self) -> None:
        lines = self.query_one(OptionList)
        place = lines.highlighted
        width = max(lines.content_size.width - 2, 40)
        lines.clear_options()
        lines.add_options([Option(self._line(capture, width)) for capture in self._captures])
        lines.highlighted = place

    def _line(self, capture: Capture, width: int) -> Content:
        """A capture in a few lines: a pasted page must leave the others in sight."""
        wall = self._desk.now().wall
        lines = capture_lines(capture, Look(width, self._desk.clocks, wall.date(), self._revealed, capture.topic))
        left = len(lines) - _MOST_LINES
        if left > 0:
            more = Content.styled(f"… {left + 1} lines more", "$foreground-muted").pad_left(_TEXT_COLUMN)
            lines = (*lines[: _MOST_LINES - 1], more)
        if is_corrected(capture):
            rivals = " · another wording waits to be settled" if capture.rivals else ""
            how = Content.styled(f"corrected: v shows how it stood{rivals}", "$foreground-muted")
            lines = (*lines, how.pad_left(_TEXT_COLUMN).truncate(width, ellipsis=True))
        return Content("\n").join(lines)
