"""The current topic: its title, what the agenda says of it, and the prompts to tick or ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from rmsession.core.agenda import Prompt, PromptKind, Topic
from rmsession.core.frozen import frozen
from rmsession.core.last_time import Brought
from rmsession.core.leftovers import since_words
from rmsession.core.text import UserText
from rmsession.tui.glance import Glance
from rmsession.tui.markdown import hanging, wrapped
from rmsession.tui.text import HIDDEN
from rmsession.tui.widgets.last_time_lines import LastTimeChosen, last_time_lines
from rmsession.tui.widgets.topics import carried_words, title_of


@frozen
class _Row:
    """One line, and what a click on it means: a prompt to tick, or an action of last time."""

    line: Content
    prompt: str | None = None
    action: str | None = None


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

    glance: var[Glance | None] = var(None, init=False, always_update=True)

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
        elif row and row.action is not None:
            self.post_message(LastTimeChosen(row.action or None))

    def _draw(self) -> None:
        glance, width = self.glance, self.content_size.width
        if glance is None or glance.session.topic is None or width < 1:
            return
        topic = glance.session.topic
        ticked = glance.session.ticked.intersection(prompt.id for prompt in topic.prompts)
        opened = glance.session.last_time
        actions = glance.last_time if opened and opened.topic == topic.id else ()
        today = glance.wall.date()
        drawn = (topic, ticked, actions, today, glance.revealed, width)
        if drawn != self._drawn:
            self._drawn = drawn
            look = _Look(ticked, actions, today, glance.revealed, width)
            self._rows = list(_rows(topic, look))
            self.update(Content("\n").join([row.line for row in self._rows]))


@frozen
class _Look:
    """How a topic is looked at."""

    ticked: frozenset[str]
    actions: tuple[Brought, ...]
    today: date
    revealed: bool
    width: int


def _rows(topic: Topic, look: _Look) -> Iterator[_Row]:
    title = title_of(topic, revealed=look.revealed).stylize("bold")
    if carried := carried_words(topic, look.today):
        title = Content.assemble(title, (f"   ↺ {carried}", "$foreground-muted"))
    for line in title.wrap(look.width):
        yield _Row(line)
    if topic.private and not look.revealed:
        return
    if look.actions:
        yield _Row(Content(""))
        for line, action in last_time_lines(look.actions, look.today, look.width, revealed=look.revealed):
            yield _Row(line, action=action)
    if topic.body:
        yield _Row(Content(""))
        for line in _body(topic.body, look.width):
            yield _Row(line)
    if topic.prompts:
        yield _Row(Content(""))
        yield from _prompt_rows(topic, look)


@lru_cache(maxsize=32)
def _body(text: UserText, width: int) -> tuple[Content, ...]:
    return tuple(wrapped(text, width))


def _prompt_rows(topic: Topic, look: _Look) -> Iterator[_Row]:
    number = hidden = 0
    for prompt in topic.prompts:
        if prompt.kind is PromptKind.PRIVATE and not look.revealed:
            hidden += 1
            continue
        number += prompt.kind is not PromptKind.PRIVATE
        done = prompt.id in look.ticked
        body = next(iter(_body(prompt.text, 10_000)), Content("")) if prompt.text else Content("")
        style = "$foreground-muted" if done or prompt.kind is PromptKind.PRIVATE else ""
        body = body.stylize_before(style)
        if prompt.carried:
            since = f"  ↺ from {since_words(prompt.carried, look.today)}"
            body = Content.assemble(body, (since, "$foreground-muted"))
        for line in hanging(_mark(prompt, number, done=done), body, look.width):
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
