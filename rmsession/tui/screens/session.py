"""The session screen: steps through the topics while the capture line stays in hand."""

# ruff: noqa: PLC0415 - what is opened above is loaded when it is opened: a session under way holds what it uses

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer

from rmsession.core.clock import Gap, SetBack
from rmsession.core.commands import Command, GoOffRecord, Jump, Tick
from rmsession.core.decision import Refusal
from rmsession.core.slash import request
from rmsession.core.terms import Phase
from rmsession.tui.desk import Desk
from rmsession.tui.glance import Glance, glance
from rmsession.tui.keys import BY_WORD, bindings
from rmsession.tui.pulse import Pulse, until_next_second
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.returning import Returning
from rmsession.tui.screens.session_dialogs import SessionDialogs
from rmsession.tui.screens.writing import WritingScreen
from rmsession.tui.sizes import fit
from rmsession.tui.steps import DIALOG
from rmsession.tui.under_way import Eyes, forget_entered
from rmsession.tui.widgets.bar import SessionBar
from rmsession.tui.widgets.clock_bar import SET_BACK
from rmsession.tui.widgets.countdown import Countdown
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.last_time_lines import LastTimeChosen
from rmsession.tui.widgets.log import Log
from rmsession.tui.widgets.prompts import TopicView
from rmsession.tui.widgets.topics import TopicsPane
from rmsession.tui.widgets.topics_strip import TopicsStrip
from rmsession.tui.widgets.typing import TypingPane


