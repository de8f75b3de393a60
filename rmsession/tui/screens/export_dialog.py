"""The dialog of an export: what to make, how it will read, and where it goes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from rmsession.core.frozen import frozen
from rmsession.core.session import Session
from rmsession.core.text import UserText
from rmsession.export.formats import Format, chosen
from rmsession.tui.text import block
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.line import TypedLine

MOST_LINES: Final = 400
"""Lines that are shown; drawing those of the longest session would hold up the clock."""

MOST_SIGNS: Final = 40_000
"""Characters that are shown, for a line can be long."""


@frozen
class Kind:
    """One thing that a session can be made into, as the dialog offers it."""

    name: str
    about: str
    """One sentence: what it holds, and who reads it."""
    form: Format


KINDS: Final = tuple(
    Kind(name, about, chosen(kind, tasks))
    for name, about, kind, tasks in (
        ("Minutes", "Markdown, for reading, mailing and editing.", "md", None),
        ("  GitHub tasks", "The minutes, their action items as a GitHub task list.", "md", "github"),
        ("  Obsidian tasks", "The minutes, their action items as Obsidian Tasks has them.", "md", "obsidian"),
        ("Web page", "HTML, one file, for reading and printing.", "html", None),
        ("Table", "CSV: topics, planned and taken; action items; agreed dates.", "csv", None),
        ("Calendar", "ICS: the next meeting, and days that action items are due.", "ics", None),
        ("Everything", "JSON: the whole session, for programs.", "json", None),
        ("Tasks, todo.txt", "The action items alone, for todo.txt.", "todotxt", None),
        ("Tasks, GitHub", "The action items alone, as a GitHub task list.", None, "github"),
        ("Tasks, Obsidian", "The action items alone, as Obsidian Tasks has them.", None, "obsidian"),
    )
)
"""What is offered, the most usual first."""


@frozen
class Wanted:
    """What to make and where to put it."""

    kind: Kind
    path: str
    """As typed."""
    copy: bool = False
    """Whether the text goes to the terminal's clipboard as well."""


class ExportDialog(ModalScreen[Wanted | None]):
    """What can be made, the text as it will be, and the path it goes to; it writes nothing itself."""

    CSS = """
    ExportDialog { align: center middle; }
    ExportDialog #sheet { width: 120; max-width: 96%; height: 90%; background: $panel; padding: 1 2; }
    ExportDialog #says { color: $foreground-muted; height: 1; margin-bottom: 1; }
    ExportDialog #middle { height: 1fr; margin-bottom: 1; }
    ExportDialog OptionList {
        width: 21; height: 1fr; border: none; padding: 0; background: $panel; margin-right: 2; scrollbar-size: 1 1;
    }
    ExportDialog VerticalScroll { width: 1fr; background: $surface; padding: 0 1; }
    ExportDialog TypedLine { margin-bottom: 1; }
    ExportDialog.-narrow #says { display: none; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-wide")]
    AUTO_FOCUS = "TypedLine"
    BINDINGS = [
        Binding("up", "other(-1)", "Another kind", show=False),
        Binding("down", "other(1)", "Another kind", show=False),
        Binding("alt+c", "copy", "Copy too", tooltip="Write the file, and send the text to the terminal's clipboard"),
        Binding("escape", "dismiss(None)", "Not now", tooltip="Close this and write nothing"),
        Binding("pageup", "scroll(-1)", "Scroll up", show=False),
        Binding("pagedown", "scroll(1)", "Scroll down", show=False),
    ]

    def __init__(self, session: Session, wanted: Wanted) -> None:
        super().__init__()
        self._session, self._wanted = session, wanted

    def compose(self) -> ComposeResult:
        """What is made, then where it goes."""
        with Vertical(id="sheet"):
            # The footer cannot say this: the line has keys of its own by these names, and shows none.
            keys = Content.styled("   ↑↓ kind   Enter writes it", "$foreground-muted")
            yield Static(Content.assemble(Content.styled("Export what is shared", "$foreground bold"), keys))
            yield Static("", id="says")
            with Horizontal(id="middle"):
                yield OptionList(*(Content(each.name) for each in KINDS))
                with VerticalScroll(can_focus=False):
                    yield Static(id="text")
            yield TypedLine(self._wanted.path)
            yield Foot(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with what was wanted before."""
        kinds = self.query_one(OptionList)
        kinds.can_focus = False  # the line keeps the keyboard; the mouse reaches it all the same
        kinds.highlighted = KINDS.index(self._wanted.kind)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what that would be, and give the path its ending."""
        event.stop()
        kind, line = KINDS[event.option_index], self.query_one(TypedLine)
        old = self._wanted.kind.form.suffix
        if kind is not self._wanted.kind and line.value.endswith(old):
            line.put(line.value.removesuffix(old) + kind.form.suffix)
        self._wanted = replace(self._wanted, kind=kind)
        self.query_one("#says", Static).update(kind.about)
        self._show(kind)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click chooses; only enter writes."""
        event.stop()

    def on_input_submitted(self, event: TypedLine.Submitted) -> None:
        """Answer with what is wanted."""
        event.stop()
        self._answer(copy=False)

    def action_copy(self) -> None:
        """Answer that it is wanted on the clipboard as well."""
        self._answer(copy=True)

    def action_other(self, step: int) -> None:
        """Turn to the kind above or below."""
        kinds = self.query_one(OptionList)
        kinds.highlighted = ((kinds.highlighted or 0) + step) % len(KINDS)

    def action_scroll(self, pages: int) -> None:
        """Look at more of the text."""
        text = self.query_one(VerticalScroll)
        text.scroll_relative(y=pages * max(text.size.height - 1, 1), animate=False)

    @work(exclusive=True, group="preview")
    async def _show(self, kind: Kind) -> None:
        # In a thread: a long session takes a tenth of a second, in which the clock must go on.
        text = await asyncio.to_thread(_beginning, kind.form, self._session)
        self.query_one("#text", Static).update(text)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _answer(self, *, copy: bool) -> None:
        path = self.query_one(TypedLine).value.strip()
        if path:
            self.dismiss(replace(self._wanted, path=path, copy=copy))


def _beginning(form: Format, session: Session) -> Content:
    """As much of the text as is shown, and how much more there is."""
    text = form.make(session)
    if not text.strip():
        return Content.styled(
            "There are no action items yet.\nIn the capture line: @name what by friday", "$foreground-muted"
        )
    lines = text.removeprefix("\ufeff").split("\n")
    begin = "\n".join(lines[:MOST_LINES])[:MOST_SIGNS]
    shown, more = block(UserText(begin)), len(lines) - 1 - begin.count("\n")
    if len(begin) == len(text.removeprefix("\ufeff")) or more <= 0:
        return shown
    return Content.assemble(shown, Content.styled(f"…\n… and {more:,} more lines", "$foreground-muted"))
