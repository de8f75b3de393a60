"""Lines that lay themselves out for the width they get: columns of lists and tables, wrapped, never cut in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from rmsession.core.frozen import frozen

MUTED = "$foreground 60%"
"""The style of quiet words inside a `Content`, where Textual paints ``$text-muted`` as plain white (or black)."""
Layout = Callable[[int], Sequence[Content]]
"""A width in cells to lines of at most that width."""


class Flow(Visual):
    """What a `Static` or an `Option` shows when the place of its words depends on the room there is."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._laid_out: tuple[int, Sequence[Content]] = (-1, ())

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Paint the lines."""
        strips = [strip for line in self.lines(width) for strip in line.render_strips(width, 1, style, options)]
        return strips if height is None else strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 # Visual's signature
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 # Visual's signature
        """How many lines this takes."""
        return len(self.lines(width))

    def lines(self, width: int) -> Sequence[Content]:
        """The lines at a width, laid out once while it stays."""
        if self._laid_out[0] != width:
            self._laid_out = (width, self._layout(width) if width > 0 else ())
        return self._laid_out[1]


@frozen
class Cell:
    """One column of a row."""

    text: Content
    width: int | None = None
    """In cells; None shares what is left."""
    right: bool = False
    """Whether its words stand at its right end, as numbers do."""
    from_width: int = 0
    """The row's width below which this column makes room for the others."""


def row(*cells: Cell, gap: int = 1) -> Flow:
    """Columns side by side; a text too long for its column wraps within it."""
    return Flow(lambda width: columns(cells, width, gap))


def columns(cells: Sequence[Cell], width: int, gap: int = 1) -> list[Content]:
    """The lines of one row at a width."""
    shown = [cell for cell in cells if width >= cell.from_width]
    fixed = sum(cell.width or 0 for cell in shown)
    free = sum(cell.width is None for cell in shown)
    room = max(width - fixed - gap * (len(shown) - 1), 0)
    wide = [max(room // free, 1) if cell.width is None else cell.width for cell in shown]
    wrapped = [cell.text.wrap(size) or [Content("")] for cell, size in zip(shown, wide, strict=True)]
    lines = []
    for number in range(max(map(len, wrapped), default=0)):
        parts = [
            _placed(lines_[number] if number < len(lines_) else Content(""), size, right=cell.right)
            for cell, size, lines_ in zip(shown, wide, wrapped, strict=True)
        ]
        lines.append(Content(" " * gap).join(parts).truncate(width))
    return lines


def spread(left: Content, right: Content, width: int) -> list[Content]:
    """One text at each end of a line; below one another where they do not fit."""
    between = width - left.cell_length - right.cell_length
    if between >= 1:
        return [Content.assemble(left, " " * between, right)]
    return [*left.wrap(width), *(right.wrap(width) if right else [])]


def _placed(line: Content, width: int, *, right: bool) -> Content:
    line = line.truncate(width, ellipsis=True)
    short = width - line.cell_length
    return line.pad_left(short) if right else line.pad_right(short)
