"""The report as one web page that needs nothing else: to be read on any screen, printed, or listened to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final, NamedTuple

from rmsession.core.outcomes import Change
from rmsession.core.report.values import Figure, Hidden, Missing, Part, Report, Section, Spread, Value
from rmsession.export.figure_words import said
from rmsession.export.frame import AUTO, document, inert
from rmsession.export.report_groups import PARTS, Group, Silence, brief, groups, stem, told
from rmsession.export.report_head import LOG, NOTHING, TITLE, day, head, log_words, part_title
from rmsession.export.report_strokes import Drawing
from rmsession.export.report_style import REPORT_STYLE
from rmsession.export.report_svg import row, shades, stack
from rmsession.export.report_trend import trend

_SIGNS: Final = (
    "In the drawings a thin line across a bar, or through a point, is the 95 % interval; a ring is what was before, a "
    "point what is now; of two bars the upper one is the time planned, the lower one the time taken."
)
_MANY: Final = 12
"""So many parts stand open; more are folded, but for paper."""


class _Line(NamedTuple):
    """A row of a table."""

    ident: str
    label: str
    value: Value
    note: str = ""
    wide: bool = False
    """Whether what is said below the label has the drawing's place too, for there is none."""


def report_html(report: Report) -> str:
    """The page: what it is and what is not in it come first, then each wave by itself."""
    parts = [
        f"<header>\n<h1>{TITLE}</h1>\n{_list(map(escape, head(report)))}\n</header>",
        *_contents(report.parts),
        *(line for place, part in enumerate(report.parts, 1) for line in _part(part, f"w{place}")),
        f"<footer>\n<p>{_SIGNS}</p>\n</footer>" if report.parts else f"<p>{NOTHING}</p>",
    ]
    return document(f"{TITLE}, {day(report.as_of)}", "\n".join(parts), style=REPORT_STYLE)


def _list(items: Iterable[str]) -> str:
    # The role says what it is already: one browser takes a list without marks for none.
    return f'<ul role="list">\n{"".join(f"<li>{each}</li>" for each in items)}\n</ul>'


def _contents(parts: Sequence[Part]) -> Iterator[str]:
    if len(parts) > 1:
        names = enumerate((part_title(part).line.strip() for part in parts), 1)
        links = (f'<a href="#w{place}"{AUTO}>{escape(name)}</a>' for place, name in names)
        yield f'<nav aria-label="Waves">\n{_list(links)}\n</nav>'


