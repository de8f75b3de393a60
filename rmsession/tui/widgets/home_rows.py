"""The rows of Home: what was found, put into words and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from textual.content import Content

from rmsession.core.due import shown
from rmsession.core.programme import same_name
from rmsession.core.review import ActionItem, Summary
from rmsession.core.text import UserText
from rmsession.tui.text import HIDDEN, content, error
from rmsession.tui.widgets.flow import MUTED, Cell
from rmsession.tui.widgets.home_choices import Choice, ChoiceRow, Does
from rmsession.tui.widgets.home_lookup import Found, due_day, overdue
from rmsession.tui.widgets.home_shelf import Offer, Shelf, suggested

MOST_MASKED = 2
MOST_PENDING = 3
MOST_BEFORE = 30
_SIGN = 2
_NUMBER = 3
_MINUTES = 7
_DAY = 11
_NOTE = 9
_STEPS = 32
_MINUTES_OF = 15
_COUNTS = 22
_OWNER = 12
_DUE = 16
_WIDE = 92
_ROOMY = 72
"""The width in cells below which what stands at a row's end gives way to its title."""


def start_rows(
    found: Found, offers: Sequence[Offer], now: datetime, *, airy: bool
) -> tuple[list[ChoiceRow], Choice | None]:
    """Everything that can be gone on with or started, and the row that is likeliest wanted."""
    # Whose turn an agenda is can only be said of somebody; on the very first day it is everybody's.
    next_one = suggested(offers, found.done) if found.companion or not found.pairs else None
    waiting = list(waiting_rows(found, now))
    who = found.companion.name if found.companion else None
    agendas = list(agenda_rows(offers, next_one, found.sessions if found.companion else (), now, who))
    between = [gap()] if airy else []
    rows = [*waiting, *(between if waiting else []), *agendas, *between, *other_rows()]
    if waiting or next_one is None:
        return rows, waiting[0].choice if waiting else None
    return rows, Choice(Does.PREVIEW, path=next_one.path, place=list(offers).index(next_one))


