"""Times of day as people write them, ``9-9:30am``, ``14h00``, ``00:65``, and what a sequence of them comes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from rmsession.core.frozen import frozen

NOON = 12 * 60
DAY = 24 * 60
_LONGEST_SLOT = 16 * 60
_NEW_DAY = 4 * 60
"""A clock set back by this much begins another day; less is a slip of the pen."""
_EARLY = 7
"""Hours up to this one, after later ones, are in the afternoon; from eight on it is rather the next morning."""
_ELAPSED_TOO_LONG = 8 * 60
"""``00:00`` to ``30:00`` or ``12:00`` counted from nought is minutes and seconds, no working day."""

_MERIDIEM = r"(?:\s?(?P<{0}mer>[ap]\.?m\.?(?![a-z])|uhr\b|hs\b|hrs\b|h(?![a-z\d])|時)|(?P<{0}half>[ap](?![\w'’])))?"
_CLOCK = r"(?P<{0}h>\d{{1,2}})(?:(?P<{0}sep>[:：h.時])(?P<{0}m>\d{{2}})(?!\d)(?::\d{{2}}(?!\d))?分?)?" + _MERIDIEM
_ZONE = (
    r"(?-i:\s?\([A-Z]{2,4}\)"
    r"|\s(?:UTC|GMT|[CEPM][SD]?T|CES?T|BST|JST|IST|WES?T|EES?T|AES?T)(?:\s?[+-]\s?\d{1,2})?(?!\w))?"
)
_NOON = r"(?P<noon>(?:12\s)?noon|mittag|midi)\b"
_DASH = (
    r"\s{0,2}(?:-{1,2}>?|–|—|−|~|〜|～|→|\bto\b|\buntil\b|\btill?\b|\bbis\b|\ba\b|\bà\b|\bal\b|\bhasta\b|から)\s{0,2}"
)
_NOT_WITHIN = r"(?<![\w:.,/$€£#@+-])"
_RANGE = re.compile(
    rf"{_CLOCK.format('a')}{_ZONE}{_DASH}(?:{_CLOCK.format('b')}{_ZONE}|{_NOON})(?![\w%])(?![:/.]\d)", re.IGNORECASE
)
_SINGLE = re.compile(rf"{_CLOCK.format('a')}{_ZONE}(?![\w%])(?![:/.]\d)", re.IGNORECASE)
_ANYWHERE = re.compile(rf"{_NOT_WITHIN}\d")


class Meridiem(Enum):
    """Which half of the day a clock time says it is in."""

    AM = "am"
    PM = "pm"
    FULL = "24"
    """Written on a 24-hour clock: a leading nought, an hour past twelve, ``Uhr`` or ``h``."""
    UNSAID = ""


@frozen
class Clock:
    """A time of day as written."""

    hour: int
    minute: int
    meridiem: Meridiem = Meridiem.UNSAID

    @property
    def of_day(self) -> int:
        """Minutes since midnight, taking an unsaid half of the day for the 24-hour clock."""
        hour = self.hour
        if self.meridiem is Meridiem.PM and hour < 12:  # noqa: PLR2004 - the clock's own figure
            hour += 12
        if self.meridiem is Meridiem.AM and hour == 12:  # noqa: PLR2004
            hour = 0
        return hour * 60 + self.minute


@frozen
class Slot:
    """When something begins and, where it says so, ends."""

    start: Clock
    end: Clock | None = None


class Doubt(Enum):
    """What was taken for granted about a slot."""

    BACKWARDS = "backwards"
    HALF_OF_DAY = "half of day"
    NO_END = "no end"


@frozen
class Length:
    """What a slot comes to: minutes, or None where its end is not known."""

    minutes: float | None
    doubt: Doubt | None = None


def slot_at(text: str, start: int, *, bare: bool = False) -> tuple[Slot, int] | None:
    """The time or range of times that begins at `start`, and where it ends.

    `bare` also takes hours alone, ``9 - 10``, as a column headed "time" has them.
    """
    match = _RANGE.match(text, start)
    if match is not None:
        end = Clock(12, 0, Meridiem.PM) if match["noon"] else _clock(match, "b")
        begin = _clock(match, "a")
        if begin and end and (bare or _says_clock(match)):
            return Slot(*_shared_half(begin, end)), match.end()
    match = _SINGLE.match(text, start)
    if match is None or not (begin := _clock(match, "a")):
        return None
    if (match["am"] and match["asep"] != ".") or match["amer"] or match["ahalf"]:
        return Slot(begin), match.end()
    return (Slot(begin), match.end()) if bare else None


def slots_in(text: str) -> list[tuple[Slot, int, int]]:
    """Every time or range in a text, with where it begins and ends."""
    found: list[tuple[Slot, int, int]] = []
    position = 0
    while (match := _ANYWHERE.search(text, position)) is not None:
        at = slot_at(text, match.start())
        if at:
            found.append((at[0], match.start(), at[1]))
        position = max(match.end(), at[1] if at else 0)
    return found


def _clock(match: re.Match[str], side: str) -> Clock | None:
    hour, minute = int(match[f"{side}h"]), int(match[f"{side}m"] or 0)
    said = (match[f"{side}mer"] or match[f"{side}half"] or "").casefold().replace(".", "")
    if said[:1] in ("a", "p") and said:
        return Clock(hour, minute, Meridiem(said[0] + "m")) if 1 <= hour <= 12 else Clock(hour, minute, Meridiem.FULL)  # noqa: PLR2004
    full = said or hour > 12 or match[f"{side}h"].startswith("0") or match[f"{side}sep"] in ("h", "時")  # noqa: PLR2004
    return Clock(hour, minute, Meridiem.FULL if full else Meridiem.UNSAID)


def _says_clock(match: re.Match[str]) -> bool:
    """Whether a range is of clock times, and not of numbers: ``9-9:30``, ``9-10am``, ``9.00-9.30`` but not ``9-10``."""
    parts = match.groupdict()
    marked = [bool(parts["amer"] or parts["ahalf"]), bool(parts["bmer"] or parts["bhalf"] or parts["noon"])]
    minutes = [parts["am"] is not None, parts["bm"] is not None]
    if parts["asep"] == "." or parts["bsep"] == ".":
        return all(minutes) or any(marked)
    return marked[1] or all(minutes) or (minutes[1] and not minutes[0]) or (marked[0] and minutes[1]) or all(marked)


def _shared_half(begin: Clock, end: Clock) -> tuple[Clock, Clock]:
    """``9-9:30am``: the half of the day that is said once holds for both where it can."""
    if begin.meridiem is Meridiem.UNSAID and end.meridiem in (Meridiem.AM, Meridiem.PM):
        other = Meridiem.AM if end.meridiem is Meridiem.PM else Meridiem.PM
        same = replace(begin, meridiem=end.meridiem)
        return (same if same.of_day < end.of_day else replace(begin, meridiem=other)), end
    return begin, end


def lengths(slots: Sequence[Slot]) -> list[Length]:
    """What each slot of one schedule comes to; a start alone lasts until the next start.

    A clock that runs back by hours begins another day. Hours without am or pm go on from where the schedule
    stands, so that ``11:30 - 1:00`` takes in noon.
    """
    slots = _elapsed(slots)
    starts: list[int] = []
    found: list[Length] = []
    for slot in slots:
        before = starts[-1] if starts else None
        start, doubt = _placed(slot.start, before)
        starts.append(start)
        found.append(_ranged(slot.end, start, doubt) if slot.end else Length(None, doubt or Doubt.NO_END))
    for index, slot in enumerate(slots[:-1]):
        if slot.end is None:
            gap = starts[index + 1] - starts[index]
            if 0 < gap <= NOON:
                found[index] = Length(gap)
            elif -_NEW_DAY < gap < 0:
                found[index] = Length(None, Doubt.BACKWARDS)
    return found


def _placed(clock: Clock, before: int | None) -> tuple[int, Doubt | None]:
    """The start in minutes of its day, going on from the start before it."""
    start = clock.of_day
    if before is None or start >= before:
        return start, None
    if clock.meridiem is not Meridiem.FULL and (clock.hour <= _EARLY or clock.hour == 12) and before <= start + NOON:  # noqa: PLR2004
        said = clock.meridiem is not Meridiem.UNSAID
        if not said or clock.hour == 12:  # noqa: PLR2004 - nobody means 12:30am at lunch
            return start + NOON, Doubt.HALF_OF_DAY if said else None
    return start, None


def _ranged(end: Clock, start: int, doubt: Doubt | None) -> Length:
    """From `start` to the end as written, in whichever half of the day comes next."""
    stop = end.of_day
    if stop == start:
        return Length(None, Doubt.BACKWARDS)
    step = DAY if end.meridiem in (Meridiem.AM, Meridiem.PM) or end.hour > 12 else NOON  # noqa: PLR2004
    while stop <= start:
        stop += step
    minutes = stop - start
    if step == NOON and minutes > NOON:
        minutes -= NOON
    if minutes > _LONGEST_SLOT:
        return Length(None, Doubt.BACKWARDS)
    return Length(minutes, doubt)


def _elapsed(slots: Sequence[Slot]) -> Sequence[Slot]:
    """Times counted from nought, ``00:05`` or ``02:00 - 07:00``, as minutes and seconds where hours make no sense."""
    times = [clock for slot in slots for clock in (slot.start, slot.end) if clock]
    if not times or times[0].hour or times[0].minute or any(clock.meridiem is Meridiem.PM for clock in times):
        return slots
    past = max(clock.hour * 60 + clock.minute for clock in times)
    if all(clock.hour == 0 for clock in times) or past <= _ELAPSED_TOO_LONG:
        return slots
    if any(clock.minute not in (0, 15, 30, 45) for clock in times):
        return slots
    return [Slot(_as_minutes(slot.start), _as_minutes(slot.end) if slot.end else None) for slot in slots]


def _as_minutes(clock: Clock) -> Clock:
    """``07:00`` read as seven minutes; seconds are rounded down to whole minutes."""
    return Clock(clock.hour // 60, clock.hour % 60, Meridiem.FULL)


def slot_of_day(start: str, end: str) -> Slot | None:
    """A slot from two texts of one time each."""
    first, last = slot_at(start.strip(), 0, bare=True), slot_at(end.strip(), 0, bare=True)
    return Slot(first[0].start, last[0].start) if first and last else None
