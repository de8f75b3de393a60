"""Where a line states its time-box, and the title that is left: ``Voting: 3m``, ``9:00 - 9:30 | Tea``."""

from __future__ import annotations

import re
from dataclasses import replace

from rmsession.reader.brackets import in_bracket
from rmsession.reader.clocks import slot_at, slots_in
from rmsession.reader.durations import duration_at, starts
from rmsession.reader.phrases import AT_MOST, HOURS, OPEN_END, OPS, PROSE_BEFORE, TOTAL_WORDS, TRIM, may_state
from rmsession.reader.timebox import Form, TimeBox

_HALF = re.compile(r"(?<![\d/])1/2(?=\s?(?:h|hour|hr|stunde|hora|heure)s?\b)")
_PROSE_AFTER = re.compile(
    r"^\s*(?:(?:is|are|was|were|should|will|would|can|may|might|must|has|have|per|each|every|before|after|ago|later|late|"
    r"early|from|prior|into|in|at|away|behind|ahead|left|long|or|and|until|than|without|within|when|if|that|apiece|"
    r"to go|pro|je|vor|nach)\b|/)",
    re.IGNORECASE,
)
_PART_FIRST = re.compile(r"^\s*(?:[-–—−:：|,>→•]+|\.(?=\s)|[-=]>|\)|\])+\s*")
_PART_LAST = re.compile(
    r"(?:[:：,;|→=@~|·]|\s/\s?|\s[-–—−]{1,3}|[-–—−]\s|\.{2,}|…|[)\]）】」”\"])\s*(?:\(?(?:about|approx\.?|~|ca\.?|max\.?|≈)\s*)?$",
    re.IGNORECASE,
)
_BRACKET_BEHIND = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]\s*$")
_CLOSING = (")", "]")
_LONGEST_LOOSE = 90
"""Characters of a title behind which a time may stand with nothing between; a longer one is a sentence."""
_TAIL = 60
"""A time at the end of a line stands in its last characters."""


def find(text: str) -> TimeBox | None:
    """The time-box that a line of plain text states, if it states one."""
    if not may_state(text):
        return None
    if "1/2" in text:
        text = _HALF.sub("½", text)
    boxed = in_bracket(text)
    if boxed and boxed.duration:
        ranged = _clock_first(boxed.title) or _range_last(boxed.title)
        return replace(boxed, title=ranged.title, slot=ranged.slot) if ranged else boxed
    ranged = None if boxed else _clock_first(text)
    return boxed or ranged or _first(text) or _last(text) or _range_last(text)


def _clock_first(text: str) -> TimeBox | None:
    """``9:00 - 9:30 Title`` or ``9:00 Title``."""
    begin = match.end() if (match := OPS.match(text)) else 0
    found = slot_at(text, begin)
    if found is None:
        return None
    slot, end = found
    rest = text[end:]
    title = rest.lstrip(TRIM + ".)]").rstrip(TRIM)
    title = OPEN_END.sub("", title).strip(TRIM) or title
    if slot.end is None and (rest[:1].isalnum() or HOURS.match(text[begin:])):
        return None
    return TimeBox(Form.RANGE if slot.end else Form.START, title, slot=slot)


def _first(text: str) -> TimeBox | None:
    """``10 min - Title``, ``20m: Title``, ``15 minute break``."""
    begin = match.end() if (match := OPS.match(text)) else 0
    found = duration_at(text, begin)
    if found is None:
        return None
    length, end = found
    rest = text[end:]
    at_most = bool(AT_MOST.match(text))
    if TOTAL_WORDS.match(rest):
        return TimeBox(Form.FIRST, "", length, at_most=at_most)
    if parted := _PART_FIRST.match(rest):
        title = rest[parted.end() :].strip()
        return TimeBox(Form.FIRST, title, length, at_most=at_most) if title[:1] != "/" else None
    if _PROSE_AFTER.match(rest) or not rest[:1].isspace() or (length.short and not begin):
        return None
    return TimeBox(Form.LOOSE_FIRST, rest.strip(), length, at_most=at_most)


def _last(text: str) -> TimeBox | None:
    """``Title: 3m``, ``Title - 10 min``, ``Title, _Name_, 15 minutes``, ``Title 10 min``, ``Title 10 min (Name)``."""
    behind = _BRACKET_BEHIND.search(text) if text.rstrip()[-1:] in _CLOSING else None
    if behind and (box := _at_end(text[: behind.start()])):
        return replace(box, beside=(behind[1].strip(),))
    return _at_end(text)


def _at_end(text: str) -> TimeBox | None:
    stripped = text.rstrip(" .!?)]*_")
    for begin in starts(stripped, max(0, len(stripped) - _TAIL)):
        found = duration_at(stripped, begin)
        if found is None or not TOTAL_WORDS.match(stripped[found[1] :]):
            continue
        before, near = stripped[:begin], stripped[max(0, begin - _TAIL) : begin]
        if parted := _PART_LAST.search(near):
            closes = parted[0][0] in ')]）】」”"'
            title = before[: len(before) - len(near) + parted.start() + closes].rstrip(TRIM + "(")
            return TimeBox(Form.LAST, title, found[0]) if title else None
        if PROSE_BEFORE.search(near) or not before.strip() or found[0].short or len(before) > _LONGEST_LOOSE:
            return None
        return TimeBox(Form.LOOSE_LAST, before.strip(TRIM), found[0])
    return None


def _range_last(text: str) -> TimeBox | None:
    """``Lunch: 12:00 - 13:00``, ``Title 9:00 AM - 9:20 AM PST``."""
    tail = max(0, len(text) - _TAIL)
    for slot, begin, end in slots_in(text[tail:]):
        if slot.end and not text[tail + end :].strip(" .)]*_") and text[: tail + begin].strip():
            return TimeBox(Form.RANGE_LAST, text[: tail + begin].rstrip(TRIM + "("), slot=slot)
    return None
