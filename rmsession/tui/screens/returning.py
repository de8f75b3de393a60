"""What is asked when a session is taken up again: does the time away count, and what of that which was being typed."""

# ruff: noqa: PLC0415 - loaded when there is something to ask: a session under way holds what it uses

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from rmsession.core.clock import Gap
from rmsession.core.store import Aside
from rmsession.core.terms import Phase
from rmsession.tui.asides import Field, asked, is_private
from rmsession.tui.screens.session_dialogs import ADD, Host, SessionDialogs
from rmsession.tui.text import HIDDEN, content

if TYPE_CHECKING:
    from rmsession.tui.screens.dialogs import Ask

_GO_ON, _LINE, _FORGET = "go on", "line", "forget"
_ELSEWHERE = frozenset(
    {Field.OWNER, Field.DUE, Field.REASON, Field.ADD, Field.MEETING, Field.ZONE, Field.REPLY, Field.LINE}
    | {Field.CARRY, Field.SPLIT}
)
"""What is open again, or filled in, where it is asked."""
_SHOWN = 200
"""Characters of a text that is offered back."""


class Returning:
    """One question after the other; none is asked twice at a time."""

    def __init__(self, host: Host, dialogs: SessionDialogs) -> None:
        self._host = host
        self._dialogs = dialogs
        self._question: Ask | None = None

    def welcome_back(self) -> None:
        """Ask about the time away, then about what was being typed in a dialog; the closing asks for itself."""
        desk = self._host.desk
        if desk.session.phase is Phase.CLOSING:
            return
        if desk.gap:
            self.ask_about(desk.gap)
        else:
            self._offer([each for each in desk.asides.noted if each.field not in _ELSEWHERE])

    def ask_about(self, gap: Gap) -> None:
        """Ask whether time away counts; while the question stands, a second time away joins the first."""
        from rmsession.tui import away

        if self._question:
            self._question.retitle(away.title(gap), away.says(gap))
            return

        def settle(answer: str | None) -> None:
            self._question = None
            refusal = self._host.desk.settle(counted=away.counted(answer))
            if refusal:
                self._host.refuse(refusal)
            self.welcome_back()

        self._question = away.ask_about(gap)
        self._host.app.push_screen(self._question, settle)

    def _offer(self, asides: list[Aside]) -> None:
        if not asides:
            return
        from rmsession.tui.screens.dialogs import Ask, Choice

        aside, *others = asides
        go_on = [Choice(_GO_ON, Content("Go on with it"), "g")] if self._is_open(aside) else []
        choices = [
            *go_on,
            Choice(_LINE, Content("Put it in the line"), "l"),
            Choice(_FORGET, Content("Forget it"), "f"),
        ]
        text = Content(HIDDEN) if is_private(aside) else content(aside.text, "$foreground", limit=_SHOWN)

        def answered(answer: str | None) -> None:
            self._do(answer, aside)
            if answer != _GO_ON:
                self._offer(others)

        self._host.app.push_screen(Ask(Content(f"You were typing in “{asked(aside)}”"), text, choices), answered)

    def _do(self, answer: str | None, aside: Aside) -> None:
        """Give a text back where it is wanted; without an answer it waits for the next time."""
        match answer, aside.field:
            case "go on", Field.WHO:
                self._dialogs.open("who", "")
            case "go on", Field.TOPIC:
                self._dialogs.open("topics", ADD)
            case "go on", _:
                from rmsession.tui.screens.correcting import edit

                edit(self._dialogs.tools, self._host.desk.session.captures[aside.about or ""])
            case "line", _:
                sign = "~ " if aside.private and not aside.text.raw.lstrip().startswith("~") else ""
                self._host.put_in_line(f"{sign}{aside.text.raw}")
                self._host.desk.asides.forget(aside)
            case "forget", _:
                self._host.desk.asides.forget(aside)

    def _is_open(self, aside: Aside) -> bool:
        """Whether the question can be put again."""
        if aside.field == Field.AMEND:
            return any(each.id == aside.about for each in self._host.desk.session.standing())
        return aside.field in (Field.WHO, Field.TOPIC)
