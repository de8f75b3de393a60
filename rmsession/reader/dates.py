"""Lines and headings that name a day: they tell when a meeting is, or head the topics of one day of it."""

from __future__ import annotations

import re

_DAY_NAMES = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?|montag|dienstag|mittwoch|donnerstag|"
    r"freitag|samstag|sonntag|lunes|martes|miércoles|"
    r"jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may(?=\s\d)|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"januar|februar|märz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    r"septiembre|octubre|noviembre|diciembre"
)
_DATE_WORDS = re.compile(
    rf"\b(?:{_DAY_NAMES}|{_MONTHS})\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|[年月]\d|"
    rf"\d日|\([月火水木金土日]\)",
    re.IGNORECASE,
)
_DATE_FILLERS = re.compile(
    r"[\W\d_]|(?<=\d)(?:st|nd|rd|th|am?|pm?)\b|\b(?:on|of|the|de|del|der|day|week|tag|noon|am|pm|uhr|time|utc|"
    r"gmt|c?est|cet|[pem][sd]t|pacific|"
    r"eastern|central|european|standard|daylight|meeting|call|session|recording)\b",
    re.IGNORECASE,
)
_BEGINNINGS = frozenset({
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "die", "mit", "don", "fre", "sam", "son", "lun", "mar", "jue",
    "vie", "dom", "mer", "jeu", "ven", "dim", "jan", "feb", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
    "dec", "mai", "okt", "dez", "ene", "abr", "ago", "dic",
})  # fmt: skip
"""The first three letters of every day and month in plain ASCII."""
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_DATE_LETTERS = 10
"""Letters beside the date that a heading may have and still be one: ``Monday, 25 March (CET)``."""


def is_date(text: str) -> bool:
    """Whether a text names a day: such a line says when the meeting is, and is no topic."""
    return _may_name_day(text) and bool(_DATE_WORDS.search(text))


def _may_name_day(text: str) -> bool:
    """Whether a day may be named: most texts have no figure, and no word that begins as a day or a month does."""
    return (
        not text.isascii()
        or bool(_FIGURE.search(text))
        or not _BEGINNINGS.isdisjoint([word[:3] for word in _WORD.findall(text.lower())])
    )


def is_mainly_date(text: str) -> bool:
    """Whether a heading is a day over its topics, and not a topic that names a day."""
    if not is_date(text):
        return False
    left = _DATE_FILLERS.sub("", _DATE_WORDS.sub("", text))
    return not left or (any(map(str.isdigit, text)) and len(left) <= _DATE_LETTERS)
