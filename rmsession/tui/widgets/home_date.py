"""The next date on Home: when it is, or what became of it, and what gives cause to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from textual.content import Content

from rmsession.core.due import shown
from rmsession.core.meeting import far, on_clock
from rmsession.tui.widgets.flow import Cell
from rmsession.tui.widgets.home_choices import Choice, ChoiceRow, Does, muted, sign
from rmsession.tui.widgets.home_lookup import Found

_ROOMY = 84
"""The width in cells from which a row says what choosing it does."""
_DOES = 21


def date_rows(found: Found, now: datetime) -> Iterator[ChoiceRow]:
    """The date of the pair that is chosen, and below it what gives cause to ask; nothing for a pair yet to meet."""
    if found.companion is None or found.latest is None:
        return
    waits, choice = found.waits, Choice(Does.SETTLE_DATE)
    if waits is None:
        yield ChoiceRow(choice, sign("·"), Cell(muted("no date agreed")), _does("agree one"), label="Next")
    elif waits.days(now) > 0:
        yield ChoiceRow(
            choice,
            sign("·"),
            Cell(Content(f"{moment_words(waits.when, now)}, {far(waits.when, now)}")),
            _does("moved or cancelled?"),
            label="Next",
        )
    else:
        passed = f", {far(waits.when, now)}" if waits.days(now) else ""
        asks = Content.styled(f"{moment_words(waits.when, now)}{passed} — held, moved or cancelled?", "$text-warning")
        yield ChoiceRow(choice, sign("?", "$text-warning"), Cell(asks), label="Next")
    if flags := found.rhythm(now).flags:
        yield ChoiceRow(None, sign("!", "$text-warning"), Cell(Content.styled(" · ".join(flags), "$text-warning")))


def moment_words(when: datetime, now: datetime) -> str:
    """``Tue 1 Dec 15:00``, ``today 15:00``: on the clock here."""
    here = on_clock(when, now.tzinfo or UTC)
    today = now.date()
    day = shown(here.date(), today) if here.date() == today else f"{here:%a} {here.day} {here:%b}"
    year = "" if here.year == today.year else f" {here.year:04}"
    return f"{day}{year} {here:%H:%M}"


def _does(words: str) -> Cell:
    return Cell(muted(words), _DOES, right=True, from_width=_ROOMY)
