"""The figures of a report as a list to move through: sections, and in each what it is and what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.binding import Binding
from textual.content import Content

from rmsession.core.frozen import frozen
from rmsession.core.outcomes import Change
from rmsession.core.report.values import (
    Figure,
    Hidden,
    Missing,
    Pace,
    Part,
    Recommend,
    Section,
    Share,
    Shift,
    Spread,
    Value,
)
from rmsession.export.figure_words import minutes, percent, said, score
from rmsession.export.report_groups import groups
from rmsession.export.report_head import LOG, NOTHING, day
from rmsession.tui.text import content
from rmsession.tui.widgets.choices import Choices

_MUTED: Final = "$foreground-muted"
_LEAST: Final = 18
"""Cells that a label keeps beside a value."""


@frozen
class _Head:
    """A section's title, or what some figures are about."""

    text: str
    indent: int = 0


@frozen
class _Row:
    """A figure, with what its label says besides the heading above it."""

    label: str
    figure: Figure
    indent: int


_Line = _Head | _Row | Change | None


class ReportList(Choices[_Line]):
    """The figures of one part of a report."""

    BINDINGS = [Binding("enter", "choose", "Look at", show=False, tooltip="To what is known of this figure")]

    def __init__(self) -> None:
        super().__init__(id="figures")

    @property
    def stood_on(self) -> Figure | Change | None:
        """What is stood on."""
        return self.line.figure if isinstance(self.line, _Row) else self.line if isinstance(self.line, Change) else None

    def show(self, part: Part) -> None:
        """Take another part; the same figure stays stood on, where that one has it."""
        before = self.stood_on
        lines = list(_lines(part))
        places = [place for place, line in enumerate(lines) if isinstance(line, _Row | Change)]
        same = (place for place in places if before and _id(lines[place]) == _id_of(before))
        self.take(lines, next(same, places[0] if places else None))

    def draw(self, line: int, width: int) -> Content:
        """One line."""
        match self.lines[line]:
            case _Head(text=text, indent=0):
                return Content.styled(text, "bold").truncate(width, ellipsis=True)
            case _Head(text=text, indent=indent):
                return Content(" " * indent + text).truncate(width, ellipsis=True)
            case _Row(label=label, figure=figure, indent=indent):
                return _beside(" " * indent + label, figure.value, width)
            case Change() as entry:
                words = content(entry.changed if entry.changed.line.strip() else entry.idea)
                quiet = Content.styled(f"  {day(entry.on)}  ", _MUTED)
                return Content.assemble(quiet, words).truncate(width, ellipsis=True)
            case _:
                return Content("")

    def block_of(self, line: int) -> range | None:
        """A figure or an entry of the log can be stood on; headings cannot."""
        return range(line, line + 1) if isinstance(self.lines[line], _Row | Change) else None


def brief(value: Value, room: int) -> str:  # noqa: PLR0911 - one for each kind of value
    """A value within a line of a list: in full where there is room, and never a percentage without its count."""
    words = said(value)
    match value:
        case Hidden() if len(words) > room:
            return "hidden"
        case Spread() if value.n:
            return f"n = {value.n:,}"
        case Share(k, n) if len(words) > room:
            return f"{k:,}/{n:,} ({percent(k, n)})"
        case Pace(planned, taken, _) if len(words) > room:
            return f"{minutes(taken)} of {minutes(planned)} min"
        case Recommend() if len(words) > room:
            return f"score {value.score:+d} (n = {value.n:,})".replace("-", "−")
        case Shift(before, now, n, lowest, _) if len(words) > room:
            return f"{score(before, lowest)} → {score(now, lowest)} (n = {n:,})"
        case _:
            return words


def _beside(label: str, value: Value, width: int) -> Content:
    quiet = isinstance(value, Hidden | Missing | Spread)
    words = brief(value, width - len(label) - 2)
    right = Content.styled(words, _MUTED if quiet else "").truncate(max(width - _LEAST, _LEAST), ellipsis=True)
    left = Content(label).truncate(max(width - right.cell_length - 2, 1), ellipsis=True)
    between = max(width - left.cell_length - right.cell_length, 1)
    return Content.assemble(left, " " * between, right).truncate(width)


def _lines(part: Part) -> Iterator[_Line]:
    for place, section in enumerate(part.sections):
        if place:
            yield None
        yield _Head(section.title)
        yield from _section(section)
    if part.log:
        yield None
        yield _Head(LOG)
        yield from part.log


def _section(section: Section) -> Iterator[_Line]:
    if not section.figures:
        yield _Head(NOTHING, 2)
    for group in groups(section.figures):
        if group.title:
            yield _Head(group.title, 2)
        for label, figure in group.figures:
            yield _Row(label, figure, 4 if group.title else 2)


def _id(line: _Line) -> str:
    return _id_of(line.figure) if isinstance(line, _Row) else _id_of(line) if isinstance(line, Change) else ""


def _id_of(what: Figure | Change) -> str:
    return what.id
