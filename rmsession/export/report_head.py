"""What a report says of itself before it says a figure: as of when, of which sessions, and what is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rmsession.core.change_log import doubtful
from rmsession.core.outcomes import Change
from rmsession.core.report.family import LEAST_PEOPLE
from rmsession.core.report.values import Part, Report
from rmsession.core.text import UserText
from rmsession.export.figure_words import ENOUGH

TITLE: Final = "Programme report"
NO_NOTE: Final = (
    "No note is in it, and nothing else that was said in a session; the change log was written for it and agreed by "
    "both of each pair."
)
HIDING: Final = (
    f"Figures of fewer than {LEAST_PEOPLE} people are hidden, and so is whatever such a figure could be worked out of."
)
INTERVAL: Final = (
    f"Beside a percentage of fewer than {ENOUGH} stands its 95 % interval: where the share may well lie, were there "
    "many more like these. With few it is wide."
)
MADE_UP: Final = "A demo: every pair, session and figure in it is made up."
_MOVED: Final = "a later day was asked for, but the difference would have told the answers of a few"
LOG: Final = "Business-change log"
NOTHING: Final = "Nothing to report yet."
LOG_PARTS: Final = (("Idea", "idea"), ("Answer", "answer"), ("Changed", "changed"))
"""What an entry of the change log says, in its order: the word before it, and the attribute."""
ARITHMETIC: Final = "Arithmetic"
"""What stands before what arithmetic says against a figure in an entry."""


def head(report: Report) -> Iterator[str]:
    """Its sentences, in the order in which they matter."""
    if report.made_up:
        yield MADE_UP
    yield f"As of {day(report.as_of)}."
    yield _which(report)
    yield since_said(report)
    yield NO_NOTE
    yield HIDING
    yield INTERVAL


def log_words(change: Change) -> Iterator[tuple[str, UserText]]:
    """What an entry of the change log says, and then what of it cannot be: a report is believed whole or not at all."""
    for name, attribute in LOG_PARTS:
        words: UserText = getattr(change, attribute)
        if words.line.strip():
            yield name, words
    for line in doubtful(change):
        yield ARITHMETIC, UserText(line)


def part_title(part: Part) -> UserText:
    """What a part is about: the wave's name, as somebody wrote it."""
    if part.wave is None:
        return UserText("All waves together")
    if not part.wave.line.strip():
        return UserText("Pairs of no wave")
    return part.wave if "wave" in part.wave.raw.casefold() else UserText(f"Wave {part.wave.raw}")


def day(which: date) -> str:
    """``21 Nov 2026``."""
    return f"{which.day} {which:%b} {which.year:04}"


def _which(report: Report) -> str:
    latest = f", as of {day(report.latest)}" if report.latest else ""
    strange = f"{report.unknown:,} pair{'' if report.unknown == 1 else 's'} that the programme does not know"
    if report.reporting:
        besides = f"; those of {strange} are left out" if report.unknown else ""
        return f"It rests on the figures of {report.reporting.k} of {report.reporting.n} pairs{latest}{besides}."
    if report.unknown:
        return f"It rests on the figures of {strange}{latest}."
    return f"It rests on the sessions kept on this computer{latest}."


def since_said(report: Report) -> str:
    """From which day on sessions count, and why from an earlier one than was asked for."""
    if report.since is None:
        return f"All sessions count: {_MOVED}." if report.moved else "All sessions count."
    from_when = f"Sessions count from {day(report.since)} on"
    return f"{from_when}: {_MOVED}." if report.moved else f"{from_when}."
