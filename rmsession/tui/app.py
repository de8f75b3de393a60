"""The app: which screen follows which. It holds no session; a desk does."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, replace
from typing import Any

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.events import ScreenResume
from textual.screen import Screen
from textual.theme import Theme

from rmsession.core.clock import Gap
from rmsession.core.commands import Command, End
from rmsession.core.decision import Refusal
from rmsession.core.session import Phase
from rmsession.core.store import StoreError
from rmsession.tui import opening
from rmsession.tui.alt_keys import teach
from rmsession.tui.desk import Desk
from rmsession.tui.keys import key_name
from rmsession.tui.launch import Launch, OpenAgenda, OpenHome, OpenSession
from rmsession.tui.palette import commands_of
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.home import HomeScreen
from rmsession.tui.screens.session import SessionScreen
from rmsession.tui.text import error


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of the app came to its end."""

    code: int
    """The exit code: 0, or 128 and the signal's number, or 1 after a crash."""
    crash: BaseException | None
    """What broke the app; its traceback holds what people typed, and is shown to nobody."""
    unkept: int
    """How many facts could not be brought to the disk."""
    left: str | None
    """The session (its full id) that was left before its end."""


def run_app(launch: Launch) -> Ran:
    """Run the app until it is left, and wait for what is on its way to the disk."""
    teach()
    app = RmSessionApp(launch)
    try:
        app.run()
    finally:
        unkept = app.recorder.stop()
    return Ran(app.return_code or 0, app.crash, unkept, app.left)


