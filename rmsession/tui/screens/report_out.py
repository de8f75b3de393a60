"""Writing the report as a file: the ending of its name says what it is made into."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from textual.content import Content
from textual.screen import Screen

from rmsession.core.report.values import Report
from rmsession.export.files import NotWritten, save
from rmsession.export.reports import REPORTS, report_name
from rmsession.tui.screens.dialogs import AskLine
from rmsession.tui.screens.where import here, looked_up, over
from rmsession.tui.text import error
from rmsession.tui.widgets.line import TypedLine

_KINDS: Final = {form.suffix: name for name, form in REPORTS.items()}
_FIRST: Final = "html"


async def write_report(screen: Screen[Any], report: Report) -> None:
    """Ask where to, write it there, and say where it is. Run it as a worker: it waits for answers."""
    typed: str | None = str(here() / report_name(report, _FIRST))
    says = Content("The ending says what it is: .html a page, .md, .txt, .csv a table, .json for programs.")
    while typed := await screen.app.push_screen_wait(
        AskLine(Content("Write the report"), says, TypedLine(typed or ""))
    ):
        kind = next((name for suffix, name in _KINDS.items() if typed.strip().lower().endswith(suffix)), _FIRST)
        path, there = await asyncio.to_thread(looked_up, typed, report_name(report, kind))
        if there and await screen.app.push_screen_wait(over(path)) != "yes":
            continue
        try:
            text = await asyncio.to_thread(REPORTS[kind].make, report)
            await asyncio.to_thread(save, text, path, force=there)
        except NotWritten as refusal:
            screen.notify(error(str(refusal)).plain, severity="error", timeout=8, markup=False)
            continue
        screen.notify(error(f"Written: {path}").plain, timeout=8, markup=False)
        return
