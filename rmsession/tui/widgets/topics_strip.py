"""The plan in one line, for where there is no room for a column."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from rmsession.core.agenda import Topic
from rmsession.tui.glance import Glance
from rmsession.tui.widgets.topics import figures, sign


class TopicsStrip(Static):
    """As many topics as fit, the current one in words."""

    DEFAULT_CSS = """
    TopicsStrip { height: 1; padding: 0 1; color: $text-muted; }
    """

    glance: var[Glance | None] = var(None, init=False, always_update=True)

    def __init__(self) -> None:
        super().__init__(id="strip")
        self._line = Content("")

    def watch_glance(self) -> None:
        """Draw, if anything differs."""
        glance, width = self.glance, self.content_size.width
        if glance is None or width < 1 or not self.display:
            return
        line = _strip(glance, width)
        if not line.is_same(self._line):
            self._line = line
            self.update(line, layout=False)

    def on_resize(self) -> None:
        """Lay out anew."""
        self.watch_glance()


def _strip(glance: Glance, width: int) -> Content:
    """As many topics as fit, the current one always among them and in words."""
    session = glance.session
    shown = [topic for topic in session.topics if topic.id not in session.parked]
    current = next((place for place, topic in enumerate(shown) if topic.id == session.current), 0)
    for first in range(current + 1):
        parts = [Content("…")] if first else []
        parts += [_part(glance, topic) for topic in shown[first:]]
        line = Content("  ").join(parts)
        ahead = Content("  ").join(parts[: current - first + 1 + bool(first)])
        if ahead.cell_length <= width - 2:
            return line.truncate(width, ellipsis=True)
    return line.truncate(width, ellipsis=True)


def _part(glance: Glance, topic: Topic) -> Content:
    session = glance.session
    number = session.place(topic.id) + 1
    times = figures(session, topic, glance.at)
    again = "↺" if topic.carried else ""
    if topic.id == session.current:
        return Content.styled(f"▶ {number}{again} of {len(session.topics)}  {times} min", "bold")
    begun = f"{sign(session, topic)} {number}{again}"
    return Content(begun if "/" in times else f"{begun} {times}")