class RmSessionApp(App[None]):
    """Runs one-on-one mentoring sessions."""

    TITLE = "rmsession"
    CSS_PATH = "app.tcss"
    BINDINGS = [Binding("f1", "help", "Help", tooltip="What the keys and the capture line do", id="help")]

    def __init__(self, launch: Launch) -> None:
        super().__init__()
        self.launch = launch
        self.recorder = Recorder(launch.store)
        self._desk: Desk | None = None
        if launch.theme in self.available_themes:
            self.theme = str(launch.theme)

    @property
    def crash(self) -> BaseException | None:
        """What broke the app, if anything did."""
        return self._exception

    @property
    def left(self) -> str | None:
        """The session that is open and not over."""
        live = self._desk and self._desk.session.phase not in (Phase.READY, Phase.ENDED)
        return self._desk.session.record.id if live and self._desk else None

    @property
    def locked(self) -> bool:
        """Whether whoever sits at the keyboard must not get anywhere else (the hand-over)."""
        return any(getattr(screen, "LOCKED", False) for screen in self.screen_stack)

    async def on_mount(self) -> None:
        """Show what was asked for, and answer the signals that end a program."""
        for number in () if self.is_headless else (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._leave_at_once, number)
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self._go(self._open_first())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing of the app's own is offered while the keyboard is in somebody else's hands."""
        if action in ("help", "command_palette", "quit") and self.locked:
            return False
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Theme and leaving, and everything that the screen below the palette can do; no picture of it."""
        yield SystemCommand("Theme", "Light, dark and other colours; remembered", self.action_change_theme)
        yield SystemCommand("Leave rmsession", "What is kept stays kept", self.action_quit)
        yield from commands_of(screen)

    def get_key_display(self, binding: Binding) -> str:
        """Keys as people call them, the same in every footer."""
        return binding.key_display or key_name(binding.key)

    def action_command_palette(self) -> None:
        """Open the palette, unless the keyboard is in somebody else's hands."""
        if not self.locked:
            super().action_command_palette()

    def action_help(self) -> None:
        """Show what the keys and the capture line do."""
        if not self.locked:
            # Only when somebody asks: the page is not needed for the first paint.
            from rmsession.tui.screens.help import HelpScreen  # noqa: PLC0415

            self.push_screen(HelpScreen())

    async def action_quit(self) -> None:
        """Leave; a session that runs is asked about, a hand-over is not left this way."""
        if self.locked:
            return
        if self._desk and self._desk.session.phase not in (Phase.READY, Phase.ENDED):
            self._go(self._ask_to_leave(self._desk))
        else:
            self.exit()

    def _leave_at_once(self, number: int) -> None:
        """A signal ends the program: the draft is kept first."""
        if self._desk and self.left:
            self._desk.keep_draft()
        self.exit(return_code=128 + number)

    def _fatal_error(self) -> None:
        """Keep the draft and close; Textual would print a traceback with every local, and so what people typed."""
        if self._desk and self.left:
            self._desk.keep_draft()
        self._close_messages_no_wait()

    def _go(self, steps: Coroutine[Any, Any, None]) -> None:
        """Take steps that wait for screens to be answered."""
        self.run_worker(steps, group="flow")

    async def _ask_to_leave(self, desk: Desk) -> None:
        from rmsession.tui.screens.leaving import Leaving, leave_dialog  # noqa: PLC0415 - as rarely as one leaves

        answer = await self.push_screen_wait(leave_dialog())
        if answer == Leaving.END.value:
            desk.ask(End())
        elif answer == Leaving.PAUSE.value:
            opening.step_away(desk)
        else:
            return
        self.exit()

    async def _open_first(self) -> None:
        if self.launch.me is None and not self.launch.rehearse:
            await self._welcome()
        match self.launch.first:
            case OpenAgenda() as wanted:
                await self._preview(wanted)
            case OpenSession(session=session):
                await self._take_up(session)
            case OpenHome():
                await self._home()

    async def _welcome(self) -> None:
        from rmsession.tui.screens.welcome import WelcomeScreen  # noqa: PLC0415 - shown once in a lifetime

        me = await self.push_screen_wait(WelcomeScreen(self.launch.home))
        if me:
            self.launch = replace(self.launch, me=me)
            self._remember("me", me.raw)

    async def _home(self) -> None:
        """Back to Home, whatever lies above it; nothing is open then."""
        self._desk = None
        await self.recorder.release()
        await self._clear()
        if not isinstance(self.screen, HomeScreen):
            await self.push_screen(HomeScreen(self.launch, self.recorder))

    async def _clear(self) -> None:
        while len(self.screen_stack) > 1 and not isinstance(self.screen, HomeScreen):
            await self.pop_screen()

    async def _preview(self, wanted: OpenAgenda) -> None:
        # A session that is taken up again needs neither the reader nor the preview.
        from rmsession.reader.agenda_reader import read_file  # noqa: PLC0415
        from rmsession.reader.source import UnreadableAgenda  # noqa: PLC0415
        from rmsession.tui.screens.preview import PreviewScreen  # noqa: PLC0415

        try:
            reading = await asyncio.to_thread(read_file, wanted.path)
            plan = await self.push_screen_wait(
                PreviewScreen(
                    reading,
                    self.launch,
                    self.recorder,
                    mentor=wanted.mentor,
                    mentee=wanted.mentee,
                    must_end=wanted.must_end,
                    duration_minutes=wanted.duration_minutes,
                )
            )
            desk = await opening.begin(plan, self.launch, self.recorder) if plan else None
        except (UnreadableAgenda, StoreError) as refusal:
            self._report(str(refusal))
            desk = None
        if desk is None:
            await self._home()
            return
        self._remember("recent", str(wanted.path.absolute()))
        await self._run(desk, None)

    async def _take_up(self, session: str) -> None:
        """Go on with a session; one that has ended opens at its summary."""
        try:
            desk = await opening.take_up(session, self.launch, self.recorder)
        except StoreError as refusal:
            self._report(str(refusal))
            await self._home()
            return
        if desk.session.phase is Phase.ENDED:
            await self._show_summary(desk)
        else:
            await self._run(desk, desk.gap)

    async def _run(self, desk: Desk, gap: Gap | None) -> None:
        self._desk = desk
        await self.push_screen(SessionScreen(desk, self.recorder, gap=gap))
        if desk.session.phase is Phase.CLOSING:
            await self._close(desk)

    async def _close(self, desk: Desk) -> None:
        """Read-back, next date and feedback; then the summary, or back to the topics."""
        from rmsession.tui.screens.closing import ClosingEnd, ClosingScreen  # noqa: PLC0415 - at the end only

        self._desk = desk
        if await self.push_screen_wait(ClosingScreen(desk, self.launch, self.recorder)) is not ClosingEnd.BACK:
            await self._show_summary(desk)

    async def _show_summary(self, desk: Desk) -> None:
        from rmsession.tui.screens.summary import SummaryScreen  # noqa: PLC0415 - at the end only

        self._desk = desk
        await self._clear()
        await self.push_screen(SummaryScreen(desk, self.launch, self.recorder))

    async def _look_at(self, session: str, *, close: bool) -> None:
        """Open a past record at its summary, or at the steps it waits for."""
        try:
            desk = await opening.take_up(session, self.launch, self.recorder)
        except StoreError as refusal:
            self._report(str(refusal))
            return
        await (self._close(desk) if close else self._show_summary(desk))

    async def _reopen(self, desk: Desk) -> None:
        refusal = desk.sit_down()
        if refusal:
            self._report(refusal.why)
            return
        await self._clear()
        await self._run(desk, None)

    def on_summary_screen_finish(self) -> None:
        """Take the steps that wait."""
        if self._desk:
            self._go(self._close(self._desk))

    def on_summary_screen_reopened(self) -> None:
        """Go on with a session that had ended."""
        if self._desk:
            self._go(self._reopen(self._desk))

    def on_summary_screen_closed(self) -> None:
        """Back to Home."""
        self._go(self._home())

    def on_summary_screen_edit_captures(self) -> None:
        """Correct captured lines of a session that is over."""
        if self._desk:
            self._correct(self._desk)

    def _correct(self, desk: Desk) -> None:
        from rmsession.tui.known import Memory  # noqa: PLC0415 - after a session only
        from rmsession.tui.screens.correcting import Tools, correct  # noqa: PLC0415

        memory, summary = Memory(desk), self.screen

        def refuse(refusal: Refusal) -> bool:
            self._report(refusal.why)
            return False

        def commit(command: Command) -> bool:
            refusal = desk.ask(command)
            return refuse(refusal) if refusal else True

        def redacted() -> None:
            summary.post_message(ScreenResume())

        correct(Tools(desk, self, lambda: memory.known, commit, refuse, redacted), None)

    @on(HomeScreen.AgendaChosen)
    def _agenda_chosen(self, message: HomeScreen.AgendaChosen) -> None:
        self._go(self._preview(OpenAgenda(message.path, mentee=message.mentee)))

    @on(HomeScreen.SessionChosen)
    def _session_chosen(self, message: HomeScreen.SessionChosen) -> None:
        self._go(self._take_up(message.session))

    @on(HomeScreen.RecordChosen)
    def _record_chosen(self, message: HomeScreen.RecordChosen) -> None:
        self._go(self._look_at(message.session, close=False))

    @on(HomeScreen.PendingChosen)
    def _pending_chosen(self, message: HomeScreen.PendingChosen) -> None:
        self._go(self._look_at(message.session, close=True))

    @on(SessionScreen.Closing)
    def _topics_over(self) -> None:
        if self._desk:
            self._go(self._close(self._desk))

    @on(SessionScreen.Ended)
    def _session_ended(self) -> None:
        if self._desk:
            self._go(self._show_summary(self._desk))

    @on(SessionScreen.Left)
    def _session_left(self) -> None:
        self._go(self._home())

    def _theme_changed(self, theme: Theme) -> None:
        self._remember("theme", theme.name)

    def _remember(self, key: str, value: str) -> None:
        """Keep a setting, off the event loop; what cannot be kept is told and not in the way."""

        async def keep() -> None:
            try:
                await asyncio.to_thread(self.launch.remember, key, value)
            except OSError as problem:
                self._report(f"The setting {key} could not be kept: {problem.strerror}.")

        self._go(keep())

    def _report(self, message: str) -> None:
        """One line that stays long enough to be read."""
        self.notify(error(message).plain, severity="error", timeout=12, markup=False)
