"""Writing a session as a file: what it will say is looked at first, nothing is written over unasked."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from textual.screen import Screen

from rmsession.core.session import Session
from rmsession.export.files import NotWritten, file_name, save
from rmsession.tui.clipboard import CarefulClipboard, withheld
from rmsession.tui.screens.export_dialog import KINDS, ExportDialog, Wanted
from rmsession.tui.screens.where import here, looked_up, over
from rmsession.tui.text import error

_MOST_SENT = 74_000
"""Characters that the narrowest of the common terminals takes into its clipboard at once (100 KB of base 64)."""


async def export(screen: Screen[Any], session: Session) -> None:
    """Ask what to make of what both may read and where to put it, write it there, and say where it is.

    Run it as a worker: it waits for answers.
    """
    wanted = Wanted(KINDS[0], str(here() / file_name(session, KINDS[0].form.suffix)))
    while answer := await screen.app.push_screen_wait(ExportDialog(session, wanted)):
        wanted = answer
        if wanted.copy and (why := withheld(screen.app)):
            _say(screen, why, severity="warning")
            continue
        path, there = await asyncio.to_thread(looked_up, wanted.path, file_name(session, wanted.kind.form.suffix))
        if there and await screen.app.push_screen_wait(over(path)) != "yes":
            continue
        try:
            text = await asyncio.to_thread(wanted.kind.form.make, session)
            await asyncio.to_thread(save, text, path, force=there)
        except NotWritten as refusal:
            _say(screen, str(refusal), severity="error")
            continue
        if not (wanted.copy and _sent(screen, text, path)):
            _say(screen, f"Written: {path}")
        return


def _sent(screen: Screen[Any], text: str, path: Path) -> bool:
    """Send the text to the terminal, which may ignore it or take a part; the file has it in any case."""
    much = "" if len(text) <= _MOST_SENT else " It is long: some terminals take only a part, or none."
    says = _told(f"Sent to the terminal's clipboard, and written: {path}.{much} Some terminals ignore what is sent.")
    app = screen.app
    return isinstance(app, CarefulClipboard) and app.send(text, says)


def _say(screen: Screen[Any], line: str, *, severity: Any = "information") -> None:
    screen.notify(_told(line), severity=severity, markup=False, timeout=8)


def _told(line: str) -> str:
    """A line that may quote a path, as a toast takes it."""
    return error(line).plain
