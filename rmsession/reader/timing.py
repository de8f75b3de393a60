"""Which places of an outline state a time-box, once the lines that only look so are sorted out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from rmsession.reader import words
from rmsession.reader.brackets import number_first, number_in_bracket
from rmsession.reader.dates import is_date, is_mainly_date
from rmsession.reader.lines import find
from rmsession.reader.outline import Group, Kind, Node
from rmsession.reader.phrases import length_of, may_state
from rmsession.reader.plain import plain
from rmsession.reader.tables import read_rows
from rmsession.reader.timebox import CLOCKS, LOOSE, Form, TimeBox

_INVITED = re.compile(
    r"^\W*(?:(?:you(?:'ll| will)? )?(?:take|spend|allow|give|set aside|plan(?: on)?|allocate)\b[^.]{0,40}?|"
    r"time ?box(?:ed)?:?\s*|this (?:exercise|activity|discussion) "
    r"(?:will|should) take (?:about )?)(?P<time>\b\d[^.]{0,30})",
    re.IGNORECASE,
)
_BOLD = re.compile(
    r"^\s*(?:\[[ xX]\]\s+)?(?:\*\*|__)(?P<bold>[^*_]{2,100}?)[\s:：.–-]*(?:\*\*|__)\s*[:：.–—-]*\s*(?P<rest>\S.*)$",
    re.DOTALL,
)
_BOLD_WITHIN = 1000
_KIN = {
    Form.START: {Form.RANGE, Form.START},
    Form.LOOSE_FIRST: {Form.FIRST, Form.LOOSE_FIRST},
    Form.LOOSE_LAST: {Form.LAST, Form.LOOSE_LAST},
    Form.NUMBER: {Form.NUMBER},
}

_DATED = 25
"""Letters that a date with its week day and a few words has; a topic that names a day has more."""
_FIGURE = re.compile(r"\d")
_MANY_NUMBERED = 3
"""Bare numbers in fewer places may be footnotes, years or scores."""
_LONGEST_NUMBERED = 180
_LABELLED = frozenset({Form.LAST, Form.LOOSE_LAST, Form.RANGE_LAST, Form.RANGE, Form.START})
"""Forms in which a label such as "When" may stand before the time."""


def time_all(root: Node) -> bool:
    """Set `box` on every node that states a time-box; tells whether any does."""
    timed = False
    stack = [root]
    while stack:
        node = stack.pop()
        for group in node.groups:
            _time_group(group)
            timed = timed or any(member.box for member in group.members)
            stack.extend(member for member in group.members if member.groups)
        if node.sections:
            _time_headings(node)
            timed = timed or any(section.box for section in node.sections)
            stack.extend(node.sections)
    return timed


def words_of(node: Node) -> str:
    """A node's own line in plain words, without its time-box."""
    return node.box.title if node.box else node.plain


def bold_start(node: Node) -> tuple[str, str] | None:
    """The words an item begins with in bold and what follows, where the bold words are its title."""
    match = _BOLD.match(node.text[:_BOLD_WITHIN])
    if match is None or (may_state(match["bold"]) and find(plain(match["bold"]))):
        return None
    return plain(match["bold"]), match["rest"]


def _time_group(group: Group) -> None:
    if group.kind is Kind.ROW:
        for row, box, title, lead in read_rows(group):
            row.rename(title)
            row.more, row.box = lead, box
        return
    for node in group.members:
        node.box = _of_line(node)
    if group.kind is Kind.ITEM and not any(node.box for node in group.members):
        _number_all(group.members)
    _drop_elsewhere(group.members)
    _keep_borne_out(group.members)
    if group.kind is Kind.ITEM:
        for node in group.members:
            if node.box is None and not node.lazy:
                node.box = _below_item(node)
            elif node.box is not None and not node.box.title:
                node.box = None


def _of_line(node: Node) -> TimeBox | None:
    """What a list item or a line of a paragraph states by itself, its first line before the rest."""
    box = _stated(node.text) if may_state(node.text) else None
    if box is None and node.more and may_state(f"{node.text} {node.more}"):
        box = _stated(f"{node.text} {node.more}")
    return None if box is None or _about_meeting(box, node) else box


def _stated(markdown: str) -> TimeBox | None:
    return find(plain(markdown))


