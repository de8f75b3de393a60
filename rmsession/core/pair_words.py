"""How a pair means to work, and who the two are, in words for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rmsession.core.arrangement import Arrangement, Objective, Profile
from rmsession.core.programme import Person

_WEEK: Final = 7


def arranged(known: Arrangement) -> Iterator[tuple[str, str]]:
    """How a pair means to work, as far as anything was said of it."""
    if known.wave:
        yield "wave", known.wave.line
    if known.agenda_owner:
        yield "agenda", f"the {known.agenda_owner.value} sets it"
    if plan := _plan(known):
        yield "plan", plan
    if known.starts or known.ends:
        days = (f"from {known.starts}" if known.starts else "", f"to {known.ends}" if known.ends else "")
        yield "time", " ".join(filter(None, days))
    if known.objective and known.objective is not Objective.OWN:
        yield "objective", known.objective.value
    if known.objective_words:
        yield "objective" if known.objective in (None, Objective.OWN) else "in words", known.objective_words.line
    if known.ended:
        yield "ended", f"{known.ended}{', before its time' if known.early else ''}"


def person_said(person: Person, profile: Profile) -> str:
    """A name with what is known of them: ``Kim Lee · VP Claims, Hartford``."""
    more = [each.line for each in (profile.role, profile.level, profile.location) if each]
    return f"{person.name.line}{' · ' if more else ''}{', '.join(more)}"


def _plan(known: Arrangement) -> str:
    """``7 sessions of 45 minutes, every 3 weeks``, or what of it is known."""
    count = f"{known.sessions} session{'' if known.sessions == 1 else 's'}" if known.sessions else ""
    length = f"{known.minutes} minutes" if known.minutes else ""
    planned = " of ".join(filter(None, (count, length))) if count else length
    return ", ".join(filter(None, (planned, _every(known.interval_days))))


def _every(days: int | None) -> str:
    if days is None:
        return ""
    number, unit = (days // _WEEK, "week") if days % _WEEK == 0 else (days, "day")
    return f"every {unit}" if number == 1 else f"every {number} {unit}s"
