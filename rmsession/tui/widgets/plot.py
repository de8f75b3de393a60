"""The course of a figure as a plot in the terminal; the one place that knows what draws it.

Importing it takes a tenth of a second: it is imported where a plot is first shown.
"""

from __future__ import annotations

from textual.color import Color
from textual_plotext import PlotextPlot

from rmsession.core.report.values import Cell, Figure, Mean, Pace, Share, Shift, Value

_MINUTE = 60
_STEPS = 5
"""Marks on an axis that has no scale of its own."""


class FigurePlot(PlotextPlot):
    """One figure's course over its parts: the whole scale, or a small change would look like much."""

    DEFAULT_CSS = """
    FigurePlot { height: 12; background: transparent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._figure: Figure | None = None

    def draw(self, figure: Figure) -> None:
        """Draw another figure; `plottable` says of which there is something to draw."""
        self._figure = figure
        self._draw()

    def on_mount(self) -> None:
        """Draw in the colours of the theme, whatever it comes to be."""
        self.watch(self.app, "theme", self._draw, init=False)

    def _draw(self) -> None:
        if self._figure is None:
            return
        plot, points = self.plt, _points(self._figure)
        plot.clear_figure()
        places = [float(place) for place in range(1, len(points) + 1)]
        ticks = _ticks([cell.value for cell in self._figure.cells])
        colour = Color.parse(self.app.theme_variables["accent"]).rgb
        plot.ylim(ticks[0], ticks[-1])
        plot.yticks(ticks, [f"{tick:g}" for tick in ticks])
        plot.plot(places, [point for _, point in points], marker="braille", color=colour)
        plot.scatter(places, [point for _, point in points], marker="●", color=colour)
        plot.xticks(places, [label for label, _ in points])
        plot.frame(False)
        self.refresh()


def plottable(figure: Figure) -> bool:
    """Whether there is a course to draw: at least two numbered parts that say something on one scale."""
    kinds = {type(cell.value) for cell in figure.cells if _point(cell.value) is not None}
    numbered = all(_number(cell).isdecimal() for cell in figure.cells)
    one_thing = len({cell.label.rpartition(" ")[0] for cell in figure.cells}) == 1
    return numbered and one_thing and len(kinds) == 1 and len(_points(figure)) > 1


def _points(figure: Figure) -> list[tuple[str, float]]:
    """The number of each part that says something, and what it says."""
    found = ((cell, _point(cell.value)) for cell in figure.cells)
    return [(_number(cell), point) for cell, point in found if point is not None]


def _number(cell: Cell) -> str:
    return cell.label.rpartition(" ")[2]


def _point(value: Value) -> float | None:
    match value:
        case Mean(mean=mean):
            return mean
        case Share(k, n):
            return 100 * k / n
        case Shift(now=now):
            return now
        case Pace(taken=taken):
            return taken / _MINUTE
        case _:
            return None


def _ticks(values: list[Value]) -> list[float]:
    """The marks of the axis, from its beginning to its end."""
    known = [value for value in values if _point(value) is not None]
    match known[0]:
        case Mean(lowest=lowest, highest=highest) | Shift(lowest=lowest, highest=highest):
            step = max((highest - lowest) // _STEPS, 1)
            return [float(tick) for tick in range(lowest, highest + 1, step)]
        case Share():
            return [0.0, 25.0, 50.0, 75.0, 100.0]
        case _:
            most = max(point for value in known if (point := _point(value)) is not None)
            return [round(most * step / _STEPS) * 1.0 for step in range(_STEPS + 1)]
