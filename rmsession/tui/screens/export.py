"""Writing the minutes: what they say is looked at first, where they go is asked, nothing is written over unasked."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Static

from rmsession.core.session import Session
from rmsession.core.text import UserText
from rmsession.export.files import NotWritten, file_name, place, save
from rmsession.export.formats import FORMATS
from rmsession.tui.screens.dialogs import Ask, Choice
from rmsession.tui.text import block, error
from rmsession.tui.widgets.line import TypedLine

_FORMAT = FORMATS["md"]


async def export(screen: Screen[Any], session: Session) -> None:
    """Show the shared minutes, ask for a path, write them there, and say where they are.

    Run it as a worker: it waits for answers.
    """
    text = await asyncio.to_thread(_FORMAT.make, session)
    wanted = str(_here() / file_name(session, _FORMAT.suffix))
    while answer := await screen.app.push_screen_wait(ExportDialog(text, wanted)):
        wanted = answer
        path, there = await asyncio.to_thread(_looked_up, session, wanted)
        if there and await screen.app.push_screen_wait(_over(path)) != "yes":
            continue
        try:
            await asyncio.to_thread(save, text, path, force=there)
        except NotWritten as refusal:
            screen.notify(error(str(refusal)).plain, severity="error", markup=False, timeout=12)
            continue
        screen.notify(error(f"Written: {path}").plain, markup=False, timeout=8)
        return


def _here() -> Path:
    """The folder that the program runs in; the home folder where that one is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def _looked_up(session: Session, wanted: str) -> tuple[Path, bool]:
    """The path in full, in a folder with a name of its own, and whether there is something."""
    path = _here() / place(wanted, file_name(session, _FORMAT.suffix))
    # Not Path's own: it raises for what no file can be called, and a paste can be anything.
    return path, os.path.lexists(path)


def _over(path: Path) -> Ask:
    says = error(f"{path} is there already.")
    choices = [Choice("no", Content("Another name"), "n"), Choice("yes", Content("Write over it"), "w")]
    return Ask(Content("Write over that file?"), says, choices)


class ExportDialog(ModalScreen[str | None]):
    """The text as it will be, and the path it goes to; answers the path, or None."""

    CSS = """
    ExportDialog { align: center middle; }
    ExportDialog #sheet { width: 100; max-width: 96%; height: 90%; background: $panel; padding: 1 2; }
    ExportDialog #says { color: $text-muted; margin-bottom: 1; }
    ExportDialog VerticalScroll { height: 1fr; margin-bottom: 1; }
    ExportDialog TypedLine { margin-bottom: 1; }
    """
    AUTO_FOCUS = "TypedLine"
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Not now", tooltip="Close this and write nothing"),
        Binding("pageup", "scroll(-1)", "Scroll up", show=False),
        Binding("pagedown", "scroll(1)", "Scroll down", show=False),
    ]

    def __init__(self, text: str, path: str) -> None:
        super().__init__()
        self._text, self._path = text, path

    def compose(self) -> ComposeResult:
        """What is written, then where to."""
        with Vertical(id="sheet"):
            yield Static(Content.styled("Export the minutes", "$foreground bold"))
            yield Static("Shared lines only, as both of you may read them. Enter writes the file.", id="says")
            with VerticalScroll(can_focus=False):
                yield Static(block(UserText(self._text)))
            yield TypedLine(self._path)
            yield Footer(show_command_palette=False)

    def on_input_submitted(self, event: TypedLine.Submitted) -> None:
        """Answer with the path."""
        event.stop()
        if event.value.strip():
            self.dismiss(event.value.strip())

    def action_scroll(self, pages: int) -> None:
        """Look at more of the text."""
        text = self.query_one(VerticalScroll)
        text.scroll_relative(y=pages * max(text.size.height - 1, 1), animate=False)
