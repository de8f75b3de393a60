"""How people write a length of time: ``10 min``, ``1h30``, ``15-20 minutes``, ``5+5 min``, ``half an hour``."""

from __future__ import annotations

import re

from rmsession.core.frozen import frozen

MOST_MINUTES = 60 * 24
"""A time-box longer than a day is something else."""

_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?[½¼¾]?|[½¼¾]"
_MINUTE = (
    r"minuten|minutter|minuter|minutes?|minutos?|minuti|minuta|minuty|minuut|minut|mins|min|mn|m"
    r"|минут[аы]?|мин|хв|分間|分钟|分鐘|分|분"
)
_HOUR = (
    r"hours?|heures?|horas?|hrs|hr|h|stunden|stunde|std|ore|ora|uren|uur|timmar"
    r"|часа|часов|час|ч|時間|小时|小時|시간"
)
_SECOND = r"seconds?|secs?|segundos?|secondes?|sekunden|sek|s|секунд|秒"
_CJK = "分時小시분秒"

# A number that belongs to a word, a date, a clock time or a sum of money is no length of time.
_NOT_AFTER = r"(?<![A-Za-z\d_À-ɏ$£€¥#@&+])(?<!\d[.,:/])(?<!\w-)"
_AMOUNT = re.compile(
    rf"(?P<times>\d{{1,2}}\s?[x×]\s?)?(?P<a>{_NUMBER})"
    rf"(?:\s{{0,2}}(?P<op>-|–|—|~|〜|～|\+|\bto\b|\bbis\b|\bou\b|\bor\b|\ba\b|\bà\b)\s{{0,2}}(?P<b>{_NUMBER}))?"
    rf"(?P<plus>\s?\+)?\s{{0,2}}[-\u2011]?"
    rf"(?P<unit>(?P<hour>{_HOUR})|(?P<minute>{_MINUTE})|(?P<second>{_SECOND})|(?P<prime>['′’](?!['′’\w])))",
    re.IGNORECASE,
)
_BARE_MINUTES = re.compile(r"(?:(\d{2})(?:m|min)?(?![\w:%])|\s(\d{2})(?=\s*(?:$|[)\],;:|–—-])))")
_LINK = re.compile(
    r"\.?\s{0,2}(?:(?P<sum>\+|,?\s?\b(?:and|und|y|et|e)\b|&|,)|(?P<span>-|–|—|~|〜|～|\bto\b|\bbis\b))?\s{0,2}",
    re.IGNORECASE,
)
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30,
    "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "half an": 0.5, "half a": 0.5,
    "una": 1, "eine": 1, "une": 1, "media": 0.5, "halbe": 0.5, "demi": 0.5, "quarter of an": 0.25,
}  # fmt: skip
_WORDED = re.compile(
    r"(?<![\w-])(?P<word>half[ -]an?|quarter of an|forty[ -]five|twenty[ -]five|"
    + "|".join(word for word in _WORDS if " " not in word and "-" not in word)
    + r")[ -](?:(?P<hour>hours?|hora|heure|stunde)|(?P<minute>minutes?|mins?|minutos?|minuten))\b"
    r"(?P<half> and a half)?",
    re.IGNORECASE,
)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@frozen
class Duration:
    """A length of time as stated."""

    minutes: float
    """The upper end where a range is stated."""
    least: float | None = None
    """The lower end of a stated range."""
    open_ended: bool = False
    """``30+ minutes``."""
    summed: bool = False
    """``5+5 min``."""
    short: bool = False
    """The unit is a single letter or a prime mark, which alone may be metres, millions or feet."""


def duration_at(text: str, start: int) -> tuple[Duration, int] | None:
    """The duration that begins at `start`, as long as it goes, and where it ends.

    >>> duration_at("1h 30m of talk", 0)[0].minutes
    90.0
    """
    found = _amount_at(text, start)
    if found is None:
        return _worded_at(text, start)
    total, end, unit = found
    while (longer := _continued(text, total, end, unit)) is not None:
        total, end, unit = longer
    if not 0 <= total.minutes <= MOST_MINUTES:
        return None
    return total, end


def whole(text: str) -> Duration | None:
    """The duration that the whole text is, if it is one."""
    found = duration_at(text, 0)
    return found[0] if found and not text[found[1] :].strip(" .!?") else None


