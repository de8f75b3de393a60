"""Correcting captured lines: the list, then what the chosen correction still asks, then the request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.content import Content

from rmsession.core.capture import Line, Slash, as_typed, parse
from rmsession.core.commands import Amend, Command, Reclassify, SetAudience
from rmsession.core.decision import Refusal
from rmsession.core.frozen import frozen
from rmsession.core.session import Capture
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Audience
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.screens.captures import CapturesDialog
from rmsession.tui.screens.corrections import Correction, Edit, Redact, Typed
from rmsession.tui.screens.dialogs import Ask, AskLine, Choice
from rmsession.tui.text import error
from rmsession.tui.widgets.capture import CaptureLine, Known


@frozen
class Tools:
    """What correcting needs of the screen it is opened from."""

    desk: Desk
    app: App[Any]
    known: Callable[[], Known]
    """What completion may offer."""
    commit: Callable[[Command], bool]
    """Makes a request; False when it was refused."""
    refuse: Callable[[Refusal], bool]
    """Says why not; False."""
    redacted: Callable[[], None]
    """Told that a line's text is gone."""


def correct(tools: Tools, capture: str | None) -> bool:
    """Open the captured lines at this one; False when there are none."""
    if not any(True for _ in tools.desk.session.standing()):
        return tools.refuse(Refusal("Nothing is captured yet."))

    def chosen(correction: Correction | None) -> None:
        match correction:
            case None:
                return
            case Edit(capture=capture):
                edit(tools, capture)
            case Redact(capture=capture):
                _redact(tools, capture)
            case Typed(command=command, noting=noting):
                if tools.commit(command):
                    noting.done()
            case command:
                tools.commit(command)

    tools.app.push_screen(CapturesDialog(tools.desk, chosen=capture), chosen)
    return True


def edit(tools: Tools, capture: Capture) -> None:
    """Ask for a captured line anew; what was typed to it before and not taken is there again."""
    noting = tools.desk.asides.at(Field.AMEND, capture.id, private=not capture.shared)
    as_it_is = as_typed(capture.kind, capture.content, capture.audience is not Audience.SHARED)
    line = CaptureLine(as_it_is, noting=noting)
    line.known = tools.known()
    title, says = Content("Correct this line"), Content("As it is typed: @owner, due:, ? ! d: g: and ~ work here too.")

    def typed(text: str | None) -> None:
        parsed = parse(text or "", tools.known().context)
        if isinstance(parsed, Slash):
            tools.refuse(Refusal("Not changed: a line that begins with / is a command; // types a slash."))
            edit(tools, capture)
            return
        # One step after the other: a refused one leaves the rest undone, and what was typed is there next time.
        changes = _changes(tools, capture, parsed) if isinstance(parsed, Line) else []
        if all(tools.commit(command) for command in changes):
            noting.done()

    tools.app.push_screen(AskLine(title, says, line), typed)


def _changes(tools: Tools, capture: Capture, parsed: Line) -> list[Command]:
    """The requests that make a capture say what was typed."""
    session = tools.desk.session
    changes: list[Command] = []
    if parsed.private != (capture.audience is not Audience.SHARED):
        own = Audience(session.role_of(tools.desk.by).value)
        changes.append(SetAudience(capture.id, own if parsed.private else Audience.SHARED))
    if parsed.kind is not capture.kind:
        changes.append(Reclassify(capture.id, parsed.kind))
    if parsed.content != capture.content:
        changes.append(Amend(capture.id, parsed.content))
    return changes


def _redact(tools: Tools, capture: Capture) -> None:
    title = Content("Erase this line for good?")
    says = Content("Its text goes from the file, the drafts and the index. This cannot be undone.")
    choices = [Choice("no", Content("Keep it"), "k"), Choice("yes", Content("Erase it"), "e")]

    async def erase() -> None:
        try:
            await tools.desk.redact(capture.id)
        except StoreError as refusal:
            tools.refuse(Refusal(error(str(refusal)).plain))
        else:
            tools.redacted()

    def answered(answer: str | None) -> None:
        if answer == "yes":
            tools.app.run_worker(erase())

    tools.app.push_screen(Ask(title, says, choices), answered)
