"""The rows of Home: what was found, put into words and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from rmsession.core.programme import same_name
from rmsession.core.text import UserText
from rmsession.tui.text import HIDDEN, content, error
from rmsession.tui.widgets.flow import MUTED, Cell
from rmsession.tui.widgets.home_choices import Choice, ChoiceRow, Does, gap, muted, short_day, sign
from rmsession.tui.widgets.home_date import date_rows
from rmsession.tui.widgets.home_lookup import Found
from rmsession.tui.widgets.home_past import day_words, minutes_of
from rmsession.tui.widgets.home_shelf import Offer, Shelf, suggested

if TYPE_CHECKING:
    from rmsession.core.lists import Summary

MOST_MASKED = 2
MOST_PENDING = 3
_NUMBER = 3
_MINUTES = 7
_NOTE = 9
_STEPS = 32
_ROOMY = 72
"""The width in cells below which what stands at a row's end gives way to its title."""


def start_rows(
    found: Found, offers: Sequence[Offer], now: datetime, *, airy: bool
) -> tuple[list[ChoiceRow], Choice | None]:
    """Everything that can be gone on with or started, and the row that is likeliest wanted."""
    # Whose turn an agenda is can only be said of somebody; on the very first day it is everybody's. Who is mentored
    # starts nothing as a rule.
    mentored = found.companion is not None and found.companion.mentors_me
    everybody = found.known and not found.pairs
    next_one = suggested(offers, found.done) if not mentored and (found.companion or everybody) else None
    waiting, dates = list(waiting_rows(found, now)), list(date_rows(found, now))
    who = found.companion.name if found.companion else None
    agendas = list(agenda_rows(offers, next_one, found.sessions if found.companion else (), now, who))
    between = [gap()] if airy else []
    first = [*waiting, *(between if waiting else []), *dates, *(between if dates else [])]
    rows = [*first, *agendas, *between, *other_rows()]
    if waiting or next_one is None:
        return rows, waiting[0].choice if waiting else None
    return rows, Choice(Does.PREVIEW, path=next_one.path, place=list(offers).index(next_one))


def waiting_rows(found: Found, now: datetime) -> Iterator[ChoiceRow]:
    """What was begun and not brought to its end; without who and what while nobody is chosen."""
    masked = found.companion is None
    unfinished = found.unfinished[:MOST_MASKED] if masked else found.unfinished
    for place, each in enumerate(unfinished):
        yield ChoiceRow(
            Choice(Does.CONTINUE, each.id),
            sign("⏸", "$text-warning"),
            Cell(Content(HIDDEN) if masked else _where(each)),
            Cell(muted(_stood(each, now)), _STEPS, from_width=_ROOMY),
            label="" if place else "Continue",
        )
    for place, each in enumerate(() if masked else found.pending[:MOST_PENDING]):
        yield ChoiceRow(
            Choice(Does.SETTLE, each.id),
            sign("·", "$text-warning"),
            Cell(content(each.title)),
            Cell(muted(_steps(each.pending)), _STEPS, from_width=_ROOMY),
            label="" if place else "To finish",
        )
    if found.waiting:
        some = "1 ended session waits" if found.waiting == 1 else f"{found.waiting} ended sessions wait"
        yield ChoiceRow(
            Choice(Does.CHOOSE_WHO),
            sign("·", "$text-warning"),
            Cell(Content(f"{some} for a last step: choose whose")),
            label="To finish",
        )


def agenda_rows(
    offers: Sequence[Offer],
    next_one: Offer | None,
    sessions: Sequence[Summary],
    now: datetime,
    companion: UserText | None = None,
) -> Iterator[ChoiceRow]:
    """Every agenda that can be started; the suggested one and those the pair has done are marked.

    One that names its mentee shows no title but to that pair: it may tell of somebody else.
    """
    shelf: Shelf | None = None
    for place, offer in enumerate(offers):
        mine = [each for each in sessions if each.agenda == offer.agenda and each.started]
        latest = max((each.started for each in mine if each.started), default=None)
        mark, note = sign(""), Content("")
        hidden = bool(offer.people) and not any(companion and same_name(companion, name) for name in offer.people)
        if offer == next_one:
            mark, note = sign("▶", "$text-accent"), Content.styled("next", "$text-accent")
        elif offer.trouble:
            mark, note = sign("✗", "$text-error"), Content.styled("cannot be read", "$text-error")
        elif hidden:
            note = muted("for one")
        elif latest:
            held = latest.astimezone(now.tzinfo).date()
            mark, note = sign("✓", "$text-success"), muted(short_day(held, now.date()))
        yield ChoiceRow(
            Choice(Does.PREVIEW, path=offer.path, place=place),
            mark,
            Cell(muted(offer.number), _NUMBER, right=True),
            Cell(Content(HIDDEN) if hidden else content(offer.title)),
            Cell(muted(minutes(offer.minutes)), _MINUTES, right=True),
            Cell(note, _NOTE),
            label="" if offer.shelf is shelf else offer.shelf.value,
        )
        shelf = offer.shelf


def other_rows() -> Iterator[ChoiceRow]:
    """The two ways to an agenda that is not listed."""
    blank = Cell(Content(""), _NUMBER)
    yield ChoiceRow(Choice(Does.OPEN_FILE), sign(""), blank, Cell(Content("Any Markdown file …")), label="Other")
    yield ChoiceRow(Choice(Does.NEW_AGENDA), sign(""), blank, Cell(Content("A new agenda …")))


def empty_lines(found: Found) -> Content:
    """What to do, in two lines, where there is nothing to show yet; nothing before that is known."""
    if not found.known or (found.troubles and not found.pairs):
        # Where people could not be read, "no sessions yet" would be wrong; the line of troubles says what is.
        return Content("")
    if found.companion is None and found.pairs:
        lines = (
            "Press w to choose who sits with you: their actions and sessions show here,",
            "nobody's before that. Or choose an agenda: you are asked who it is with.",
        )
    elif found.companion is None:
        lines = (
            "No sessions yet. Enter shows an agenda whole, before anything begins.",
            "What you agree on, and every session held, will be found here.",
        )
    elif found.companion.mentors_me:
        lines = (
            "Nothing held with this person yet, or none of it is on this computer.",
            "What you promised and the sessions you had together will show here.",
        )
    else:
        lines = (
            "Nothing held with this person yet: begin with the marked agenda.",
            "Their open actions and earlier sessions will show here.",
        )
    return Content.styled("\n".join(lines), MUTED)


def trouble_line(troubles: Iterable[str]) -> Content:
    """What could not be read, the first of it in full."""
    told = tuple(troubles)
    more = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
    return error(f"✗ {told[0]}{more}") if told else Content("")


def minutes(number: float | None) -> str:
    """``45 min``; a dash where the text states none."""
    return f"{number:.0f} min" if number else "–"


def _where(summary: Summary) -> Content:
    if not summary.topic:
        return content(summary.title)
    return Content.assemble(content(summary.topic), (" · ", MUTED), content(summary.title, MUTED))


def _stood(summary: Summary, now: datetime) -> str:
    if summary.started is None:
        return f"not started, {day_words(summary.created, now)}"
    begun = summary.started.astimezone(now.tzinfo)
    return f"{minutes_of(summary)} · {day_words(begun, now)} {begun:%H:%M}"


def _steps(pending: Sequence[str]) -> str:
    """The steps in few words; two forms are named together."""
    forms = [each for each in pending if each.endswith("form")]
    return ", ".join([each for each in pending if each not in forms] + (["both forms"] if len(forms) > 1 else forms))
