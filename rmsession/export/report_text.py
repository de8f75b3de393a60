"""The report as lines of text: read in a terminal, or sent in a message."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from rmsession.core.columns import cells, padded, wrapped
from rmsession.core.outcomes import Change
from rmsession.core.report.values import Figure, Part, Report, Section, Spread, Value
from rmsession.export.figure_words import said
from rmsession.export.report_bars import BEFORE, NOW, bar, drawn
from rmsession.export.report_groups import PARTS, Group, Silence, brief, groups, told
from rmsession.export.report_head import LOG, NOTHING, TITLE, day, head, log_words, part_title

COLUMNS: Final = 80
_BAR: Final = 10
_GAP: Final = 2
_ROOMY: Final = 72
"""Columns from which on a label, a bar and words stand beside each other."""
_SIGNS: Final = f"In the bars {BEFORE} is what was before or planned, {NOW} what is now or was taken."
_LEAST: Final = 40
"""Narrower than that nothing can be read, and lines are as long as this."""


def report_text(report: Report, columns: int = COLUMNS) -> str:
    """The report in lines of at most so many columns."""
    columns = max(columns, _LEAST)
    blocks = [[*_title(TITLE, "═", columns), *_paragraphs(report, columns)]]
    for part in report.parts:
        blocks += _part(part, columns)
    if not report.parts:
        blocks.append([NOTHING])
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks) + "\n"


def _paragraphs(report: Report, columns: int) -> Iterator[str]:
    for sentence in (*head(report), _SIGNS):
        yield from wrapped(sentence, columns)


def _part(part: Part, columns: int) -> Iterator[list[str]]:
    yield _title(part_title(part).line, "═", columns)
    for section in part.sections:
        yield [*_title(section.title, "─", columns), *_section(section, columns)]
    if part.log:
        yield [*_title(LOG, "─", columns), *_log(part.log, columns)]
    if not part.sections and not part.log:
        yield [NOTHING]


def _title(words: str, line: str, columns: int) -> list[str]:
    lines = wrapped(words, columns)
    return [*lines, line * max(map(cells, lines))]


def _section(section: Section, columns: int) -> Iterator[str]:
    if not section.figures:
        yield NOTHING
    tall = True
    for place, group in enumerate(brief(groups(section.figures))):
        before, tall = tall, isinstance(group, Group) and _tall(group)
        if place and (tall or before):
            yield ""
        if isinstance(group, Silence):
            yield from _row(group.label, group.value, columns, 0)
            yield from _hanging(group.listed, " " * 4, columns)
            continue
        if group.title:
            yield from wrapped(group.title, columns)
        for label, figure in group.figures:
            yield from _figure(label, figure, columns, 2 if group.title else 0)


def _tall(group: Group) -> bool:
    """Whether it takes several rows, and so a blank line before and behind it."""
    return bool(group.title) or any(each.cells or isinstance(each.value, Spread) for _, each in group.figures)


def _figure(label: str, figure: Figure, columns: int, indent: int) -> Iterator[str]:
    yield from _row(label, figure.value, columns, indent)
    if figure.note:
        yield from _hanging(figure.note, " " * (indent + 4), columns)
    about = ""
    for cell in told(figure.cells):
        # Of a topic its agenda is said once, above its topics.
        above, between, name = cell.label.rpartition(PARTS)
        if between and above != about:
            yield from _hanging(above, " " * (indent + 2), columns)
        about = above
        yield from _row(name, cell.value, columns, indent + (4 if between else 2))


def _row(label: str, value: Value, columns: int, indent: int) -> Iterator[str]:
    """What it is, the bar, and the words; one below the other where they have no room side by side."""
    if isinstance(value, Spread) and value.n:
        yield from _beside(label, "", f"n = {value.n:,}", columns, indent)
        for answer, count in value.counts:
            shown = bar(count, value.n, _BAR)
            yield from _beside(answer, shown, f"{count:,}/{value.n:,}", columns, indent + 2)
        return
    yield from _beside(label, drawn(value, _BAR), said(value), columns, indent)


def _beside(label: str, shown: str, words: str, columns: int, indent: int) -> Iterator[str]:
    before = " " * indent
    if columns < _ROOMY:
        yield from (f"{before}{line}" for line in wrapped(label, columns - indent))
        yield from _hanging(words, f"{before}    {f'{shown}  ' if shown else ''}", columns)
        return
    left = (columns - _BAR - 2 * _GAP) * 2 // 5
    right = columns - left - _BAR - 2 * _GAP
    rows = zip_longest(wrapped(label, left - indent), wrapped(words, right), fillvalue="")
    for place, (one, other) in enumerate(rows):
        middle = shown if place == 0 else ""
        yield f"{padded(before + one, left)}{' ' * _GAP}{padded(middle, _BAR)}{' ' * _GAP}{other}"


def _log(log: tuple[Change, ...], columns: int) -> Iterator[str]:
    for place, change in enumerate(log):
        if place:
            yield ""
        yield day(change.on)
        for name, words in log_words(change):
            yield from _hanging(words.line.strip(), f"  {name + ':':8} ", columns)


def _hanging(text: str, mark: str, columns: int) -> Iterator[str]:
    """The text behind its mark, the further lines below the first."""
    room = columns - cells(mark)
    for place, line in enumerate(wrapped(text, room)):
        yield f"{mark if place == 0 else ' ' * cells(mark)}{line}"