def waiting_rows(found: Found, now: datetime) -> Iterator[ChoiceRow]:
    """What was begun and not brought to its end; without who and what while nobody is chosen."""
    masked = found.companion is None
    unfinished = found.unfinished[:MOST_MASKED] if masked else found.unfinished
    for place, each in enumerate(unfinished):
        yield _row(
            Choice(Does.CONTINUE, each.id),
            _sign("⏸", "$text-warning"),
            Cell(Content(HIDDEN) if masked else _where(each)),
            Cell(_muted(_stood(each, now)), _STEPS, from_width=_ROOMY),
            label="" if place else "Continue",
        )
    for place, each in enumerate(() if masked else found.pending[:MOST_PENDING]):
        yield _row(
            Choice(Does.SETTLE, each.id),
            _sign("·", "$text-warning"),
            Cell(content(each.title)),
            Cell(_muted(_steps(each.pending)), _STEPS, from_width=_ROOMY),
            label="" if place else "To finish",
        )
    if found.waiting:
        some = "1 ended session waits" if found.waiting == 1 else f"{found.waiting} ended sessions wait"
        yield _row(
            Choice(Does.CHOOSE_WHO),
            _sign("·", "$text-warning"),
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
        sign, note = _sign(""), Content("")
        hidden = bool(offer.people) and not any(companion and same_name(companion, name) for name in offer.people)
        if offer == next_one:
            sign, note = _sign("▶", "$text-accent"), Content.styled("next", "$text-accent")
        elif offer.trouble:
            sign, note = _sign("✗", "$text-error"), Content.styled("cannot be read", "$text-error")
        elif hidden:
            note = _muted("for one")
        elif latest:
            held = latest.astimezone(now.tzinfo).date()
            sign, note = _sign("✓", "$text-success"), _muted(_short_day(held, now.date()))
        yield _row(
            Choice(Does.PREVIEW, path=offer.path, place=place),
            sign,
            Cell(_muted(offer.number), _NUMBER, right=True),
            Cell(Content(HIDDEN) if hidden else content(offer.title)),
            Cell(_muted(minutes(offer.minutes)), _MINUTES, right=True),
            Cell(note, _NOTE),
            label="" if offer.shelf is shelf else offer.shelf.value,
        )
        shelf = offer.shelf


def other_rows() -> Iterator[ChoiceRow]:
    """The two ways to an agenda that is not listed."""
    blank = Cell(Content(""), _NUMBER)
    yield _row(Choice(Does.OPEN_FILE), _sign(""), blank, Cell(Content("Any Markdown file …")), label="Other")
    yield _row(Choice(Does.NEW_AGENDA), _sign(""), blank, Cell(Content("A new agenda …")))


def past_rows(found: Found, now: datetime) -> Iterator[ChoiceRow]:
    """The pair's open actions and earlier sessions."""
    for place, action in enumerate(found.actions):
        yield _action_row(action, now.date(), place)
    if found.actions and found.ended:
        yield gap()
    for place, each in enumerate(found.ended[:MOST_BEFORE]):
        yield _row(
            Choice(Does.LOOK_AT, each.id),
            _sign("✓", "$text-success"),
            Cell(content(each.title)),
            Cell(_muted(_day(each.started or each.created, now)), _DAY),
            Cell(_muted(_minutes_of(each)), _MINUTES_OF, right=True),
            Cell(_muted(f" {_counts(each)}"), _COUNTS, from_width=_WIDE),
            label="" if place else "Before",
        )
    hidden = len(found.ended) - MOST_BEFORE
    if hidden > 0:
        yield _row(None, _sign(""), Cell(Content(f"… and {hidden} earlier")))


def gap() -> ChoiceRow:
    """An empty line between two groups."""
    return ChoiceRow(None, Cell(Content("")))


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


def _action_row(action: ActionItem, today: date, place: int) -> ChoiceRow:
    late = overdue(action, today)
    # Whose a private action is, and until when, tells as much as its words.
    owner, due = (None, "") if action.private else (action.owner, _due_words(action, today))
    return _row(
        Choice(Does.LOOK_AT, action.session, place=place + 1),
        _sign("!" if late else "·", "$text-warning" if late else ""),
        Cell(Content(HIDDEN) if action.private else content(action.text)),
        Cell(content(owner, MUTED, limit=_OWNER) if owner else Content(""), _OWNER, from_width=_ROOMY),
        Cell(Content.styled(due, "$text-warning" if late else MUTED), _DUE),
        label="" if place else "Open",
    )


def _due_words(action: ActionItem, today: date) -> str:
    day = due_day(action)
    if day is None:
        return ""
    if overdue(action, today):
        return f"overdue {_short_day(day, today)}"
    return f"due {shown(day, today)}" if day.year == today.year else f"due {_short_day(day, today)}"


def _where(summary: Summary) -> Content:
    if not summary.topic:
        return content(summary.title)
    return Content.assemble(content(summary.topic), (" · ", MUTED), content(summary.title, MUTED))


def _stood(summary: Summary, now: datetime) -> str:
    if summary.started is None:
        return f"not started, {_day(summary.created, now)}"
    begun = summary.started.astimezone(now.tzinfo)
    return f"{_minutes_of(summary)} · {_day(begun, now)} {begun:%H:%M}"


def _steps(pending: Sequence[str]) -> str:
    """The steps in few words; two forms are named together."""
    forms = [each for each in pending if each.endswith("form")]
    return ", ".join([each for each in pending if each not in forms] + (["both forms"] if len(forms) > 1 else forms))


def _minutes_of(summary: Summary) -> str:
    return f"{round(summary.spent_seconds / 60)} of {round(summary.planned_seconds / 60)} min"


def _counts(summary: Summary) -> str:
    notes = "1 note" if summary.notes == 1 else f"{summary.notes} notes"
    actions = "1 action" if summary.actions == 1 else f"{summary.actions} actions"
    return " · ".join([words for count, words in ((summary.notes, notes), (summary.actions, actions)) if count])


def _day(moment: datetime, now: datetime) -> str:
    return shown(moment.astimezone(now.tzinfo).date(), now.date())


def _short_day(day: date, today: date) -> str:
    """``21 Nov``, or ``Nov 2025`` in another year."""
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day:%b %Y}"


def _row(choice: Choice | None, *cells: Cell, label: str = "") -> ChoiceRow:
    return ChoiceRow(choice, *cells, label=label)


def _sign(sign: str, style: str = "") -> Cell:
    return Cell(Content.styled(sign, style) if style else Content(sign), _SIGN)


def _muted(text: str) -> Content:
    return Content.styled(text, MUTED)
