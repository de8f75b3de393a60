"""The words that name a day: ``fri``, ``+3d``, ``the 5th``, ``1 dec``, wherever in a text they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as they begin, Monday first."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as they begin."""
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FRIDAY = 4
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

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


def _iso(found: re.Match[str], _: date) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _in_month(found: re.Match[str], today: date) -> date | None:
    month, day = MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"])
    if found["year"]:
        due = date(int(found["year"]), month, day)
    else:
        due = date(today.year + ((month, day) < (today.month, today.day)), month, day)
    weekday = found["weekday"]
    return None if weekday and DAYS[due.weekday()] != weekday[:3].lower() else due


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    day = int(found["day"])
    # Said on 31 January, "the 30th" is in March: three months are enough.
    for year, month in (_months_on(today.year, today.month, ahead) for ahead in range(3)):
        if day <= _length(year, month) and (due := date(year, month, day)) >= today:
            return due
    return None


def _length(year: int, month: int) -> int:
    """How many days a month has; the module `calendar` would be loaded for nothing else."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + (leap and month == 2)  # noqa: PLR2004 - February


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
            return date(year, month, min(today.day, _length(year, month)))


def _on_weekday(found: re.Match[str], today: date) -> date:
    day = DAYS.index(found["weekday"][:3].lower())
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
            return today.replace(day=_length(today.year, today.month))
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


@cache
def _forms() -> tuple[tuple[re.Pattern[str], _Reading], ...]:
    """Every way of saying a day; made when a text is first read, for whoever only shows a day needs none."""
    return tuple((re.compile(f"(?:{pattern}){_END}", re.IGNORECASE), reading) for pattern, reading in _WAYS)


@cache
def date_like() -> re.Pattern[str]:
    """What looks like a day, whether it is one or not."""
    return re.compile(_DATE_LIKE, re.IGNORECASE | re.VERBOSE)


def day_said(text: str, today: date) -> date | None:
    """The day that a whole text names; None where it names none, or anything besides."""
    line = text.strip()
    found = date_at(line, 0, today)
    return found[0] if found and found[1] == len(line) else None


def date_at(text: str, start: int, today: date) -> tuple[date | None, int] | None:
    """The date whose words begin here (None: there is no such day) and where they end."""
    for pattern, reading in _forms():
        if found := pattern.match(text, start):
            try:
                return reading(found, today), found.end()
            except (ValueError, OverflowError):
                return None, found.end()
    return None
