"""What a session can be made into: one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rmsession.core.session import Session
from rmsession.export.calendar import dates
from rmsession.export.markdown import minutes
from rmsession.export.page import page
from rmsession.export.spreadsheet import table
from rmsession.export.todotxt import todo
from rmsession.export.whole import whole


class Export(Protocol):
    """A session as a file's text."""

    def __call__(self, session: Session, *, private: bool = False, feedback: bool = False) -> str:
        """The text; private captures and feedback only where they are asked for."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of export."""

    make: Export
    suffix: str
    """Of the file's name, with its dot."""


FORMATS: dict[str, Format] = {
    "md": Format(minutes, ".md"),
    "html": Format(page, ".html"),
    "csv": Format(table, ".csv"),
    "ics": Format(dates, ".ics"),
    "json": Format(whole, ".json"),
    "todotxt": Format(todo, ".todo.txt"),
}
"""Every format by the name that ``-f`` takes."""
