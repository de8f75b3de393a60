"""What an action item of the list says: a sign, a word and its text, and quietly where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Final

from textual.content import Content

from rmsession.core.action_list import Group, due_words, group_of, more_words, when_captured
from rmsession.core.between import ActionRef
from rmsession.core.frozen import frozen
from rmsession.core.lists import ActionItem
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText
from rmsession.tui.text import HIDDEN, content

WIDE: Final = 132
"""Cells from which an action item takes one line instead of two."""
_MUTED: Final = "$foreground-muted"
_DUE: Final = 17
_OWNER: Final = 16
_SIGNS: Final = {ActionStatus.DONE: "✓", ActionStatus.DROPPED: "✗", ActionStatus.SPLIT: "⑂"}
_JOINT: Final = " · "
_LEAST: Final = 6
"""Cells that a title keeps."""
_KEEPING: Final = "on its way to the disk"


@frozen
class ListLook:
    """How action items are looked at."""

    today: date
    zone: tzinfo | None
    revealed: bool = False
    waiting: frozenset[ActionRef] = frozenset()
    """Those of which a change is on its way to the disk."""

    def hides(self, item: ActionItem) -> bool:
        """Whether of this one only dots are shown."""
        return item.private and not self.revealed


def ref(item: ActionItem) -> ActionRef:
    """By what an action item is known."""
    return ActionRef(item.session, item.capture)


def item_lines(item: ActionItem, look: ListLook, width: int, *, wide: bool) -> list[Content]:
    """One action item: a line on a `wide` screen, else two."""
    sign, style = _sign(item, look)
    mark = Content.styled(f"{sign} ", style)
    due = Content.styled(_due(item, look), style)
    hidden, muted = look.hides(item), item.status is not ActionStatus.OPEN
    text = Content(HIDDEN) if hidden else content(item.text, _MUTED if muted else "")
    owner = Content("") if hidden or not item.owner else content(item.owner, "$text-accent")
    if wide:
        room = max(width, WIDE // 2) - 2 - _DUE - _OWNER - 6
        source = _source(item, look, (), room - room // 2)
        cells = [(due, _DUE), (text, room // 2), (owner, _OWNER), (source, room - room // 2)]
        return [Content.assemble(mark, Content("  ").join(_placed(*each) for each in cells)).truncate(width)]
    first = _placed(text, max(width - 4 - due.cell_length, 1))
    second = _source(item, look, (owner,) if owner else (), width - 2)
    return [Content.assemble(mark, first, "  ", due).truncate(width), second.pad_left(2)]


def group_line(group: Group, count: int, width: int, *, open_: bool = True) -> Content:
    """The name of a group and how many there are."""
    hint = {
        Group.PRIVATE: "F7 shows them for a moment",
        Group.SETTLED: "a hides them" if open_ else "a shows them",
    }.get(group, "")
    style = "$text-error bold" if group is Group.OVERDUE else "bold"
    line = Content.assemble(Content.styled(group.value, style), Content.styled(f"  {count}  {hint}", _MUTED))
    return line.truncate(width, ellipsis=True)


def heading(name: UserText | None, items: Sequence[ActionItem], look: ListLook) -> tuple[Content, Content]:
    """Whose action items these are, and how many wait; of private ones only that they wait."""
    left = Content.assemble(
        Content.styled("Actions", "bold"), *([Content.styled(" with ", _MUTED), content(name)] if name else [])
    )
    groups = [group_of(each, look.today, apart=True) for each in items]
    waits = sum(group is not Group.SETTLED for group in groups)
    late = groups.count(Group.OVERDUE)
    words = [Content.styled(f"{late} overdue", "$text-error")] if late else []
    words += [Content.styled(f"{waits} open", _MUTED)]
    return left, Content.styled(" · ", _MUTED).join(words)


def last_change(said: str, item: ActionItem, look: ListLook) -> Content:
    """What was changed last, and that it can be taken back."""
    text = Content(HIDDEN) if look.hides(item) else content(item.text)
    return Content.assemble(Content.styled(f"✓ kept: {said}", "$text-success"), ("  u takes it back  ", _MUTED), text)


def nothing_there(*, whose: bool, known: bool, filtered: bool) -> Content:
    """What stands where no action item does."""
    match whose, known, filtered:
        case False, True, _:
            lines = ("Nobody is chosen yet.", "w chooses whose action items are shown; escape goes back.")
        case _, False, _:
            lines = ("Reading …", "")
        case _, _, True:
            lines = ("No action item is so.", "escape shows all of them again.")
        case _:
            lines = ("Nothing was promised yet.", "In a session: @name what by friday makes an action item.")
    return Content.assemble(lines[0], "\n", Content.styled(lines[1], _MUTED))


def _sign(item: ActionItem, look: ListLook) -> tuple[str, str]:
    """A sign and its style."""
    if look.hides(item):
        return "·", _MUTED
    match group_of(item, look.today):
        case Group.OVERDUE:
            return "!", "$text-error"
        case Group.SOON:
            return "▸", "$text-accent"
        case Group.SETTLED:
            return _SIGNS[item.status], _MUTED
        case _:
            return "·", _MUTED


def _due(item: ActionItem, look: ListLook) -> str:
    if ref(item) in look.waiting:
        return _KEEPING
    if look.hides(item):
        return "private"
    return due_words(item, look.today)


def _source(item: ActionItem, look: ListLook, before: tuple[Content, ...], width: int) -> Content:
    """Session, topic and minute, and what else is known, quietly; of long titles both ends of the line stay."""
    titles = [content(item.title)]
    behind: list[Content] = []
    if not look.hides(item):
        titles += [content(item.topic)] if item.topic else []
        behind += [Content(when_captured(item, look.today, look.zone))]
        behind += [Content(each) for each in more_words(item)]
    room = width - sum(each.cell_length + len(_JOINT) for each in (*before, *behind)) - len(_JOINT) * (len(titles) - 1)
    parts = [*before, *_shortened(titles, max(room, _LEAST * len(titles))), *behind]
    if item.reason and not look.hides(item):
        parts.append(Content.assemble("“", content(item.reason), "”"))
    return Content(_JOINT).join(parts).stylize_before(_MUTED).truncate(width, ellipsis=True)


def _shortened(titles: list[Content], room: int) -> list[Content]:
    """Titles within so many cells together: a short one leaves its room to the other."""
    if sum(each.cell_length for each in titles) <= room:
        return titles
    least = min(each.cell_length for each in titles) if len(titles) > 1 else 0
    half = room // len(titles)
    return [each.truncate(max(half, room - least) if least < half else half, ellipsis=True) for each in titles]


def _placed(text: Content, width: int) -> Content:
    text = text.truncate(width, ellipsis=True)
    return text.pad_right(width - text.cell_length)
