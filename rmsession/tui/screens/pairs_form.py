"""A form of labelled lines: what is not understood is told beside its line, and what was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rmsession.core.frozen import frozen
from rmsession.tui.sizes import fit
from rmsession.tui.widgets.pairs_fields import Asked, FieldRow, Flaw, values

Judge = Callable[[Mapping[str, str]], Mapping[str, Flaw]]
"""What is to be said to what stands in the fields, by field."""
_HOW = "tab next line · ctrl+s or enter on the last line keeps it · esc closes; what is typed waits here"


@frozen
class Form:
    """What is asked, and how it is judged."""

    title: Content
    asked: Sequence[Asked]
    judge: Judge
    typed: dict[str, str] = field(default_factory=dict)
    """What was typed and not kept, by field; the form opens with it, and writes into it at every key."""


class FieldsDialog(ModalScreen[dict[str, str] | None]):
    """Answers with what stands in each field once all of it can be meant; escape answers None."""

    CSS = """
    FieldsDialog { align: center middle; }
    FieldsDialog > Vertical { width: 110; max-width: 96%; height: auto; max-height: 100%; background: $panel; }
    FieldsDialog > Vertical { padding: 1 2; }
    FieldsDialog #title { margin-bottom: 1; }
    FieldsDialog VerticalScroll { height: auto; max-height: 78vh; scrollbar-size-vertical: 1; }
    FieldsDialog #how { margin-top: 1; height: auto; color: $foreground-muted; }
    FieldsDialog #how.-wrong { color: $text-error; }
    FieldsDialog.-high .begins { margin-top: 1; }
    FieldsDialog.-wide FieldRow { layout: horizontal; }
    FieldsDialog.-wide FieldRow > Horizontal { width: 3fr; }
    FieldsDialog.-wide FieldRow .flaw { width: 2fr; margin-left: 1; }
    FieldsDialog.-low > Vertical { padding: 0 1; }
    FieldsDialog.-low #title, FieldsDialog.-low #how { margin: 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (25, "-fair"), (30, "-high")]
    AUTO_FOCUS = "Field"
    BINDINGS = [
        # Not with priority: what was typed in front of it must have reached the line.
        Binding("ctrl+s", "keep", "Keep", tooltip="Keep what stands here", id="form.keep"),
        Binding("escape", "dismiss(None)", "Close", tooltip="Close this; what is typed waits here", id="form.close"),
        # With priority: what is typed right behind them must find the next line there already.
        Binding("tab,down", "step(1)", show=False, priority=True),
        Binding("shift+tab,up", "step(-1)", show=False, priority=True),
        Binding("enter", "on", show=False, priority=True),
    ]

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self._rows = [FieldRow(each, form.typed.get(each.key, each.initial)) for each in form.asked]
        self._told: set[str] = set()
        """Fields whose flaws are told by now: nobody is corrected while still typing."""

    def compose(self) -> ComposeResult:
        """The title, a line for each field, and how it is kept."""
        fit(self)
        with Vertical():
            yield Static(self._form.title.stylize("bold"), id="title")
            with VerticalScroll(can_focus=False):
                yield from self._rows
            yield Static(_HOW, id="how", markup=False)

    def on_mount(self) -> None:
        """What was typed before and makes no sense is told at once."""
        self._told = {key for key, value in self._form.typed.items() if value.strip()}
        self._judge()

    @on(FieldRow.Left)
    def _left(self, event: FieldRow.Left) -> None:
        if values(self._rows)[event.key].strip():
            self._told.add(event.key)
            self._judge()

    @on(FieldRow.Changed)
    def _changed(self, event: FieldRow.Changed) -> None:
        self._form.typed[event.key] = values(self._rows)[event.key]
        self._judge()

    @on(FieldRow.Entered)
    def _entered(self) -> None:
        self.action_keep()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter leads on, but on the last line it keeps what stands there."""
        if action == "on":
            return self.focused is not self._rows[-1].line
        return super().check_action(action, parameters)

    def action_on(self) -> None:
        """To the next line."""
        self.action_step(1)

    def action_step(self, step: int) -> None:
        """To the next line, or the one before; from the last to the first."""
        lines = [each.line for each in self._rows]
        here = next((place for place, each in enumerate(lines) if each is self.focused), -1)
        self.set_focus(lines[(here + step) % len(lines)])

    def action_keep(self) -> None:
        """Answer, where everything can be meant; else go to the first line that cannot."""
        typed = values(self._rows)
        self._told |= {*typed}
        wrong = [row for row in self._rows if (flaw := self._judge().get(row.asked.key)) and flaw.stops]
        if not wrong:
            self.dismiss(typed)
            return
        self.set_focus(wrong[0].line)
        many = "One line is" if len(wrong) == 1 else f"{len(wrong)} lines are"
        self._say(f"✗ {many} not understood yet, as it says there. Nothing is lost.", wrong=True)

    def _judge(self) -> Mapping[str, Flaw]:
        """Say beside each line what is to be said to it."""
        flaws = self._form.judge(values(self._rows))
        for row in self._rows:
            row.tell(flaws.get(row.asked.key) if row.asked.key in self._told else None)
        if not any(each.stops for each in flaws.values()):
            self._say(_HOW, wrong=False)
        return flaws

    def _say(self, words: str, *, wrong: bool) -> None:
        how = self.query_one("#how", Static)
        how.set_class(wrong, "-wrong")
        how.update(Content(words))
