"""What the keys and the capture line do, on one page."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rmsession.tui.keys import ACTS, Act

LINE_HELP = (
    ("text", "a note"),
    ("@owner send the draft by fri", "an action item with owner and due date; also [] … and todo: …"),
    ("? …", "a question"),
    ("! …   idea: …", "an idea, a suggestion to the leader"),
    ("d: …   decision: …", "a decision"),
    ("g: goal = score", "a goal with its score, 0 to 10"),
    ("r: subject = score", "a self-rating, 1 to 5"),
    ("p: …", "a line for the parking lot"),
    ("~ …", "before any of these: private to whoever typed it"),
    ("due:DATE   … by DATE", "today, tomorrow, fri, next week, +3d, 2w, eow, eom, 1 dec, 2026-12-01"),
    ("#tag   +goal", "found again by tag or goal"),
    ("/word", "a command; tab completes, // types a slash"),
    ("↑ ↓", "lines typed before, of this pair only"),
)
_KEY_COLUMN, _WORD_COLUMN = 8, 28


class HelpScreen(ModalScreen[None]):
    """All keys, commands and capture forms; scrolls."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll {
        width: 104; max-width: 96%; height: auto; max-height: 92%; background: $panel; padding: 1 2;
    }
    HelpScreen Static { height: auto; }
    """
    BINDINGS = [Binding("escape,f1,q,enter", "dismiss(None)", "Close", tooltip="Back to where you were")]

    def compose(self) -> ComposeResult:
        """Capture forms first: they are what one looks for in a hurry."""
        with VerticalScroll():
            yield Static(help_text())

    def on_mount(self) -> None:
        """Scroll by keys at once."""
        self.query_one(VerticalScroll).focus()


def help_text() -> Content:
    """The whole page."""
    lines = [Content.styled("The capture line", "bold")]
    lines += [_row(form, what) for form, what in LINE_HELP]
    lines += [Content(""), Content.styled("Keys and commands", "bold")]
    lines += [_act(act) for act in ACTS]
    lines += [
        Content(""),
        Content.styled(
            "PgUp/PgDn scroll the topic · Ctrl+P all commands · Ctrl+Q leave · Esc closes this", "$foreground-muted"
        ),
    ]
    return Content("\n").join(lines)


def _row(form: str, what: str) -> Content:
    return Content.assemble(Content.styled(f"{form:<{_KEY_COLUMN + _WORD_COLUMN}}", "$text-accent"), what)


def _act(act: Act) -> Content:
    key = (act.key or "").replace("alt+", "Alt+").upper() if (act.key or "").startswith("f") else _alt(act.key)
    word = f"/{act.word} {act.argument}".rstrip()
    return Content.assemble(
        Content.styled(f"{key:<{_KEY_COLUMN}}", "$text-accent bold"),
        Content.styled(f"{word:<{_WORD_COLUMN}}", "$text-accent"),
        act.tip,
    )


def _alt(key: str | None) -> str:
    return "" if key is None else f"Alt+{key.removeprefix('alt+').upper()}"
