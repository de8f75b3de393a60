"""What a report can be made into: one table of formats."""

from __future__ import annotations

from collections.abc import Callable

from rmsession.core.frozen import frozen
from rmsession.core.report.values import Report
from rmsession.export.report_csv import report_csv
from rmsession.export.report_html import report_html
from rmsession.export.report_json import report_json
from rmsession.export.report_md import report_md
from rmsession.export.report_text import report_text


@frozen
class ReportFormat:
    """One kind of rendering."""

    make: Callable[[Report], str]
    suffix: str
    """Of the file's name, with its dot."""


REPORTS: dict[str, ReportFormat] = {
    "text": ReportFormat(report_text, ".txt"),
    "md": ReportFormat(report_md, ".md"),
    "html": ReportFormat(report_html, ".html"),
    "csv": ReportFormat(report_csv, ".csv"),
    "json": ReportFormat(report_json, ".json"),
}
"""Every format by the name that ``-f`` takes."""


def report_name(report: Report, kind: str) -> str:
    """A name for its file: ``2026-11-22-programme-report.html``."""
    return f"{report.as_of.isoformat()}-programme-report{REPORTS[kind].suffix}"
