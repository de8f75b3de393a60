"""What is known of one figure: its words in full, a plot where one tells something, its parts, and what it rests on."""

# ruff: noqa: PLC0415 - loaded when it is opened: the first paint needs none of it

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rmsession.core.outcomes import Change
from rmsession.core.report.values import Cell, Figure, Hidden, Missing, Spread
from rmsession.export.figure_words import said
from rmsession.export.report_bars import bar, drawn
from rmsession.export.report_groups import PARTS, told
from rmsession.export.report_head import ARITHMETIC, day, log_words
from rmsession.tui.text import block
from rmsession.tui.widgets.flow import Flow
from rmsession.tui.widgets.report_rows import brief

if TYPE_CHECKING:
    from rmsession.tui.widgets.plot import FigurePlot

_MUTED: Final = "$foreground-muted"
_WIDE: Final = 20
"""Cells of a bar."""
_LEAST: Final = 6
"""Cells below which one would tell nothing."""
_GAP: Final = 2


class FigureDetail(VerticalScroll, can_focus=True):
    """One figure, or one entry of the change log."""

    DEFAULT_CSS = """
    FigureDetail {
        padding: 0 2; scrollbar-size-vertical: 1;
        & FigurePlot { margin-top: 1; display: none; }
        &.-plotted FigurePlot { display: block; }
    }
    """

    def compose(self) -> ComposeResult:
        """The words above the plot, and those below it."""
        yield Static(id="said")
        yield Static(id="parts")

    async def show(self, what: Figure | Change | None) -> None:
        """Show another one."""
        above, below = self.query_one("#said", Static), self.query_one("#parts", Static)
        match what:
            case Figure() as figure:
                above.update(Flow(lambda width: list(_above(figure, width))))
                below.update(Flow(lambda width: list(_below(figure, width))))
            case Change() as entry:
                above.update(Content("\n").join(_entry(entry)))
                below.update("")
            case None:
                above.update("")
                below.update("")
        await self._plot(what if isinstance(what, Figure) else None)
        self.scroll_home(animate=False)

    async def _plot(self, figure: Figure | None) -> None:
        if figure is None or not figure.cells:
            self.remove_class("-plotted")
            return
        # Only here: it takes a tenth of a second to load, and most figures have nothing to plot.
        from rmsession.tui.widgets.plot import FigurePlot, plottable

        shows = plottable(figure)
        self.set_class(shows, "-plotted")
        if shows:
            plot: FigurePlot | None = next(iter(self.query(FigurePlot)), None)
            if plot is None:
                plot = FigurePlot()
                await self.mount(plot, after="#said")
            plot.draw(figure)


def _above(figure: Figure, width: int) -> Iterator[Content]:
    quiet = isinstance(figure.value, Hidden | Missing)
    words = brief(figure.value, 0) if isinstance(figure.value, Spread) else said(figure.value)
    yield from Content.styled(figure.label, "bold").wrap(width)
    yield Content("")
    yield from Content.styled(words, _MUTED if quiet else "").wrap(width)
    if small := drawn(figure.value, min(_WIDE, width)):
        yield Content.styled(small, "$text-accent")


def _below(figure: Figure, width: int) -> Iterator[Content]:
    if isinstance(figure.value, Spread) and figure.value.n:
        yield Content("")
        yield from _spread(figure.value, width)
    if figure.cells:
        yield Content("")
        yield from _parts(told(figure.cells), width)
    if figure.note:
        yield Content("")
        yield from Content.styled(figure.note, _MUTED).wrap(width)
    if figure.sources:
        yield Content("")
        many = f"{len(figure.sources):,} records" if len(figure.sources) > 1 else "1 record"
        yield from Content.styled(f"From {many}: rmsession report --explain {figure.id}", _MUTED).wrap(width)


def _spread(value: Spread, width: int) -> Iterator[Content]:
    """Each answer with a bar, as long as there is room for it beside the count."""
    counts = [f"{count:,}/{value.n:,}" for _, count in value.counts]
    most, last = max(len(answer) for answer, _ in value.counts), max(len(each) for each in counts)
    wide = min(width - most - last - 2 * _GAP, _WIDE)
    for (answer, count), many in zip(value.counts, counts, strict=True):
        if wide < _LEAST:
            yield from _beside(Content(answer), Content(many), width - last - _GAP, width)
        else:
            shown = Content.styled(bar(count, value.n, wide), "$text-accent")
            yield Content.assemble(answer.ljust(most), " " * _GAP, shown, " " * _GAP, many.rjust(last))


def _parts(cells: Sequence[Cell], width: int) -> Iterator[Content]:
    """The parts, those of one agenda below its title."""
    for agenda, same in groupby(cells, key=lambda each: each.label.rpartition(PARTS)[0]):
        if agenda:
            yield from Content(agenda).wrap(width)
        for each in same:
            label = Content(f"{' ' * _GAP if agenda else ''}{each.label.rpartition(PARTS)[2]}")
            quiet = isinstance(each.value, Hidden | Missing)
            words = brief(each.value, width - min(label.cell_length, width // 2) - _GAP)
            value = Content.styled(words, _MUTED if quiet else "")
            yield from _beside(label, value, width - value.cell_length - _GAP, width)


def _beside(label: Content, value: Content, most: int, width: int) -> list[Content]:
    """A label and at the right end what it came to; a long label goes on below itself."""
    lines = label.wrap(max(most, _LEAST)) or [Content("")]
    first = lines[0].pad_right(max(width - lines[0].cell_length - value.cell_length, _GAP))
    return [Content.assemble(first, value), *(each.pad_left(_GAP) for each in lines[1:])]


def _entry(entry: Change) -> Iterator[Content]:
    yield Content.styled(day(entry.on), "bold")
    for name, words in log_words(entry):
        yield Content("")
        yield Content.styled(name, "$text-warning" if name is ARITHMETIC else _MUTED)
        yield block(words)
