"""The topics of an agenda that states no times: its agenda section's points, else its headings, else its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rmsession.reader import words
from rmsession.reader.outline import Group, Kind, Node
from rmsession.reader.plain import plain
from rmsession.reader.tables import topic_rows
from rmsession.reader.topics import Choice, Pick, Source

_CONTENTS = re.compile(r"^\s*\[[^\[\]]*\]\(#[^()]*\)\s*$")
_OWN_MINUTES = frozenset({"times"})


def untimed(root: Node, title: Node | None) -> Choice:
    """A choice of topics without minutes; the whole text is one topic where nothing divides it."""
    nodes = _agenda_points(root, title) or _headings(root, title) or _points(root, title)
    if not nodes:
        nodes = [node] if (node := _only(root, title)) else []
    picks = tuple(Pick(node, 1, Source.STATED if node.box and node.box.duration else Source.NONE) for node in nodes)
    return Choice(picks, timed=any(pick.source is Source.STATED for pick in picks), title=title)


def _agenda_points(root: Node, title: Node | None) -> list[Node]:
    """What the first section or list that is headed "Agenda" lists."""
    for section in root.within():
        if section is title or not words.is_agenda(section.plain):
            continue
        parts = _parts(section)
        listed = next((points for group in section.groups if (points := _listed(group))), [])
        if len(parts) > 1 or (parts and not listed):
            return parts
        if listed:
            return listed
    for holder in [root, *root.within()]:
        for group in holder.groups:
            if words.is_agenda(plain(group.label)) and (points := _listed(group)):
                return points
    return []


def _headings(root: Node, title: Node | None) -> list[Node]:
    """The headings of the highest level that has several, the title's own aside."""
    level = [root]
    while level:
        found = [part for node in level for part in _parts(node) if part is not title]
        if len(found) > 1:
            return found
        if len(found) == 1 and not found[0].sections and not _long_lists(found[0]):
            return found
        level = [section for node in level for section in node.sections]
    return []


def _long_lists(section: Node) -> bool:
    return any(len(_listed(group)) > 1 for group in section.groups)


def _parts(node: Node) -> list[Node]:
    """The sections under one that may be topics."""
    sections = [section for section in node.sections if section.plain and not _is_about(section.plain)]
    if any(section.plain.casefold() in _OWN_MINUTES for section in node.sections):
        return [section for section in sections if not words.is_aside(section.plain)]
    return sections


def _is_about(text: str) -> bool:
    """Whether a heading tells of the meeting instead of naming a topic."""
    return words.is_hard_aside(text) or (":" in text and words.is_metadata(text.split(":", 1)[0]))


def _points(root: Node, title: Node | None) -> list[Node]:
    """The items of the first list that is no table of contents and no list of people."""
    for holder in [root, *root.within()]:
        if holder is not title and words.is_aside(holder.plain):
            continue
        for group in holder.groups:
            if points := _listed(group):
                return points
    return []


def _listed(group: Group) -> list[Node]:
    """The points of a list, or of a table of topics, each with words of its own."""
    if group.kind is Kind.ROW and not group.quoted:
        rows = topic_rows(group)
        for row, title in rows:
            row.rename(title)
        return [row for row, _ in rows]
    if group.kind is not Kind.ITEM or group.quoted or words.is_hard_aside(plain(group.label)):
        return []
    points = [node for node in group.members if not node.lazy and node.plain]
    around = sum(1 for node in points if _CONTENTS.match(node.text) or words.is_metadata(node.plain.split(":", 1)[0]))
    if around * 2 >= len(points):
        return []
    return points


def _only(root: Node, title: Node | None) -> Node | None:
    """The whole text as one topic."""
    if title is not None:
        return title
    return next(_all(root.groups), None)


def _all(groups: Sequence[Group]) -> Iterator[Node]:
    for group in groups:
        for node in group.members:
            if node.plain:
                yield node
            yield from _all(node.groups)
