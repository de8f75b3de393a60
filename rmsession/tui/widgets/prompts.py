"""The current topic: its title, what the agenda says of it, and the prompts to tick or ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from rmsession.core.agenda import Prompt, PromptKind, Topic
from rmsession.core.text import UserText
from rmsession.tui.glance import Glance
from rmsession.tui.markdown import hanging, wrapped
from rmsession.tui.text import HIDDEN
from rmsession.tui.widgets.topics import title_of


@dataclass(frozen=True, slots=True)
class _Row:
    """One line, and the prompt that a click on it ticks."""

    line: Content
    prompt: str | None = None


class TopicView(Static):
    """A topic drawn as one renderable: a widget for each block would cost ten times as much."""

    DEFAULT_CSS = """
    TopicView { height: auto; padding: 0 1; }
    """

    class Ticked(Message):
        """Somebody pointed at a prompt."""

        def __init__(self, prompt: str) -> None:
            super().__init__()
            self.prompt = prompt

    glance: reactive[Glance | None] = reactive(None, init=False, always_update=True)

    def __init__(self) -> None:
        super().__init__(id="topic")
        self._rows: list[_Row] = []
        self._drawn: tuple[object, ...] = ()

    def watch_glance(self) -> None:
        """Draw when the topic, a tick or the width is another."""
        self._draw()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Tick the prompt that was pointed at."""
        offset = event.get_content_offset(self)
        row = self._rows[offset.y] if offset and 0 <= offset.y < len(self._rows) else None
        if row and row.prompt:
            self.post_message(self.Ticked(row.prompt))

    def _draw(self) -> None:
        glance, width = self.glance, self.content_size.width
        if glance is None or glance.session.topic is None or width < 1:
            return
        topic = glance.session.topic
        ticked = glance.session.ticked.intersection(prompt.id for prompt in topic.prompts)
        drawn = (topic, ticked, glance.revealed, width)
        if drawn != self._drawn:
            self._drawn = drawn
            self._rows = list(_rows(topic, ticked, revealed=glance.revealed, width=width))
            self.update(Content("\n").join([row.line for row in self._rows]))


def _rows(topic: Topic, ticked: frozenset[str], *, revealed: bool, width: int) -> Iterator[_Row]:
    for line in title_of(topic, revealed=revealed).stylize("bold").wrap(width):
        yield _Row(line)
    if topic.private and not revealed:
        return
    if topic.body:
        yield _Row(Content(""))
        for line in _body(topic.body, width):
            yield _Row(line)
    if topic.prompts:
        yield _Row(Content(""))
        yield from _prompt_rows(topic, ticked, revealed=revealed, width=width)


@lru_cache(maxsize=32)
def _body(text: UserText, width: int) -> tuple[Content, ...]:
    return tuple(wrapped(text, width))


def _prompt_rows(topic: Topic, ticked: frozenset[str], *, revealed: bool, width: int) -> Iterator[_Row]:
    number = hidden = 0
    for prompt in topic.prompts:
        if prompt.kind is PromptKind.PRIVATE and not revealed:
            hidden += 1
            continue
        number += prompt.kind is not PromptKind.PRIVATE
        done = prompt.id in ticked
        body = next(iter(_body(prompt.text, 10_000)), Content("")) if prompt.text else Content("")
        style = "$foreground-muted" if done or prompt.kind is PromptKind.PRIVATE else ""
        for line in hanging(_mark(prompt, number, done=done), body.stylize_before(style), width):
            yield _Row(line, None if prompt.kind is PromptKind.PRIVATE else prompt.id)
    if hidden:
        some = "one private prompt" if hidden == 1 else f"{hidden} private prompts"
        yield _Row(Content.styled(f"{HIDDEN}   {some}", "$foreground-muted"))


def _mark(prompt: Prompt, number: int, *, done: bool) -> Content:
    """Sign and number of a prompt, always five cells wide, so that texts stand in one column."""
    match prompt.kind:
        case PromptKind.PRIVATE:
            return Content.styled("◆    ", "$foreground-muted")
        case PromptKind.QUESTION:
            sign = "✓" if done else "?"
        case PromptKind.TICK:
            sign = "✓" if done else "·"
    return Content.assemble(Content.styled(sign, "$text-success" if done else "$text-accent"), f"{number:>3} ")
