"""Due dates in words: ``fri``, ``+3d``, ``1 dec`` become a date, or a doubt where they could mean two."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from rmsession.core.text import clean

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FRIDAY = 4

_WEEKDAY = "mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = r"(?P<day>[0-9]{1,2})"
_COUNT = rf"(?P<count>[0-9]{{1,4}}|an?|{'|'.join(_NUMBERS[1:])})"
_BEFORE = rf"(?:(?P<weekday>{_WEEKDAY}),?\s+)?(?:the\s+)?"
_YEAR = r"(?:,?\s+(?P<year>[0-9]{4}))?"
_NAME = r"today|tonight|eod|tomorrow|tmrw|eow|eom|next\s+week|next\s+month|end\s+of\s+(?:the\s+)?(?:day|week|month)"
_END = r"(?=[\s.,;:!?)\]]|$)"


@dataclass(frozen=True, slots=True)
class DueFound:
    """A date that a text names, and the text without it; or the words that look like one, left where they are."""

    text: str
    due: date | None = None
    doubt: str = ""
    """The words that were not understood; empty where `due` is known."""


def read_due(words: str, today: date) -> date | None:
    """The day that these words mean when they are said today; None where they mean none, or one of two."""
    words = words.strip()
    found = _date_at(words, 0, today)
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
            words = f"{_DAYS[day.weekday()].title()} {day.day} {_MONTHS[day.month - 1].title()}"
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
        return _JOINT.sub("", after).strip()
    if after[:1] in _CLOSERS:
        return (before.rstrip(" \t") + after).strip()
    return (before + after.lstrip(" \t")).strip() if before[-1].isspace() else (before + after).strip()


_JOINT = re.compile(r"\A[,;:.](?=\s)")
"""What tied a piece in front to the rest: ``@ana: call``."""
_CLOSERS = (*".,;:!?)\n",)


def _iso(found: re.Match[str], _: date) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _in_month(found: re.Match[str], today: date) -> date | None:
    month, day = _MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"])
    if found["year"]:
        due = date(int(found["year"]), month, day)
    else:
        due = date(today.year + ((month, day) < (today.month, today.day)), month, day)
    weekday = found["weekday"]
    return None if weekday and _DAYS[due.weekday()] != weekday[:3].lower() else due


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    day = int(found["day"])
    # Said on 31 January, "the 30th" is in March: three months are enough.
    for year, month in (_months_on(today.year, today.month, ahead) for ahead in range(3)):
        if day <= monthrange(year, month)[1] and (due := date(year, month, day)) >= today:
            return due
    return None


def _months_on(year: int, month: int, count: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + count
    return months // 12, months % 12 + 1


def _after(found: re.Match[str], today: date) -> date:
    words = found["count"].lower()
    count = _NUMBERS.index(words) if words in _NUMBERS else 1 if words in {"a", "an"} else int(words)
    match found["unit"][0].lower():
        case "d":
            return today + timedelta(days=count)
        case "w":
            return today + timedelta(weeks=count)
        case _:
            year, month = _months_on(today.year, today.month, count)
            return date(year, month, min(today.day, monthrange(year, month)[1]))


def _on_weekday(found: re.Match[str], today: date) -> date:
    day = _DAYS.index(found["weekday"][:3].lower())
    if (found["which"] or "").lower() == "next":
        return _next_monday(today) + timedelta(days=day)
    return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _named(found: re.Match[str], today: date) -> date:
    match found["name"].lower().split():
        case ["tomorrow" | "tmrw"]:
            return today + timedelta(days=1)
        case ["next", "week"]:
            return _next_monday(today)
        case ["next", "month"]:
            return date(*_months_on(today.year, today.month, 1), 1)
        case ["eow"] | [*_, "week"]:
            return today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
        case ["eom"] | [*_, "month"]:
            return today.replace(day=monthrange(today.year, today.month)[1])
        case _:
            return today


_Reading = Callable[[re.Match[str], date], date | None]


_WAYS: tuple[tuple[str, _Reading], ...] = (
    (r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", _iso),
    (rf"{_BEFORE}{_DAY}(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<month>{_MONTH}){_YEAR}", _in_month),
    (rf"{_BEFORE}(?P<month>{_MONTH})\s*{_DAY}(?:st|nd|rd|th)?{_YEAR}", _in_month),
    (rf"(?:the\s+)?{_DAY}(?:st|nd|rd|th)", _day_of_month),
    # Without "in" or "+", only the short form is a date: "shorten it by 2 weeks" is none.
    (rf"(?:in\s+|\+\s*){_COUNT}\s*(?P<unit>days?|weeks?|months?|[dw])", _after),
    (r"(?P<count>[0-9]{1,4})(?P<unit>[dw])", _after),
    (rf"(?:(?P<which>this|next)\s+)?(?P<weekday>{_WEEKDAY})", _on_weekday),
    (rf"(?:the\s+)?(?P<name>{_NAME})", _named),
)


_DATE_LIKE = rf"""(?: [0-9]{{1,4}}/[0-9]{{1,2}}(?:/[0-9]{{2,4}})?
           | [0-9]{{1,2}}\.[0-9]{{1,2}}\.(?:[0-9]{{2,4}})?
           | [0-9]{{4}}-[0-9]{{1,2}}(?:-[0-9]{{1,2}})?(?:T\S*)? | [0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{2,4}}
           | (?:the\s+)?[0-9]{{1,2}}(?:st|nd|rd|th)?\s*(?:of\s+)?(?:{_MONTH}) | (?:(?:mid|early|late)[\s-])?(?:{_MONTH})
           | (?:this\s+|next\s+)?(?:{_WEEKDAY}) | today | tonight | tomorrow | noon | eo[dwm] | (?:the\s+)?weekend
           | (?:(?:the|our)\s+)?next\s+(?:time|session|meeting|week|month|quarter|year)
           | (?:the\s+)?end\s+of | 20[0-9]{{2}}$ | [0-9]{{1,2}}(?::[0-9]{{2}})?\s*[ap]m | [0-9]{{1,2}}:[0-9]{{2}}
         )(?!\w)"""
_TOKEN = re.compile(r"(?<!\S)due:[ \t]?(?=\S)", re.IGNORECASE)
_BY = re.compile(r"(?<!\S)by\s+", re.IGNORECASE)
_TAGS = re.compile(r"(?:[ \t]+[#+][^\W\d_]\S*)*\s*\Z")
_LONGEST_PHRASE = 120
"""How far from its end a text is searched for ``by DATE`` and the tags behind it, in characters."""
_DOUBTFUL_WORDS = 5
_TOKENS_READ = 20
"""How many ``due:`` a text may hold, counted from its end; more are a pasted log, and reading them all takes 0.1 s."""


@cache
def _forms() -> tuple[tuple[re.Pattern[str], _Reading], ...]:
    """Every way of saying a day; made when a text is first read, for whoever only shows a day needs none."""
    return tuple((re.compile(f"(?:{pattern}){_END}", re.IGNORECASE), reading) for pattern, reading in _WAYS)


@cache
def _date_like() -> re.Pattern[str]:
    """What looks like a day, whether it is one or not."""
    return re.compile(_DATE_LIKE, re.IGNORECASE | re.VERBOSE)


def _date_at(text: str, start: int, today: date) -> tuple[date | None, int] | None:
    """The date whose words begin here (None: there is no such day) and where they end."""
    for pattern, reading in _forms():
        if found := pattern.match(text, start):
            try:
                return reading(found, today), found.end()
            except (ValueError, OverflowError):
                return None, found.end()
    return None


def _due_token(text: str, today: date) -> DueFound | None:
    tokens = list(_TOKEN.finditer(text))[-_TOKENS_READ:]
    doubts = []
    for token in reversed(tokens):
        found = _date_at(text, token.end(), today)
        if found and found[0]:
            return DueFound(without(text, token.start(), found[1]), found[0])
        words = text[token.end() : token.end() + _LONGEST_PHRASE].split(maxsplit=1)[0].rstrip(".,;!?")
        if words and (not token[0][-1].isspace() or _date_like().match(words)):
            doubts.append(text[token.end() : found[1]] if found else words)
    return DueFound(text, None, doubts[0]) if doubts else None


def _by_phrase(text: str, end: int, today: date) -> DueFound | None:
    first = max(end - _LONGEST_PHRASE, 0)
    tail = text[first:end]
    tail = tail[: next(found.start() for found in _TAGS.finditer(tail))]
    starts = list(_BY.finditer(tail))
    # Cut inside a word, the window could begin with the end of "standby".
    if not starts or (starts[-1].start() == 0 and first and not text[first - 1].isspace()):
        return None
    phrase = starts[-1]
    words = tail[phrase.end() :].rstrip(".,;!?")
    found = _date_at(words, 0, today)
    if found and found[0] and found[1] == len(words):
        return DueFound(without(text, first + phrase.start(), first + phrase.end() + len(words)), found[0])
    if len(words.split()) <= _DOUBTFUL_WORDS and _date_like().match(words):
        return DueFound(text, None, words)
    return None
