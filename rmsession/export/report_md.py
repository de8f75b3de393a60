"""The report as Markdown: tables that read well as they are, and every text of theirs as nothing but text."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core.report.values import Figure, Part, Report, Section
from rmsession.core.text import UserText
from rmsession.export.figure_words import said
from rmsession.export.literal import heading, inline
from rmsession.export.report_groups import Silence, brief, groups, told
from rmsession.export.report_head import LOG, NOTHING, TITLE, day, head, log_words, part_title


def report_md(report: Report) -> str:
    """The report as CommonMark with tables."""
    blocks = [f"# {TITLE}", "\n".join(f"- {inline(UserText(sentence))}" for sentence in head(report))]
    for part in report.parts:
        blocks += _part(part)
    if not report.parts:
        blocks.append(NOTHING)
    return "\n\n".join(blocks) + "\n"


def _part(part: Part) -> Iterator[str]:
    yield f"## {heading(part_title(part))}"
    for section in part.sections:
        yield f"### {heading(UserText(section.title))}"
        yield "\n".join(_table(section)) if section.figures else NOTHING
    if part.log:
        yield f"### {LOG}"
        yield "\n".join(_log(part))
    if not part.sections and not part.log:
        yield NOTHING


def _table(section: Section) -> Iterator[str]:
    yield "| Figure | Value |"
    yield "|---|---|"
    for group in brief(groups(section.figures)):
        if isinstance(group, Silence):
            about = f"{_cell(group.label)}: {_cell(group.listed)}" if group.listed else _cell(group.label)
            yield f"| {about} | {_cell(said(group.value))} |"
            continue
        for _, figure in group.figures:
            yield from _rows(figure)


def _rows(figure: Figure) -> Iterator[str]:
    note = f" – {_cell(figure.note)}" if figure.note else ""
    yield f"| {_cell(figure.label)} | {_cell(said(figure.value))}{note} |"
    for cell in told(figure.cells):
        yield f"| … {_cell(cell.label)} | {_cell(said(cell.value))} |"


def _cell(words: str) -> str:
    return inline(UserText(words))


def _log(part: Part) -> Iterator[str]:
    for change in part.log:
        yield f"- {day(change.on)}"
        yield from (f"  - {name}: {inline(words)}" for name, words in log_words(change))
