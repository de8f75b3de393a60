"""The report as a table: one row a figure, one row each of its parts, one row an entry of the change log.

The cells are text and numbers and nothing else: a spreadsheet must not run what somebody called a wave.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from rmsession.core.change_log import doubtful
from rmsession.core.outcomes import Change
from rmsession.core.report.values import (
    Count,
    Figure,
    Hidden,
    Mean,
    Median,
    Missing,
    Pace,
    Part,
    Recommend,
    Report,
    Share,
    Shift,
    Spread,
    Value,
)
from rmsession.export.figure_words import bounds, per_cent, said
from rmsession.export.report_head import LOG_PARTS, head, part_title
from rmsession.export.spreadsheet import harmless

COLUMNS: Final = (
    "part", "section", "figure", "label", "cell", "point", "kind", "says", "k", "n", "percent", "low", "high",
    "mean", "before", "now", "lowest", "highest", "median", "unit", "planned", "taken", "promoters", "detractors",
    "score", "note", "date", "idea", "answer", "changed",
)  # fmt: skip
_END: Final = "\r\n"
_MARK: Final = "\ufeff"
"""Without it spreadsheets take the letters of most languages for others."""
_MINUTE: Final = 60


def report_csv(report: Report) -> str:
    """The rows as CSV (RFC 4180) under one line of column names; the first of them say what the report is."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator=_END)
    writer.writeheader()
    writer.writerows({"kind": "report", "says": harmless(sentence)} for sentence in head(report))
    for part in report.parts:
        title = {"part": harmless(part_title(part).line)}
        writer.writerows(title | row for row in _part(part))
    return f"{_MARK}{text.getvalue()}"


def _part(part: Part) -> Iterator[dict[str, str]]:
    for section in part.sections:
        for figure in section.figures:
            yield from ({"section": harmless(section.title)} | row for row in _figure(figure))
    yield from map(_change, part.log)


def _figure(figure: Figure) -> Iterator[dict[str, str]]:
    here = {"figure": harmless(figure.id), "label": harmless(figure.label)}
    yield from (here | row | {"note": harmless(figure.note)} for row in _value(figure.value))
    for cell in figure.cells:
        yield from (here | {"cell": harmless(cell.label)} | row for row in _value(cell.value))


def _value(value: Value) -> Iterator[dict[str, str]]:
    """The row of a value; of answers, a row each besides."""
    yield {"kind": type(value).__name__.lower(), "says": harmless(said(value))} | _numbers(value)
    if isinstance(value, Spread) and value.n:
        for answer, count in value.counts:
            part = Share(count, value.n)
            yield {"kind": "answer", "point": harmless(answer), "says": said(part)} | _numbers(part)


def _numbers(value: Value) -> dict[str, str]:  # noqa: PLR0911 - one for each kind of value
    match value:
        case Count(k, planned):
            return {"k": str(k)} | ({} if planned is None else {"planned": str(planned)})
        case Share(k, n):
            low, high = bounds(k, n)
            return {"k": str(k), "n": str(n), "percent": str(per_cent(k, n)), "low": str(low), "high": str(high)}
        case Mean(mean, n, lowest, highest):
            return {"n": str(n), "mean": f"{mean:.2f}", "lowest": str(lowest), "highest": str(highest)}
        case Median(median, n, unit):
            return {"n": str(n), "median": f"{median:.1f}", "unit": harmless(unit)}
        case Spread():
            return {"n": str(value.n)} if value.n else {}
        case Shift(before, now, n, lowest, highest):
            scale = {"lowest": str(lowest), "highest": str(highest)}
            return {"n": str(n), "before": f"{before:.2f}", "now": f"{now:.2f}"} | scale
        case Recommend(promoters, detractors, n):
            parts = {"promoters": str(promoters), "detractors": str(detractors)}
            return {"n": str(n), "score": str(value.score)} | parts
        case Pace(planned, taken, n):
            times = {"planned": f"{planned / _MINUTE:.1f}", "taken": f"{taken / _MINUTE:.1f}"}
            return {"n": str(n), "unit": "minutes"} | times
        case Missing() | Hidden():
            return {}


def _change(change: Change) -> dict[str, str]:
    words = {name: harmless(getattr(change, name).line) for _, name in LOG_PARTS}
    return {"kind": "change", "date": change.on.isoformat(), "note": harmless(" ".join(doubtful(change)))} | words
