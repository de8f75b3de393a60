"""The total that a text states outside its front matter: ``Duration: 60 minutes``, ``**When**: 5pm-6pm UTC``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rmsession.reader import words
from rmsession.reader.clocks import lengths, slots_in
from rmsession.reader.dates import is_date
from rmsession.reader.front import session_length
from rmsession.reader.lines import find
from rmsession.reader.outline import Kind, Node
from rmsession.reader.phrases import length_of
from rmsession.reader.plain import plain

_LASTS = re.compile(
    r"\b(?:lasts?|takes?|scheduled|booked|planned)(?: (?:for|about|around|"
    r"approximately))*\s(?P<length>\d{1,3}\s?(?:minutes|mins?|hours?|h)\b)"
    r"|\b(?:total(?: time)?|duration|length|meeting duration|dauer|duración|durée)\s?[:=]\s?(?P<total>[^,;|]{2,30})",
    re.IGNORECASE,
)
_TELLING = ("last", "take", "scheduled", "booked", "planned", "total", "duration", "length", "dauer")
"""What stands in each word of it that is plain ASCII."""
_TOTAL = re.compile(r"\W*total", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONGEST = 16 * 60


def stated_in(root: Node, before: int, title: Node | None) -> float | None:
    """The total stated in the title, a subtitle or a line `before` the first topic's."""
    if title is not None and (minutes := _in_title(title.text)):
        return minutes
    for section in root.within():
        if section.line > before:
            break
        if section is not title and (minutes := _over_topics(section.plain)):
            return minutes
    if minutes := _total_row(root):
        return minutes
    slots: set[float] = set()
    for node in _lines(root, before):
        if minutes := _length_line(node.plain):
            return minutes
        if node.line < before and (slot := _slot_line(node.plain)):
            slots.add(slot)
    return slots.pop() if len(slots) == 1 else None


def _in_title(markdown: str) -> float | None:
    text = plain(markdown)
    box = find(text)
    if box and box.duration:
        return box.duration.minutes
    return session_length(text)


def _over_topics(heading: str) -> float | None:
    """``2.5 hour workshop`` below the title, ``Agenda (60 min)``."""
    box = find(heading)
    if box and box.duration and words.is_agenda(box.title):
        return box.duration.minutes
    return session_length(heading)


def _total_row(root: Node) -> float | None:
    """``| Total | 60 min |``."""
    for section in [root, *root.within()]:
        for group in section.groups:
            row = group.members[-1] if group.kind is Kind.ROW and group.members else None
            cells = [plain(cell) for cell in row.cells] if row else []
            if any(cell.casefold().startswith("total") for cell in cells):
                length = next((found for cell in cells if (found := length_of(cell))), None)
                if length:
                    return length.minutes
    return None


def _length_line(text: str) -> float | None:
    """``Duration: 60 minutes``, ``Each session lasts for 75 minutes``."""
    label, _, value = text.partition(":")
    if words.is_length_label(label) and value and (length := length_of(value.strip())):
        return length.minutes
    match = _LASTS.search(text) if len(text) < 200 and _may_tell(text) else None  # noqa: PLR2004 - a sentence, no story
    if match is None:
        return None
    length = length_of((match["length"] or match["total"]).strip())
    return length.minutes if length else None


def _may_tell(text: str) -> bool:
    """Whether one of the words is there by which a sentence tells a length; the search for them takes longer."""
    low = text.lower()
    return not text.isascii() or any(part in low for part in _TELLING)


def _slot_line(text: str) -> float | None:
    """The first range of times on a line that says when the meeting is."""
    label = text.split(":", 1)[0]
    if not (words.is_metadata(label) or is_date(text)) or len(text) > 300:  # noqa: PLR2004
        return None
    for slot, _, _ in slots_in(text):
        minutes = lengths([slot])[0].minutes if slot.end else None
        if minutes and minutes <= _LONGEST:
            return minutes
    return None


def _lines(root: Node, before: int) -> Iterator[Node]:
    """Paragraph lines and first-level items with figures before the topics, and those that tell a total anywhere."""
    for section in [root, *root.within()]:
        for group in section.groups:
            if group.kind is Kind.ROW or group.quoted:
                continue
            for node in group.members[:40]:
                early = node.line < before or _TOTAL.match(node.text)
                if early and len(node.text) < 400 and _DIGIT.search(node.text):  # noqa: PLR2004 - a line, no story
                    yield node
