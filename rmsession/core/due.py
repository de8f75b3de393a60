"""Due dates in words: ``fri``, ``+3d``, ``1 dec`` become a date, or a doubt where they could mean two."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from rmsession.core.days import DAYS, MONTHS, date_at, date_like
from rmsession.core.text import clean


class DueFound(NamedTuple):
    """A date that a text names, and the text without it; or the words that look like one, left where they are."""

    text: str
    due: date | None = None
    doubt: str = ""
    """The words that were not understood; empty where `due` is known."""


def read_due(words: str, today: date) -> date | None:
    """The day that these words mean when they are said today; None where they mean none, or one of two."""
    words = words.strip()
    found = date_at(words, 0, today)
    return found[0] if found and found[1] == len(words) else None


def trailing_due(text: str, today: date) -> DueFound | None:
    """The date a text is due: a ``due:DATE`` anywhere, else ``by DATE`` at the end of the text or its first line.

    Of several ``due:`` the last counts, so that writing one behind a text always says when it is due.
    None where nothing looks like a date.
    """
    token = _due_token(text, today)
    if token and token.due:
        return token
    ends = [len(text), text.find("\n")]
    phrases = [_by_phrase(text, end, today) for end in ends if end >= 0]
    understood = next((phrase for phrase in phrases if phrase and phrase.due), None)
    return understood or token or next((phrase for phrase in phrases if phrase), None)


def shown(day: date, today: date) -> str:
    """A day as people say it: ``today``, ``Tue 1 Dec``, with its year where that is another one."""
    match (day - today).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case _:
            words = f"{DAYS[day.weekday()].title()} {day.day} {MONTHS[day.month - 1].title()}"
            return words if day.year == today.year else f"{words} {day.year:04}"


def due_shown(due: str, today: date) -> str:
    """A stored due date as people read it; what is none, in a record from elsewhere, stands as it is."""
    try:
        return shown(date.fromisoformat(due), today)
    except ValueError:
        return clean(due)


def without(text: str, start: int, end: int) -> str:
    """The text with a piece taken out, and the space that stood around it closed."""
    before, after = text[:start], text[end:]
    if not before:
        return re.sub(_JOINT, "", after).strip()
    if after[:1] in _CLOSERS:
        return (before.rstrip(" \t") + after).strip()
    return (before + after.lstrip(" \t")).strip() if before[-1].isspace() else (before + after).strip()


_JOINT = r"\A[,;:.](?=\s)"
"""What tied a piece in front to the rest: ``@ana: call``."""
_CLOSERS = (*".,;:!?)\n",)
# Compiled where a text is read: lists show dates that were understood before.
_DUE = r"(?i)(?<!\S)due:[ \t]?(?=\S)"
_BY = r"(?i)(?<!\S)by\s+"
_TAGS = r"(?:[ \t]+[#+][^\W\d_]\S*)*\s*\Z"
_LONGEST_PHRASE = 120
"""How far from its end a text is searched for ``by DATE`` and the tags behind it, in characters."""
_DOUBTFUL_WORDS = 5
_TOKENS_READ = 20
"""How many ``due:`` a text may hold, counted from its end; more are a pasted log, and reading them all takes 0.1 s."""


def _due_token(text: str, today: date) -> DueFound | None:
    tokens = list(re.finditer(_DUE, text))[-_TOKENS_READ:]
    doubts = []
    for token in reversed(tokens):
        found = date_at(text, token.end(), today)
        if found and found[0]:
            return DueFound(without(text, token.start(), found[1]), found[0])
        words = text[token.end() : token.end() + _LONGEST_PHRASE].split(maxsplit=1)[0].rstrip(".,;!?")
        if words and (not token[0][-1].isspace() or date_like().match(words)):
            doubts.append(text[token.end() : found[1]] if found else words)
    return DueFound(text, None, doubts[0]) if doubts else None


def _by_phrase(text: str, end: int, today: date) -> DueFound | None:
    first = max(end - _LONGEST_PHRASE, 0)
    tail = text[first:end]
    tail = tail[: next(found.start() for found in re.finditer(_TAGS, tail))]
    starts = list(re.finditer(_BY, tail))
    # Cut inside a word, the window could begin with the end of "standby".
    if not starts or (starts[-1].start() == 0 and first and not text[first - 1].isspace()):
        return None
    phrase = starts[-1]
    words = tail[phrase.end() :].rstrip(".,;!?")
    found = date_at(words, 0, today)
    if found and found[0] and found[1] == len(words):
        return DueFound(without(text, first + phrase.start(), first + phrase.end() + len(words)), found[0])
    if len(words.split()) <= _DOUBTFUL_WORDS and date_like().match(words):
        return DueFound(text, None, words)
    return None
