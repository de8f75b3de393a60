"""One item of a feedback form: what is asked, and one key, click or line for an answer."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rmsession.core.feedback import Answer, Item, ItemKind, keys
from rmsession.core.text import UserText
from rmsession.tui.text import content
from rmsession.tui.widgets.filling import IN_WORDS, Filling
from rmsession.tui.widgets.line import TypedLine

_CELL = 5
"""Cells of one number of a scale whose numbers stand in a row."""


class AnswerLine(TypedLine):
    """A line for an answer in words; where there is nothing to delete, left and backspace go back."""

    class Emptied(Message):
        """Left or backspace was pressed in an empty line."""

    def action_delete_left(self) -> None:
        """Delete, or go back."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Emptied())

    def action_cursor_left(self, select: bool = False) -> None:
        """Move, or go back."""
        if self.value:
            super().action_cursor_left(select)
        else:
            self.post_message(self.Emptied())


class Choices(Static):
    """The answers that take a key, below one another; eleven numbers stand in a row."""

    DEFAULT_CSS = """
    Choices { height: auto; pointer: pointer; }
    """

    class Picked(Message):
        """Somebody pointed at an answer."""

        def __init__(self, score: int) -> None:
            super().__init__()
            self.score = score

    def __init__(self) -> None:
        super().__init__(id="choices")
        self._scores: tuple[int, ...] = ()
        self._in_a_row = False

    def show(self, item: Item, chosen: int | None) -> None:
        """Draw the answers to an item, with the one that was given."""
        self._scores = tuple(item.scores)
        self._in_a_row = item.kind is ItemKind.RECOMMEND
        if self._in_a_row:
            self.update(_row(item, chosen))
        else:
            self.update(Content("\n").join(_line(key, item.label(score), score == chosen) for key, score in keys(item)))

    def on_click(self, event: events.Click) -> None:
        """Pick the answer that was pointed at."""
        place = event.x // _CELL if self._in_a_row else event.y
        if 0 <= place < len(self._scores):
            self.post_message(self.Picked(self._scores[place]))


class Question(VerticalScroll, can_focus=True):
    """Asks one item after another of whatever form it is given."""

    DEFAULT_CSS = """
    Question { height: auto; max-height: 1fr; }
    Question #place { color: $text-muted; }
    Question #asked { margin: 1 0; padding-left: 1; border-left: outer $accent; }
    Question AnswerLine { display: none; }
    Question.-words AnswerLine { display: block; }
    Question.-words Choices { display: none; }
    """

    BINDINGS = [
        Binding("s", "skip", "Skip", tooltip="Leave this one out"),
        Binding("left,backspace", "turn(-1)", "Back", key_display="←", tooltip="Return to the one before"),
        Binding("right", "turn(1)", "On", show=False, tooltip="Go on without a change"),
        Binding("up", "turn(-1)", "Back", show=False, tooltip="Return to the one before"),
    ]

    class Answered(Message):
        """An item was answered, or skipped; `settled` turns to the next one."""

        def __init__(self, answer: Answer, *, settled: bool) -> None:
            super().__init__()
            self.answer = answer
            self.settled = settled

    class Turned(Message):
        """Another item is wanted."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self) -> None:
        super().__init__(id="question")
        self._item: Item | None = None
        self._first = True

    def compose(self) -> ComposeResult:
        """How far, what is asked, and the ways to answer."""
        yield Static(id="place")
        yield Static(id="asked")
        yield Choices()
        yield AnswerLine(placeholder="In your words; enter goes on")

    def show(self, filling: Filling) -> None:
        """Ask the item at which a form stands, and take the keyboard."""
        item = self._item = filling.item
        self._first = filling.place == 0
        if item is None:
            return
        answer = filling.answer_to(item.id)
        place = f"{filling.place + 1} of {len(filling.form.items)}"
        self.query_one("#place", Static).update(Content(place))
        self.query_one("#asked", Static).update(content(item.text, "$foreground bold"))
        line = self.query_one(AnswerLine)
        in_words = item.kind in IN_WORDS
        self.set_class(in_words, "-words")
        if in_words:
            with line.prevent(AnswerLine.Changed):
                line.put(answer.text.raw if answer and answer.text else "")
            line.focus()
        else:
            self.query_one(Choices).show(item, answer.score if answer else None)
            self.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no way back from the first item."""
        return not self._first if (action, parameters) == ("turn", (-1,)) else super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Answer with the score of that key."""
        if self._item and event.character and not self.query_one(AnswerLine).has_focus:
            score = dict(keys(self._item)).get(event.character)
            if score is not None:
                event.stop()
                self._answer(score)

    def action_skip(self) -> None:
        """Leave the item out; an earlier answer goes."""
        if self._item:
            self.post_message(self.Answered(Answer(self._item.id), settled=True))

    def action_turn(self, by: int) -> None:
        """Go back, or on without a change."""
        self.post_message(self.Turned(by))

    @on(AnswerLine.Emptied)
    def _emptied(self) -> None:
        if not self._first:
            self.action_turn(-1)

    @on(Choices.Picked)
    def _picked(self, message: Choices.Picked) -> None:
        self._answer(message.score)

    @on(AnswerLine.Changed)
    def _typed(self, event: AnswerLine.Changed) -> None:
        event.stop()
        self._say(event.value, settled=False)

    @on(AnswerLine.Submitted)
    def _entered(self, event: AnswerLine.Submitted) -> None:
        event.stop()
        self._say(event.value, settled=True)

    def _answer(self, score: int) -> None:
        if self._item:
            self.post_message(self.Answered(Answer(self._item.id, score), settled=True))

    def _say(self, words: str, *, settled: bool) -> None:
        if self._item:
            text = UserText(words.strip() if settled else words) if words.strip() else None
            self.post_message(self.Answered(Answer(self._item.id, text=text), settled=settled))


def _line(key: str, label: str, chosen: bool) -> Content:
    sign = Content.styled("✓ " if chosen else "  ", "$text-success")
    words = Content.styled(label, "$foreground bold" if chosen else "$foreground")
    return Content.assemble(sign, Content.styled(key, "$text-accent bold"), "  ", words)


def _row(item: Item, chosen: int | None) -> Content:
    """Numbers with the keys they take, and below them what the two ends mean."""
    numbers = []
    for key, score in keys(item):
        name = key if key == str(score) else f"{key}={score}"
        style = "$text-success bold" if score == chosen else "$text-accent bold"
        numbers.append(Content.styled(f"{'✓' if score == chosen else ' '}{name}".ljust(_CELL), style))
    low, high = item.label(item.lowest), item.label(item.highest)
    gap = max(_CELL * len(numbers) - len(low) - len(high) - 2, 2)
    return Content.assemble(*numbers, "\n ", Content.styled(f"{low}{' ' * gap}{high}", "$foreground-muted"))
