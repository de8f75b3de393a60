"""What a session screen gives back after a crash besides its facts: where the eyes were, and a line that is no fact."""

from __future__ import annotations

from dataclasses import replace

from textual.containers import VerticalScroll
from textual.screen import Screen

from rmsession.core.capture import Context, Line, parse
from rmsession.core.facts import Captured
from rmsession.core.store import View
from rmsession.core.text import UserText
from rmsession.tui.desk import Desk
from rmsession.tui.widgets.log import Log


class Eyes:
    """Which rows of the topic's text and of the captured lines are in sight."""

    def __init__(self, screen: Screen[None], desk: Desk) -> None:
        self._screen = screen
        self._desk = desk
        self._back = False

    def turn(self, pages: int) -> None:
        """Scroll the topic's text, or the captured lines when it fits."""
        target = self._text if self._text.max_scroll_y > 0 else self._lines
        target.scroll_relative(y=pages * max(target.size.height - 1, 1), animate=False)

    def note(self, cursor: int | None) -> None:
        """Tell the desk where they are, once they are back where they were."""
        if not self._back:
            return
        lines = self._lines
        at_the_end = lines.scroll_y >= lines.max_scroll_y
        row = None if at_the_end else round(lines.scroll_y)
        self._desk.view = View(self._desk.session.current, round(self._text.scroll_y), row, cursor)

    def put_back(self) -> None:
        """Scroll to where they were when the session was left; later calls do nothing."""
        if self._back:
            return
        self._back, view = True, self._desk.view
        if view.topic == self._desk.session.current:
            self._text.scroll_to(y=view.text_row, animate=False)
        if view.lines_row is not None:
            self._lines.scroll_to(y=view.lines_row, animate=False)

    @property
    def _text(self) -> VerticalScroll:
        return self._screen.query_one("#topic-scroll", VerticalScroll)

    @property
    def _lines(self) -> Log:
        return self._screen.query_one(Log)


def forget_entered(desk: Desk, context: Context) -> None:
    """Empty a draft's line that was entered after the draft was kept: to give it back would be to say it twice."""
    since, parsed = desk.drafted, parse(desk.line.raw, context)
    if since is None or not isinstance(parsed, Line):
        return
    entered = (fact.what for fact in desk.session.facts if fact.wall >= since and isinstance(fact.what, Captured))
    if any((what.kind, what.content) == (parsed.kind, parsed.content) for what in entered):
        desk.line, desk.view = UserText(), replace(desk.view, cursor=None)
