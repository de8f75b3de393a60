"""One of last time's actions as lines: what it says, whose it is, by when, where it comes from, what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from textual.content import Content
from textual.message import Message

from rmsession.core.action_list import due_words, more_words, settled_words, when_captured
from rmsession.core.last_time import Brought
from rmsession.core.lists import ActionItem
from rmsession.core.promises import days_late
from rmsession.core.terms import Outcome
from rmsession.tui.text import HIDDEN, content
from rmsession.tui.widgets.flow import MUTED, Cell, columns

SIGNS = {None: "·", Outcome.DONE: "✓", Outcome.CARRIED: "→", Outcome.DROPPED: "✗", Outcome.SPLIT: "⑂"}
_UNREAD = "Its record cannot be read now"
_OWNER, _DUE, _WIDE = 14, 18, 64
"""Cells of the columns behind the words, and the width from which the owner has one."""


class LastTimeChosen(Message):
    """Somebody pointed at what is left from last time, or at one action of it."""

    def __init__(self, capture: str | None = None) -> None:
        super().__init__()
        self.capture = capture


def words_of(each: Brought, *, revealed: bool) -> Content:
    """What an action says; three dots where it is one's own and not shown just now."""
    if each.item is None:
        return Content.styled(_UNREAD, "italic")
    return Content(HIDDEN) if each.item.private and not revealed else content(each.item.text)


def heading(items: Sequence[Brought]) -> str:
    """``2 open actions``, ``1 of 2 open``, ``2, all settled``."""
    waits = sum(each.outcome is None for each in items)
    if waits == len(items):
        return "1 open action" if waits == 1 else f"{waits} open actions"
    return f"{waits} of {len(items)} open" if waits else f"{len(items)}, all settled"


def action_lines(each: Brought, today: date, width: int, *, revealed: bool) -> list[Content]:
    """Sign, words, owner and when it is due, or what it came to; as many lines as the words take."""
    item, shown = each.item, each.item is not None and (revealed or not each.item.private)
    settled = each.outcome is not None
    late = item is not None and not settled and days_late(item, today) > 0
    style = MUTED if settled else ""
    owner = content(item.owner, MUTED) if item and item.owner and shown else Content("")
    if each.outcome:
        when = settled_words(item, today) if item and each.outcome is Outcome.DONE and shown else each.outcome.value
    else:
        when = due_words(item, today) if item and shown else ""
    cells = (
        Cell(Content.styled(SIGNS[each.outcome], "$text-success" if settled else "$text-accent"), 1),
        Cell(words_of(each, revealed=revealed).stylize_before(style)),
        Cell(owner, _OWNER, from_width=_WIDE),
        Cell(Content.styled(f"! {when}" if late else when, "$text-warning bold" if late else MUTED), _DUE, right=True),
    )
    return columns(cells, width)


def origin(item: ActionItem, today: date, zone: tzinfo | None) -> Content:
    """From which session, when and under which topic; how often it was carried, how sure its owner was."""
    minute = f", minute {int(item.at / 60)}" if item.at is not None else ""
    when = when_captured(item, today, zone).partition(" · ")[0]
    parts = [content(item.title, limit=32), Content(f"{when}{minute}"), content(item.topic, limit=32)]
    parts += [Content(words) for words in more_words(item)]
    return Content(" · ").join([part for part in parts if part])


def last_time_lines(items: Sequence[Brought], today: date, width: int, *, revealed: bool) -> list[tuple[Content, str]]:
    """All of them for the topic's own text, each line with the action that a click on it means."""
    lines = [(line, each.ref.capture) for each in items for line in action_lines(each, today, width, revealed=revealed)]
    waits = sum(each.outcome is None for each in items)
    says = "Alt+L settles each: done, carried, dropped or split" if waits else "All settled: F2 goes on"
    return [*lines, *((line, "") for line in Content.styled(says, MUTED).wrap(width))]
