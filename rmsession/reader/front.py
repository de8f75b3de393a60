"""The block of settings at the top of an agenda, YAML between ``---`` or TOML between ``+++``."""

# ruff: noqa: PLC0415 - loaded where it is used: most agendas need none of it

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from rmsession.core.agenda import FeedbackKind, Problem
from rmsession.core.frozen import frozen
from rmsession.reader import problems, words
from rmsession.reader.clocks import lengths, slot_of_day
from rmsession.reader.durations import Duration, duration_at, starts
from rmsession.reader.limits import DEEPEST_FRONT, LONGEST_FRONT, LONGEST_VALUE, MOST_QUESTIONS, MOST_VALUES
from rmsession.reader.phrases import length_of
from rmsession.reader.plain_front import plain
from rmsession.reader.timebox import Form, TimeBox

_LENGTHS = ("duration", "time", "length", "minutes", "timebox", "total", "dauer", "duración", "durée", "所要時間")
_NAMES = ("title", "name", "topic", "subject")
_SIMPLE = re.compile(r"^([A-Za-z][\w -]{0,30}):[ \t]*(.*)$", re.MULTILINE)
_MOST_BITS = 64
"""Python refuses to write integers of thousands of digits as text."""


@frozen
class Front:
    """What the block says."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """By key in lower case; YAML's values are all text."""
    lines: int = 0
    """How many lines of the text it takes up."""
    problems: tuple[Problem, ...] = ()

    def text(self, key: str) -> str:
        """A value as one text; empty where there is none."""
        return _words(self.values.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        value = self.values.get(key)
        if isinstance(value, list | tuple):
            return tuple(filter(None, map(_words, value[:MOST_QUESTIONS])))
        return (self.text(key),) if self.text(key) else ()


def _words(value: object) -> str:
    """A single value as one text of bounded length; empty for lists, mappings and numbers that nobody means."""
    match value:
        case int() if value.bit_length() > _MOST_BITS:
            return ""
        case str() | int() | float():
            return " ".join(str(value).split())[:LONGEST_VALUE]
        case _:
            return ""


def split(text: str) -> Front:
    """The front matter of a text, if it begins with any."""
    opening, _, _ = text.partition("\n")
    rule = opening.rstrip()
    if rule not in ("---", "+++"):
        return Front()
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*$" if rule == "---" else r"^\+\+\+[ \t]*$", re.MULTILINE)
    match = closing.search(text, len(opening) + 1, len(opening) + LONGEST_FRONT)
    if match is None:
        return Front(problems=_too_long(text, len(opening) + 1, closing))
    block = text[len(opening) + 1 : match.start()]
    count = text.count("\n", 0, match.end()) + 1
    values, reason = _parsed(block, toml=rule == "+++")
    if values is None and reason is None:
        return Front()
    if values is None:
        found = {key.casefold(): value.strip().strip("\"'") for key, value in _SIMPLE.findall(block)}
        return Front(found, count, (problems.front_matter_unreadable(1, reason or ""),))
    values = {str(key).casefold(): value for key, value in values.items()}
    return Front(values, count, tuple(_cut(values)))


def _too_long(text: str, start: int, closing: re.Pattern[str]) -> tuple[Problem, ...]:
    """What to tell of settings that go on for too long to be some; nothing of a text that just begins with a rule."""
    if len(text) < LONGEST_FRONT or not _SIMPLE.match(text, start) or not closing.search(text, start):
        return ()
    return (problems.front_matter_unreadable(1, f"it has more than {LONGEST_FRONT:,} characters"),)


def _cut(values: Mapping[str, Any]) -> Iterator[Problem]:
    """What was left out of values that are too long."""
    for key, value in values.items():
        if isinstance(value, str) and len(value) > LONGEST_VALUE:
            yield problems.cut_short(1, f"front matter: {key}", LONGEST_VALUE)
    questions = values.get("questions")
    if isinstance(questions, list) and len(questions) > MOST_QUESTIONS:
        yield problems.left_out(1, "questions", MOST_QUESTIONS, mend="leave some out")


def _parsed(block: str, *, toml: bool) -> tuple[Mapping[str, Any] | None, str | None]:
    """The block's values; or why they cannot be read; or neither, where it is no such block at all."""
    if not block.strip():
        return {}, None
    if _too_deep(block, toml=toml):
        return None, f"nested more than {DEEPEST_FRONT} deep"
    try:
        value = _toml(block) if toml else plain(block) or _yaml(block)
    except (ValueError, RecursionError) as error:
        return None, str(error).split("\n", 1)[0]
    if not isinstance(value, Mapping):
        return ({} if value is None else None), None
    if _count(value) > MOST_VALUES:
        return None, f"more than {MOST_VALUES:,} values"
    return value, None


def _count(value: Any) -> int:
    """How many values there are, each alias counted where it is used; stops soon after `MOST_VALUES`."""
    stack, count = [value], 0
    while stack and count <= MOST_VALUES:
        count += 1
        match stack.pop():
            case Mapping() as entries:
                stack.extend(entries.values())
            case list() as entries:
                stack.extend(entries)
            case _:
                pass
    return count + len(stack)


def _toml(block: str) -> Any:
    # Only here: few agendas have settings of this kind.
    import tomllib

    return tomllib.loads(block)


def _yaml(block: str) -> Any:
    # Only here: it takes 15 ms to load, and most agendas have no front matter or a plain one.
    import yaml

    try:
        # BaseLoader leaves `1:1`, `10:30` and `No` as the words they are
        return yaml.load(block, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - builds only text, lists and mappings
    except yaml.YAMLError as error:
        raise ValueError(getattr(error, "problem", None) or str(error)) from error


def _too_deep(block: str, *, toml: bool) -> bool:
    """Whether a hostile block would exhaust a recursive parser."""
    if block.count("[") + block.count("{") > DEEPEST_FRONT * 4:
        return True
    # A dotted key of TOML is a table in a table for each dot: one of 19,000 took half a minute.
    if toml and any(line.count(".") > DEEPEST_FRONT for line in block.split("\n")):
        return True
    return any(
        len(line) - len(line.lstrip()) > DEEPEST_FRONT * 2 or line.count("- ") > DEEPEST_FRONT
        for line in block.split("\n")
    )


def stated_minutes(front: Front) -> tuple[float | None, tuple[Problem, ...]]:
    """The total that the front matter states, and what is wrong with it."""
    for key in _LENGTHS:
        value = front.text(key)
        if not value:
            continue
        if minutes := _minutes(value):
            return minutes, ()
        if key == "duration" and value not in ("0", "0.0"):
            return None, (problems.front_matter_value(1, key, value, "minutes, such as 45 or 1h 30m"),)
    lesson = [float(front.text(key)) for key in ("teaching", "exercises") if re.fullmatch(r"\d{1,3}", front.text(key))]
    if sum(lesson):
        return sum(lesson), ()
    if (
        front.text("starttime")
        and front.text("endtime")
        and (slot := slot_of_day(front.text("starttime"), front.text("endtime")))
    ):
        return lengths([slot])[0].minutes, ()
    for key in ("description", "summary", "subtitle"):
        if minutes := session_length(front.text(key)):
            return minutes, ()
    return None, ()


def session_length(text: str) -> float | None:
    """``a one-hour intro mentoring session``: a length that belongs to the session as a whole."""
    for begin in starts(text)[:20]:
        found = duration_at(text, begin)
        if found and words.is_session(text[found[1] :]):
            return found[0].minutes
    return None


def _minutes(value: str) -> float | None:
    if re.fullmatch(r"\d{1,4}(?:\.\d+)?", value):
        return float(value) or None
    length = length_of(value)
    return length.minutes or None if length else None


def feedback(front: Front) -> tuple[FeedbackKind, tuple[Problem, ...]]:
    """Which form the session ends with."""
    value = front.text("feedback").casefold()
    if not value:
        return FeedbackKind.REGULAR, ()
    known = {kind.value: kind for kind in FeedbackKind} | {
        "no": FeedbackKind.NONE,
        "false": FeedbackKind.NONE,
        "mid-point": FeedbackKind.MIDPOINT,
    }
    if value in known:
        return known[value], ()
    return FeedbackKind.REGULAR, (problems.front_matter_value(1, "feedback", value, "first, midpoint, final or none"),)


def listed_topics(front: Front) -> list[tuple[str, float | None]]:
    """Topics that the front matter itself lists, ``[[blocks]]`` with a name and a time, where no text does."""
    for value in front.values.values():
        if isinstance(value, list) and len(value) > 1 and all(isinstance(one, Mapping) for one in value):
            found = [
                (_named(one), next((_minutes(_words(one[key])) for key in _LENGTHS if key in one), None))
                for one in value
            ]
            if all(name for name, _ in found) and any(minutes for _, minutes in found):
                return found
    return []


def _named(entry: Mapping[str, Any]) -> str:
    return next((name for key in _NAMES if (name := _words(entry.get(key)))), "")


def box_of(name: str, minutes: float | None) -> TimeBox | None:
    """The time-box of a topic that the front matter lists."""
    return TimeBox(Form.COLUMN, name, Duration(minutes)) if minutes else None
