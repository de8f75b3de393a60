"""Time-boxes in brackets, before, amid or behind a title: ``(Sarah, 5 min) Demo``, ``Welcome [5 min, until 0:05]``."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from rmsession.reader.durations import Duration, starts, whole
from rmsession.reader.phrases import AT_MOST, HOURS, PROSE_BEFORE, TRIM, length_of, may_state, slot_of
from rmsession.reader.timebox import Form, TimeBox

_BRACKET = re.compile(r"[(\[{（【]([^()\[\]{}（）【】]{1,160})[)\]}）】]")
_MOST = 40
"""Brackets of one line that are looked into."""
_SPLIT = re.compile(r"\s*[,;|·•、]\s*|\s+[-–—@/]\s+|:\s+")
_NOTED = re.compile(r"\s*(?:[(\[][^()\[\]]{1,30}[)\]]\s*)+")
"""Brackets alone before the time's: ``(public) (5 min) Title``."""
_DETAIL = re.compile(r"^\s*(?:[:：]|\s[-–—])\s*(\S.*)$")
_LONGEST_OWNER = 40
_NUMBER_FIRST = re.compile(r"(\d{1,3})\s?[-–—:]\s+(\S.*)$")
_OWNER = re.compile(r"(?:(?:@|[^\W\d_])[\w.'’-]*\s){1,3}")


def in_bracket(text: str) -> TimeBox | None:
    """``Title (10 min)``, ``(Sarah, 5 min) Title``, ``Title [ 5 min, until 0:05 ]``, ``Title (19:00 – 19:30 Uhr)``."""
    best: TimeBox | None = None
    for match in itertools.islice(_BRACKET.finditer(text), _MOST):
        inside = match[1].strip()
        if not may_state(inside):
            continue
        before, after = text[: match.start()], text[match.end() :]
        box = _bracketed(inside, _joined(before, after))
        if box is None or (not box.duration and before.strip(TRIM) and after.strip(TRIM + ".")):
            continue  # a time of day amid a sentence
        best = _with_detail(box, before, after)
        if box.duration:
            break
    return best


def _with_detail(box: TimeBox, before: str, after: str) -> TimeBox:
    """``Check-in (5 min): how was your week`` has a title and what to do."""
    match = _DETAIL.match(after)
    before = before.strip(TRIM)
    if match is None or not before or _NOTED.fullmatch(before + " "):
        return box
    return replace(box, title=before, detail=match[1])


def _bracketed(inside: str, title: str) -> TimeBox | None:
    """What one bracket says."""
    at_most = bool(AT_MOST.match(inside))
    if length := length_of(inside):
        slot = slot_of(inside) if HOURS.search(inside) else None
        if slot and slot.end:  # 9h-9h30
            return TimeBox(Form.RANGE_LAST, title, slot=slot)
        return TimeBox(Form.BRACKET, title, length, at_most=at_most)
    if box := _among_parts(inside, title, at_most=at_most):
        return box
    if slot := slot_of(inside):
        return TimeBox(Form.RANGE_LAST, title, slot=slot) if slot.end else None
    return _behind_owner(inside, title)


def _among_parts(inside: str, title: str, *, at_most: bool) -> TimeBox | None:
    """``Sarah, 5 min``, ``10 min, if there is time``, ``10 min talk, 5 min questions``."""
    parts = [part for part in _SPLIT.split(inside) if part]
    lengths = [(length_of(part), part) for part in parts]
    stated = [length for length, _ in lengths if length]
    if not stated or len(parts) < 2:  # noqa: PLR2004 - one part is no list of them
        return None
    beside = tuple(part for length, part in lengths if not length)
    total = stated[0] if len(stated) == 1 else Duration(sum(one.minutes for one in stated), summed=True)
    return TimeBox(Form.BRACKET, title, total, beside=beside, at_most=at_most)


def _behind_owner(inside: str, title: str) -> TimeBox | None:
    """``Sarah 5 min``."""
    for begin in starts(inside):
        owner = inside[:begin]
        if len(owner) <= _LONGEST_OWNER and _OWNER.fullmatch(owner) and (length := whole(inside[begin:])):
            prose = PROSE_BEFORE.search(owner)
            return None if prose else TimeBox(Form.BRACKET, title, length, beside=(owner.strip(),))
    return None


def number_in_bracket(text: str) -> TimeBox | None:
    """``Title (10)``: minutes only where several headings of one level do so."""
    match = re.search(r"\((\d{1,3})\)\s*$", text)
    if match is None or not 0 < int(match[1]) <= 240:  # noqa: PLR2004 - four hours
        return None
    return TimeBox(Form.NUMBER, text[: match.start()].strip(TRIM), Duration(float(match[1])))


def number_first(text: str) -> TimeBox | None:
    """``5 - Welcome``: minutes only where the whole list does so and does not just count."""
    match = _NUMBER_FIRST.match(text)
    return TimeBox(Form.NUMBER, match[2].strip(), Duration(float(match[1]))) if match else None


def _joined(before: str, after: str) -> str:
    """A title without the bracket that stood in, before or behind it."""
    before, after = before.rstrip(), after.strip()
    if not before.strip(TRIM) or (after and _NOTED.fullmatch(before)):
        return after.lstrip(TRIM)
    if not after.strip(TRIM + ".!?"):
        return before.rstrip(TRIM)
    tight = after[0] in ",.;:!?"
    return f"{before}{'' if tight else ' '}{after}"
