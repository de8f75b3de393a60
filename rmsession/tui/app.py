"""The app: its keys, palette, theme and signals; which screen follows which is the flow's, and how, `Routes`."""

# ruff: noqa: PLC0415 - loaded when it is opened: the first paint needs none of it

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from typing import Any

from textual import events, on
from textual.app import SystemCommand
from textual.await_remove import AwaitRemove
from textual.binding import Binding
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets._toast import ToastRack
from textual.worker import WorkerFailed

from rmsession.tui.alt_keys import teach
from rmsession.tui.beforehand import get_ready
from rmsession.tui.ending import Continued, Ended, Ending, Stopped, ask_to_stop, driver_class, has_shell, let_go
from rmsession.tui.flow import Flow
from rmsession.tui.key_names import key_name
from rmsession.tui.key_signs import know
from rmsession.tui.launch import Launch, Ran
from rmsession.tui.recorder import Recorder
from rmsession.tui.routes import Routes
from rmsession.tui.text import Gate, error
from rmsession.tui.widgets.foot import MADE_UP

SETTLED_SECONDS = 0.5
"""By then the first screen is painted, and whoever sits there reads it."""


def run_app(launch: Launch) -> Ran:
    """Run the app until it is left, and wait for what is on its way to the disk."""
    teach()
    know()
    app = RmSessionApp(launch, settled=get_ready)
    try:
        app.run()
    finally:
        unkept = app.recorder.stop()
        let_go()
    return app.ending.ran(app.crash, unkept)


class RmSessionApp(Routes):
    """Runs one-on-one mentoring sessions."""

    TITLE = "rmsession"
    CSS_PATH = "app.tcss"
    BINDINGS = [
        Binding("f1", "help", "Help", tooltip="What the keys and the capture line do", id="help"),
        Binding("ctrl+z", "suspend_process", "To the shell", tooltip="Step aside; fg comes back", show=False),
    ]

    def __init__(self, launch: Launch, settled: Callable[[Launch], Coroutine[Any, Any, None]] | None = None) -> None:
        super().__init__(driver_class=driver_class())
        self._launch = launch
        self._settled = settled
        """What is done once, when the first screen stands and waits for somebody."""
        self.recorder = Recorder(launch.store, broke=self._broke)
        self._flow = Flow(self, launch, self.recorder, remember=self._remember, report=self._report)
        self.ending = Ending(self, self.recorder, lambda: self._flow.desk)
        """How the run comes to its end."""
        self.set_class(launch.demo, MADE_UP)
        if launch.theme in self.available_themes:
            self.theme = str(launch.theme)

    @property
    def crash(self) -> BaseException | None:
        """What broke the app, if anything did."""
        error = self._exception
        return error.error if isinstance(error, WorkerFailed) else error

    @property
    def left(self) -> str | None:
        """The session that is open and not over."""
        desk = self._flow.desk
        return desk.session.record.id if desk and desk.live else None

    async def on_mount(self) -> None:
        """Show what was asked for."""
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.go(self._flow.first())
        if settled := self._settled:
            self.set_timer(SETTLED_SECONDS, lambda: self.run_worker(settled(self._launch)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing of the app's own is offered while the keyboard is in somebody else's hands."""
        if action in ("help", "command_palette", "quit", "suspend_process") and self.locked:
            return False
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Theme and leaving, and everything that the screen below the palette can do; no picture of it."""
        # Only when somebody opens it: it knows every command of a session.
        from rmsession.tui.palette import commands_of

        yield SystemCommand("Theme", "Light, dark and other colours; remembered", self.action_change_theme)
        yield SystemCommand("Leave rmsession", "What is kept stays kept", self.action_quit)
        yield from commands_of(screen)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """One filter: it does what Textual's do, and then is the gate that lets nothing pass which a terminal obeys."""
        return [Gate.behind(tuple(super().get_line_filters()))]

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
            from rmsession.tui.screens.help import HelpScreen

            self.push_screen(HelpScreen())

    def action_help_quit(self) -> None:
        """Ctrl+C ends most programs, and here it would end a conversation: say which key leaves."""
        if not self.locked:
            self.notify("Ctrl+Q leaves; Ctrl+C only copies what is selected.", markup=False, timeout=4)

    async def action_quit(self) -> None:
        """Leave; a session that runs, or what is not kept, is asked about; a hand-over is not left this way."""
        if self.locked:
            return
        if self.left or self.recorder.waiting:
            self.go(self._flow.leave())
        else:
            self.exit()

    def action_suspend_process(self) -> None:
        """Step aside for the shell, where there is one."""
        if has_shell():
            ask_to_stop()
        else:
            self.notify("There is no shell to step aside for; Ctrl+Q leaves.", markup=False, timeout=4)

    async def on_event(self, event: events.Event) -> None:
        """Pass on what happens; whatever is typed, and wherever, is in the draft a moment later."""
        await super().on_event(event)
        if isinstance(event, events.Key | events.Paste):
            self.ending.typed()

    @on(Ended)
    def _shall_end(self, message: Ended) -> None:
        self.ending.leave(message.number)

    @on(Stopped)
    def _shall_stop(self, message: Stopped) -> None:
        self.ending.step_aside(message)

    @on(Continued)
    def _goes_on(self) -> None:
        self.ending.come_back()

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        """Call off what still works for a screen that goes, before its parts do: it would look for them in vain."""
        for node in nodes:
            for each in node.walk_children(with_self=True):
                self.workers.cancel_node(each)
                if isinstance(each, Widget):
                    # A cache of Textual's own keeps this of widgets long gone (8.2.8): all lines that they ever drew.
                    each._styles_cache.clear()  # noqa: SLF001 - there is no other way to it
        return super()._prune(*nodes, parent=parent)

    def _broke(self, error: Exception) -> None:
        # From the writer's thread; nobody is left to be told once the loop is closed.
        with suppress(RuntimeError):
            self.call_later(self._handle_exception, error)

    def _fatal_error(self) -> None:
        """Keep the draft and close; Textual would print a traceback with every local, and so what people typed."""
        self.ending.crashed()

    def panic(self, *_: object) -> None:
        """Close without a word, for the same reason; an error that would draw itself is noted like any other."""
        self._return_code = 1
        self._exception = self._exception or RuntimeError()
        self.ending.crashed()

    def _refresh_notifications(self) -> None:
        """Tell what is told in front only: where a dialog lies over a screen, both would show it."""
        for screen in self.screen_stack:
            for rack in screen.query_children(ToastRack):
                rack.display = screen is self.screen
        super()._refresh_notifications()

    def _theme_changed(self, theme: Theme) -> None:
        self._remember("theme", theme.name)

    def _remember(self, key: str, value: str) -> None:
        """Keep a setting, off the event loop; what cannot be kept is told and not in the way."""
        remember = self._launch.remember

        async def keep() -> None:
            try:
                await asyncio.to_thread(remember, key, value)
            except OSError as problem:
                self._report(f"The setting {key} could not be kept: {problem.strerror}.")

        self.run_worker(keep())

    def _report(self, message: str) -> None:
        """One line that stays long enough to be read."""
        self.notify(error(message).plain, severity="error", timeout=12, markup=False)
