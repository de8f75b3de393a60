"""Which of an outline's places are the agenda's topics.

The sections headed "Agenda" or "Schedule" come first, else the whole text. In there the topics are the level that
holds the times: headings, or list items, table rows and lines. A timed parent counts once, whatever its parts say;
an untimed one among timed siblings takes the sum of its parts.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from enum import Enum

from rmsession.core.frozen import frozen
from rmsession.reader import words
from rmsession.reader.dates import is_mainly_date
from rmsession.reader.front import session_length
from rmsession.reader.outline import Group, Kind, Node
from rmsession.reader.scope import BELOW, Scope, scopes, timed_below, timed_in, title_of
from rmsession.reader.timebox import Form
from rmsession.reader.timing import is_clock, words_of

_MOST_OF = 0.8
"""Parts that come to this share of a heading's time fill it."""
_SEVERAL_PARTS = 3


class Source(Enum):
    """Where a topic's minutes come from."""

    STATED = "stated"
    PARTS = "parts"
    """The sum of its timed parts; it states none itself."""
    NONE = "none"


@frozen
class Pick:
    """A place chosen as a topic."""

    node: Node
    series: int
    """Picks of one series follow each other on one clock."""
    source: Source
    parts: tuple[Pick, ...] = ()
    """Its timed parts, where it is timed by them or they can be held against it."""


@frozen
class Choice:
    """The topics' places in the order of the text, and how they were found."""

    picks: tuple[Pick, ...]
    timed: bool
    quoted: bool = False
    title: Node | None = None
    """The heading that is the agenda's title."""


def choose(root: Node, *, timed: bool) -> Choice:
    """The topics of an outline in which something is `timed`; none where nothing is."""
    title = title_of(root)
    for quoted in (False, True) if timed else ():
        for scope in scopes(root, title, quoted=quoted):
            picker = _Picker(scope)
            picks = picker.picks()
            if any(pick.source is not Source.NONE for pick in picks):
                named = picker.filled if picker.filled and (title is None or title.level > 1) else title
                return Choice(tuple(picks), timed=True, quoted=quoted, title=named)
    return Choice((), timed=False, title=title)


