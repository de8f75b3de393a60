"""The minutes of each chosen topic, and what had to be taken for granted to get them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rmsession.core.agenda import Problem
from rmsession.core.frozen import frozen
from rmsession.reader import problems, words
from rmsession.reader.clocks import Doubt, Length, Slot, lengths
from rmsession.reader.timebox import Form, TimeBox
from rmsession.reader.timing import words_of
from rmsession.reader.topics import Pick, Source


@frozen
class Settled:
    """A topic's place with its minutes."""

    pick: Pick
    minutes: float | None
    problems: tuple[Problem, ...] = ()

    @property
    def line(self) -> int:
        """Counted from one."""
        return self.pick.node.line + 1


def settle(picks: Sequence[Pick]) -> tuple[Settled, ...]:
    """Minutes for each pick; a line that only marks the end is left out."""
    picks = _without_inner(picks)
    slots = _slots(picks)
    found: list[Settled] = []
    for at, pick in enumerate(picks):
        box = pick.node.box
        if box and box.form is Form.START and words.is_end_mark(box.title) and _ends_series(picks, at):
            continue
        found.append(_one(pick, slots.get(at)))
    return tuple(found)


def _without_inner(picks: Sequence[Pick]) -> list[Pick]:
    """The picks without those inside the slot before them: ``14:00 - 15:30 Breakout``, then ``Round 1 (30 min)``.

    A time-box that fits into the gap before the next slot follows the slot instead.
    """
    following: list[Slot | None] = [None] * (len(picks) + 1)
    for at in range(len(picks) - 1, -1, -1):
        following[at] = _range(picks[at]) or following[at + 1]
    around: dict[int, Slot] = {}
    kept: list[Pick] = []
    for at, pick in enumerate(picks):
        box = pick.node.box
        slot, after = around.get(pick.series), following[at + 1]
        if slot and after and box and box.duration and not box.slot and _fits_inside(box.duration.minutes, slot, after):
            continue
        kept.append(pick)
        if own := _range(pick):
            around[pick.series] = own
    return kept


def _fits_inside(minutes: float, slot: Slot, after: Slot) -> bool:
    """Whether so many minutes fit into the slot but not into the gap before the next."""
    gap = after.start.of_day - slot.end.of_day if slot.end else 0
    return gap < minutes <= (lengths([slot])[0].minutes or 0)


def _range(pick: Pick) -> Slot | None:
    slot = pick.node.box.slot if pick.node.box else None
    return slot if slot and slot.end else None


def _ends_series(picks: Sequence[Pick], at: int) -> bool:
    return at + 1 == len(picks) or picks[at + 1].series != picks[at].series


def _slots(picks: Sequence[Pick]) -> dict[int, Length]:
    """What the times of day come to, series by series."""
    series: dict[int, list[int]] = defaultdict(list)
    for at, pick in enumerate(picks):
        if pick.node.box and pick.node.box.slot:
            series[pick.series].append(at)
    found: dict[int, Length] = {}
    for places in series.values():
        slots = [box.slot for at in places if (box := picks[at].node.box) and box.slot]
        found.update(zip(places, lengths(slots), strict=True))
    return found


def _one(pick: Pick, length: Length | None) -> Settled:
    """One pick's minutes from its own words, the clock or its parts."""
    box = pick.node.box
    title = words_of(pick.node)
    line = pick.node.line + 1
    parts = sum(one.minutes or 0 for one in settle(pick.parts))
    if pick.source is Source.PARTS:
        return Settled(pick, parts or None, (problems.parts_summed(line, title, parts),) if parts else ())
    if box is None or pick.source is Source.NONE:
        return Settled(pick, None)
    if box.duration is None:
        return Settled(pick, length.minutes if length else None, tuple(_clock_doubts(line, title, length)))
    own = box.duration.minutes
    notes = _duration_doubts(line, title, box)
    if length and length.minutes not in (None, own) and box.slot and box.slot.end:
        notes.append(problems.clock_differs(line, title, own, length.minutes or 0))
    if parts and parts != own and all(part.node.box and part.node.box.duration for part in pick.parts):
        notes.append(problems.parts_differ(line, title, own, parts))
    return Settled(pick, own, tuple(notes))


def _clock_doubts(line: int, title: str, length: Length | None) -> list[Problem]:
    match length.doubt if length else None:
        case Doubt.BACKWARDS:
            return [problems.clock_backwards(line, title)]
        case Doubt.HALF_OF_DAY:
            return [problems.clock_half(line, title)]
        case Doubt.NO_END | None:
            return []


def _duration_doubts(line: int, title: str, box: TimeBox) -> list[Problem]:
    """What was taken for granted about a stated duration."""
    duration = box.duration
    if duration is None:
        return []
    found: list[Problem] = []
    if duration.least is not None and duration.least != duration.minutes:
        found.append(problems.range_taken(line, title, duration.least, duration.minutes))
    if duration.open_ended:
        found.append(problems.open_ended(line, title, duration.minutes))
    if duration.summed:
        found.append(problems.summed(line, title, duration.minutes))
    if box.form in (Form.BELOW, Form.BELOW_PROSE):
        found.append(problems.times_below(line, title, duration.minutes))
    return found
