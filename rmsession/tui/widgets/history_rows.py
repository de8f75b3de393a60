"""The rows of the history: sessions by month, or what a search found in them; each is one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, tzinfo
from itertools import groupby

from textual.content import Content

from rmsession.core.documents import Hit
from rmsession.core.due import due_shown
from rmsession.core.frozen import frozen
from rmsession.core.lists import Summary
from rmsession.core.query import Query
from rmsession.core.search import Findings
from rmsession.core.terms import ActionStatus, Kind, Phase
from rmsession.core.text import UserText
from rmsession.tui.text import content
from rmsession.tui.widgets.flow import MUTED
from rmsession.tui.widgets.history_marks import marked, snippet
from rmsession.tui.widgets.times import difference

_DAY = 6
_DATE = 11
_TAKEN = 7
_DIFFERENCE = 10
_LINES = 5
_OPEN = 4
_ROOMY = 62
"""Cells below which the number of captured lines gives way to the title."""
_KIND = 9
_INDENT = 2
_OWNER = 11
_STATE = 18
_SETTLED = {ActionStatus.DONE: "✓", ActionStatus.DROPPED: "✗", ActionStatus.SPLIT: "⑂"}


@frozen
class MonthRow:
    """The name of a month, over its sessions."""

    first: date
    sessions: int


@frozen
class SessionRow:
    """A session of the pair."""

    session: str
    day: date
    title: UserText
    summary: Summary | None
    """None while it is not known yet."""
    dated: bool = False
    """Whether no month stands over it."""


@frozen
class HitRow:
    """A line that answers the search, under its session."""

    hit: Hit


Row = MonthRow | SessionRow | HitRow


@frozen
class RowLook:
    """How rows are looked at."""

    today: date
    query: Query = field(default_factory=Query)


def by_month(summaries: Iterable[Summary], zone: tzinfo | None) -> tuple[Row, ...]:
    """All sessions, the newest first, under their months."""
    rows: list[Row] = []
    days = ((_day(each, zone), each) for each in summaries)
    for first, month in groupby(days, key=lambda pair: pair[0].replace(day=1)):
        sessions = [SessionRow(each.id, day, each.title, each) for day, each in month]
        rows += [MonthRow(first, len(sessions)), *sessions]
    return tuple(rows)


def by_rank(findings: Findings, known: Mapping[str, Summary], *, titles: bool) -> tuple[Row, ...]:
    """What was found, under the sessions in which it was; the session of the best hit first.

    Topics' `titles` answer every search that has no words in it, and say nothing there.
    """
    groups: dict[str, list[Hit]] = {}
    for hit in findings.hits:
        groups.setdefault(hit.session, []).append(hit)
    return tuple(row for hits in groups.values() for row in _group(hits, known, titles=titles))


def place_of(row: Row) -> tuple[str, str | None, str | None] | None:
    """What a row stands for, to find it again among others: session, capture and topic; None for a month."""
    match row:
        case SessionRow():
            return row.session, None, None
        case HitRow(hit=hit):
            return hit.session, hit.capture, hit.topic_id
        case _:
            return None


def head_line(width: int, *, dated: bool) -> Content:
    """What the columns say, over all rows."""
    lead = " " * ((_DATE if dated else _DAY) + 1)
    tail = Content.styled(_tail(width, "min", "", "lines", "open"), MUTED)
    return Content.assemble(lead, _title(Content.styled("agenda", MUTED), width - len(lead), tail), tail)


def row_line(row: Row, width: int, look: RowLook) -> Content:
    """One row, in exactly one line."""
    match row:
        case MonthRow():
            count = "1 session" if row.sessions == 1 else f"{row.sessions} sessions"
            month = Content.styled(f"{row.first:%B %Y}", "$foreground bold")
            return Content.assemble(month, Content.styled(f"  {count}", MUTED)).truncate(width, ellipsis=True)
        case SessionRow():
            return _session_line(row, width, look)
        case _:
            return _hit_line(row.hit, width, look)


def _group(hits: list[Hit], known: Mapping[str, Summary], *, titles: bool) -> Iterator[Row]:
    first = hits[0]
    yield SessionRow(first.session, first.day, first.title, known.get(first.session), dated=True)
    # That the agenda's title answers too is seen in the row itself.
    yield from (HitRow(hit) for hit in hits if hit.capture or (titles and hit.topic_id))


def _day(summary: Summary, zone: tzinfo | None) -> date:
    moment = summary.started or summary.created
    try:
        return moment.astimezone(zone).date()
    except OverflowError:  # in the first or the last hours that a date can say
        return moment.date()


def _session_line(row: SessionRow, width: int, look: RowLook) -> Content:
    day = f"{row.day.day} {row.day:%b %Y}".rjust(_DATE) if row.dated else f"{row.day:%a} {row.day.day:>2}"
    lead, tail = Content.styled(f"{day} ", MUTED), _figures(row.summary, width)
    title = marked(look.query, content(row.title))
    return Content.assemble(lead, _title(title, width - lead.cell_length, tail), tail)


def _figures(summary: Summary | None, width: int) -> Content:
    if summary is None:
        return Content(_tail(width, "", "", "", ""))
    taken = f"{round(summary.spent_seconds / 60)}/{round(summary.planned_seconds / 60):<2}"
    words, style = _how_it_went(summary)
    lines = summary.notes + summary.actions
    count = str(summary.open_actions or "")
    return Content.assemble(
        Content.styled(f" {taken:>{_TAKEN}} ", MUTED),
        Content.styled(f"{words:<{_DIFFERENCE}} ", style),
        Content.styled(f"{lines or '–':>{_LINES}} " if width >= _ROOMY else "", MUTED),
        Content.styled(f"{count:>{_OPEN}}", "$text-accent bold"),
    )


def _tail(width: int, taken: str, how: str, lines: str, open_: str) -> str:
    middle = f"{lines:>{_LINES}} " if width >= _ROOMY else ""
    return f" {taken:>{_TAKEN}} {how:<{_DIFFERENCE}} {middle}{open_:>{_OPEN}}"


def _how_it_went(summary: Summary) -> tuple[str, str]:
    """In words, and their style: how long it took against the plan, or that it did not come to its end."""
    if summary.started is None:
        return "not begun", MUTED
    if summary.phase != Phase.ENDED.value:
        return "unfinished", "$text-warning"
    number, _, word = difference(summary.planned_seconds, summary.spent_seconds).partition(" ")
    if word not in ("over", "under"):
        return f"{number} {word}", MUTED
    return f"{number:>3} {word}", "$text-warning" if word == "over" else MUTED


def _title(title: Content, room: int, tail: Content) -> Content:
    """A text that fills what the tail leaves of a line."""
    width = max(room - tail.cell_length, 0)
    cut = title.truncate(width, ellipsis=True)
    return cut.pad_right(width - cut.cell_length)


def _hit_line(hit: Hit, width: int, look: RowLook) -> Content:
    kind = hit.kind.value if hit.kind else "topic"
    lead = Content.styled(f"{'':{_INDENT}}{kind:<{_KIND}}", MUTED)
    tail = _behind(hit, look.today, width)
    text = snippet(look.query, hit.text, width - lead.cell_length - tail.cell_length)
    return Content.assemble(lead, _title(text, width - lead.cell_length, tail), tail)


def _behind(hit: Hit, today: date, width: int) -> Content:
    """Who does it until when, and whether it is done; of lines that are no action, nothing."""
    if hit.kind is not Kind.ACTION:
        return Content("")
    owner = content(hit.owner, "$text-accent") if hit.owner else Content("")
    columns = [(owner, _OWNER)] if width >= _ROOMY else []
    columns.append((_state(hit, today), _STATE))
    return Content("").join([Content("  ").append(_title(each, size, Content(""))) for each, size in columns])


def _state(hit: Hit, today: date) -> Content:
    if hit.status is not ActionStatus.OPEN:
        return Content.styled(f"{_SETTLED[hit.status]} {hit.status.value}", MUTED)
    if not hit.due:
        return Content.styled("○ open", MUTED)
    # ISO dates compare as texts; what is no date is not overdue.
    late = hit.due[:4].isdigit() and hit.due < today.isoformat()
    day = _short(hit.due, today)
    return Content.styled(f"! overdue {day}", "$text-warning") if late else Content.styled(f"○ due {day}", MUTED)


def _short(due: str, today: date) -> str:
    """``21 Nov``, or ``Nov 2025`` in another year; what is no date stands as it is."""
    try:
        day = date.fromisoformat(due)
    except ValueError:
        return due_shown(due, today)
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day:%b %Y}"
