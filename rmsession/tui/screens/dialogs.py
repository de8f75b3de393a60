"""Small questions: each answers with a value, and saves nothing."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from rmsession.core.frozen import frozen
from rmsession.tui.widgets.capture import CaptureLine


@frozen
class Choice:
    """One answer to a question."""

    value: str
    label: Content
    key: str = ""
    """A key that gives it at once."""


class Ask(ModalScreen[str | None]):
    """A question with a few answers, by key, arrows or mouse; escape answers None."""

    DEFAULT_CSS = """
    Ask { align: center middle; }
    Ask > Vertical {
        width: 72; max-width: 96%; height: auto; max-height: 90%;
        background: $panel; padding: 1 2;
    }
    Ask #title { text-style: bold; color: $text; }
    Ask #about { margin: 1 0; height: auto; max-height: 30vh; }
    Ask #says { color: $text-muted; height: auto; }
    Ask OptionList { height: auto; max-height: 40vh; border: none; background: $panel; padding: 0; }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", "Not now", tooltip="Close this and change nothing")]

    def __init__(self, title: Content, says: Content, choices: list[Choice]) -> None:
        super().__init__()
        self._title, self._says, self._choices = title, says, choices

    def compose(self) -> ComposeResult:
        """Title, what it is about, the answers."""
        with Vertical():
            yield Static(self._title, id="title")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(self._says, id="says")
            yield OptionList(*[Option(self._line(choice), id=None) for choice in self._choices])

    def retitle(self, title: Content, says: Content) -> None:
        """Ask the same about something that has grown meanwhile."""
        self.query_one("#title", Static).update(title)
        self.query_one("#says", Static).update(says)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with what was picked."""
        self.dismiss(self._choices[event.option_index].value)

    def on_key(self, event: events.Key) -> None:
        """Answer with the choice of that key."""
        for choice in self._choices:
            if choice.key and event.character == choice.key:
                event.stop()
                self.dismiss(choice.value)
                return

    @staticmethod
    def _line(choice: Choice) -> Content:
        return Content.assemble(Content.styled(f"{choice.key:>2}  ", "$text-accent bold"), choice.label)


class AskLine(ModalScreen[str | None]):
    """A question answered with one line of text; escape answers None and the caller keeps what it had."""

    DEFAULT_CSS = """
    AskLine { align: center middle; }
    AskLine > Vertical {
        width: 90; max-width: 96%; height: auto; background: $panel; padding: 1 2;
    }
    AskLine #title { text-style: bold; color: $text; }
    AskLine #says { color: $text-muted; margin: 1 0; height: auto; }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", "Not now", tooltip="Close this and change nothing")]

    def __init__(self, title: Content, says: Content, line: Input) -> None:
        super().__init__()
        self._title, self._says, self._line = title, says, line

    def compose(self) -> ComposeResult:
        """Title, what is expected, the line."""
        with Vertical():
            yield Static(self._title, id="title")
            yield Static(self._says, id="says")
            yield self._line

    def on_mount(self) -> None:
        """Type at once."""
        self._line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line."""
        event.stop()
        self.dismiss(event.value)

    def on_capture_line_entered(self, event: CaptureLine.Entered) -> None:
        """Answer with the line, typed with all that the capture line can do."""
        event.stop()
        self.dismiss(event.line)
