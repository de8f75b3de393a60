"""The topics, to jump, reorder, extend, park and bring back. It answers with a request and saves nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rmsession.core.agenda import Topic
from rmsession.core.capture import may_be_private
from rmsession.core.commands import Command, Extend, Jump, Move, Park, Unpark
from rmsession.core.slash import request
from rmsession.core.terms import TopicState
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.screens.dialogs import AskLine
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.line import TypedLine
from rmsession.tui.widgets.topics import figures, sign, title_of

_WIDTH, _FIGURES, _STATE = 84, 11, 12
"""Cells of the dialog, of the column of minutes and of the column of states."""


class TopicsDialog(ModalScreen[Command | None]):
    """Every topic of the session in its present order, the current one chosen."""

    DEFAULT_CSS = """
    TopicsDialog { align: center middle; }
    TopicsDialog > Vertical {
        width: 84; max-width: 98%; height: auto; max-height: 90%; background: $panel; padding: 1 2 0 2;
    }
    TopicsDialog #title { text-style: bold; margin-bottom: 1; }
    TopicsDialog OptionList { height: auto; max-height: 60vh; border: none; background: $panel; padding: 0; }
    TopicsDialog Footer { margin-top: 1; dock: none; }
    """
    BINDINGS = [
        Binding("enter", "choose('jump')", "Jump", tooltip="Turn to this topic", show=True),
        Binding("u", "choose('earlier')", "Up", tooltip="Move it one place up"),
        Binding("d", "choose('later')", "Down", tooltip="Move it one place down"),
        Binding("plus", "choose('more')", "1 min", tooltip="Give it a minute"),
        Binding("minus", "choose('less')", "1 min", tooltip="Take a minute from it"),
        Binding("p", "choose('park')", "Park", tooltip="Into the parking lot, or back"),
        Binding("a", "add", "Add", tooltip="Add a topic behind the current one"),
        Binding("escape", "dismiss(None)", "Close", tooltip="Back to the session"),
    ]

    def __init__(self, desk: Desk, *, adding: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._adding = adding

    def compose(self) -> ComposeResult:
        """The list, and its keys."""
        session = self._desk.session
        with Vertical():
            yield Static("Topics   enter jumps to one", id="title")
            yield OptionList(*[Option(self._line(topic)) for topic in session.topics])
            yield Foot(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin at the current topic."""
        topics = self.query_one(OptionList)
        topics.highlighted = max(self._desk.session.place(self._desk.session.current), 0)
        topics.focus()
        if self._adding:
            self.action_add()

    def on_resize(self) -> None:
        """Lay the columns out anew, the chosen topic in sight."""
        topics = self.query_one(OptionList)
        for place, topic in enumerate(self._desk.session.topics):
            topics.replace_option_prompt_at_index(place, self._line(topic))
        self.call_after_refresh(topics.scroll_to_highlight)

    def on_option_list_option_selected(self) -> None:
        """Enter or a click jumps."""
        self.action_choose("jump")

    def action_add(self) -> None:
        """Ask for title and minutes of a new topic."""
        says = Content("Title and minutes: Password managers 10")
        line = TypedLine(noting=self._desk.asides.at(Field.TOPIC), hides=may_be_private)
        self.app.push_screen(AskLine(Content("Add a topic"), says, line), self._added)

    def action_choose(self, what: str) -> None:
        """Answer with the request for the chosen topic."""
        place = self.query_one(OptionList).highlighted
        if place is None:
            return
        topic = self._desk.session.topics[place]
        parked = self._desk.session.state(topic.id) is TopicState.PARKED
        commands: dict[str, Command] = {
            "jump": Jump(topic.id),
            "earlier": Move(topic.id, -1),
            "later": Move(topic.id, 1),
            "more": Extend(1, topic.id),
            "less": Extend(-1, topic.id),
            "park": Unpark(topic.id) if parked else Park(topic.id),
        }
        self.dismiss(commands[what])

    def _added(self, text: str | None) -> None:
        now = self._desk.now()
        command = request("topic", text, self._desk.session, now.wall) if text else None
        if text is None or isinstance(command, Command):
            self._desk.asides.at(Field.TOPIC).done()
        if isinstance(command, Command):
            self.dismiss(command)

    def _line(self, topic: Topic) -> Content:
        session, width = self._desk.session, self.app.size.width
        times = f"{figures(session, topic, self._desk.now().at)} min"
        state = session.state(topic.id).value
        # Title to the left, figures and state in columns of their own at the right.
        room = max(min(_WIDTH, int(width * 0.98)) - 4 - 2 - len("00 · ") - _FIGURES - _STATE, 12)
        title = title_of(topic, revealed=False).truncate(room, ellipsis=True)
        return Content.assemble(
            f"{session.place(topic.id) + 1:>2} {sign(session, topic)} ",
            title.pad_right(room - title.cell_length),
            Content.styled(f"{times:>{_FIGURES}}  {state:<{_STATE - 2}}", "$foreground-muted"),
        )
