"""What a session can be made into: one table of formats, one of spellings of its action items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from rmsession.core.frozen import frozen
from rmsession.core.session import Session
from rmsession.export.calendar import closing, dates, entries
from rmsession.export.calendar import opening as calendar_opening
from rmsession.export.markdown import minutes
from rmsession.export.page import page
from rmsession.export.spreadsheet import names, rows, table
from rmsession.export.tasks import LINES, github, obsidian
from rmsession.export.todotxt import todo
from rmsession.export.whole import on_one_line, whole


class Export(Protocol):
    """A session as a file's text."""

    def __call__(self, session: Session, *, private: bool = False, feedback: bool = False) -> str:
        """The text; private captures and feedback only where they are asked for."""


class Unfit(Exception):
    """A format and a spelling that do not go together; the message is one sentence that says what does."""


@frozen
class Joined:
    """How several sessions are one text."""

    make: Export
    """What each session adds."""
    before: Callable[[], str] = str
    after: Callable[[], str] = str
    between: str = ""


@frozen
class Format:
    """One kind of export."""

    make: Export
    suffix: str
    """Of the file's name, with its dot."""
    joined: Joined | None = None
    """None where one text holds one session."""


FORMATS: dict[str, Format] = {
    "md": Format(minutes, ".md", Joined(minutes, between="\n")),
    "html": Format(page, ".html"),
    "csv": Format(table, ".csv", Joined(rows, before=names)),
    "ics": Format(dates, ".ics", Joined(entries, before=calendar_opening, after=closing)),
    "json": Format(whole, ".json", Joined(on_one_line)),
    "todotxt": Format(todo, ".todo.txt", Joined(todo)),
}
"""Every format by the name that ``-f`` takes."""

SPELLINGS: dict[str, Format] = {
    "github": Format(github, ".tasks.md", Joined(github)),
    "obsidian": Format(obsidian, ".tasks.md", Joined(obsidian)),
    "todotxt": FORMATS["todotxt"],
}
"""Action items alone, by the name that ``--tasks`` takes."""


def chosen(kind: str | None, tasks: str | None) -> Format:
    """What ``-f`` and ``--tasks`` ask for together; neither means the minutes.

    Raises:
        Unfit: the format has no such list of tasks.
    """
    match kind, tasks:
        case _, None:
            return FORMATS[kind or "md"]
        case None, _:
            return SPELLINGS[tasks]
        case "md", _ if tasks in LINES:
            make = partial(minutes, tasks=tasks)
            return replace(FORMATS["md"], make=make, joined=Joined(make, between="\n"))
        case "todotxt", "todotxt":
            return FORMATS["todotxt"]
        case _:
            raise Unfit(f"{kind} has no tasks in that spelling: leave -f out, or say -f md with github or obsidian.")