def _part(part: Part, ident: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{ident}">\n<h2 id="{ident}"{AUTO}>{escape(part_title(part).line.strip())}</h2>'
    for section in part.sections:
        yield from _section(section, f"{ident}-{section.id}")
    if part.log:
        yield from _log(part.log, f"{ident}-log")
    if not part.sections and not part.log:
        yield f"<p>{NOTHING}</p>"
    yield "</section>"


def _section(section: Section, ident: str) -> Iterator[str]:
    name = escape(ident)
    yield f'<section aria-labelledby="{name}">\n<h3 id="{name}">{escape(section.title)}</h3>'
    if not section.figures:
        yield f"<p>{NOTHING}</p>"
    numbered = [(f"{name}-{place}", each) for place, each in enumerate(brief(groups(section.figures)), 1)]
    # What stands in a row goes into one table with its neighbours; the order stays.
    for tall, some in groupby(numbered, key=lambda each: _tall(each[1])):
        if tall:
            yield from (line for own, group in some if isinstance(group, Group) for line in _group(group, own))
        else:
            yield from _table([row for own, group in some for row in _table_rows(group, own)], section.title)
    yield "</section>"


def _table_rows(group: Group | Silence, ident: str) -> Iterator[_Line]:
    if isinstance(group, Silence):
        yield _Line(ident, group.label, group.value, group.listed, wide=True)
        return
    yield from (_Line(ident, each.label, each.value, each.note) for _, each in group.figures)


def _tall(group: Group | Silence) -> bool:
    """Whether there is more to show than a row."""
    if isinstance(group, Silence):
        return False
    return bool(group.title) or any(each.cells or isinstance(each.value, Spread) for _, each in group.figures)


def _table(rows: Sequence[_Line], title: str) -> Iterator[str]:
    first, last = rows[0].label, rows[-1].label
    caption = f"{title}: {first}" if len(rows) == 1 else f"{title}: from {first} to {last}"
    yield from _head(caption, "Figure")
    for each in rows:
        yield _row(each)
    yield "</tbody>\n</table>"


def _head(caption: str, first: str, *, style: str = "figures") -> Iterator[str]:
    # The roles are those that the elements have by themselves; on a narrow screen, shown as blocks, they lose them.
    names = "".join(f'<th role="columnheader" scope="col">{each}</th>' for each in (first, "Drawing", "Value"))
    yield f'<table role="table" class="{style}">\n<caption>{escape(caption)}</caption>'
    yield '<colgroup><col class="label"><col class="drawn"><col></colgroup>'
    yield f'<thead role="rowgroup"><tr role="row">{names}</tr></thead>\n<tbody role="rowgroup">'


def _row(it: _Line) -> str:
    more = f'<span class="note">{escape(it.note)}</span>' if it.note else ""
    span = ' colspan="2"' if it.wide else ""
    drawn = "" if it.wide else f'<td role="cell">{row(it.value, Drawing(it.ident, it.label))}</td>'
    return (
        f'<tr role="row"><th role="rowheader" scope="row"{span}>{escape(it.label)}{more}</th>{drawn}'
        f'<td role="cell" class="{_style(it.value)}">{escape(said(it.value))}</td></tr>'
    )


def _style(value: Value) -> str:
    return "none" if isinstance(value, Hidden | Missing) else "value"


def _group(group: Group, ident: str) -> Iterator[str]:
    """Figures about one thing: their words and drawings side by side, and below them their parts."""
    title = group.title or group.figures[0][0]
    yield f'<div class="group">\n<h4>{escape(title)}</h4>'
    numbered = [(f"{ident}-{place}", label, each) for place, (label, each) in enumerate(group.figures, 1)]
    for _, asked in groupby(numbered, key=lambda each: stem(each[2])):
        yield '<div class="side">' if group.title else '<div class="lone">'
        yield from (_block(figure, own, label if group.title else "") for own, label, figure in asked)
        yield "</div>"
    parted = [(own, each) for own, _, each in numbered if each.cells]
    drawn = [each for each in parted if _course(each[1], each[0])]
    rest = [each for each in parted if each not in drawn]
    if drawn:
        # The drawings have them all; whoever wants the words opens them.
        yield from _folded(drawn, "drawn")
    if sum(len(each.cells) for _, each in rest) > _MANY:
        yield from _folded(rest, "many")
    else:
        yield from (line for own, each in rest for line in _parts(each, own, "figures"))
    yield "</div>"


def _folded(figures: Iterable[tuple[str, Figure]], style: str) -> Iterator[str]:
    yield f'<details class="{style}">\n<summary>In parts</summary>'
    yield from (line for own, each in figures for line in _parts(each, own, "parts"))
    yield "</details>"


def _block(figure: Figure, ident: str, label: str) -> str:
    name = f"<h5>{escape(label)}</h5>" if label else ""
    note = f'<p class="note">{escape(figure.note)}</p>' if figure.note else ""
    whole = _whole(figure.value, Drawing(ident, figure.label))
    return f'<div class="block">{name}{whole}{note}{_course(figure, ident)}</div>'


def _course(figure: Figure, ident: str) -> str:
    drawn = trend(figure.cells, Drawing(f"{ident}-c", f"{figure.label}, part by part"))
    return f"<figure>{drawn}</figure>" if drawn else ""


def _whole(value: Value, at: Drawing) -> str:
    if isinstance(value, Spread) and value.n:
        coloured = zip(shades(len(value.counts)), value.counts, strict=True)
        keys = "".join(_key(style, answer, f"{count:,}/{value.n:,}") for style, (answer, count) in coloured)
        return f'<figure>{stack(value, at)}<figcaption><ul class="legend" role="list">{keys}</ul></figcaption></figure>'
    return f'<div class="whole"><p class="{_style(value)}">{escape(said(value))}</p>{row(value, at)}</div>'


def _key(style: str, answer: str, count: str) -> str:
    mark = f'<svg viewBox="0 0 12 12" aria-hidden="true"><rect class="piece {style}" width="12" height="12"/></svg>'
    return f"<li>{mark}{escape(answer)}: <b>{count}</b></li>"


def _parts(figure: Figure, ident: str, style: str) -> Iterator[str]:
    """The figure's parts as a table; what it says of all of them stands above it."""
    yield from _head(f"{figure.label}: in parts", "Part", style=style)
    about = ""
    for place, each in enumerate(told(figure.cells), 1):
        # Of a topic its agenda is said once, above its topics.
        above, between, name = each.label.rpartition(PARTS)
        if above != about:
            yield '</tbody>\n<tbody role="rowgroup">'
        if between and above != about:
            yield f'<tr role="row"><th role="rowheader" scope="rowgroup" colspan="3">{escape(above)}</th></tr>'
        about = above
        yield _row(_Line(f"{ident}-{place}", name, each.value))
    yield "</tbody>\n</table>"


def _log(log: Sequence[Change], ident: str) -> Iterator[str]:
    yield f'<section class="log" aria-labelledby="{ident}">\n<h3 id="{ident}">{LOG}</h3>'
    for change in log:
        yield f'<h4><time datetime="{change.on.isoformat()}">{day(change.on)}</time></h4>\n<dl>'
        yield from (f"<dt>{name}</dt><dd>{inert(words)}</dd>" for name, words in log_words(change))
        yield "</dl>"
    yield "</section>"
