"""The words around a time that make it a time-box or rule it out: ``about``, ``max``, ``per person``, ``ago``."""

from __future__ import annotations

import re

from rmsession.reader.clocks import Slot, slot_at
from rmsession.reader.durations import Duration, duration_at

_ABOUT = (
    r"(?:about|approx(?:imately|\.)?|around|circa|ca\.?|c\.|roughly|max(?:imum|\.)?|up to|at most|"
    r"time[- ]?box(?:ed)?|"
    r"timing|time|duration|estimated(?: time)?|est\.?|length|total|dauer|etwa|max|aprox\.?|environ|unos|duración|"
    r"budget|allow|allocated|for|of|[~≈⏰⏱⏲🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙⌛⌚]\ufe0f?|[<>=≤≥]{1,2})"
)
_BEFORE = re.compile(rf"(?:{_ABOUT}\s*[:：]?\s*){{1,3}}", re.IGNORECASE)
AT_MOST = re.compile(r"^\s*(?:≤|<=?)")
_NOT_A_LENGTH = re.compile(
    r"^\W{0,3}(?:late|early|earlier|ago|behind|ahead|before|after|left|later|read|walk|drive|per|each|every|"
    r"apiece|away|"
    r"from|old|delay|to|until|limit each|a (?:person|piece)|pro|je|por persona|chacun|into|in|past|without|"
    r"away)\b|^\s*/",
    re.IGNORECASE,
)
PROSE_BEFORE = re.compile(
    r"(?:\b(?:take|takes|taking|for|of|about|around|approximately|in|than|is|are|last|lasts|every|spend|after|"
    r"within|only|up to|least|most|"
    r"currently|to|and|or|by|the|a|an|next|last|first|another|extra|additional|have|has|will|be|exactly|remaining|"
    r"from|until|before|with|set|allow|allows|us|at|this|unos|durante|etwa|nach|vor|in|für|pendant|après|dans|every)|"
    r"徒歩|約|から|every|1:)\s*$",
    re.IGNORECASE,
)
HOURS = re.compile(r"[0-6]?\s?h\b|\d\s?h\s?[-–—]|\d\s?h\d\d\s?[-–—]")
TOTAL_WORDS = re.compile(
    r"^\s*(?:(?:in )?total|time[- ]?box(?:ed)?|max(?:imum)?|only|long|overall|altogether|gesamt|insgesamt|"
    r"en total)?\s*[.!:)\]]*$",
    re.IGNORECASE,
)
_LABEL_AFTER = re.compile(r"^\s*(?:[\w&+'’-]+[ ]?){1,3}$")
OPS = re.compile(
    r"^\s*(?:[~≈≤≥⏰⏱⏲⌛⌚]\ufe0f?|[<>=]{1,2}|(?:about|approx\.?|ca\.?|circa|max\.?|up to)\s)\s*", re.IGNORECASE
)
OPEN_END = re.compile(r"^(?:late|open end|ende offen|end|ende|fin|\?[\s?]*)(?=$|[\s:|])[\s:|–-]*", re.IGNORECASE)
TRIM = " \t-–—−:：|,;>→•·=~*_"
_MAY_STATE = re.compile(
    r"[\d½¼¾](?:\s{0,3}\+?\s?[-\u2011]?(?:[mhs'′’+]|std|uur|ore\b|мин|час|ч|[分時小시분秒])|[:：h.時]\d|"
    r"\s?(?:[ap]\b|[ap]\.?m|uhr)"
    r"|\s?(?:-|–|—|to)\s?(?:noon|midi))",
    re.IGNORECASE,
)
_WORDED = re.compile(r"\b(?:minute|hour|hora|stunde|heure)s?\b", re.IGNORECASE)
_SHORT = 300
"""Characters of a line in which a number may be a word; a longer one is prose."""


def may_state(text: str) -> bool:
    """Whether a time can stand in a text at all; most lines are told apart by this alone."""
    if _MAY_STATE.search(text):
        return True
    if len(text) >= _SHORT:
        return False
    # Most lines have no such word in them: to look for its letters first takes a tenth of the time. There is no i, k or
    # s among these, which have a third form that a pattern takes for them.
    low = text.lower()
    worded = "nute" in low or "hour" in low or "hora" in low or "tunde" in low or "heure" in low
    return worded and bool(_WORDED.search(text))


def length_of(text: str) -> Duration | None:
    """The duration that a bracket's part or a table cell states, with words such as "about" or "max" around it."""
    if "+" in text:
        lengths = [length_of(part.strip()) for part in text.split("+") if part.strip()]
        if len(lengths) > 1 and all(lengths):
            return Duration(sum(one.minutes for one in lengths if one), summed=True)
    begin = match.end() if (match := _BEFORE.match(text)) else 0
    found = duration_at(text, begin)
    if found is None:
        return None
    after = text[found[1] :]
    if _NOT_A_LENGTH.match(after):
        return None
    rest = after.strip(" .?!+")
    return found[0] if not rest or TOTAL_WORDS.match(after) or _LABEL_AFTER.match(rest) else None


def slot_of(text: str, *, bare: bool = False) -> Slot | None:
    """The time or range that a whole bracket or table cell is."""
    found = slot_at(text.strip(), 0, bare=bare)
    if found is None:
        return None
    return found[0] if not OPEN_END.sub("", text.strip()[found[1] :].strip(" .-–—~〜～?")) else None
