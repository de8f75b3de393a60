"""Which records a figure came from, for whoever has them; of what is hidden none is named."""

# ruff: noqa: PLC0415 - loaded where it is used: lists and the first paint need none of it

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.report.values import Figure, Report
from rmsession.core.text import UserText

_NEAREST: Final = 3


@frozen
class Explained:
    """A figure in one part of a report; it holds its sources, and so do its cells."""

    wave: UserText | None
    """As in `Part`."""
    section: str
    """The section's title."""
    figure: Figure


def explain(report: Report, figure_id: str) -> tuple[Explained, ...]:
    """The figure of that id in each part of the report; none where there is no such figure."""
    wanted = figure_id.strip().casefold()
    return tuple(each for each in _all(report) if each.figure.id == wanted)


def nearest(report: Report, figure_id: str) -> tuple[str, ...]:
    """The ids most like one that there is not, the likest first."""
    # Only a miss needs it, and it takes longer to load than to use.
    from difflib import get_close_matches

    ids = list(dict.fromkeys(each.figure.id for each in _all(report)))
    wanted = figure_id.strip().casefold()
    inside = [each for each in ids if wanted and wanted in each]
    close = get_close_matches(wanted, ids, _NEAREST, 0.5)
    return tuple(dict.fromkeys((*inside, *close)))[:_NEAREST]


def _all(report: Report) -> Iterator[Explained]:
    return (
        Explained(part.wave, section.title, figure)
        for part in report.parts
        for section in part.sections
        for figure in section.figures
    )
