"""The top line: what, with whom, the time, and how it will end."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import var
from textual.widget import Widget

from rmsession.core.due import shown
from rmsession.core.pace import Pace
from rmsession.core.terms import Phase
from rmsession.core.zones import on_wall, zone_named
from rmsession.tui.glance import Glance
from rmsession.tui.text import content
from rmsession.tui.widgets.foot import MADE_UP

SIGNS = {
    Phase.READY: "·",
    Phase.RUNNING: "▶",
    Phase.PAUSED: "⏸ paused",
    Phase.CLOSING: "▣ closing",
    Phase.ENDED: "✓ ended",
}
_BETWEEN = 2

_IN_HOURS = 100
"""Minutes from which a difference is told in hours."""


class SessionBar(Widget):
    """One line; the right end, the time, never gives way."""

    DEFAULT_CSS = """
    SessionBar { height: 1; padding: 0 1; color: $text-muted; }
    """

    glance: var[Glance | None] = var(None, init=False, always_update=True)

    def __init__(self) -> None:
        super().__init__(id="bar")
        self._line = Content("")

    def watch_glance(self) -> None:
        """Paint again only when a character differs."""
        line = self._laid_out()
        if line != self._line or not line.is_same(self._line):
            self._line = line
            self.refresh()

    def on_resize(self) -> None:
        """Lay out anew."""
        self._line = self._laid_out()
        self.refresh()

    def render(self) -> Content:
        """The line as last laid out."""
        return self._line

    def _laid_out(self) -> Content:
        glance, width = self.glance, self.content_size.width
        if glance is None or width < 1:
            return Content("")
        session = glance.session
        # As a rule the line of keys says it; the smallest screen has none.
        right = _right(glance, made_up=self.app.has_class(MADE_UP) and self.screen.has_class("-tiny"))
        title = content(session.record.agenda.title, "$foreground bold")
        mentee = session.pair.mentee.name
        who = Content.assemble("with ", content(mentee, "$foreground")) if mentee else Content("")
        room = width - right.cell_length - _BETWEEN
        if room < title.cell_length + who.cell_length + 2 * _BETWEEN:
            left = Content.assemble(title, " · ", content(mentee)) if mentee else title
            left = left.truncate(max(room, 0), ellipsis=True)
            return Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)
        before = min(max((width - who.cell_length) // 2, title.cell_length + _BETWEEN), room - who.cell_length)
        after = width - before - who.cell_length - right.cell_length
        return Content.assemble(title, " " * (before - title.cell_length), who, " " * after, right)


def _right(glance: Glance, *, made_up: bool) -> Content:
    parts = [Content.styled(MADE_UP, "$text-warning")] if made_up else []
    if glance.trouble:
        parts.append(Content.styled(f"✗ {glance.trouble}", "$text-error bold"))
    if glance.rehearsal:
        parts.append(Content.styled("rehearsal: nothing is kept", "$text-warning"))
    if glance.session.off_record:
        parts.append(Content.styled("◉ off the record", "$text-warning bold"))
    parts.append(Content.styled(_time(glance), "$foreground bold"))
    if glance.live:
        parts.append(ends(glance.pace))
    return Content("   ").join(parts)


def _time(glance: Glance) -> str:
    """The phase and the time now; of a session that is over, when it ended, in its own zone."""
    session, sign = glance.session, SIGNS[glance.session.phase]
    if session.ended is None:
        return f"{sign} {glance.wall:%H:%M}"
    zone = zone_named(session.record.zone)
    ended, day = on_wall(session.ended, zone), on_wall(glance.wall, zone).date()
    return f"{sign} {ended:%H:%M}" if ended.date() == day else f"{sign} {shown(ended.date(), day)}, {ended:%H:%M}"


def trouble(waiting: int, cause: str) -> str:
    """How many facts are not on the disk, and why; empty when all are."""
    return f"{waiting} not kept: {cause}" if waiting else ""


def ends(pace: Pace) -> Content:
    """The projected end, and by how many minutes it misses the time it must end by."""
    text = f"ends {pace.ends:%H:%M}"
    if pace.over is None:
        return Content(text)
    late = round(pace.over / 60)
    much = f"{late / 60:+.0f} h" if abs(late) >= _IN_HOURS else f"{late:+d}"
    return Content.styled(f"{text} ({much})" if late else f"{text} (on time)", "$text-warning" if late > 0 else "")
