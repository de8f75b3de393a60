"""From which day on a report counts sessions: asked for, said in its heading, and where it was moved back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from textual.content import Content
from textual.screen import Screen

from rmsession.core.days import day_said
from rmsession.core.report.values import Report
from rmsession.export.report_head import day
from rmsession.tui.screens.dialogs import AskLine
from rmsession.tui.widgets.flow import spread
from rmsession.tui.widgets.line import TypedLine

_SAYS: Final = "2026-06-01, 1 jun, last mon; an empty line counts all of them. It may be moved back, and says so."
_GAP: Final = 2


async def ask_since(screen: Screen[Any], before: date | None, today: date) -> tuple[bool, date | None]:
    """Whether another day was asked for, and which; None counts every session. Run it as a worker."""
    typed = before.isoformat() if before else ""
    while True:
        answer = await screen.app.push_screen_wait(
            AskLine(Content("Since which day do sessions count?"), Content(_SAYS), TypedLine(typed))
        )
        if answer is None:
            return False, before
        typed, said = answer, day_said(answer, today)
        if not typed.strip() or (said and said <= today):
            return True, said
        why = f"{said} lies ahead" if said else "That is no day"
        screen.notify(f"{why}: write a day that has been, as {today}.", severity="warning", markup=False)


def since_words(report: Report | None, asked: date | None) -> str:
    """From when on sessions count, where a day was asked for, and whether it is another one."""
    if asked is None or report is None:
        return ""
    since = day(report.since) if report.since else ""
    if report.moved:
        return f"since {since} (moved back)" if since else "all sessions (moved back)"
    return f"since {since}"


def heading(left: Content, said: Sequence[str], width: int) -> list[Content]:
    """What a report is of, and at the right end as much of what is said of it as there is room for, the first first."""
    words = [each for each in said if each]
    while len(words) > 1 and left.cell_length + len(" · ".join(words)) + _GAP > width:
        del words[-1]
    right = Content.styled(" · ".join(words), "$foreground-muted")
    return spread(left.truncate(max(width - right.cell_length - _GAP, 1), ellipsis=True), right, width)[:1]
