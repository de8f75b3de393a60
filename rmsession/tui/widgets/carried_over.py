"""What earlier sessions left, offered before one begins: each may be taken, let go, or offered again the next time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rmsession.core.agenda import Prompt, Topic
from rmsession.core.leftovers import Offer, since_words
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.flow import MUTED, Cell, Flow, columns, spread

_MINUTES, _SINCE, _SINCE_SHORT = 6, 11, 8
"""Cells of the columns behind the words, at least."""
_WIDE = 48
"""The width from which there is room for each of them."""


class Answer(Enum):
    """What somebody said to an offer."""

    OFFERED = "·"
    TAKEN = "✓"
    LET_GO = "✗"


class CarriedOver(Vertical):
    """One line about last time's actions, and the offers, of which nothing is taken by itself."""

    DEFAULT_CSS = """
    CarriedOver { height: auto; display: none; }
    CarriedOver Static { height: auto; }
    CarriedOver #opens { margin-bottom: 1; }
    CarriedOver OptionList { height: auto; max-height: 35vh; border: none; background: $background; padding: 0; }
    CarriedOver OptionList:focus { border: none; background-tint: 0%; }
    CarriedOver OptionList > .option-list--option-highlighted { background: $background; color: $foreground; }
    CarriedOver OptionList:focus > .option-list--option-highlighted { background: $accent 25%; text-style: none; }
    """
    BINDINGS = [
        Binding("space", "answer('TAKEN')", "Take", tooltip="Take it into this session, or not", id="offer.take"),
        Binding("x", "answer('LET_GO')", "Let go", tooltip="Offer it no more, or do", id="offer.let_go"),
    ]

    class Changed(Message):
        """Something was taken, or let go, or is offered again."""

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[Offer, ...] = ()
        self._answers: dict[str, Answer] = {}
        self._today = date.min

    def compose(self) -> ComposeResult:
        """What is said, then the list."""
        yield Static(id="opens")
        yield Static(id="offered")
        yield OptionList()

    @property
    def any(self) -> bool:
        """Whether anything is offered."""
        return bool(self._offers)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics and lines that were taken."""
        return tuple(each.what for each in self._given(Answer.TAKEN) if isinstance(each.what, Topic))

    @property
    def questions(self) -> tuple[Prompt, ...]:
        """The questions that were taken."""
        return tuple(each.what for each in self._given(Answer.TAKEN) if isinstance(each.what, Prompt))

    @property
    def let_go(self) -> tuple[str, ...]:
        """The ids of what was let go."""
        return tuple(each.id for each in self._given(Answer.LET_GO))

    def offer(self, offers: Sequence[Offer], today: date) -> None:
        """Offer these in the place of any others."""
        self._offers, self._today, self._answers = tuple(offers), today, {}
        self._fill()
        self.query_one(OptionList).highlighted = 0 if offers else None

    def tell(self, words: Content) -> None:
        """Say this of last time's actions."""
        opens = self.query_one("#opens", Static)
        opens.display = bool(words)
        opens.update(words)
        self.display = bool(words) or self.any

    def begin(self) -> None:
        """Take the keyboard."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_answer(Answer.TAKEN.name)

    def action_answer(self, name: str) -> None:
        """Take the chosen offer or let it go; the same again leaves it as it was offered."""
        place = self.query_one(OptionList).highlighted
        if place is None or place >= len(self._offers):
            return
        offer, answer = self._offers[place], Answer[name]
        same = self._answers.get(offer.id) is answer
        self._answers[offer.id] = Answer.OFFERED if same else answer
        self._fill()
        self.post_message(self.Changed())

    def _given(self, answer: Answer) -> list[Offer]:
        return [each for each in self._offers if self._answers.get(each.id) is answer]

    def _fill(self) -> None:
        offers = self.query_one(OptionList)
        place = offers.highlighted
        offers.clear_options()
        offers.add_options([Option(self._row(each)) for each in self._offers])
        offers.highlighted = place
        heading = self.query_one("#offered", Static)
        heading.display = offers.display = self.any
        title, keys = Content.styled("From earlier sessions", "bold"), Content.styled("space takes · x lets go", MUTED)
        heading.update(Flow(lambda width: spread(title, keys, width)))

    def _row(self, offer: Offer) -> Flow:
        answer = self._answers.get(offer.id, Answer.OFFERED)
        what, gone = offer.what, answer is Answer.LET_GO
        words = Content(f"{HIDDEN} private topic") if offer.private else content(offer.text)
        if isinstance(what, Prompt):
            words = Content.assemble(("? ", "$text-accent"), words)
        minutes = f"{what.minutes or 0:.0f} min" if isinstance(what, Topic) else ""
        since = "let go" if gone else f"from {since_words(offer.since, self._today)}"
        sign = Content.styled(answer.value, "$text-success" if answer is Answer.TAKEN else MUTED)
        style = MUTED if gone else "bold" if answer is Answer.TAKEN else ""
        front = (Cell(sign, 1), Cell(words.stylize_before(style)))
        wide = (
            *front,
            Cell(Content.styled(minutes, MUTED), _MINUTES, right=True),
            Cell(Content.styled(since, MUTED), max(_SINCE, len(since)), right=True),
        )
        short = since.replace("from ", "↺ ")
        narrow = (*front, Cell(Content.styled(short, MUTED), max(_SINCE_SHORT, len(short)), right=True))
        return Flow(lambda width: columns(wide if width >= _WIDE else narrow, width))
