"""The places in a text where topics may stand: sections, list items, table rows and lines of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from rmsession.reader.plain import plain
from rmsession.reader.timebox import TimeBox


class Kind(Enum):
    """Where a candidate stands."""

    SECTION = "section"
    ITEM = "item"
    ROW = "row"
    LINE = "line"


@dataclass(slots=True)
class Node:
    """One place where a topic may stand, and what stands under it."""

    kind: Kind
    line: int
    """First line, counted from nought."""
    end: int
    """The line after its last."""
    body: int = 0
    """The first line under its own."""
    text: str = ""
    """Its own line as Markdown, without the list marker or number signs."""
    more: str = ""
    """What else its first paragraph says."""
    level: int = 0
    """A heading's level; nought for the root."""
    groups: list[Group] = field(default_factory=list)
    sections: list[Node] = field(default_factory=list)
    cells: tuple[str, ...] = ()
    lazy: bool = False
    """A line that hangs on to the list item before it by the writer's oversight."""
    box: TimeBox | None = None
    """The time-box it states, once `timing` has looked."""
    _plain: str | None = None

    @property
    def plain(self) -> str:
        """Its own line in plain words."""
        if self._plain is None:
            self._plain = plain(self.text)
        return self._plain

    def rename(self, text: str) -> None:
        """Give a table's row the text of its topic column."""
        self.text, self._plain = text, None

    def within(self) -> Iterator[Node]:
        """Every section under this one, in the order of the text."""
        stack = list(reversed(self.sections))
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.sections))


@dataclass(slots=True)
class Group:
    """Siblings: the items of one list, the rows of one table, the lines of one section's paragraphs."""

    kind: Kind
    members: list[Node] = field(default_factory=list)
    label: str = ""
    """The short line just before, such as ``**Agenda:**``."""
    header: tuple[str, ...] = ()
    quoted: bool = False