class SessionScreen(WritingScreen):
    """Owns nothing but what is on the screen; the desk holds the session."""

    CSS_PATH = "session.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-vast")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (19, "-short"), (30, "-tall")]
    BINDINGS = [
        *bindings(),
        Binding("pageup", "scroll_text(-1)", "Scroll up", show=False, tooltip="Scroll the topic's text up"),
        Binding("pagedown", "scroll_text(1)", "Scroll down", show=False, tooltip="Scroll the topic's text down"),
    ]
    AUTO_FOCUS = "#line"

    class Closing(Message):
        """The topics are over: read-back, next date and feedback follow."""

    class Ended(Message):
        """The session was ended in one step."""

    class Left(Message):
        """The mentor wants to leave; the session waits on Home."""

    glance: var[Glance | None] = var(None, init=False, always_update=True)

    def __init__(self, desk: Desk, recorder: Recorder, *, rehearsal: bool = False) -> None:
        super().__init__(desk, kept=lambda: "not kept" if rehearsal else f"kept {desk.now().wall:%H:%M}")
        self.recorder = recorder
        self._rehearsal = rehearsal
        self._pulse = Pulse(desk, recorder)
        self._eyes = Eyes(self, desk)
        self._dialogs = SessionDialogs(self)
        self._returning = Returning(self, self._dialogs)
        self._trouble = ""
        self._shape: tuple[object, ...] = ()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """From the top: what the eye meets last at the edges, first in the middle."""
        fit(self)
        yield SessionBar().data_bind(SessionScreen.glance)
        yield TopicsStrip().data_bind(SessionScreen.glance)
        with Horizontal(id="middle"):
            yield TopicsPane().data_bind(SessionScreen.glance)
            with Vertical(id="work"):
                with Vertical(id="side"):
                    yield Countdown().data_bind(SessionScreen.glance)
                    with VerticalScroll(id="topic-scroll", can_focus=False):
                        yield TopicView().data_bind(SessionScreen.glance)
                yield Log().data_bind(SessionScreen.glance)
        yield self._typing
        yield Foot(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show the session, put the draft back in the line, and begin to tick."""
        self.recorder.listen(self._typing.post_message)
        forget_entered(self.desk, self.memory.known.context)
        self._typing.begin(*self._under_way(), self.memory.known)
        self._look()
        self._tick()
        self._remember()
        self._returning.welcome_back()

    def on_unmount(self) -> None:
        """Leave no listener behind."""
        self.recorder.unlisten(self._typing.post_message)

    def on_screen_resume(self) -> None:
        """Something above may have changed the session."""
        if self.is_mounted:
            self._look()
            self.call_after_refresh(self._eyes.put_back)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when its request is legal."""
        if action != "act":
            return True
        act = BY_WORD[str(parameters[0])]
        if act.command is None:
            return True
        if act.command is GoOffRecord and (act.word == "off") == self.desk.session.off_record:
            return False
        return self.desk.allows(act.command)

    def action_act(self, word: str) -> None:
        """Do what a key or the palette says; the text in the line stays as it is."""
        self.do(word, "")

    def action_scroll_text(self, pages: int) -> None:
        """Scroll the topic's text, or the captured lines when it fits."""
        self._eyes.turn(pages)

    def do(self, word: str, argument: str) -> bool:
        """Carry out a word with what follows it; False, with the reason on the screen, when it was refused."""
        command = request(word, argument, self.desk.session, self.desk.now().wall)
        if isinstance(command, Refusal):
            return self.refuse(command)
        if command is None:
            return self._dialogs.open(word, argument)
        return self.commit(command)

    def commit(self, command: Command) -> bool:
        """Make a request of the desk: the only line here that changes the session."""
        before = self.desk.session.phase
        refusal = self.desk.ask(command)
        if refusal:
            return self.refuse(refusal) or self._dialogs.show_cause(refusal)
        self._look()
        self._read(self.desk.line.raw)
        if isinstance(command, GoOffRecord):
            self.call_next(self._change_lines)  # once a command that was typed has left the line
        phase = self.desk.session.phase
        if phase is Phase.CLOSING and before is not Phase.CLOSING:
            self.post_message(self.Closing())
        elif phase is Phase.ENDED and before is not Phase.ENDED:
            self.post_message(self.Ended())
        return True

    def redacted(self) -> None:
        """A capture's text was erased: forget what the line could still recall of it."""
        self._look()
        self._typing.begin(*self._under_way(), self.memory.known)
        self._remember()

    def leave(self) -> None:
        """Go Home; the session waits there."""
        self.desk.keep_draft()
        self.post_message(self.Left())

    def export(self) -> None:
        """Write the minutes as they are."""
        from rmsession.tui.screens.export import export

        self.run_worker(export(self, self.desk.session), name="export", group=DIALOG, exclusive=True)

    def _look(self) -> None:
        """Hand down a new glance; keys are looked at again only when they may have changed."""
        self.glance = glance(
            self.desk,
            revealed=self.revealing,
            last_time=self.memory.last_time,
            trouble=self._trouble,
            rehearsal=self._rehearsal,
        )
        session = self.desk.session
        shape = (session.phase, session.off_record)
        if shape != self._shape:
            self._shape = shape
            self.set_class(session.off_record, "-off-record")
            self.refresh_bindings()
        self.memory.refresh()
        self._typing.offer(self.memory.known)

    def _tick(self) -> None:
        self._eyes.note(self._typing.cursor)
        strange = self._pulse.tick()
        if isinstance(strange, Gap):
            self._returning.ask_about(strange)
        elif isinstance(strange, SetBack):
            self.notify(SET_BACK, markup=False)
        if self._pulse.looks_around:
            self._take_in()
        self._look()
        self._timer = self.set_timer(until_next_second(self.glance), self._tick)

    @work(group="merge", exclusive=True)
    async def _take_in(self) -> None:
        """Show what another program wrote to this session meanwhile."""
        if await self._pulse.take_in():
            self._look()

    @work(group="memory", exclusive=True)
    async def _remember(self) -> None:
        """Read what completion, recall and “last time” offer of this pair."""
        await self.memory.read(self.recorder)
        self._look()

    @on(TypingPane.Troubled)
    def _troubled(self, message: TypingPane.Troubled) -> None:
        self._trouble = message.trouble
        self._look()

    @on(TopicsPane.Chosen)
    def _topic_chosen(self, message: TopicsPane.Chosen) -> None:
        self.commit(Jump(message.topic))

    @on(TopicView.Ticked)
    def _prompt_ticked(self, message: TopicView.Ticked) -> None:
        self.commit(Tick(message.prompt))

    @on(Log.Chosen)
    @on(LastTimeChosen)
    def _line_chosen(self, message: Log.Chosen | LastTimeChosen) -> None:
        (self._dialogs.edit if isinstance(message, Log.Chosen) else self._dialogs.last_time)(message.capture)
