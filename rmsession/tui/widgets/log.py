"""What was captured: in this topic and before, newest last; private lines as three dots."""

from __future__ import annotations

from datetime import date, tzinfo
from functools import lru_cache

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from rmsession.core.due import due_shown
from rmsession.core.frozen import frozen
from rmsession.core.promises import kept_capture
from rmsession.core.session import Capture
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.wordings import told
from rmsession.tui.glance import Glance
from rmsession.tui.markdown import hanging
from rmsession.tui.text import HIDDEN, block, content

_EMPTY = (
    "Nothing captured yet: type a note below and press enter.\n"
    "@name … makes an action, ? a question, ! an idea, d: a decision; ~ in front keeps it to yourself."
)
_SETTLED = {ActionStatus.DONE: "✓ done", ActionStatus.DROPPED: "✗ dropped", ActionStatus.SPLIT: "⑂ split"}
_MOST = 150
"""Lines captured before these are among the captured lines, not here: a long list would be drawn on every enter."""


class Log(VerticalScroll):
    """The captured lines; a click on one asks to correct it."""

    DEFAULT_CSS = """
    Log { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    Log Static { height: auto; }
    """
    can_focus = False

    class Chosen(Message):
        """Somebody pointed at a captured line."""

        def __init__(self, capture: str) -> None:
            super().__init__()
            self.capture = capture

    glance: var[Glance | None] = var(None, init=False, always_update=True)

    def __init__(self) -> None:
        super().__init__(id="log")
        self._owners: list[str] = []
        self._drawn: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """One renderable for all lines."""
        yield Static(id="lines")

    def watch_glance(self) -> None:
        """Draw when a line, its visibility or the width is another."""
        self._draw()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Ask to correct the line that was pointed at."""
        offset = event.get_content_offset(self)
        row = offset.y + round(self.scroll_y) if offset else -1
        if 0 <= row < len(self._owners):
            self.post_message(self.Chosen(self._owners[row]))

    def _draw(self) -> None:
        glance, width = self.glance, self.scrollable_content_region.width
        if glance is None or width < 1:
            return
        captures = list(glance.session.standing())
        earlier = max(len(captures) - _MOST, 0)
        captures = captures[earlier:]
        drawn = (tuple(captures), earlier, glance.revealed, width)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        look = Look(width, glance.wall.tzinfo, glance.wall.date(), glance.revealed, glance.session.current)
        lines = [Content.styled(f"… {earlier} before these: Alt+E", "$foreground-muted")] if earlier else []
        self._owners = [each.id for each in captures[: len(lines)]]
        for capture in captures:
            some = capture_lines(capture, look)
            lines += some
            self._owners += [capture.id] * len(some)
        self.query_one("#lines", Static).update(
            Content("\n").join(lines) if lines else Content.styled(_EMPTY, "$foreground-muted")
        )
        self.scroll_end(animate=False)


@frozen
class Look:
    """How captured lines are looked at."""

    width: int
    zone: tzinfo | None
    today: date
    revealed: bool
    current: str | None
    """The topic whose lines stand out."""


@lru_cache(maxsize=512)
def capture_lines(capture: Capture, look: Look) -> tuple[Content, ...]:
    """One capture as wrapped lines: time, kind, text, and at the end owner and due date."""
    when = f"{capture.wall.astimezone(look.zone):%H:%M}"
    hidden = not capture.shared and not look.revealed
    kind = "" if hidden else capture.kind.value
    style = "" if capture.topic == look.current else "$foreground-muted"
    mark = Content.styled(f"{when}  {kind:<9}", "$foreground-muted")
    body = Content.styled(HIDDEN, "$foreground-muted") if hidden else said(capture, look.today)
    return tuple(hanging(mark, body.stylize_before(style), look.width))


def said(capture: Capture, today: date) -> Content:
    """What a capture says, with all that was understood of it."""
    what = capture.content
    parts = [block(what.text)]
    if capture.kind is Kind.ACTION and capture.status is not ActionStatus.OPEN:
        sign = _SETTLED[capture.status]
        parts.insert(0, Content.styled(sign, "$text-success"))
    if what.score is not None:
        parts.append(Content.styled(f"= {what.score}", "$text-accent"))
    if what.owner:
        parts.append(Content.assemble(Content.styled("@", "$text-accent"), content(what.owner, "$text-accent")))
    if what.due:
        parts.append(Content.styled(due_shown(what.due, today), "$text-accent"))
    if what.confidence is not None:
        parts.append(Content.styled(f"sure {what.confidence} of 5", "$foreground-muted"))
    if capture.kind is Kind.ACTION and capture.status is ActionStatus.DONE:
        parts.append(Content.styled(kept_capture(capture, today).value, "$foreground-muted"))
    if not capture.shared:
        parts.insert(0, Content.styled("private", "$text-warning"))
    if capture.rivals:
        others = Content(" / ").join(block(told(each)) for each in capture.rivals)
        parts.append(Content.assemble("or: ", others).stylize("$text-warning"))
    return Content("  ").join(parts)
