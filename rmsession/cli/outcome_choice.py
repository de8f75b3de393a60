"""Which entry, person and day a few typed words of `outcome` mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

import click

from rmsession.cli.ground import Ground, NothingMatched, today_here
from rmsession.core.days import date_at
from rmsession.core.outcomes import Change, Milestone
from rmsession.core.programme import Person, same_name
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    from rmsession.core.programme import Programme

E = TypeVar("E", bound=Milestone | Change)
_MOST_NAMED = 5
"""People who are named when a word means several."""


def entry_named(prefix: str, entries: Iterable[E]) -> E:
    """The one whose id begins so. Raises `NothingMatched`."""
    found = [each for each in entries if prefix and each.id.startswith(prefix.lower())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NothingMatched(f"no entry's id begins with {clean(prefix)!r}: see `rmsession outcome list`")
    raise NothingMatched(f"{len(found)} entries begin with {clean(prefix)!r}: type more of the id")


def person_named(known: Programme, name: str) -> Person:
    """The person who is meant: by name, by how one begins, or by id. Raises `NothingMatched`."""
    start = " ".join(name.casefold().split())
    found = [each for each in known.people if same_name(each.name, UserText(name)) or each.id == name]
    found = found or [each for each in known.people if start and f" {start}" in f" {each.name.raw.casefold()}"]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NothingMatched(f"nobody is called {clean(name)!r}: see `rmsession pair list`")
    some = ", ".join(each.name.line for each in found[:_MOST_NAMED])
    raise NothingMatched(f"{len(found)} people are called {clean(name)!r}: {some}; write the whole name")


def past_day(ground: Ground, typed: str | None) -> date:
    """The day that is meant, today where none is; never one that lies ahead. Raises `click.UsageError`."""
    today = today_here(ground)
    if typed is None:
        return today
    found = date_at(typed.strip(), 0, today)
    day = found[0] if found and found[1] == len(typed.strip()) else None
    if day is None:
        raise click.UsageError(f"'{clean(typed)}' is no day: write it as {today}.")
    if day > today:
        raise click.UsageError(f"{day} lies ahead: write a day that has been, as {today}.")
    return day


def now_said() -> datetime:
    """The moment from which an entry counts."""
    return datetime.now(UTC)
