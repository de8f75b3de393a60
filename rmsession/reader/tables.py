"""Which columns of a table hold the time, the topic and who leads it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

from rmsession.core.frozen import frozen
from rmsession.reader import words
from rmsession.reader.clocks import Slot
from rmsession.reader.dates import is_date
from rmsession.reader.durations import Duration
from rmsession.reader.lines import find
from rmsession.reader.outline import Group, Node
from rmsession.reader.phrases import length_of, slot_of
from rmsession.reader.plain import plain
from rmsession.reader.timebox import Form, TimeBox

_TIME = re.compile(
    r"^\W*(?:(?:start(?:ing)?|end(?:ing)?|estimated|approx\.?|planned|allotted)\s+)?(?:time(?: ?box(?:es)?)?|"
    r"times|timing|when|hours?|duration|length|mins?|minutes|"
    r"zeit|uhrzeit|dauer|min\.?|hora|horario|duración|tiempo|minutos|heure|durée|horaire|temps|orario|durata|"
    r"start|begin|from|end|to|until|"
    r"時間|時刻|所要時間|時間帯|时间|时长|시간|slot|timeframe|time frame|time slot|"
    r"time allotted)\s*(?:\(.{0,30}\)|\[.{0,30}\])?\W*$",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\bmin(?:s|utes?|uten|utos)?\b|分", re.IGNORECASE)
_END = re.compile(r"^\W*(?:end(?:ing)?|to|until|finish)\b", re.IGNORECASE)
_TOPIC = re.compile(
    r"^\W*(?:agenda )?(?:topics?|items?|activity|activities|what|titles?|agenda|subjects?|sessions?|contents?|"
    r"descriptions?|themes?|thema|themen|inhalt|"
    r"programm|tema|actividad|contenido|sujet|activité|contenu|内容|議題|テーマ|主题|議程|events?|tasks?|"
    r"programme?|discussion|presentation|talk|"
    r"section|part|block|segment|step|phase|name)\b",
    re.IGNORECASE,
)
_TOPIC_ONLY = re.compile(
    r"^\W*(?:agenda )?(?:topics?|items?|agenda|subjects?|thema|themen|tema|temas|sujet|議題|テーマ|主题|議程)\W*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:presenters?|owners?|who|leads?|leaders?|speakers?|facilitators?|responsible|responsable|person|"
    r"host|by|led by|presented by|wer|verantwortlich|"
    r"quién|qui|担当|担当者|発表者|登壇者|负责人|主讲|persona?)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^\W*(?:locations?|cit(?:y|ies)|time ?zones?|zones?|places?|regions?|countr(?:y|ies)|ort|where|room)\b",
    re.IGNORECASE,
)


@frozen
class Columns:
    """Where in a row to look; -1 where a table has no such column."""

    length: int = -1
    start: int = -1
    end: int = -1
    title: int = -1
    lead: int = -1
    minutes: bool = False
    """Bare numbers in the length column are minutes: it is headed "min"."""


def read_rows(group: Group) -> list[tuple[Node, TimeBox | None, str, str]]:
    """The rows that may be topics: each with its time-box, title and owner; none where it is another kind of table."""
    columns = _columns(group)
    if columns is None:
        return []
    found: list[tuple[Node, TimeBox | None, str, str]] = []
    for row in group.members:
        cells = [plain(cell) for cell in row.cells] + [""]
        title = cells[columns.title] if columns.title >= 0 else ""
        title = title or next((cell for place, cell in enumerate(cells) if cell and place not in _used(columns)), "")
        lead = cells[columns.lead] if 0 <= columns.lead < len(cells) else ""
        if not title or words.is_length_label(title):
            continue
        box, known = _box(cells, columns, title)
        if known:
            found.append((row, box, box.title if box else title, lead))
    facts = sum(1 for _, _, title, _ in found if words.is_metadata(title))
    return found if facts < 2 else []  # noqa: PLR2004 - date, time, place: a table about the meeting


def topic_rows(group: Group) -> list[tuple[Node, str]]:
    """The rows of a table whose heads name a topic column, with their topics."""
    at = next((at for at, head in enumerate(group.header) if _TOPIC.match(plain(head))), -1)
    if at < 0 or not _TOPIC_ONLY.match(plain(group.header[at])):
        return []
    titles = [(row, plain(row.cells[at])) for row in group.members if at < len(row.cells)]
    return [(row, title) for row, title in titles if title]


def _used(columns: Columns) -> set[int]:
    return {columns.length, columns.start, columns.end, columns.lead}


def _box(cells: Sequence[str], columns: Columns, title: str) -> tuple[TimeBox | None, bool]:
    """A row's time-box, and whether it may be a topic at all: a row with words among its times heads others."""
    length = _cell_length(cells, columns)
    slot = _cell_slot(cells, columns)
    if length or slot:
        return TimeBox(Form.COLUMN, title, length, slot), True
    if columns.length < 0 and columns.start < 0:
        return find(title), True
    stated = cells[columns.length] if columns.length >= 0 else cells[columns.start]
    if columns.length >= 0:
        return None, not re.search(r"\d", stated)
    return None, False


