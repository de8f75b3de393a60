"""The top line of the screens after the topics: it looks at the clock every second and says what was strange."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rmsession.core.clock import Gap, SetBack
from rmsession.core.pace import pace
from rmsession.core.terms import Phase
from rmsession.tui.desk import Desk
from rmsession.tui.glance import glance
from rmsession.tui.recorder import Recorder
from rmsession.tui.text import error
from rmsession.tui.widgets.bar import SessionBar, trouble
from rmsession.tui.widgets.countdown import left_text

SET_BACK = "The computer's clock was set back; the session's time goes on unchanged."


class ClockBar(SessionBar):
    """A session bar that looks at the desk's clock by itself."""

    class Away(Message):
        """Nobody looked at the clock for a while: the desk's `gap` is to be asked about."""

    def __init__(self, desk: Desk, recorder: Recorder) -> None:
        super().__init__()
        self._desk = desk
        self._recorder = recorder
        self._trouble = ""
        self._cause = "the disk refuses"

    def on_mount(self) -> None:
        """Begin to tick, and to hear what is kept."""
        self._recorder.listen(self.post_message)
        self.set_interval(1.0, self._tick)
        self.look()

    def on_unmount(self) -> None:
        """Leave no listener behind."""
        self._recorder.unlisten(self.post_message)

    def look(self) -> None:
        """Show the session as it stands now."""
        self.glance = glance(self._desk, revealed=False, last_time=(), trouble=self._trouble)

    def _tick(self) -> None:
        strange = self._desk.tick()
        if isinstance(strange, Gap):
            self.post_message(self.Away())
        elif isinstance(strange, SetBack):
            self.notify(SET_BACK, markup=False)
        self._desk.beat()
        self.look()

    @on(Recorder.Kept)
    def _kept(self, message: Recorder.Kept) -> None:
        if self._trouble:
            self._trouble = trouble(message.waiting, self._cause)

    @on(Recorder.NotYet)
    def _not_yet(self, message: Recorder.NotYet) -> None:
        self._cause = message.cause
        self._trouble = trouble(message.waiting, self._cause)
        self.look()

    @on(Recorder.Refused)
    def _refused(self, message: Recorder.Refused) -> None:
        self.notify(error(message.why).plain, severity="error", markup=False, timeout=15)


class TimeLeft(Static):
    """What is left of the closing minutes; nothing once the session is over."""

    DEFAULT_CSS = """
    TimeLeft { color: $text-muted; padding: 0 1; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def on_mount(self) -> None:
        """Say it every second."""
        self.set_interval(1.0, self.look)
        self.look()

    def look(self) -> None:
        """Say what is left now."""
        now = self._desk.now()
        left = pace(self._desk.session, now.at, now.wall)
        live = self._desk.session.phase is Phase.CLOSING
        self.update(Content(f"{left_text(left)} {'over' if left.topic_left < 0 else 'left'}" if live else ""))
