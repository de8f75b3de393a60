"""How a captured line came to say what it says, and which of two rival wordings stands from now on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rmsession.core.commands import Amend
from rmsession.core.facts import Content as Said
from rmsession.core.session import Capture
from rmsession.core.terms import ActionStatus
from rmsession.core.versions import Version, may_read, versions
from rmsession.tui.desk import Desk
from rmsession.tui.markdown import hanging
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.flow import Flow
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.log import said
from rmsession.tui.widgets.step import REVEAL_SECONDS

_MUTED: Final = "$foreground-muted"


class VersionsDialog(ModalScreen[Amend | None]):
    """Every version with when and by whom, its words for whoever wrote it; answers with the wording that is chosen."""

    DEFAULT_CSS = """
    VersionsDialog { align: center middle; }
    VersionsDialog > Vertical { width: 100; max-width: 98%; height: auto; max-height: 90%; background: $panel; }
    VersionsDialog > Vertical { padding: 1 2 0 2; }
    VersionsDialog #title { text-style: bold; margin-bottom: 1; }
    VersionsDialog #history { height: auto; max-height: 40vh; }
    VersionsDialog #which { text-style: bold; margin-top: 1; }
    VersionsDialog OptionList { height: auto; max-height: 30vh; border: none; background: $panel; padding: 0; }
    VersionsDialog OptionList:focus { border: none; background-tint: 0%; }
    VersionsDialog Footer { margin-top: 1; }
    """
    BINDINGS = [
        Binding(
            "f7", "reveal", "Reveal", tooltip="Show what you wrote before, and private words", id="versions.reveal"
        ),
        Binding("escape", "dismiss(None)", "Back", tooltip="Back to the captured lines", id="versions.back"),
    ]

    def __init__(self, desk: Desk, capture: Capture, *, revealed: bool) -> None:
        super().__init__()
        self._desk = desk
        self._capture = capture
        self._revealed = revealed
        self._wordings = (*capture.rivals, capture.content) if capture.rivals else ()

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now; nothing is copied meanwhile."""
        return self._revealed

    def compose(self) -> ComposeResult:
        """The versions, and the wordings to choose from where there are several."""
        with Vertical():
            yield Static("How this line came about", id="title")
            with VerticalScroll(id="history", can_focus=not self._wordings):
                yield Static(self._history(), id="lines")
            if self._wordings:
                yield Static("Which wording stands? Enter chooses, the others are settled by it.", id="which")
                yield OptionList(*[Option(self._words(each)) for each in self._wordings])
            yield Foot(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin at the wording that is shown now."""
        if self._wordings:
            wordings = self.query_one(OptionList)
            wordings.highlighted = len(self._wordings) - 1
            wordings.focus()

    def action_reveal(self) -> None:
        """Show for a moment what the person beside need not see, or hide it at once."""
        self._revealed = not self._revealed
        self._draw()
        if self._revealed:
            self.set_timer(REVEAL_SECONDS, self._conceal)

    def _conceal(self) -> None:
        if self._revealed:
            self._revealed = False
            self._draw()

    def _draw(self) -> None:
        self.query_one("#lines", Static).update(self._history())
        if self._wordings:
            wordings = self.query_one(OptionList)
            place = wordings.highlighted
            wordings.set_options([Option(self._words(each)) for each in self._wordings])
            wordings.highlighted = place

    def _history(self) -> Flow:
        found = versions(self._desk.session, self._capture)
        return Flow(lambda width: [part for each in found for part in self._lines(each, width)])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with what was picked."""
        event.stop()
        self.dismiss(Amend(self._capture.id, self._wordings[event.option_index]))

    def _lines(self, version: Version, width: int) -> list[Content]:
        """``first written  21 Nov 14:06  you  …``, wrapped beside its mark."""
        session, wall = self._desk.session, version.wall.astimezone(self._desk.now().wall.tzinfo)
        known = session.name_of(version.by)
        name = Content("you") if version.by == self._desk.by else content(known) if known else Content("somebody else")
        what = "first written" if version.fact == self._capture.id else "corrected"
        mark = Content.assemble(Content.styled(f"{what:<13}  {wall.day:>2} {wall:%b %H:%M}  ", _MUTED), name, " ")
        if may_read(version, self._desk.by):
            # Whoever sits beside need not see what was taken back; what stands, both may.
            shared = version.shared and version.stands
            return list(hanging(mark, self._words(version.content, shared=shared), width))
        return list(hanging(mark, Content.styled("only its writer is shown these words", _MUTED), width))

    def _words(self, content_: Said, *, shared: bool = True) -> Content:
        if not (shared and self._capture.shared) and not self._revealed:
            return Content(HIDDEN)
        # What became of it is the line's, not the wording's.
        wording = replace(self._capture, content=content_, rivals=(), status=ActionStatus.OPEN)
        return said(wording, self._desk.now().wall.date())
