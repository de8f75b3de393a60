"""The topic's clock: what the eye meets first."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Digits, Static

from rmsession.core.pace import Level, Pace
from rmsession.core.terms import Phase
from rmsession.tui.glance import Glance

_STYLES = {
    Level.CALM: "$foreground",
    Level.SOON: "$text-warning",
    Level.LAST: "$text-warning",
    Level.OVER: "$text-error",
}
_BAR = 28


def left_text(pace: Pace) -> str:
    """``06:12``, or ``+02:30`` once the time-box is overrun; hours only where there are any."""
    # A second is shown until it has passed, and an overrun from its first whole second.
    seconds = int(pace.topic_left) if pace.topic_left >= 0 else int(-pace.topic_left)
    hours, minutes = divmod(seconds // 60, 60)
    text = f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"
    return f"+{text}" if pace.topic_left < 0 else text


def words(glance: Glance) -> str:
    """What the digits count, in words; the clock is never told by colour alone."""
    given = round(glance.pace.topic_budget / 60)
    text = f"over its {given} min" if glance.pace.level is Level.OVER else f"left of {given} min"
    return f"{text} · paused" if glance.session.phase is Phase.PAUSED else text


def bar(pace: Pace, width: int) -> Content:
    """A line filled as far as the time-box is used."""
    share = pace.topic_spent / pace.topic_budget if pace.topic_budget > 0 else 1.0
    filled = min(round(share * width), width)
    style = "$accent" if pace.level is Level.CALM else _STYLES[pace.level]
    return Content.assemble(
        Content.styled("━" * filled, style), Content.styled("─" * (width - filled), "$foreground-disabled")
    )


class Countdown(Vertical):
    """Big digits with words and a bar beside them; two lines of text where the screen is small."""

    DEFAULT_CSS = """
    Countdown { height: auto; padding: 0 1; }
    Countdown Horizontal { height: 3; }
    Countdown Digits { width: auto; color: $foreground; text-style: bold; }
    Countdown.-soon Digits, Countdown.-last Digits { color: $text-warning; }
    Countdown.-over Digits { color: $text-error; }
    Countdown.-paused Digits { color: $text-muted; }
    Countdown #words { width: 1fr; height: 3; padding: 1 0 0 3; color: $text-muted; }
    Countdown #flat { display: none; height: 2; color: $text-muted; }
    """

    glance: var[Glance | None] = var(None, init=False, always_update=True)

    def __init__(self) -> None:
        super().__init__(id="countdown")
        self._beside = Content("")
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Both faces; the screen's class decides which one shows."""
        with Horizontal():
            yield Digits("00:00", id="digits")
            yield Static(id="words")
        yield Static(id="flat")

    def watch_glance(self, glance: Glance | None) -> None:
        """Show the time; only what changed is painted again."""
        if glance is None:
            return
        shown = left_text(glance.pace)
        beside = Content.assemble(words(glance), "\n", bar(glance.pace, _BAR))
        if shown == self._shown and beside.is_same(self._beside):
            return
        # A layout is due only when the digits grow or shrink, at the first overrun or the first hour.
        self.query_one("#digits", Digits).update(shown)
        if not beside.is_same(self._beside):
            self.query_one("#words", Static).update(beside, layout=False)
        style = f"{_STYLES[glance.pace.level]} bold"
        flat = Content.assemble(Content.styled(shown, style), " ", beside)
        self.query_one("#flat", Static).update(flat, layout=False)
        self._shown, self._beside = shown, beside
        for level in (Level.SOON, Level.LAST, Level.OVER):
            self.set_class(glance.pace.level is level, f"-{level.value}")
        self.set_class(glance.session.phase is Phase.PAUSED, "-paused")
