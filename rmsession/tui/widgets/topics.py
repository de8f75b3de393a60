"""The plan: every topic with its state and time, the pace, what was parked, what is left from last time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from rmsession.core.agenda import Topic
from rmsession.core.frozen import frozen
from rmsession.core.leftovers import since_words
from rmsession.core.pace import Pace
from rmsession.core.session import Session
from rmsession.core.terms import Kind, TopicState
from rmsession.tui.glance import Glance
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.last_time_lines import LastTimeChosen, heading, words_of

SIGNS = {
    TopicState.TO_COME: "·",
    TopicState.NOW: "▶",
    TopicState.DONE: "✓",
    TopicState.OPEN: "○",
    TopicState.PARKED: "◌",
}
PROTECTED = "▣"
_FEWEST_ROWS = 6
"""Rows of the column that the topics keep, however much there is to say below them."""


def sign(session: Session, topic: Topic) -> str:
    """The sign of a topic's state; protected minutes keep theirs until they run."""
    state = session.state(topic.id)
    return PROTECTED if topic.protected and state is TopicState.TO_COME else SIGNS[state]


def title_of(topic: Topic, *, revealed: bool) -> Content:
    """A topic's title, or three dots where it is private and not revealed."""
    return Content(HIDDEN) if topic.private and not revealed else content(topic.title)


def carried_words(topic: Topic, today: date) -> str:
    """``carried from 21 Nov``; empty for a topic of this session's own."""
    return f"carried from {since_words(topic.carried, today)}" if topic.carried else ""


def figures(session: Session, topic: Topic, at: float) -> str:
    """``4/10``: whole minutes spent and given; only the given ones before it began."""
    given = round(session.budgets.get(topic.id, (topic.minutes or 0) * 60) / 60)
    if session.state(topic.id) in (TopicState.TO_COME, TopicState.PARKED):
        return f"{given}"
    return f"{int(session.spent(topic.id, at) / 60)}/{given}"


def pace_words(pace: Pace) -> str:
    """``18 of 45 min   1 behind``."""
    behind = round(pace.behind / 60)
    words = "on time" if behind == 0 else f"{abs(behind)} {'behind' if behind > 0 else 'ahead'}"
    return f"{int(pace.spent / 60)} of {round(pace.planned / 60)} min   {words}"


@frozen
class _Row:
    """One line, and what a click on it means: a topic, or an action of last time."""

    line: Content
    topic: str | None = None
    action: str | None = None


class TopicsPane(Static):
    """The column of topics; a click on one asks to jump there."""

    DEFAULT_CSS = """
    TopicsPane { width: 40; height: 1fr; padding: 0 1; color: $text-muted; }
    """

    class Chosen(Message):
        """Somebody pointed at a topic."""

        def __init__(self, topic: str) -> None:
            super().__init__()
            self.topic = topic

    glance: var[Glance | None] = var(None, init=False, always_update=True)

    def __init__(self) -> None:
        super().__init__(id="topics")
        self._rows: list[_Row] = []

    def watch_glance(self) -> None:
        """Draw, if anything differs."""
        self._draw()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Jump to the topic that was pointed at."""
        row = self._rows[event.y] if 0 <= event.y < len(self._rows) else None
        if row and row.topic:
            self.post_message(self.Chosen(row.topic))
        elif row and row.action is not None:
            self.post_message(LastTimeChosen(row.action or None))

    def _draw(self) -> None:
        glance, (width, height) = self.glance, self.content_size
        if glance is None or width < 1 or height < 1 or not self.display:
            return
        below = [_Row(Content("")), _Row(Content(f"  {pace_words(glance.pace)}"))]
        below += [*_parked_rows(glance, width), *_last_time_rows(glance, width)]
        topics = _topic_rows(glance, width)
        below = _cut(below, height - min(len(topics), _FEWEST_ROWS))
        rows = [*_around(topics, glance.session.current, max(height - len(below), _FEWEST_ROWS)), *below]
        same = len(rows) == len(self._rows) and all(
            one.line.is_same(other.line) for one, other in zip(rows, self._rows, strict=True)
        )
        if not same:
            self._rows = rows
            self.update(Content("\n").join([row.line for row in rows]), layout=False)


def _topic_rows(glance: Glance, width: int) -> list[_Row]:
    rows: list[_Row] = []
    session = glance.session
    for topic in session.topics:
        state = session.state(topic.id)
        if state is TopicState.PARKED:
            continue
        times = figures(session, topic, glance.at)
        style = "$foreground bold" if state is TopicState.NOW else "$foreground-muted"
        room = max(width - len(times) - 3, 6)
        lines = title_of(topic, revealed=glance.revealed).wrap(room)
        gap = " " * (width - 2 - lines[0].cell_length - len(times))
        first = Content.assemble(f"{sign(session, topic)} ", lines[0], gap, times)
        rows.append(_Row(first.stylize_before(style), topic.id))
        rows += [_Row(line.pad_left(2).stylize_before(style), topic.id) for line in lines[1:]]
        if carried := carried_words(topic, glance.wall.date()):
            rows.append(_Row(Content.styled(f"  ↺ {carried}", "$foreground-muted"), topic.id))
    return rows


def _around(rows: list[_Row], current: str | None, room: int) -> list[_Row]:
    """As many rows as there is room for, the current topic among them; how many topics are left out, on either side."""
    if len(rows) <= room:
        return rows
    now = [place for place, row in enumerate(rows) if row.topic == current] or [0]
    # A third of the room for what is over: what is to come matters more.
    first = max(min(now[0] - room // 3, len(rows) - room), 0)
    shown = rows[first : first + room]
    if first:
        shown[0] = _left_out(rows[: first + 1], "before")
    if first + room < len(rows):
        shown[-1] = _left_out(rows[first + room - 1 :], "to follow")
    return shown


def _left_out(rows: list[_Row], where: str) -> _Row:
    return _Row(Content(f"  … {len({row.topic for row in rows})} {where}"))


def _cut(rows: list[_Row], room: int) -> list[_Row]:
    """No more rows than there is room for; an ``…`` stands for the others."""
    return rows if len(rows) <= room else [*rows[: max(room - 1, 0)], _Row(Content("  …"))][: max(room, 0)]


def _parked_rows(glance: Glance, width: int) -> list[_Row]:
    session = glance.session
    topics = [
        _Row(title_of(topic, revealed=glance.revealed), topic.id)
        for topic in session.topics
        if topic.id in session.parked
    ]
    lines = [_Row(content(each.content.text)) for each in session.standing(Kind.PARKED) if each.shared]
    return _listed("◌ Parked", topics + lines, width)


def _last_time_rows(glance: Glance, width: int) -> list[_Row]:
    waiting = [each for each in glance.last_time if each.outcome is None]
    rows = [_Row(words_of(each, revealed=glance.revealed), action=each.ref.capture) for each in waiting[:4]]
    if not glance.last_time:
        return []
    return [
        _Row(Content("")),
        _Row(Content(f"↺ From last time: {heading(glance.last_time)}"), action=""),
        *_cells(rows, width),
    ]


def _listed(title: str, rows: list[_Row], width: int) -> list[_Row]:
    if not rows:
        return []
    return [_Row(Content("")), _Row(Content(title)), *_cells(rows, width)]


def _cells(rows: list[_Row], width: int) -> list[_Row]:
    """Each row cut to the column, behind its indent."""
    return [replace(row, line=row.line.truncate(max(width - 2, 1), ellipsis=True).pad_left(2)) for row in rows]
