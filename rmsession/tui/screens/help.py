"""What the keys and the capture line do, on one page."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rmsession.tui.keys import ACTS, Act
from rmsession.tui.markdown import hanging

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
    ("sure:4", "at the end of an action: how sure its owner is, 1 to 5"),
    ("#tag   +goal", "found again by tag or goal"),
    ("/word", "a command; tab completes, // types a slash"),
    ("↑ ↓", "lines typed before, of this pair only"),
)
HISTORY_HELP = (
    ("/", "search as you type; enter reads what was found, Esc clears the line"),
    ('words  "a phrase"  -without', "the last word may be a beginning; - goes before all below, too"),
    ("@owner  #tag  goal:…", "whose it is, what it is tagged with, the goal it is for"),
    ("is:open  is:overdue  is:done", "action items; also is:dropped, is:split, is:due"),
    ("kind:note  kind:action  …", "question, idea, decision, goal, rating, parked"),
    ("agenda:…  topic:…", "a part of the title; quotes keep several words together"),
    ("since:2026-10  before:3w", "a year, a month, a day, or so many days or weeks ago; also on:"),
    ("f", "the same filters, to choose from"),
    ("Tab  ← →", "between the sessions and the record"),
    ("n p   j k", "next topic, topic before; session below, session above"),
    ("d   o   F7", "done or open again; open a link; show own private lines for a moment"),
)
ON_HOME = (
    ("/", "find what was said, in all sessions of a pair"),
    ("a", "what was promised, and what became of it"),
    ("h", "the sessions of a pair, one above the other, and the record beside them"),
    ("w   Esc", "choose who you meet; show nobody's sessions any more"),
    ("r", "the report: what the programme came to; w wave, s since which day, e write it"),
    ("p", "all pairs, for a programme's lead; also from the report"),
)
PAIRS_HELP = (
    ("n   e   x", "add a pair; edit it; say that it has ended, early or not"),
    ("l   y", "write what changed in the business; say that it may be told"),
    ("c   h", "write the card for the mentor's machine; the sessions of the pair"),
    ("Ctrl+S", "in a form: keep it; Esc closes it, and what is typed waits there"),
)
_COLUMN = 31
_FOOT = "PgUp and PgDn scroll the topic · Ctrl+P all commands · Ctrl+Q leave · Esc closes this"


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
            yield Static()

    def on_mount(self) -> None:
        """Scroll by keys at once."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Wrap to the width there is."""
        width = min(int(self.size.width * 0.96), 104) - 6
        self.query_one(Static).update(help_text(width))


def help_text(width: int) -> Content:
    """The whole page, wrapped to so many cells."""
    lines = [Content.styled("The capture line", "bold")]
    lines += [line for form, what in LINE_HELP for line in _row(Content.styled(form, "$text-accent"), what, width)]
    lines += [Content(""), Content.styled("Keys and commands", "bold")]
    lines += [line for act in ACTS for line in _row(_keys(act), act.tip, width)]
    lines += [Content(""), Content.styled("History and search", "bold")]
    lines += [line for form, what in HISTORY_HELP for line in _row(Content.styled(form, "$text-accent"), what, width)]
    lines += [Content(""), Content.styled("On Home", "bold")]
    lines += [line for key, what in ON_HOME for line in _row(Content.styled(key, "$text-accent"), what, width)]
    lines += [Content(""), Content.styled("Pairs", "bold")]
    lines += [line for key, what in PAIRS_HELP for line in _row(Content.styled(key, "$text-accent"), what, width)]
    lines += [Content(""), *Content.styled(_FOOT, "$foreground-muted").wrap(width)]
    return Content("\n").join(lines)


def _row(left: Content, what: str, width: int) -> list[Content]:
    column = min(_COLUMN, width // 2)
    if left.cell_length > column:
        return [*left.wrap(width), *(line.pad_left(column + 1) for line in Content(what).wrap(width - column - 1))]
    return hanging(left.pad_right(column - left.cell_length), Content(what), width)


def _keys(act: Act) -> Content:
    word = f"/{act.word} {act.argument}".rstrip()
    key = act.key_shown
    return Content.assemble(Content.styled(f"{key:<6}", "$text-accent bold"), Content.styled(word, "$text-accent"))
