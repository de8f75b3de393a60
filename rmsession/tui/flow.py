"""Which screen follows which: each step waits for a screen to be answered, then opens the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import App

from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Phase
from rmsession.tui.beforehand import sweep
from rmsession.tui.launch import Launch, Listing, OpenAgenda, OpenHome, OpenSession
from rmsession.tui.places import Places
from rmsession.tui.recorder import Recorder

if TYPE_CHECKING:
    from rmsession.tui.desk import Desk

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
        self._places = Places(app, launch, recorder)
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
            case opening:
                await self.show(opening)

    async def home(self) -> None:
        """To Home, whatever lies above it; nothing is open then, and nothing waits for the disk."""
        if await self._put_down():
            await self._places.home()

    async def back(self) -> None:
        """To the place from which this was opened, Home or a list; nothing is open then."""
        if await self._put_down():
            await self._places.back()

    async def show(self, opening: Listing) -> None:
        """Open a list of sessions, of action items, of figures or of pairs; not above a session that is open."""
        if self.desk is None:
            await self._places.show(opening)

    async def leave_list(self) -> None:
        """From a list to the place below it."""
        await self._places.leave()

    async def _put_down(self) -> bool:
        """Let go of the session that is open; False where something of it is not kept."""
        if self.desk and await self._recorder.settled():
            self._report("Something is not kept yet, as the top line says: stay until it is. Ctrl+Q leaves without it")
            return False
        self.desk = None
        await self._recorder.release()
        return True

    async def preview(self, wanted: OpenAgenda) -> None:
        """Read an agenda, settle who and until when, and start; or back to Home."""
        from rmsession.reader.agenda_reader import read_file
        from rmsession.reader.source import UnreadableAgenda
        from rmsession.tui import opening
        from rmsession.tui.agreeing import agreed

        try:
            reading = await asyncio.to_thread(read_file, wanted.path)
        except UnreadableAgenda as refusal:
            self._report(str(refusal))
            await self.home()
            return
        desk = await agreed(self._app, self._launch, self._recorder, wanted, reading, report=self._report)
        if desk is None:
            await self.home()
            return
        sweep()
        self._remember("recent", str(wanted.path.absolute()))
        await self._run(desk)
        await opening.note_as_held(desk, self._app, self._launch, self._recorder, self._report)

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
            await self.back()
        elif desk.session.phase is Phase.ENDED:
            await self.show_summary()
        else:
            await self._run(desk)

    async def look_at(self, session: str, capture: str | None = None, *, close: bool = False) -> None:
        """Open a past record at its summary, where one of its lines stands, or at the steps it waits for.

        One that is not over has no summary: whether to go on with it is asked.
        """
        from rmsession.tui import opening
        from rmsession.tui.past import GO_ON, go_on_dialog

        try:
            over = await opening.is_over(session, self._recorder)
        except StoreError as refusal:
            self._report(str(refusal))
            return
        if not over:
            if await self._app.push_screen_wait(go_on_dialog()) == GO_ON:
                await self.take_up(session)
        elif await self._opened(session):
            await (self.close() if close else self.show_summary(capture))

    async def close(self) -> None:
        """Read-back, next date and feedback; then the summary, or back to the topics."""
        from rmsession.tui.screens.closing import ClosingEnd, ClosingScreen

        if self.desk is None:
            return
        closing = ClosingScreen(self.desk, self._launch, self._recorder)
        if await self._app.push_screen_wait(closing) is not ClosingEnd.BACK:
            await self.show_summary()

    async def show_summary(self, capture: str | None = None) -> None:
        """What the session took and left behind; with one of its lines in sight."""
        from rmsession.tui.screens.summary import SummaryScreen

        if self.desk:
            await self._places.clear()
            await self._app.push_screen(SummaryScreen(self.desk, self._launch, self._recorder, capture))

    async def reopen(self) -> None:
        """Go on with a session that had ended, as a new sitting."""
        if self.desk is None:
            return
        refusal = self.desk.sit_down()
        if refusal:
            self._report(refusal.why)
            return
        await self._places.clear()
        await self._run(self.desk)

    async def leave(self) -> None:
        """Leave the program while a session runs or something is not kept: asked, never assumed."""
        from rmsession.core.commands import End
        from rmsession.tui import opening
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
        from rmsession.tui.past import correct_lines

        if self.desk:
            correct_lines(self.desk, self._app, self._report)

    async def _welcome(self) -> None:
        from rmsession.tui.screens.welcome import WelcomeScreen

        me = await self._app.push_screen_wait(WelcomeScreen(self._launch.home))
        if me:
            self._launch = replace(self._launch, me=me)
            self._places = Places(self._app, self._launch, self._recorder)  # none is open before the name is known
            self._remember("me", me.raw)

    async def _opened(self, session: str) -> Desk | None:
        from rmsession.tui import opening

        try:
            self.desk = await opening.take_up(session, self._launch, self._recorder)
        except StoreError as refusal:
            self._report(str(refusal))
            return None
        return self.desk

    async def _run(self, desk: Desk) -> None:
        from rmsession.tui.screens.session import SessionScreen

        self.desk = desk
        await self._app.push_screen(SessionScreen(desk, self._recorder, rehearsal=self._launch.rehearse))
        if desk.session.phase is Phase.CLOSING:
            await self.close()