def starts(text: str, begin: int = 0) -> list[int]:
    """Where a duration may begin in a text: each number or number word that no other word holds on to."""
    low = text.lower()
    # Number words are few, and a search for them takes ten times as long as for figures. Only plain ASCII is told apart
    # by its letters: elsewhere i, k and s have a third form that a pattern takes for them.
    worded = "hour" in low or "min" in low or "hora" in low or "tunde" in low or "heure" in low
    pattern = _START if worded or not text.isascii() else _FIGURE
    return [match.start() for match in pattern.finditer(text, begin)]


_FIGURE = re.compile(r"[\d½¼¾](?<![A-Za-z\d_$#@&+].)(?<!\d[.,:/].)(?<!\w-.)", re.DOTALL)
"""A number as `_START` finds it, in plain ASCII."""
_START = re.compile(rf"{_NOT_AFTER}[\d½¼¾]|{_WORDED.pattern}", re.IGNORECASE)


def _amount_at(text: str, start: int) -> tuple[Duration, int, str] | None:
    """One number or range with its unit: the duration, its end, and which unit it was (``h``, ``m``, ``s``)."""
    match = _AMOUNT.match(text, start)
    if match is None or not _ends_well(text, match.end(), hour=bool(match["hour"])):
        return None
    factor, unit = (60.0, "h") if match["hour"] else (1 / 60, "s") if match["second"] else (1.0, "m")
    first, second = _number(match["a"]), _number(match["b"]) if match["b"] else None
    if match["times"]:
        first *= int(re.match(r"\d+", match["times"])[0])  # type: ignore[index] # the group begins with digits
    least, amount, summed = None, first, bool(match["times"])
    if second is not None and match["op"] == "+":
        amount, summed = first + second, True
    elif second is not None and second >= first:
        least, amount = first * factor, second
    elif second is not None:
        return None
    if match["times"] and len(match["unit"]) == 1 and match["unit"].isascii():  # 5 x 60m of cable
        return None
    short = len(match["unit"]) == 1 and match["unit"].isascii() and match["unit"] != "'"
    return Duration(amount * factor, least, bool(match["plus"]), summed, short), match.end(), unit


def _ends_well(text: str, end: int, *, hour: bool) -> bool:
    """Whether the unit is a word of its own (``10min/play`` is a rate, ``分散`` another word)."""
    after = text[end : end + 1]
    if hour and _BARE_MINUTES.match(text, end):
        return True
    if text[end - 1] in _CJK:
        return after not in ("散", "割", "岐", "析", "野", "類", "/", "半")
    if text[end - 1] == "M" and not text[end - 2].isalpha():  # five million
        return False
    return not (
        after.isalnum() or after in ("/", "_", "²", "³") or (after == "." and text[end + 1 : end + 2].isalnum())
    )


def _continued(text: str, total: Duration, end: int, unit: str) -> tuple[Duration, int, str] | None:
    """The duration with what is joined to it: ``1h`` + `` 30m``, ``10 min`` + `` + 5 min``, ``10m`` + `` - 15m``."""
    if unit == "h" and (bare := _BARE_MINUTES.match(text, end)):
        return Duration(total.minutes + int(bare[1] or bare[2]), None, total.open_ended, total.summed), bare.end(), "m"
    link = _LINK.match(text, end)
    following = _amount_at(text, link.end()) if link else None
    if link is None or following is None:
        return None
    more, stop, next_unit = following
    if link["span"]:
        if unit != next_unit or more.minutes < total.minutes or total.least is not None:
            return None
        return Duration(more.minutes, total.minutes, more.open_ended, False, more.short), stop, next_unit
    smaller = (unit, next_unit) in {("h", "m"), ("m", "s")}
    if not smaller and not (link["sum"] and "+" in link["sum"]):
        return None
    joined = Duration(total.minutes + more.minutes, None, more.open_ended, not smaller, total.short and more.short)
    return joined, stop, next_unit


def _worded_at(text: str, start: int) -> tuple[Duration, int] | None:
    """``half an hour``, ``twenty minutes``."""
    match = _WORDED.match(text, start)
    if match is None:
        return None
    word = match["word"].casefold()
    count = _WORDS.get(word, _WORDS.get(word.replace("-", " "), _WORDS.get(word.replace(" ", "-"), 0)))
    if match["half"]:
        count += 0.5
    return Duration(count * 60.0 if match["hour"] else float(count)), match.end()


def _number(text: str) -> float:
    """``1,5``, ``1.5`` and ``1½`` alike."""
    fraction = _FRACTIONS.get(text[-1], 0.0)
    digits = text.rstrip("½¼¾").replace(",", ".")
    return (float(digits) if digits else 0.0) + fraction