def _cell_length(cells: Sequence[str], columns: Columns) -> Duration | None:
    if columns.length < 0:
        return None
    cell = cells[columns.length].strip()
    if columns.minutes and (match := re.fullmatch(r"~?\s*(\d{1,3})(?:\s?[-–]\s?(\d{1,3}))?['′+?]?", cell)):
        first, last = float(match[1]), float(match[2] or match[1])
        return Duration(max(first, last), first if match[2] else None)
    return length_of(cell)


def _cell_slot(cells: Sequence[str], columns: Columns) -> Slot | None:
    if columns.start < 0:
        return None
    slot = slot_of(cells[columns.start], bare=True)
    if slot and columns.end >= 0 and (end := slot_of(cells[columns.end], bare=True)):
        return Slot(slot.start, end.start)
    return slot


def _columns(group: Group) -> Columns | None:
    """The columns by their heads, else by what stands in them; None for a table of places, people or numbers."""
    header = [plain(cell) for cell in group.header]
    width = max([len(header), *(len(row.cells) for row in group.members[:50])], default=0)
    sample = [[plain(cell) for cell in row.cells] for row in group.members[:200]]
    header += [""] * (width - len(header))
    lengths = [at for at in range(width) if _mostly(sample, at, length_of)]
    named = [at for at in range(width) if _TIME.match(header[at])]
    minutes = [
        at
        for at in named
        if at not in lengths and _are_minutes(header[at], [row[at] for row in sample if at < len(row)])
    ]
    hours = functools.partial(slot_of, bare=True)
    slots = [at for at in range(width) if at not in minutes and _mostly(sample, at, hours if at in named else slot_of)]
    length = next((at for at in [*named, *lengths] if at in lengths or at in minutes), -1)
    if length >= 0 and length not in named and len(lengths) > 1:
        return None
    start = next((at for at in [*named, *slots] if at in slots and not _END.match(header[at])), -1)
    end = next((at for at in named if at in slots and at != start and _END.match(header[at])), -1)
    lead = next((at for at in range(width) if _LEAD.match(header[at])), -1)
    taken = {length, start, end, lead}
    title = next((at for at in range(width) if at not in taken and _TOPIC.match(header[at])), -1)
    free = [at for at in range(width) if at not in taken and not _TIME.match(header[at])]
    if _is_zones(header, free, title, sample):
        return None
    if length < 0 and start < 0 and not (title >= 0 and any(find(row[title]) for row in sample if title < len(row))):
        return None
    return Columns(
        length, start, end, title if title >= 0 else _wordiest(sample, free), lead, minutes=length in minutes
    )


def _mostly(sample: Sequence[Sequence[str]], at: int, reader: Callable[[str], object]) -> bool:
    """Whether at least half of a column's filled cells are times, and more than one or all."""
    cells = [row[at] for row in sample if at < len(row) and row[at]]
    good = sum(1 for cell in cells if len(cell) <= 40 and reader(cell))  # noqa: PLR2004
    return good > 0 and good * 2 >= len(cells)


def _are_minutes(head: str, cells: Sequence[str]) -> bool:
    """Whether a column's bare numbers are minutes: it is headed so, or they do not rise as hours would."""
    numbers = [
        int(match[1])
        for cell in cells
        if (match := re.fullmatch(r"~?(\d{1,3})(?:\s?[-–]\s?\d{1,3})?['′+]?", cell.strip()))
    ]
    if not numbers or len(numbers) * 2 < sum(1 for cell in cells if cell.strip()):
        return False
    return bool(_MINUTES.search(head)) or max(numbers) > 24 or numbers != sorted(set(numbers))  # noqa: PLR2004 - hours of a day


def _wordiest(sample: Sequence[Sequence[str]], free: Sequence[int]) -> int:
    """The first free column with words in at least half of the rows; -1 to take the first filled cell of each row."""
    for at in free:
        filled = sum(1 for row in sample if at < len(row) and re.search(r"[^\W\d]{2}", row[at]))
        if filled * 2 > len(sample):
            return at
    return -1


def _is_zones(header: Sequence[str], free: Sequence[int], title: int, sample: Sequence[Sequence[str]]) -> bool:
    """Whether a table tells what time it is where."""
    if title >= 0:
        return False
    others = [at for at in free if not _PLACE.match(header[at])]
    if any(_PLACE.match(header[at]) for at in free) and not any(
        re.search(r"[^\W\d]{4}", row[at]) for row in sample for at in others if at < len(row) and not is_date(row[at])
    ):
        return True
    cities = sum(1 for row in sample if any(words.is_elsewhere(cell) for cell in row))
    return cities * 2 > len(sample)
