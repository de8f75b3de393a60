"""Pairs as a list to move through: by wave, each with how far it is, and below it what gives cause to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Final

from textual.binding import Binding
from textual.content import Content

from rmsession.core.frozen import frozen
from rmsession.core.text import UserText
from rmsession.tui.text import content
from rmsession.tui.widgets.choices import Choices
from rmsession.tui.widgets.pairs_lookup import Known, folded

_MUTED: Final = "$foreground-muted"
_HELD, _DAY, _GAP = 8, 8, 2
"""Cells of a column, and between two."""
_INDENT: Final = 2


@frozen
class _Wave:
    """The heading of a wave."""

    name: UserText
    many: int


@frozen
class _Flag:
    """What gives cause to ask after the pair above."""

    words: str
    known: Known


_Line = _Wave | Known | _Flag | str | None
"""A string is the line that says what stands in each column."""


class PairList(Choices[_Line]):
    """Every pair that is known here."""

    BINDINGS = [Binding("enter", "choose", "Look at", show=False, tooltip="To what is known of this pair")]

    def __init__(self) -> None:
        super().__init__(id="pairs")
        self._now: datetime | None = None

    @property
    def stood_on(self) -> Known | None:
        """The pair that is stood on."""
        return self.line if isinstance(self.line, Known) else None

    def show(self, pairs: Sequence[Known], now: datetime, wanted: str | None = None) -> None:
        """Take what is known now; the `wanted` pair is stood on then, or the one that was, as far as it is there."""
        before, self._now = self.stood_on, now
        wanted = wanted or (before.id if before else None)
        lines = list(_lines(pairs, now))
        places = {line.id: place for place, line in enumerate(lines) if isinstance(line, Known)}
        self.take(lines, places.get(wanted or "", next(iter(places.values()), None)))

    def draw(self, line: int, width: int) -> Content:
        """One line."""
        match self.lines[line]:
            case str():
                return _columns(Content("mentor"), Content("mentee"), ("held", "last met", "next"), width).stylize(
                    _MUTED
                )
            case _Wave(name=name, many=many):
                pairs = Content.styled(f"  {many} pair{'' if many == 1 else 's'}", _MUTED)
                called = content(_titled(name)).truncate(max(width - pairs.cell_length, 1), ellipsis=True)
                return Content.assemble(called.stylize("bold"), pairs)
            case Known() as known:
                return _row(known, self._now or datetime.now(), width)  # noqa: DTZ005 - shown before a line is there
            case _Flag(words=words):
                return Content.styled(f"{' ' * _INDENT}! {words}", "$text-warning").truncate(width, ellipsis=True)
            case _:
                return Content("")

    def block_of(self, line: int) -> range | None:
        """A pair with what is said below it."""
        at = line
        while isinstance(self.lines[at], _Flag):
            at -= 1
        if not isinstance(self.lines[at], Known):
            return None
        end = at + 1
        while end < len(self.lines) and isinstance(self.lines[end], _Flag):
            end += 1
        return range(at, end)


def short(day: date, today: date) -> str:
    """A day in a column: ``21 Nov``, of another year ``Nov 2025``."""
    near = abs((day - today).days) < 180  # noqa: PLR2004 - half a year: nobody takes it for another one
    return f"{day.day} {day:%b}" if near or day.year == today.year else f"{day:%b} {day.year:04}"


def _lines(pairs: Sequence[Known], now: datetime) -> Iterator[_Line]:
    if pairs:
        yield "columns"
    several = len({folded(each.wave) for each in pairs}) > 1
    for place, (_, same) in enumerate(groupby(pairs, key=lambda each: folded(each.wave))):
        wave = list(same)
        if place:
            yield None
        if several or wave[0].wave:
            yield _Wave(wave[0].wave, len(wave))
        for each in wave:
            yield each
            yield from (_Flag(words, each) for words in each.rhythm(now).flags)


def _row(known: Known, now: datetime, width: int) -> Content:
    names = (content(known.pair.mentor.name), content(known.pair.mentee.name))
    arranged, today = known.entry.arrangement, now.date()
    if known.is_over(now) and arranged.ended:
        word = "ended early" if arranged.early else "ended"
        return _columns(*names, (known.held, f"{word} {short(arranged.ended, today)}"), width).stylize(_MUTED)
    rhythm, waits = known.rhythm(now), known.waits
    last = short(rhythm.last, today) if rhythm.last else "–"
    following = short(waits.when.date(), today) if waits else "–"
    if rhythm.last is None and arranged.starts and arranged.starts >= today:
        return _columns(*names, (known.held, f"starts {short(arranged.starts, today)}"), width)
    return _columns(*names, (known.held, last, following), width)


def _columns(mentor: Content, mentee: Content, right: Sequence[str], width: int) -> Content:
    """Both names in what room there is, then what is counted and when: a last one takes the room of two."""
    wide = [_HELD, *([_DAY, _DAY] if len(right) > 2 else [_DAY + _GAP + _DAY])]  # noqa: PLR2004 - see above
    room = width - _INDENT - sum(wide) - _GAP * (len(wide) + 1)
    half = max(room // 2, 4)
    names = [
        (each.truncate(half, ellipsis=True)).pad_right(max(half - min(each.cell_length, half), 0))
        for each in (mentor, mentee)
    ]
    rest = "".join(" " * _GAP + each.rjust(cells) for each, cells in zip(right, wide, strict=True))
    return Content.assemble(" " * _INDENT, names[0], " " * _GAP, names[1], rest).truncate(width)


def _titled(wave: UserText) -> UserText:
    """A wave as a heading: by its name, with the word in front where that does not say it."""
    if not wave.line.strip():
        return UserText("No wave")
    return wave if "wave" in wave.raw.casefold() else UserText(f"Wave {wave.raw}")
