"""What a screen with a capture line does with what is typed: each line becomes a request, or stands there again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace

from textual import on
from textual.content import Content
from textual.screen import Screen

from rmsession.core.capture import Line, Slash, parse
from rmsession.core.commands import Command, Keep
from rmsession.core.decision import Refusal
from rmsession.core.text import UserText
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.keys import ACTS
from rmsession.tui.known import Memory
from rmsession.tui.widgets.step import REVEAL_SECONDS
from rmsession.tui.widgets.typing import TypingPane
from rmsession.tui.widgets.understood import reading


class WritingScreen(Screen[None]):
    """The part of a session screen that listens to its typing pane."""

    def __init__(self, desk: Desk, *, kept: Callable[[], str]) -> None:
        """`kept` says, at the right of the line, when something was kept last."""
        super().__init__()
        self.desk = desk
        self.memory = Memory(desk)
        self._typing = TypingPane(kept)
        self._revealed = False
        self._on_record = UserText()
        """The line as it stood before the two went off the record."""

    @abstractmethod
    def do(self, word: str, argument: str) -> bool:
        """Carry out a word with what follows it; False, with the reason on the screen, when it was refused."""

    @abstractmethod
    def commit(self, command: Command) -> bool:
        """Make a request; False, with the reason on the screen, when it was refused."""

    @abstractmethod
    def action_act(self, word: str) -> None:
        """Do what a key says."""

    @abstractmethod
    def _look(self) -> None:
        """Show the session as it is now."""

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now; nothing is copied meanwhile."""
        return self._revealed

    def reveal(self) -> None:
        """Show private lines for a moment, or hide them at once."""
        self._revealed = not self._revealed
        self._look()
        if self._revealed:
            self.set_timer(REVEAL_SECONDS, self._conceal)

    def refuse(self, refusal: Refusal) -> bool:
        """Say why not, beside the line; answers False."""
        self._typing.say(Content.styled(refusal.why, "$text-warning"))
        return False

    def begin_command(self, start: str) -> None:
        """Put the beginning of a command in the line; a line under way comes back once it ran."""
        self._typing.line.begin(start)

    def put_in_line(self, text: str) -> None:
        """Show a text in the line, behind what is being typed there."""
        self._typing.put_back(text)

    def _conceal(self) -> None:
        if self._revealed:
            self._revealed = False
            self._look()

    def _change_lines(self) -> None:
        """Off the record or on it again: what is typed off it must not get into the next line that is kept."""
        if self.desk.session.off_record:
            self._on_record = self.desk.line
        elif self.desk.line != self._on_record:
            self.desk.line = self._on_record
            self._typing.begin(self._on_record.raw, "", None, self.memory.known)
            self.notify("What stood in the line off the record is gone.", markup=False, timeout=4)
        self.desk.keep_draft()

    def _under_way(self) -> tuple[str, str, int | None]:
        """The line, the one that stepped aside for it, and where the cursor is."""
        return self.desk.line.raw, self.desk.asides.at(Field.LINE).open(), self.desk.view.cursor

    @on(TypingPane.Changed)
    def _line_changed(self, message: TypingPane.Changed) -> None:
        self.desk.line = UserText(message.line)
        self.desk.view = replace(self.desk.view, cursor=self._typing.cursor)  # one without the other misleads the draft
        self.desk.asides.at(Field.LINE).note(message.aside)
        if not message.put_back:
            self._read(message.line)

    def _read(self, line: str) -> None:
        """Show how a line would be taken, in the place of an earlier answer."""
        context, off_record = self.memory.known.context, self.desk.session.off_record
        self._typing.say(reading(line, context, revealed=self._revealed, off_record=off_record))

    @on(TypingPane.Entered)
    def _entered(self, event: TypingPane.Entered) -> None:
        if event.held:
            self._typing.hold(event.line)
            self.refuse(Refusal("Still trying to keep this line; nothing is lost."))
            return
        fact: str | None = None
        match parse(event.line, self.memory.known.context):
            case _ if event.line.strip() == "/":
                done = self.refuse(Refusal("Type a command behind the slash; F1 lists them."))
            case Slash(word=word, argument=argument):
                done = self.do(word, argument)
            case Line(kind=kind, content=what, private=private):
                done = self.commit(Keep(kind, what, private))
                fact = self.desk.session.facts[-1].id
            case _:
                done = False
        if done:
            self._typing.taken(event.line, fact)
        else:
            self._typing.put_back(event.line)

    @on(TypingPane.Pressed)
    def _key_pressed(self, message: TypingPane.Pressed) -> None:
        for act in ACTS:
            if act.key == message.key and self.check_action("act", (act.word,)):
                self.action_act(act.word)
                return

    @on(TypingPane.LineKept)
    def _line_kept(self) -> None:
        self.desk.keep_draft()
