"""A table of pairs as spreadsheets save it: bytes to rows with known headings, whatever parts its cells.

What cannot be read for certain is refused in one line: a guess would put somebody's name where another belongs.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.pair_fields import Field
from rmsession.core.text import UserText, clean, shortened

LIMIT: Final = 5_000_000
"""Bytes of a table that is read."""
MOST_ROWS: Final = 5_000
"""Pairs of a table that is read; no programme has so many."""
_PARTS: Final = ",;\t"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_SEPARATOR: Final = re.compile(r"\Asep=.(\r?\n|\r)", re.IGNORECASE)
"""A first line by which one spreadsheet program tells another what parts the cells."""
_SAVE: Final = "save it as “CSV UTF-8” and try again"
_OTHER_NAMES: Final = {
    Field.PAIR: ("id", "pair id"),
    Field.MENTOR: ("mentor name", "name of mentor", "name of the mentor"),
    Field.MENTEE: ("mentee name", "name of mentee", "name of the mentee"),
    Field.WAVE: ("cohort", "group"),
    Field.MENTOR_ROLE: ("role of mentor", "mentor title", "mentor job", "mentor job title"),
    Field.MENTOR_LOCATION: ("location of mentor", "mentor site", "mentor office", "mentor city"),
    Field.MENTOR_LEVEL: ("level of mentor", "mentor grade"),
    Field.MENTEE_ROLE: ("role of mentee", "mentee title", "mentee job", "mentee job title"),
    Field.MENTEE_LOCATION: ("location of mentee", "mentee site", "mentee office", "mentee city"),
    Field.MENTEE_LEVEL: ("level of mentee", "mentee grade"),
    Field.AGENDA_OWNER: ("agenda", "agenda by", "who sets the agenda", "sets the agenda"),
    Field.EVERY: ("interval", "cadence", "rhythm", "how often"),
    Field.SESSIONS: ("number of sessions", "sessions planned", "planned sessions"),
    Field.MINUTES: ("length", "duration", "minutes per session", "length in minutes"),
    Field.STARTS: ("start", "start date", "from", "begins"),
    Field.ENDS: ("end", "end date", "until", "planned end"),
    Field.OBJECTIVE: ("business objective", "goal", "business goal"),
    Field.ENDED: ("ended on", "was ended"),
}  # fmt: skip
_KNOWN: Final = {name: field for field, names in _OTHER_NAMES.items() for name in (field.value, *names)}


class NoTable(Exception):
    """It is no table of pairs; the message is one line: why, and how to mend it."""


@frozen
class Row:
    """One line of a table, which may go over several of the file."""

    number: int
    """The line of the file on which it begins."""
    cells: Mapping[Field, UserText]
    wrong: str = ""
    """Why it cannot be taken for what its cells say."""


@frozen
class Table:
    """What a file says."""

    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()
    """Headings that mean nothing here, made safe to show."""


def table_in(data: bytes) -> Table:
    """The rows of a table of pairs. Raises `NoTable`."""
    text = _decoded(data)
    delimiter = max(_PARTS, key=lambda each: len(_fields(_first(text, each))))
    lines = _lines(text, delimiter)
    _, head = next(lines, (0, []))
    fields = [_KNOWN.get(_plain(each)) for each in head]
    _insist_on_headings(fields)
    rows = tuple(_row(number, cells, fields) for number, cells in lines)
    if not rows:
        raise NoTable("it has headings and no pair below them")
    unknown = (each for each, field in zip(head, fields, strict=True) if field is None and each.strip())
    return Table(rows, tuple(shortened(clean(each), 40) for each in unknown))


def headings(data: bytes) -> tuple[str, ...]:
    """What stands in the first line of a table. Raises `NoTable`."""
    text = _decoded(data)
    longest: Sequence[str] = max((_first(text, each) for each in _PARTS), key=len)
    return tuple(longest)


def looks_like_table(data: bytes) -> bool:
    """Whether the first line has the headings of such a table."""
    try:
        text = _decoded(data)
        return any({Field.MENTOR, Field.MENTEE} <= _fields(_first(text, each)) for each in _PARTS)
    except NoTable:
        return False


def _decoded(data: bytes) -> str:
    if len(data) > LIMIT:
        raise NoTable(f"it has more than {LIMIT // 1_000_000} MB")
    if data.startswith(_WIDE) or b"\x00" in data[:1000]:
        raise NoTable(f"its letters are UTF-16 or no text at all: {_SAVE}")
    try:
        return _SEPARATOR.sub(r"\1", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NoTable(f"its letters are not UTF-8 (line {line}): {_SAVE}") from error


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that says anything, with the number of the file's line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count, begins = 0, 1
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise NoTable(f"line {begins}: a quote is missing or one too many ({error})") from error
        if cells is None:
            return
        if any(each.strip() for each in cells):
            count += 1
            if count > MOST_ROWS + 1:
                raise NoTable(f"it has more than {MOST_ROWS:,} pairs")
            yield begins, cells


def _first(text: str, delimiter: str) -> Sequence[str]:
    try:
        return next(_lines(text, delimiter), (0, []))[1]
    except NoTable:
        return []


def _fields(head: Sequence[str]) -> set[Field]:
    return {_KNOWN[name] for name in map(_plain, head) if name in _KNOWN}


def _plain(heading: str) -> str:
    """A heading in small letters with single blanks, whatever it was parted by."""
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def _insist_on_headings(fields: Sequence[Field | None]) -> None:
    missing = [each.value for each in (Field.MENTOR, Field.MENTEE) if each not in fields]
    if missing:
        named = " and ".join(f"“{each}”" for each in missing)
        raise NoTable(f"its first line has no heading {named}: `rmsession pair list --csv` shows them all")
    twice = next((each for each in fields if each and fields.count(each) > 1), None)
    if twice:
        raise NoTable(f"two of its columns mean “{twice.value}”: leave one of them out")


def _row(number: int, cells: Sequence[str], fields: Sequence[Field | None]) -> Row:
    known = {
        field: UserText(cell.strip())
        for field, cell in zip(fields, cells, strict=False)
        if field is not None and cell.strip()
    }
    more = any(each.strip() for each in cells[len(fields) :])
    wrong = (
        f"it has {len(cells)} cells for {len(fields)} headings; a text with a mark in it needs quotes" if more else ""
    )
    return Row(number, known, wrong)