def _about_meeting(box: TimeBox, node: Node) -> bool:
    """Whether a line says when or how long the meeting is."""
    title = box.title
    label = title.split(":", 1)[0] if ":" in title else title
    heads = (
        node.kind is not Kind.ITEM and words.is_agenda(title) and box.form not in (Form.RANGE, Form.START, Form.FIRST)
    )
    if words.is_length_label(title) or heads or (box.form in _LABELLED and words.is_metadata(label)):
        return True
    if node.kind is Kind.SECTION and box.form is Form.LOOSE_FIRST and words.is_session(title):
        return True
    if box.slot and not box.duration and is_date(title):
        return len(re.sub(r"[\W\d]|st\b|nd\b|rd\b|th\b|on\b", "", title)) < _DATED or box.form is Form.RANGE_LAST
    return box.form is Form.START and not title and node.kind is not Kind.ITEM


def _number_all(members: list[Node]) -> None:
    """Read ``5 - Welcome`` as five minutes where every item begins so, in round figures that do not just count."""
    # Asked of every list: what its first line does not have, its words do not begin with.
    if len(members) < _MANY_NUMBERED or not _FIGURE.search(members[0].text) or not members[0].plain[:1].isdigit():
        return
    boxes = [number_first(node.plain) for node in members]
    figures = [box.duration.minutes for box in boxes if box and box.duration]
    round_ones = sum(1 for figure in figures if figure and figure % 5 == 0)
    if len(figures) < _MANY_NUMBERED or len(figures) < len(members) or round_ones * 2 < len(figures):
        return
    if max(figures) <= _LONGEST_NUMBERED and any(later != before + 1 for before, later in pairwise(figures)):
        for node, box in zip(members, boxes, strict=True):
            node.box = box


def _drop_elsewhere(members: list[Node]) -> None:
    """Drop the times of a list that tells what time the meeting is in which place."""
    clocks = [node for node in members if node.box and node.box.slot and not node.box.duration]
    if clocks and sum(1 for node in clocks if words.is_elsewhere(node.plain)) * 2 > len(clocks):
        for node in clocks:
            node.box = None


def _keep_borne_out(members: list[Node]) -> None:
    """Drop loose forms that no sibling bears out."""
    if not any(node.box and node.box.form in LOOSE for node in members):
        return
    forms = Counter(node.box.form for node in members if node.box)
    for node in members:
        if node.box and words.is_break(node.box.title):
            continue
        if node.box and node.box.form in LOOSE and sum(forms[form] for form in _KIN[node.box.form]) < 2:  # noqa: PLR2004
            node.box = None


def _below_item(node: Node) -> TimeBox | None:
    """``5 minute timebox`` as the first point under an item."""
    if not node.groups or not node.groups[0].members:
        return None
    first = node.groups[0].members[0]
    if first.box is None:
        first.box = _of_line(first)
    if first.box and first.box.duration and not first.box.title:
        return replace(first.box, form=Form.BELOW, title=node.plain)
    return None


def _time_headings(node: Node) -> None:
    """The headings right under one section."""
    for section in node.sections:
        if may_state(section.text):
            box = _stated(section.text)
            section.box = None if box and _about_meeting(box, section) else box
    _keep_borne_out(node.sections)
    numbered = [
        (section, number_in_bracket(section.plain))
        for section in node.sections
        if section.box is None and ")" in section.text
    ]
    if sum(1 for _, box in numbered if box) >= _MANY_NUMBERED:
        for section, box in numbered:
            section.box = box
    for section in node.sections:
        if section.box is None and not _holds_topics(section.plain):
            section.box = _below_heading(section)


def _holds_topics(heading: str) -> bool:
    """Whether a heading is one over topics, so that a length below it is theirs together."""
    return words.is_agenda(heading) or words.is_day(heading) or is_mainly_date(heading)


def _below_heading(section: Node) -> TimeBox | None:
    """A time-box in the first paragraph under a heading: ``5 mins.``, ``(10-15 minutes)``, ``Take 30 minutes to …``."""
    group = next((group for group in section.groups if group.kind is Kind.LINE and not group.quoted), None)
    if group is None:
        return None
    first = group.members[0]
    if first.line > section.body + 2 or not may_state(first.text):
        return None
    text = first.plain
    title = section.plain
    box = find(text)
    if box and box.duration and (not box.title or words.is_length_label(box.title)):
        return replace(box, form=Form.BELOW, title=title)
    if box and box.duration and box.form is Form.BRACKET and not box.beside and text.rstrip(" .").endswith((")", "]")):
        return replace(box, form=Form.BELOW_PROSE, title=title)
    match = _INVITED.match(text)
    if match and (length := length_of(re.split(r"\s(?:to|for|on|in|and|with)\s|,", match["time"], maxsplit=1)[0])):
        return TimeBox(Form.BELOW_PROSE, title, length)
    return None


def is_clock(node: Node) -> bool:
    """Whether a node states only a time of day."""
    return node.box is not None and node.box.duration is None and (node.box.form in CLOCKS or node.box.slot is not None)
