"""Where in a text the agenda may stand, and which of its headings and lists count there."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core.frozen import frozen
from rmsession.reader import words
from rmsession.reader.dates import is_mainly_date
from rmsession.reader.outline import Group, Kind, Node
from rmsession.reader.plain import plain
from rmsession.reader.timebox import Form

BELOW = frozenset({Form.BELOW, Form.BELOW_PROSE})
"""Times that stand under a heading and not in it."""
_SEVERAL = 2
_FEW = 3
"""A list of so many may have one timed item; one time in a longer list is a remark."""


@frozen
class Scope:
    """A part of a text to look for topics in."""

    root: Node
    title: Node | None
    """The heading that is the whole agenda's title; it is no topic and hides nothing."""
    explicit: bool
    """It is headed "Agenda" or the like."""
    quoted: bool
    """Quotations and code are looked at, and nothing else."""

    def times(self, section: Node) -> bool:
        """Whether a heading states a time as a topic's heading does."""
        return section.box is not None and section is not self.title

    def skips(self, section: Node) -> bool:
        """Whether a section is no part of this meeting's plan."""
        if section is self.title or section.box is not None:
            return False
        return words.is_aside(section.plain) and not words.is_agenda(section.plain)

    def may_be_topic(self, section: Node) -> bool:
        """Whether a heading could name a topic."""
        text = section.plain
        return section.box is not None or (
            bool(text) and not (self.skips(section) or words.is_agenda(text) or is_mainly_date(text))
        )

    def headed(self) -> list[Node]:
        """The timed headings, those under a timed one left out."""
        found: list[Node] = []
        stack = list(reversed(self.root.sections))
        while stack:
            section = stack.pop()
            if self.times(section):
                found.append(section)
            elif not self.skips(section):
                stack.extend(reversed(section.sections))
        return found

    def listed(self) -> int:
        """How many timed items, rows and lines stand neither under a timed heading nor beside one."""
        total = 0
        stack = [(self.root, False)]
        while stack:
            node, covered = stack.pop()
            if not covered:
                total += sum(timed_in(group) for group in node.groups if self.usable(group))
            beside = any(self.times(one) and one.box and one.box.form not in BELOW for one in node.sections)
            stack.extend((one, beside) for one in node.sections if not self.times(one) and not self.skips(one))
        return total

    def usable(self, group: Group) -> bool:
        """Whether a group's times are an agenda's, and not one chance mention."""
        if group.quoted is not self.quoted or (group.label and _is_about(plain(group.label))):
            return False
        timed = [node for node in group.members if node.box]
        if group.kind is Kind.LINE:
            firm = [node for node in timed if node.box and node.box.form is not Form.RANGE_LAST]
            return len(firm) >= _SEVERAL or (bool(firm) and self.explicit)
        below = sum(1 for node in group.members if not node.box and timed_below(node))
        if len(timed) + below >= _SEVERAL or (self.explicit and timed):
            return True
        nested = bool(below) and any(self.usable(inner) for node in group.members for inner in node.groups)
        return nested or (bool(timed) and len(group.members) <= _FEW)


def timed_in(group: Group) -> int:
    """How many of a group state a time, themselves or below."""
    return sum(1 for node in group.members if node.box or timed_below(node))


def timed_below(node: Node) -> bool:
    """Whether anything in the lists and tables under a node states a time."""
    return any(child.box or timed_below(child) for group in node.groups for child in group.members)


def scopes(root: Node, title: Node | None, *, quoted: bool) -> Iterator[Scope]:
    """Where to look, most promising first: sections headed as agenda, lists headed so, everything."""
    named: list[Node] = []
    passed: set[int] = set()
    for section in root.within():
        if section is title or id(section) in passed:
            continue
        notes = words.is_notes(section.plain)
        if notes or (words.is_agenda(section.plain) and section.box is None):
            passed.update(id(child) for child in section.within())
        if not notes and id(section) not in passed and words.is_agenda(section.plain) and section.box is None:
            named.append(section)
    labelled = [group for group in _groups(root) if group.label and words.is_agenda(plain(group.label))]
    if named:
        yield Scope(Node(Kind.SECTION, 0, root.end, sections=named, level=-1), title, explicit=True, quoted=quoted)
    if labelled:
        yield Scope(Node(Kind.SECTION, 0, root.end, groups=labelled, level=-1), title, explicit=True, quoted=quoted)
    yield Scope(root, title, explicit=False, quoted=quoted)


def title_of(root: Node) -> Node | None:
    """The first heading, unless it is a topic or one of several alike."""
    headings = [node for node in root.within() if not words.is_contents(node.plain)]
    if not headings:
        return None
    first, others = headings[0], headings[1:]
    if first.level > 1 and any(node.level < first.level for node in others):
        return first if first.box is None and not words.is_aside(first.plain) else None
    peers = [node for node in others if node.level == first.level]
    if first.box is not None and (first.level > 1 or any(node.box for node in peers)):
        return None
    if peers and (first.level > 1 or words.is_aside(first.plain)):
        divides = words.is_agenda(first.plain) or words.is_aside(first.plain)
        return None if divides or not any(node.box or node.groups for node in others) else first
    return first


def _is_about(label: str) -> bool:
    return words.is_aside(label) or words.is_metadata(label)


def _groups(root: Node) -> Iterator[Group]:
    yield from root.groups
    for section in root.within():
        yield from section.groups
