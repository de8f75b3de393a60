"""Where one can be between two sessions: Home, a pair's history, its action items, all pairs; and the way back.

Whatever is opened from one of them lies above it, so that its place in its list is kept until one comes back.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import Screen

from rmsession.tui.launch import Launch, Listing, OpenActions, OpenPairs, OpenReport, OpenReview
from rmsession.tui.recorder import Recorder

# A screen is imported when it is opened: Home too, which a session begun on the command line never shows.
# ruff: noqa: PLC0415


class Places:
    """The screens that one comes back to, in the app's stack of screens."""

    def __init__(self, app: App[None], launch: Launch, recorder: Recorder) -> None:
        self._app = app
        self._launch = launch
        self._recorder = recorder
        self._home: Screen[Any] | None = None
        """Home, when it is in the stack."""
        self._lists: list[Screen[Any]] = []
        """Histories and lists of action items that are in the stack."""

    async def home(self) -> None:
        """To Home, whatever lies above it."""
        while len(self._app.screen_stack) > 1 and self._app.screen is not self._home:
            await self._pop()
        if self._app.screen is not self._home:
            from rmsession.tui.screens.home import HomeScreen

            self._home = HomeScreen(self._launch, self._recorder)
            await self._app.push_screen(self._home)

    async def back(self) -> None:
        """To the place in front: the one that what is open was opened from; Home where that was the command line."""
        await self.clear()
        if not self._is_place(self._app.screen):
            await self.home()

    async def clear(self) -> None:
        """Take away what lies above the place in front."""
        while len(self._app.screen_stack) > 1 and not self._is_place(self._app.screen):
            await self._pop()

    async def leave(self) -> None:
        """Leave the list in front, to the place below it."""
        if self._app.screen in self._lists:
            await self._pop()
        await self.back()

    async def show(self, opening: Listing) -> None:
        """Open a list above the place in front."""
        screen: Screen[Any]
        match opening:
            case OpenReview():
                from rmsession.tui.screens.history import HistoryScreen

                screen = history = HistoryScreen(self._launch, self._recorder, opening)
                if opening.searching:
                    history.call_after_refresh(history.action_go, "search")
            case OpenActions():
                from rmsession.tui.screens.actions import ActionsScreen

                screen = ActionsScreen(self._launch, self._recorder, opening)
            case OpenReport():
                from rmsession.tui.screens.report import ReportScreen

                screen = ReportScreen(self._launch, self._recorder)
            case OpenPairs():
                from rmsession.tui.screens.pairs import PairsScreen

                screen = PairsScreen(self._launch, self._recorder)
        self._lists.append(screen)
        await self._app.push_screen(screen)

    def _is_place(self, screen: Screen[Any]) -> bool:
        return screen is self._home or screen in self._lists

    async def _pop(self) -> None:
        gone = self._app.screen
        await self._app.pop_screen()
        self._lists = [each for each in self._lists if each is not gone]
        self._home = None if gone is self._home else self._home
