"""Which screen follows which: each step waits for a screen to be answered, then opens the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from textual.app import App
from textual.events import ScreenResume

from rmsession.core.commands import Command, End
from rmsession.core.decision import Refusal
from rmsession.core.session import Phase
from rmsession.core.store import StoreError
from rmsession.tui import opening
from rmsession.tui.desk import Desk
from rmsession.tui.launch import Launch, OpenAgenda, OpenHome, OpenSession
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.home import HomeScreen
from rmsession.tui.screens.session import SessionScreen

# Screens that the first paint does not need are imported when a step opens them.
# ruff: noqa: PLC0415


class Flow:
    """The steps of one run; `desk` is the session that is open."""

    def __init__(
        self,
        app: App[None],
        launch: Launch,
        recorder: Recorder,
        *,
        remember: Callable[[str, str], None],
        report: Callable[[str], None],
    ) -> None:
        self._app = app
        self._launch = launch
        self._recorder = recorder
        self._remember = remember
        self._report = report
        self.desk: Desk | None = None

    async def first(self) -> None:
        """Show what was asked for on the command line; on the first run, ask for a name before."""
        if self._launch.me is None and not self._launch.rehearse:
            await self._welcome()
        match self._launch.first:
            case OpenAgenda() as wanted:
                await self.preview(wanted)
            case OpenSession(session=session):
                await self.take_up(session)
            case OpenHome():
                await self.home()

    async def home(self) -> None:
        """Back to Home, whatever lies above it; nothing is open then, and nothing waits for the disk."""
        if self.desk and await self._recorder.settled():
            self._report("Something is not kept yet, as the top line says: stay until it is. Ctrl+Q leaves without it")
            return
        self.desk = None
        await self._recorder.release()
        await self._clear()
        if not isinstance(self._app.screen, HomeScreen):
            await self._app.push_screen(HomeScreen(self._launch, self._recorder))

    async def preview(self, wanted: OpenAgenda) -> None:
        """Read an agenda, settle who and until when, and start; or back to Home."""
        from rmsession.reader.agenda_reader import read_file
        from rmsession.reader.source import UnreadableAgenda
        from rmsession.tui.screens.preview import PreviewScreen

        try:
            reading = await asyncio.to_thread(read_file, wanted.path)
        except UnreadableAgenda as refusal:
            self._report(str(refusal))
            await self.home()
            return
        desk = None
        while desk is None:
            preview = PreviewScreen(
                reading,
                self._launch,
                self._recorder,
                mentor=wanted.mentor,
                mentee=wanted.mentee,
                must_end=wanted.must_end,
                duration_minutes=wanted.duration_minutes,
            )
            plan = await self._app.push_screen_wait(preview)
            if plan is None:
                await self.home()
                return
            try:
                desk = await opening.begin(plan, self._launch, self._recorder)
            except StoreError as refusal:
                self._report(str(refusal))
                wanted = OpenAgenda(wanted.path, plan.mentor, plan.mentee, plan.must_end, plan.duration_minutes)
        self._remember("recent", str(wanted.path.absolute()))
        await self._run(desk)

    async def write_agenda(self) -> None:
        """Write a new agenda in the person's editor, and preview it."""
        try:
            with self._app.suspend():
                path = await asyncio.to_thread(self._launch.new_agenda)
        except OSError as refusal:
            self._report(refusal.strerror or str(refusal))
            return
        await self.preview(OpenAgenda(path))

    async def take_up(self, session: str) -> None:
        """Go on with a session; one that has ended opens at its summary."""
        desk = await self._opened(session)
        if desk is None:
            await self.home()
        elif desk.session.phase is Phase.ENDED:
            await self.show_summary()
        else:
            await self._run(desk)

    async def look_at(self, session: str, *, close: bool) -> None:
        """Open a past record at its summary, or at the steps it waits for."""
        if await self._opened(session):
            await (self.close() if close else self.show_summary())

    async def close(self) -> None:
        """Read-back, next date and feedback; then the summary, or back to the topics."""
        from rmsession.tui.screens.closing import ClosingEnd, ClosingScreen

        if self.desk is None:
            return
        closing = ClosingScreen(self.desk, self._launch, self._recorder)
        if await self._app.push_screen_wait(closing) is not ClosingEnd.BACK:
            await self.show_summary()

    async def show_summary(self) -> None:
        """What the session took and left behind."""
        from rmsession.tui.screens.summary import SummaryScreen

        if self.desk:
            await self._clear()
            await self._app.push_screen(SummaryScreen(self.desk, self._launch, self._recorder))

    async def reopen(self) -> None:
        """Go on with a session that had ended, as a new sitting."""
        if self.desk is None:
            return
        refusal = self.desk.sit_down()
        if refusal:
            self._report(refusal.why)
            return
        await self._clear()
        await self._run(self.desk)

    async def leave(self) -> None:
        """Leave the program while a session runs or something is not kept: asked, never assumed."""
        from rmsession.tui.screens.leaving import Leaving, leave_dialog

        runs = self.desk is not None and self.desk.live
        unkept = await self._recorder.settled()
        if not runs and not unkept:
            self._app.exit()
            return
        dialog = leave_dialog(runs=runs, unkept=unkept, rehearsal=self._launch.rehearse)
        answer = await self._app.push_screen_wait(dialog)
        if answer not in (Leaving.END.value, Leaving.PAUSE.value):
            return
        if self.desk and runs and answer == Leaving.END.value:
            self.desk.ask(End())
        elif self.desk:
            opening.step_away(self.desk)
        self._app.exit()

    def correct(self) -> None:
        """Correct captured lines of a session that is over."""
        from rmsession.tui.known import Memory
        from rmsession.tui.screens.correcting import Tools, correct

        desk, summary = self.desk, self._app.screen
        if desk is None:
            return
        memory = Memory(desk)

        def refuse(refusal: Refusal) -> bool:
            self._report(refusal.why)
            return False

        def commit(command: Command) -> bool:
            refusal = desk.ask(command)
            return refuse(refusal) if refusal else True

        def redacted() -> None:
            summary.post_message(ScreenResume())

        correct(Tools(desk, self._app, lambda: memory.known, commit, refuse, redacted), None)

    async def _welcome(self) -> None:
        from rmsession.tui.screens.welcome import WelcomeScreen

        me = await self._app.push_screen_wait(WelcomeScreen(self._launch.home))
        if me:
            self._launch = replace(self._launch, me=me)
            self._remember("me", me.raw)

    async def _opened(self, session: str) -> Desk | None:
        try:
            self.desk = await opening.take_up(session, self._launch, self._recorder)
        except StoreError as refusal:
            self._report(str(refusal))
            return None
        return self.desk

    async def _run(self, desk: Desk) -> None:
        self.desk = desk
        await self._app.push_screen(SessionScreen(desk, self._recorder, rehearsal=self._launch.rehearse))
        if desk.session.phase is Phase.CLOSING:
            await self.close()

    async def _clear(self) -> None:
        while len(self._app.screen_stack) > 1 and not isinstance(self._app.screen, HomeScreen):
            await self._app.pop_screen()
