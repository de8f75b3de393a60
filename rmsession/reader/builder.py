"""A Markdown text parsed into its outline.

markdown-it parses the blocks; its inline rules are left out, since only the lines that may be topics are looked into
(`plain`), which halves the cost. Lines that define link targets are blanked: 100,000 of them took two seconds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from rmsession.core.agenda import Problem
from rmsession.reader.bare import BareMarkdown
from rmsession.reader.block_parser import BlockParser
from rmsession.reader.bounds import Bounds
from rmsession.reader.html_lists import Entry, html_groups, summary_of
from rmsession.reader.limits import DEEPEST
from rmsession.reader.outline import Group, Kind, Node

_TREE = " \t│├└─┌┐┘|+*•#-"
"""What draws a tree of lines, or marks a point, in plain text."""
_REFERENCE = re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]+\S.*$", re.MULTILINE)
_LONGEST_LABEL = 80


def parse(text: str) -> tuple[Node, tuple[Problem, ...]]:
    """The outline of a text, as its root section, and what was left out of it for being too much."""
    if "]:" in text:
        text = _REFERENCE.sub("", text)
    builder = _Builder(text)
    return builder.build(_parser().parse(text)), builder.bounds.problems


@functools.cache
def _parser() -> BareMarkdown:
    """One parser for all texts: to set one up takes as long as to read a short agenda."""
    markdown = BareMarkdown({"maxNesting": DEEPEST})
    markdown.core.ruler.enableOnly(["block"])
    markdown.block = BlockParser()
    return markdown


class _Builder:
    """Walks the block tokens once, keeping which section and which nested item it stands in."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.root = Node(Kind.SECTION, 0, len(self.lines))
        self.sections = [self.root]
        self.items: list[Node] = []
        self.lists: list[Group] = []
        self.heading: Token | None = None
        self.quotes = 0
        self.label = ""
        self.label_line = -1
        self.paragraphs: dict[tuple[int, bool], tuple[Node, Group]] = {}
        """Where the lines under a section or item are gathered; the node is kept so that its `id` stays its own."""
        self.bounds = Bounds()

    def build(self, tokens: Sequence[Token]) -> Node:
        """The whole outline."""
        walk = iter(tokens)
        for token in walk:
            if token.type == "inline":
                self._inline(token)
            elif token.type == "table_open":
                self._table(token, walk)
            else:
                self._block(token)
        return self.root

    def _inline(self, token: Token) -> None:
        if self.heading is not None and not self.items and not self.quotes:
            self._heading(self.heading, token)
        else:
            self._paragraph(token)

    def _block(self, token: Token) -> None:
        """Keep track of what opens and closes; what there is most of comes first."""
        match token.type:
            case "list_item_open":
                begin, end = token.map or [0, 0]
                item = Node(Kind.ITEM, begin, end, begin + 1)
                self.items.append(item)
                self.bounds.add(self.lists[-1].members, item, "items")
                self.bounds.enter(token)
            case "list_item_close":
                self.items.pop()
                self.label = ""
            case "heading_open":
                self.heading = token
            case "heading_close":
                self.heading = None
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
                self.bounds.enter(token)
            case "html_block":
                self._html(token)
            case "fence":
                self._fence(token)
            case _:
                pass

    @property
    def _holder(self) -> Node:
        return self.items[-1] if self.items else self.sections[-1]

    def _heading(self, opening: Token, inline: Token) -> None:
        self.label = ""
        level = int(opening.tag[1:])
        begin, end = opening.map or [0, 0]
        while self.sections[-1].level >= level:
            self.sections.pop().end = begin
        words = " ".join(inline.content.split("\n"))
        section = Node(Kind.SECTION, begin, len(self.lines), end, words, level=level)
        self.bounds.add(self.sections[-1].sections, section, "headings")
        self.sections.append(section)

    def _open_list(self, token: Token) -> None:
        group = Group(Kind.ITEM, label=self._label_before(token), quoted=self.quotes > 0)
        self._holder.groups.append(group)
        self.lists.append(group)

    def _label_before(self, token: Token) -> str:
        begin = (token.map or [0])[0]
        label, self.label = self.label, ""
        return label if 0 <= begin - self.label_line <= 3 else ""  # noqa: PLR2004 - two empty lines between

    def _paragraph(self, inline: Token) -> None:
        begin, end = inline.map or [0, 0]
        lines = self.bounds.lines(inline.content, begin)
        self.label = lines[-1] if len(lines) == 1 and len(lines[0]) <= _LONGEST_LABEL else ""
        self.label_line = end
        item = self.items[-1] if self.items else None
        if item is not None and not item.text and not item.groups:
            self._item_text(item, begin, lines)
            return
        group = self._lines_group()
        for offset, line in enumerate(lines):
            last = begin + offset + 1 if offset < len(lines) - 1 else end
            node = Node(Kind.LINE, begin + offset, last, begin + offset + 1, line.lstrip("#"))
            self.bounds.add(group.members, node, "lines")

    def _lines_group(self) -> Group:
        """The group of paragraph lines of where it stands; quoted ones apart."""
        holder, quoted = self._holder, self.quotes > 0
        known = self.paragraphs.get((id(holder), quoted))
        if known is None:
            known = self.paragraphs[id(holder), quoted] = holder, Group(Kind.LINE, quoted=quoted)
            holder.groups.append(known[1])
        return known[1]

    def _item_text(self, item: Node, begin: int, lines: list[str]) -> None:
        """The item's first paragraph; a line out of its indentation hangs on only by oversight."""
        item.text = lines[0]
        indent = _indent(self.lines[item.line]) if item.line < len(self.lines) else 0
        kept: list[str] = []
        for offset, line in enumerate(lines[1:], 1):
            source = self.lines[begin + offset] if begin + offset < len(self.lines) else ""
            if _indent(source) <= indent and not self.quotes:
                at = begin + offset
                hanging = Node(Kind.ITEM, at, at + 1, at + 1, line, lazy=True)
                self.lists[-1].members.append(hanging)
            else:
                kept.append(line)
        item.more = " ".join(kept)

    def _table(self, opening: Token, walk: Iterator[Token]) -> None:
        """The rows of one table; takes its tokens up to the last."""
        group = Group(Kind.ROW, label=self._label_before(opening), quoted=self.quotes > 0)
        self._holder.groups.append(group)
        cells: list[str] = []
        for token in walk:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                opening, cells = token, []
            elif token.type == "inline":
                cells.append(token.content)
            elif token.type == "tr_close":
                begin, end = opening.map or [0, 0]
                if not group.header and not group.members:
                    group.header = self.bounds.columns(cells, begin)
                elif any(cells):
                    row = Node(Kind.ROW, begin, end, end, cells=self.bounds.columns(cells, begin))
                    self.bounds.add(group.members, row, "rows")

    def _fence(self, token: Token) -> None:
        """An agenda kept in a code block is looked at where there is no other."""
        begin = (token.map or [0, 0])[0] + 1
        lines = self.bounds.lines(token.content, begin)
        group = Group(Kind.LINE, quoted=True)
        for offset, line in enumerate(lines):
            words = line.strip(_TREE)
            if words:
                at = begin + offset
                group.members.append(Node(Kind.LINE, at, at + 1, at + 1, words))
        self._holder.groups.append(group)

    def _html(self, token: Token) -> None:
        begin, end = token.map or [0, 0]
        if summary := summary_of(token.content):
            self.label, self.label_line = summary, end
        groups, cut = html_groups(token.content)
        if cut:
            self.bounds.tags_left_out(begin)
        for kind, entries in groups:
            group = _html_group(Kind.ITEM if kind == "li" else Kind.ROW, entries, begin)
            group.quoted = self.quotes > 0
            self._holder.groups.append(group)


def _html_group(kind: Kind, entries: Sequence[Entry], begin: int) -> Group:
    """One HTML list or table, with the lists in its items."""
    group = Group(kind)
    for entry in entries:
        at = begin + entry.line
        node = Node(kind, at, at + 1, at + 1, entry.cells[0], cells=tuple(entry.cells))
        if entry.inner:
            node.groups.append(_html_group(Kind.ITEM, entry.inner, begin))
        group.members.append(node)
    return group


def _indent(line: str) -> int:
    """How far a line is set in, list markers and quote marks aside."""
    return len(line) - len(line.lstrip(" \t"))
