"""A past record on the screen: correcting its lines, and what to do with one that is not over."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App
from textual.content import Content
from textual.events import ScreenResume

from rmsession.core.commands import Command
from rmsession.core.decision import Refusal
from rmsession.tui.desk import Desk
from rmsession.tui.known import Memory
from rmsession.tui.screens.correcting import Tools, correct
from rmsession.tui.screens.dialogs import Ask, Choice

GO_ON = "go on"


def go_on_dialog() -> Ask:
    """Whether to go on with a session that is not over; answers `GO_ON`, or something else."""
    says = Content("It has no summary yet. Going on with it lets its clock run again.")
    choices = [Choice("stay", Content("Leave it as it is"), "l"), Choice(GO_ON, Content("Go on with it"), "g")]
    return Ask(Content("This session is not over. Go on with it?"), says, choices)


def correct_lines(desk: Desk, app: App[None], report: Callable[[str], None]) -> None:
    """Correct captured lines of the session whose summary is in front."""
    memory, summary = Memory(desk), app.screen

    def refuse(refusal: Refusal) -> bool:
        report(refusal.why)
        return False

    def commit(command: Command) -> bool:
        refusal = desk.ask(command)
        return refuse(refusal) if refusal else True

    def redacted() -> None:
        summary.post_message(ScreenResume())

    correct(Tools(desk, app, lambda: memory.known, commit, refuse, redacted), None)
