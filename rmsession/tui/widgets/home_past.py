"""What was before, on Home: a pair's open actions and its earlier sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual.content import Content

from rmsession.core.due import shown
from rmsession.core.text import UserText
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.flow import MUTED, Cell
from rmsession.tui.widgets.home_choices import Choice, ChoiceRow, Does, gap, muted, short_day, sign
from rmsession.tui.widgets.home_lookup import Found, due_day, overdue

if TYPE_CHECKING:
    from rmsession.core.lists import ActionItem, Summary

MOST_BEFORE = 30
_DAY = 11
_MINUTES_OF = 15
_COUNTS = 22
_OWNER = 12
_DUE = 16
_WIDE = 92
_ROOMY = 72
"""The width in cells below which what stands at a row's end gives way to its title."""


def past_rows(found: Found, now: datetime, me: UserText | None = None) -> Iterator[ChoiceRow]:
    """The pair's open actions, for a mentee the own promises first, and earlier sessions."""
    promised = found.promised(me) if found.companion and found.companion.mentors_me else ()
    if found.companion and found.companion.mentors_me and found.sessions:
        yield _promised_line(promised, now.date())
    others = tuple(each for each in found.actions if each not in promised)
    place = 0
    for group, label in ((promised, ""), (others, "Open")):
        for number, action in enumerate(group):
            place += 1
            yield _action_row(action, now.date(), place, "" if number else label)
    if found.actions and found.ended:
        yield gap()
    for number, each in enumerate(found.ended[:MOST_BEFORE]):
        yield ChoiceRow(
            Choice(Does.LOOK_AT, each.id),
            sign("✓", "$text-success"),
            Cell(content(each.title)),
            Cell(muted(day_words(each.started or each.created, now)), _DAY),
            Cell(muted(minutes_of(each)), _MINUTES_OF, right=True),
            Cell(muted(f" {_counts(each)}"), _COUNTS, from_width=_WIDE),
            label="" if number else "Before",
        )
    hidden = len(found.ended) - MOST_BEFORE
    if hidden > 0:
        yield ChoiceRow(None, sign(""), Cell(Content(f"… and {hidden} earlier: h shows them")))


def _promised_line(promised: Sequence[ActionItem], today: date) -> ChoiceRow:
    """``You promised 2 things, 1 overdue``; nothing left is good to know as well."""
    late = sum(overdue(each, today) for each in promised)
    if not promised:
        return ChoiceRow(None, Cell(Content.styled("You promised nothing that is still open.", "$foreground")))
    things = "1 thing" if len(promised) == 1 else f"{len(promised)} things"
    words = Content.styled(f"You promised {things}", "$foreground bold")
    told = Content.styled(f", ! {late} overdue", "$text-warning") if late else Content("")
    return ChoiceRow(None, Cell(Content.assemble(words, told)))


def _action_row(action: ActionItem, today: date, place: int, label: str) -> ChoiceRow:
    late = overdue(action, today)
    # Whose a private action is, and until when, tells as much as its words.
    owner, due = (None, "") if action.private else (action.owner, _due_words(action, today))
    return ChoiceRow(
        Choice(Does.LOOK_AT, action.session, place=place, capture=action.capture),
        sign("!" if late else "·", "$text-warning" if late else ""),
        Cell(Content(HIDDEN) if action.private else content(action.text)),
        Cell(content(owner, MUTED, limit=_OWNER) if owner else Content(""), _OWNER, from_width=_ROOMY),
        Cell(Content.styled(due, "$text-warning" if late else MUTED), _DUE),
        label=label,
    )


def _due_words(action: ActionItem, today: date) -> str:
    day = due_day(action)
    if day is None:
        return ""
    if overdue(action, today):
        return f"overdue {short_day(day, today)}"
    return f"due {shown(day, today)}" if day.year == today.year else f"due {short_day(day, today)}"


def minutes_of(summary: Summary) -> str:
    """``46 of 45 min``: taken and planned."""
    return f"{round(summary.spent_seconds / 60)} of {round(summary.planned_seconds / 60)} min"


def _counts(summary: Summary) -> str:
    notes = "1 note" if summary.notes == 1 else f"{summary.notes} notes"
    actions = "1 action" if summary.actions == 1 else f"{summary.actions} actions"
    return " · ".join([words for count, words in ((summary.notes, notes), (summary.actions, actions)) if count])


def day_words(moment: datetime, now: datetime) -> str:
    """The day of a moment, here, as people say it."""
    return shown(moment.astimezone(now.tzinfo).date(), now.date())