class _Picker:
    """Chooses within one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.series = itertools.count()
        self.filled: Node | None = None
        """The only timed heading, where the topics stand under it."""

    def picks(self) -> list[Pick]:
        """The topics here, in the order of the text."""
        headed, listed = self.scope.headed(), self.scope.listed()
        prose = all(node.box is not None and node.box.form is Form.BELOW_PROSE for node in headed)
        if len(headed) == 1 and (inner := self._filling(headed[0])):
            found, self.filled = inner, headed[0]
        elif headed and (not listed or (len(headed) >= listed and not prose)):
            found = self._by_heading(self.scope.root)
        else:
            found = _without_repeats(self._by_list(self.scope.root))
        return sorted(found, key=lambda pick: pick.node.line)

    def _filling(self, section: Node) -> list[Pick]:
        """The topics under the only timed heading, where its time is theirs together: ``Session (60 min)``."""
        if section.box is None or section.box.duration is None:
            return []
        found = self._by_list(section)
        total = sum(box.duration.minutes for pick in found if (box := pick.node.box) and box.duration)
        timed = sum(1 for pick in found if pick.source is not Source.NONE)
        return found if timed >= _SEVERAL_PARTS and total >= section.box.duration.minutes * _MOST_OF else []

    def _by_heading(self, node: Node) -> list[Pick]:
        """Topics among the headings under `node`, at the first level that has times."""
        sections = node.sections
        timed = [at for at, section in enumerate(sections) if self.scope.times(section)]
        if not timed:
            return [pick for one in sections if not self.scope.skips(one) for pick in self._by_heading(one)]
        series = next(self.series)
        below = all(box.form in BELOW for at in timed if (box := sections[at].box))
        before, after = (not below and self._mostly_timed(sections, len(timed), share) for share in (2, 3))
        found: list[Pick] = []
        for at, section in enumerate(sections):
            if section.box is None and at > timed[0] and words.is_notes(section.plain):
                break
            inside = timed[0] < at < timed[-1] and not below
            wanted = inside or (before if at < timed[0] else after)
            pick = self._headed_pick(section, series, wanted=wanted, inside=inside)
            found.extend([pick] if pick else [])
            if section.box is not None:
                found.extend(_breaks(section, series))
        return found

    def _mostly_timed(self, sections: Sequence[Node], timed: int, share: int) -> bool:
        """Whether one in `share` headings is timed, so that those around the timed ones are topics too."""
        return self.scope.explicit or timed * share >= sum(1 for one in sections if self.scope.may_be_topic(one))

    def _headed_pick(self, section: Node, series: int, *, wanted: bool, inside: bool) -> Pick | None:
        """One heading as a topic, if it is one."""
        if self.scope.times(section):
            return Pick(section, series, Source.STATED, self._parts(section))
        text = section.plain
        aside = self.scope.skips(section) and not inside and not self.scope.explicit
        if not text or section is self.scope.title or aside or words.is_agenda(text) or session_length(text):
            return None
        if parts := self._parts(section):
            return Pick(section, series, Source.PARTS, parts)
        if (wanted and not words.is_hard_aside(text) and not is_mainly_date(text)) or words.is_closing(text):
            return Pick(section, series, Source.NONE)
        return None

    def _parts(self, node: Node) -> tuple[Pick, ...]:
        """The timed parts under a topic, its own time left out."""
        found = self._by_heading(node) if node.sections else []
        found = found or [pick for group in node.groups if self.scope.usable(group) for pick in self._siblings(group)]
        return tuple(pick for pick in found if pick.source is not Source.NONE)

    def _by_list(self, node: Node) -> list[Pick]:
        """Topics among the lists, tables and lines under `node`, in all its sections."""
        found = [pick for group in node.groups if self.scope.usable(group) for pick in self._siblings(group)]
        for section in node.sections:
            if self.scope.skips(section):
                continue
            inner = self._by_list(section)
            if not inner and self.scope.times(section) and section.box and section.box.duration:
                inner = [Pick(section, next(self.series), Source.STATED)]
            found.extend(inner)
        return found

    def _siblings(self, group: Group) -> list[Pick]:
        """Topics among the members of one group."""
        series = next(self.series)
        timed = [at for at, node in enumerate(group.members) if node.box]
        if not timed and all(node.lazy or timed_below(node) for node in group.members):
            return [pick for node in group.members for pick in self._inner(node)]
        clocks = bool(timed) and all(is_clock(group.members[at]) for at in timed)
        found: list[Pick] = []
        for at, node in enumerate(group.members):
            if node.box is not None:
                capped = node.box.at_most and timed_below(node)
                found.append(Pick(node, series, Source.PARTS if capped else Source.STATED, self._parts(node)))
            elif timed_below(node):
                day = _clocks_below(node)
                found.extend(self._inner(node) if day else [Pick(node, series, Source.PARTS, self._parts(node))])
            elif _untimed(node, group.kind, inside=bool(timed) and timed[0] < at < timed[-1], clocks=clocks):
                found.append(Pick(node, series, Source.NONE))
        return found

    def _inner(self, node: Node) -> list[Pick]:
        return [pick for inner in node.groups if timed_in(inner) for pick in self._siblings(inner)]


def _clocks_below(node: Node) -> bool:
    """Whether the times right under a node are times of day: it is a day or a session, and no topic."""
    nearest: list[Node] = []
    stack = [node]
    while stack:
        for group in stack.pop().groups:
            nearest.extend(child for child in group.members if child.box)
            stack.extend(child for child in group.members if not child.box)
    return all(is_clock(child) for child in nearest)


def _breaks(section: Node, series: int) -> list[Pick]:
    """``15 minute break`` on a line of its own between two timed headings."""
    return [
        Pick(line, series, Source.STATED)
        for group in section.groups
        if group.kind is Kind.LINE
        for line in group.members
        if line.box and line.box.duration and words.is_break(line.box.title)
    ]


def _untimed(node: Node, kind: Kind, *, inside: bool, clocks: bool) -> bool:
    """Whether an untimed sibling of timed ones is a topic too."""
    text = words_of(node)
    if node.lazy or kind is Kind.LINE or not text.strip() or words.is_metadata(text.split(":", 1)[0]):
        return False
    return inside or not clocks or words.is_closing(text)


def _without_repeats(picks: list[Pick]) -> list[Pick]:
    """The picks without headings that say again what a list has said: notes under the topics of an agenda."""
    listed = {_said(pick) for pick in picks if pick.node.kind is not Kind.SECTION}
    return [pick for pick in picks if pick.node.kind is not Kind.SECTION or _said(pick) not in listed]


def _said(pick: Pick) -> str:
    return " ".join(words_of(pick.node).casefold().split())
