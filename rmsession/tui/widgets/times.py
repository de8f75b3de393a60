"""Planned against spent: one row a topic, numbers aligned, with a bar and a word for the difference."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from rmsession.core.review import TopicTime, topic_times
from rmsession.core.session import Session
from rmsession.core.terms import TopicState
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.flow import MUTED, Cell, Flow, columns
from rmsession.tui.widgets.topics import SIGNS

_BAR = 10
_NUMBER = 7
_DIFFERENCE = 10
_NARROW = 56
"""Cells below which the bar makes room for the title."""


def times(session: Session, at: float, *, revealed: bool) -> Flow:
    """Every topic with what it was given and what it took, and the sums."""
    rows = topic_times(session, at)
    whole = TopicTime(
        "", session.record.agenda.title, sum(session.allotted.values()), session.run(at), TopicState.DONE.value
    )
    longest = max((max(row.planned_seconds, row.spent_seconds) for row in rows), default=0.0)

    def layout(width: int) -> list[Content]:
        head = [Content(""), *(Content.styled(word, MUTED) for word in ("", "planned", "spent", "", ""))]
        lines = columns(_cells(*head), width)
        for row in rows:
            title = Content(HIDDEN) if row.private and not revealed else content(row.title)
            lines += columns(_cells(*_row(row, title, longest)), width)
        foot = list(_row(whole, Content.styled("in all, minutes", MUTED), 0.0))
        foot[0] = Content("")
        return [*lines, Content(""), *columns(_cells(*foot), width)]

    return Flow(layout)


def difference(planned: float, spent: float, *, begun: bool = True) -> str:
    """How spent time differs from planned, in whole minutes: ``2 over``, ``1 under``, ``on time``."""
    if not begun:
        return "not begun"
    minutes = round(spent / 60) - round(planned / 60)
    if not minutes:
        return "on time"
    sign, word = ("+", "over") if minutes > 0 else ("−", "under")
    return f"{sign}{abs(minutes)} {word}"


def bar(planned: float, spent: float, longest: float, cells: int = _BAR) -> Content:
    """Time spent as a line, the part beyond the plan in another sign; what the plan had left is thin."""
    if longest <= 0:
        return Content("")
    scale = cells / longest
    within, over = round(min(planned, spent) * scale), round(max(spent - planned, 0.0) * scale)
    left = round(max(planned - spent, 0.0) * scale)
    return Content.assemble(
        Content.styled("━" * within, "$accent"),
        Content.styled("╍" * over, "$text-warning"),
        Content.styled("─" * left, MUTED),
    )


def _row(row: TopicTime, title: Content, longest: float) -> Iterator[Content]:
    state = TopicState(row.state)
    begun = row.spent_seconds > 0 or state not in (TopicState.TO_COME, TopicState.PARKED)
    words = "parked" if state is TopicState.PARKED and not begun else ""
    yield Content.styled(SIGNS[state], MUTED)
    yield title
    yield Content(f"{row.planned_seconds / 60:.0f}" if row.planned_seconds else "–")
    yield Content(f"{row.spent_seconds / 60:.0f}" if begun else "–")
    yield bar(row.planned_seconds, row.spent_seconds, longest)
    words = words or difference(row.planned_seconds, row.spent_seconds, begun=begun)
    number, _, word = words.partition(" ")
    aligned = f"{number:>3} {word}" if word in ("over", "under") else words
    yield Content.styled(aligned, "$text-warning" if words.startswith("+") else MUTED)


def _cells(*parts: Content) -> list[Cell]:
    sign, title, planned, spent, line, words = parts
    return [
        Cell(sign, 1),
        Cell(title),
        Cell(planned, _NUMBER, right=True),
        Cell(spent, _NUMBER, right=True),
        Cell(line, _BAR, from_width=_NARROW),
        Cell(words, _DIFFERENCE),
    ]
