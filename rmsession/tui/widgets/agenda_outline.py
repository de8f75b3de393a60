"""An agenda as it is looked at before a session: its topics with their times, what the reader says, what to prepare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rmsession.core.agenda import Agenda, Problem, PromptKind, Reading, Severity, Topic
from rmsession.core.frozen import frozen
from rmsession.core.leftovers import since_words
from rmsession.core.pace import allot
from rmsession.tui.markdown import hanging, wrapped
from rmsession.tui.text import HIDDEN, content, error
from rmsession.tui.widgets.flow import MUTED, Cell, Flow, columns

FEW = 2
"""Problems shown before the rest is only counted."""
_MINUTES = 7
_WIDE = 48
"""The width from which there is room to say of a topic that it was carried."""


@frozen
class Tally:
    """How many problems of each weight."""

    errors: int
    warnings: int

    @property
    def words(self) -> Content:
        """``✗ 1 error  ! 3 warnings``; empty when there is nothing to say."""
        parts = []
        if self.errors:
            parts.append(Content.styled("✗ 1 error" if self.errors == 1 else f"✗ {self.errors} errors", "$text-error"))
        if self.warnings:
            some = "! 1 warning" if self.warnings == 1 else f"! {self.warnings} warnings"
            parts.append(Content.styled(some, "$text-warning"))
        return Content("  ").join(parts)


def tally(problems: Sequence[Problem]) -> Tally:
    """Count them."""
    errors = sum(each.severity is Severity.ERROR for each in problems)
    return Tally(errors, len(problems) - errors)


def headline(reading: Reading, length: float | None) -> tuple[Content, Content]:
    """The title, and at the other end how long and how many."""
    agenda = reading.agenda
    whole = round(sum(each.seconds for each in allot(agenda, length)) / 60)
    count = len(agenda.topics)
    figures = Content(f"{whole} min · 1 topic" if count == 1 else f"{whole} min · {count} topics")
    return content(agenda.title, "bold"), Content("   ").join(
        [part for part in (tally(reading.problems).words, figures) if part]
    )


def topic_lines(agenda: Agenda, length: float | None, width: int, today: date) -> list[Content]:
    """Every topic with its minutes; a share that the text does not state is marked with ``~``."""
    lines: list[Content] = []
    for topic, given in zip(agenda.topics, allot(agenda, length), strict=True):
        minutes = given.seconds / 60
        stated = topic.minutes is not None
        words = f"{minutes:.0f} min" if minutes >= 1 or not minutes else f"{given.seconds:.0f} s"
        lines += columns(
            (
                Cell(Content.styled("▣" if topic.protected else "·", MUTED), 1),
                Cell(_title(topic, today, short=width < _WIDE)),
                Cell(Content.styled(words if stated else f"~{words}", "" if stated else MUTED), _MINUTES, True),
            ),
            width,
        )
    return lines


def problem_lines(problems: Sequence[Problem], width: int, *, everything: bool) -> list[Content]:
    """Errors first: the line in the file, what is wrong, and how to mend it."""
    ordered = sorted(problems, key=lambda each: (each.severity is not Severity.ERROR, each.line))
    shown = ordered if everything else ordered[:FEW]
    lines: list[Content] = []
    for each in shown:
        wrong = each.severity is Severity.ERROR
        sign = Content.styled("✗" if wrong else "!", "$text-error" if wrong else "$text-warning")
        place = f"line {each.line}: " if each.line else ""
        said = Content.assemble((place, MUTED), error(each.message))
        lines += hanging(sign, Content.assemble(said, (" · ", MUTED), error(each.mend).stylize(MUTED)), width)
    if len(ordered) > len(shown):
        lines += hanging(
            Content(" "), Content.styled(f"… and {len(ordered) - len(shown)} more: alt+w shows all", MUTED), width
        )
    return lines


def preparation_lines(agenda: Agenda, width: int) -> Iterator[Content]:
    """What stands before the first topic, and the questions that the mentee will be asked."""
    yield from wrapped(agenda.body, width)
    questions = [
        prompt.text
        for topic in agenda.topics
        if not topic.private
        for prompt in topic.prompts
        if prompt.kind is PromptKind.QUESTION
    ]
    if questions:
        if agenda.body:
            yield Content("")
        yield Content.styled("Questions that will be asked", "bold")
    for question in questions:
        yield from hanging(Content.styled("?", MUTED), content(question), width)


def _title(topic: Topic, today: date, *, short: bool) -> Content:
    title = Content.styled(f"{HIDDEN} private topic", MUTED) if topic.private else content(topic.title)
    if topic.carried:
        since = since_words(topic.carried, today)
        title = Content.assemble(title, (f"  ↺ {since}" if short else f"  ↺ carried from {since}", MUTED))
    if topic.private:
        return title
    if topic.off_record:
        title = Content.assemble(title, (" (off the record)", MUTED))
    return Content.assemble(title, "  ", content(topic.lead, MUTED, limit=24)) if topic.lead else title


class TopicTable(Static):
    """The topics with their times."""

    DEFAULT_CSS = "TopicTable { height: auto; }"

    def show(self, agenda: Agenda, length: float | None, today: date) -> None:
        """Share out this length among the topics without a time-box."""
        self.update(Flow(lambda width: topic_lines(agenda, length, width, today)))


class ProblemList(Static):
    """What the reader took for granted or could not make out; a click shows all of it, or less again."""

    DEFAULT_CSS = "ProblemList { height: auto; pointer: pointer; }"

    class Toggled(Message):
        """It shows more or less than before."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._problems = problems
        self.everything = len(problems) <= FEW + 1
        super().__init__(self._flow())

    @property
    def folds(self) -> bool:
        """Whether there is more than shows at first."""
        return len(self._problems) > FEW + 1

    def toggle(self) -> None:
        """Show all, or only the first."""
        if self.folds:
            self.everything = not self.everything
            self.update(self._flow())

    def on_click(self) -> None:
        """Show all, or only the first."""
        self.toggle()

    def _flow(self) -> Flow:
        everything = self.everything
        return Flow(lambda width: problem_lines(self._problems, width, everything=everything))


class Preparation(Static):
    """Purpose, pre-work and questions."""

    DEFAULT_CSS = "Preparation { height: auto; color: $text-muted; }"

    def __init__(self, agenda: Agenda) -> None:
        super().__init__(Flow(lambda width: list(preparation_lines(agenda, width))))
