"""What a session screen opens: each dialog answers with a request, which the screen then makes."""

# ruff: noqa: PLC0415 - a dialog is loaded when it is opened: a session under way holds what it uses

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.content import Content

from rmsession.core.commands import AcceptFit, Command, Next, Pause
from rmsession.core.decision import Refusal
from rmsession.core.facts import Fitted
from rmsession.core.pace import propose_fit
from rmsession.core.session import Session
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Phase
from rmsession.core.text import UserText
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.known import Memory
from rmsession.tui.opening import corrected_pair
from rmsession.tui.recorder import Recorder
from rmsession.tui.text import error
from rmsession.tui.widgets.topics import title_of

if TYPE_CHECKING:
    from rmsession.tui.screens.correcting import Tools

ADD = "add"
"""What follows ``topics`` to add one at once."""


class Host(Protocol):
    """What the dialogs ask of the screen that opens them."""

    desk: Desk
    memory: Memory
    recorder: Recorder

    @property
    def app(self) -> App[object]:
        """The app, to push screens on."""

    def commit(self, command: Command) -> bool:
        """Make a request; False when it was refused."""

    def refuse(self, refusal: Refusal) -> bool:
        """Say why not; False."""

    @property
    def revealing(self) -> bool:
        """Whether private lines show."""

    def reveal(self) -> None:
        """Show private lines for a moment."""

    def redacted(self) -> None:
        """A capture's text is gone."""

    def put_in_line(self, text: str) -> None:
        """Show a text in the capture line."""

    def leave(self) -> None:
        """Go Home."""

    def export(self) -> None:
        """Write the minutes."""

    def run_worker(self, work: Coroutine[Any, Any, None], /) -> object:
        """Run something beside the screen."""


class SessionDialogs:
    """One method for each word that only concerns the screen."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._words: dict[str, Callable[[str], bool]] = {
            "reveal": self._reveal,
            "edit": self._edit_last,
            "topics": self._topics,
            "last": lambda _: self.last_time(None),
            "fit": self._fit,
            "hide": self._hide,
            "who": self._who,
            "export": self._export,
            "link": self._link,
            "help": self._help,
            "quit": self._quit,
        }

    def open(self, word: str, argument: str) -> bool:
        """Open what a word names; False when there is no such word."""
        opened = self._words.get(word)
        if opened is None:
            return self._host.refuse(Refusal("That is no command: F1 lists them, // types a slash."))
        return opened(argument.strip())

    @property
    def tools(self) -> Tools:
        """What correcting captured lines needs."""
        from rmsession.tui.screens.correcting import Tools

        host = self._host
        return Tools(host.desk, host.app, lambda: host.memory.known, host.commit, host.refuse, host.redacted)

    def edit(self, capture: str | None) -> bool:
        """Open the captured lines, at this one."""
        from rmsession.tui.screens.correcting import correct

        return correct(self.tools, capture)

    def show_cause(self, refusal: Refusal) -> bool:
        """Open what shows why something was refused, where there is such a thing; False, as it was refused."""
        if refusal.word:
            self.open(refusal.word, "")
        return False

    def last_time(self, capture: str | None) -> bool:
        """Open last time's actions, at this one; False when this session opened with none."""
        host = self._host
        if host.desk.session.last_time is None:
            return host.refuse(Refusal("This session opened with nothing from last time."))

        def left(go_on: bool | None) -> None:
            if go_on:
                host.commit(Next())

        from rmsession.tui.screens.last_time import LastTimeDialog

        host.app.push_screen(LastTimeDialog(host.desk, host.memory.carrying, chosen=capture), left)
        return True

    def _reveal(self, _: str) -> bool:
        self._host.reveal()
        return True

    def _edit_last(self, _: str) -> bool:
        return self.edit(None)

    def _topics(self, argument: str) -> bool:
        from rmsession.tui.screens.topics import TopicsDialog

        def chosen(command: Command | None) -> None:
            if command:
                self._host.commit(command)

        self._host.app.push_screen(TopicsDialog(self._host.desk, adding=argument == ADD), chosen)
        return True

    def _fit(self, _: str) -> bool:
        now, session = self._host.desk.now(), self._host.desk.session
        if session.must_end is None:
            return self._host.refuse(Refusal("There is no time to end by: /until 14:45 sets one."))
        fit = propose_fit(session, now.at, now.wall)
        if not fit.shortened and not fit.parked:
            return self._host.refuse(Refusal("Nothing needs to shrink: the closing minutes hold."))
        from rmsession.tui.screens.dialogs import Ask, Choice

        title = Content(f"To end by {session.must_end.astimezone(now.wall.tzinfo):%H:%M} with the closing whole")
        choices = [Choice("yes", Content("Do that"), "y"), Choice("no", Content("Leave it as it is"), "n")]

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self._host.commit(AcceptFit(fit))

        self._host.app.push_screen(Ask(title, proposal(session, fit), choices), answered)
        return True

    def _hide(self, _: str) -> bool:
        from rmsession.tui.screens.curtain import Curtain

        session = self._host.desk.session
        if session.phase is Phase.RUNNING:
            self._host.commit(Pause())
        self._host.app.push_screen(Curtain(self._host.desk))
        return True

    def _who(self, argument: str) -> bool:
        noting = self._host.desk.asides.at(Field.WHO)

        def named(text: str | None) -> None:
            noting.done()
            if text and text.strip():
                self._host.run_worker(self._correct_pair(UserText(text.strip())))

        if argument:
            named(argument)
        else:
            from rmsession.tui.screens.dialogs import AskLine
            from rmsession.tui.widgets.line import TypedLine

            title, says = (
                Content("Who is this session with?"),
                Content("The mentee's name; the record moves to that pair."),
            )
            self._host.app.push_screen(AskLine(title, says, TypedLine(noting=noting)), named)
        return True

    async def _correct_pair(self, mentee: UserText) -> None:
        try:
            command = await corrected_pair(self._host.recorder, self._host.desk.session.pair, mentee)
        except StoreError as refusal:
            self._host.refuse(Refusal(error(str(refusal)).plain))
            return
        self._host.commit(command)
        await self._host.memory.read(self._host.recorder)

    def _export(self, _: str) -> bool:
        self._host.export()
        return True

    def _link(self, argument: str) -> bool:
        from rmsession.tui.screens.links import open_link

        return open_link(self._host, self._host.desk.session.topic, argument, revealed=self._host.revealing)

    def _help(self, _: str) -> bool:
        from rmsession.tui.screens.help import HelpScreen

        self._host.app.push_screen(HelpScreen())
        return True

    def _quit(self, _: str) -> bool:
        if self._host.desk.session.phase is Phase.RUNNING:
            self._host.commit(Pause())
        self._host.leave()
        return True


def proposal(session: Session, fit: Fitted) -> Content:
    """What a fit would do, one line a topic."""
    lines: list[Content] = []
    for change in fit.shortened:
        topic = session.topic_by_id(change.topic)
        if topic:
            now = round(session.budgets.get(topic.id, 0) / 60)
            then = round((session.budgets.get(topic.id, 0) + change.seconds) / 60)
            lines.append(Content.assemble(f"{now:>3} → {then:>2} min  ", title_of(topic, revealed=False)))
    for parked in fit.parked:
        topic = session.topic_by_id(parked)
        if topic:
            lines.append(Content.assemble("  ◌ park     ", title_of(topic, revealed=False)))
    return Content("\n").join(lines)
