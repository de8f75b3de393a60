"""What is known of one figure: its words in full, a plot where one tells something, its parts, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rmsession.core.outcomes import Change
from rmsession.core.report.values import Figure, Hidden, Missing, Spread
from rmsession.export.figure_words import said
from rmsession.export.report_bars import bar, drawn
from rmsession.export.report_groups import told
from rmsession.export.report_head import ARITHMETIC, day, log_words
from rmsession.tui.text import block
from rmsession.tui.widgets.report_rows import brief

if TYPE_CHECKING:
    from rmsession.tui.widgets.plot import FigurePlot

_MUTED: Final = "$foreground-muted"
_WIDE: Final = 20


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
                above.update(_above(figure))
                below.update(Content("\n").join(_below(figure)))
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
        from rmsession.tui.widgets.plot import FigurePlot, plottable  # noqa: PLC0415

        shows = plottable(figure)
        self.set_class(shows, "-plotted")
        if shows:
            plot: FigurePlot | None = next(iter(self.query(FigurePlot)), None)
            if plot is None:
                plot = FigurePlot()
                await self.mount(plot, after="#said")
            plot.draw(figure)


def _above(figure: Figure) -> Content:
    quiet = isinstance(figure.value, Hidden | Missing)
    words = brief(figure.value, 0) if isinstance(figure.value, Spread) else said(figure.value)
    value = Content.styled(words, _MUTED if quiet else "")
    small = drawn(figure.value, _WIDE)
    parts = [Content.styled(figure.label, "bold"), Content(""), value]
    parts += [Content.styled(small, "$text-accent")] if small else []
    return Content("\n").join(parts)


def _below(figure: Figure) -> Iterator[Content]:
    if isinstance(figure.value, Spread) and figure.value.n:
        yield Content("")
        most = max(len(answer) for answer, _ in figure.value.counts)
        for answer, count in figure.value.counts:
            shown = Content.styled(bar(count, figure.value.n, _WIDE), "$text-accent")
            yield Content.assemble(answer.ljust(most), "  ", shown, f"  {count:,}/{figure.value.n:,}")
    parts = told(figure.cells)
    if parts:
        yield Content("")
        most = min(max(len(each.label) for each in parts), 30)
        for each in parts:
            quiet = isinstance(each.value, Hidden | Missing)
            yield Content.assemble(each.label.ljust(most), "  ", (said(each.value), _MUTED if quiet else ""))
    if figure.note:
        yield Content("")
        yield Content.styled(figure.note, _MUTED)
    yield Content("")
    if figure.sources:
        many = f"{len(figure.sources):,} records" if len(figure.sources) > 1 else "1 record"
        yield Content.styled(f"From {many}: rmsession report --explain {figure.id}", _MUTED)


def _entry(entry: Change) -> Iterator[Content]:
    yield Content.styled(day(entry.on), "bold")
    for name, words in log_words(entry):
        yield Content("")
        yield Content.styled(name, "$text-warning" if name is ARITHMETIC else _MUTED)
        yield block(words)
