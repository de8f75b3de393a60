"""Whether pairs meet: how many, where, how often and how well prepared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from rmsession.core.report.family import Family, Reading, Sample
from rmsession.core.report.material import Material, OnePair
from rmsession.core.report.measures import different, median, share, total
from rmsession.core.report.notes import numbered, unknown
from rmsession.core.terms import Fate, Role

_DAYS: Final = "days"


def activity(material: Material) -> Iterator[Family]:
    """The families of this section, in the order in which they are read."""
    pairs = material.pairs
    yield Family(tuple(each.sample(1) for each in pairs), (Reading("activity.pairs", "Pairs", total),))
    active = Reading("activity.pairs.active", "Active pairs: met at least once", share(), note=_silent)
    yield Family(tuple(each.sample(_active(each, material.since)) for each in pairs), (active,))
    places = Reading("activity.locations", "Locations of people in active pairs", different)
    yield Family(tuple(_places(material)), (places,))
    planned = Reading("activity.sessions.planned", "Sessions planned", total, note=_unplanned)
    yield Family(tuple(each.sample(each.arrangement.sessions) for each in pairs), (planned,))
    yield held(material)
    for fate, label in ((Fate.MOVED, "Dates moved"), (Fate.CANCELLED, "Dates cancelled")):
        yield Family(tuple(_fated(pairs, fate)), (Reading(f"activity.sessions.{fate.value}", label, total),))
    gap = Reading("activity.gap", "Time from one meeting of a pair to its next", median(_DAYS))
    yield Family(tuple(_gaps(pairs)), (gap,))
    goes_on = "Time since the last meeting, of active pairs that go on"
    last = Reading("activity.last", goes_on, median(_DAYS), nobody="no active pair goes on")
    yield Family(tuple(_since_last(material)), (last,))
    prepared = Reading("activity.prepared", "Sessions to which the mentee came prepared", share(), note=_unsaid)
    begun = (each.of_session(session, session.prepared) for each in pairs for session in each.sessions)
    yield Family(tuple(begun), (prepared,))


def held(material: Material) -> Family:
    """The meetings; their days decide from which days on a report can count."""
    told = [each for each in material.pairs if each.told]
    # A pair of which nothing is held is known to have held nothing: that is a zero, and nothing is missing.
    none = (each.sample(0) for each in told)
    met = (each.sample(1, source=session, day=day) for each in told for day, session in meetings(each))
    return Family((*none, *met), (Reading("activity.sessions.held", "Sessions held", total),))


def meetings(pair: OnePair) -> list[tuple[date, str]]:
    """Every meeting's day and the session that says so, the earliest first.

    A date that is said to have been held, on a day on which no session began, was held without this program.
    """
    begun = [(each.started, each.session) for each in pair.sessions if each.started]
    days = {day for day, _ in begun}
    dates = {(each.day, session.session) for session in pair.sessions for each in session.meetings if _held(each.fate)}
    return sorted([*begun, *{day: (day, session) for day, session in sorted(dates) if day not in days}.values()])


def _held(fate: Fate | None) -> bool:
    return fate is Fate.HELD


def _active(pair: OnePair, since: date | None) -> bool | None:
    if not pair.told:
        return None
    met = meetings(pair)
    return bool(met) and (since is None or met[-1][0] >= since)


def _places(material: Material) -> Iterator[Sample]:
    for pair in material.pairs:
        for role in Role if pair.told and meetings(pair) else ():
            profile = material.profiles.get(pair.person(role))
            if profile and profile.location:
                place = " ".join(profile.location.raw.casefold().split())
                yield pair.sample(place, who=pair.person(role), day=meetings(pair)[-1][0])


def _fated(pairs: Iterable[OnePair], fate: Fate) -> Iterator[Sample]:
    for pair in pairs:
        for session in pair.sessions:
            number = sum(each.fate is fate for each in session.meetings) if session.meetings else 0
            yield pair.of_session(session, number)


def _gaps(pairs: Iterable[OnePair]) -> Iterator[Sample]:
    for pair in pairs:
        days = sorted(dict(meetings(pair)).items())
        for (earlier, _), (later, session) in pairwise(days):
            yield pair.sample((later - earlier).days, source=session, day=later)


def _since_last(material: Material) -> Iterator[Sample]:
    for pair in material.pairs:
        over = pair.arrangement.ended
        met = meetings(pair)
        if met and not (over and over <= material.today):
            yield pair.sample(max((material.today - met[-1][0]).days, 0), source=met[-1][1])


def _silent(samples: Sequence[Sample]) -> str:
    return numbered(unknown(samples), "pair has sent no figures", "pairs have sent no figures")


def _unplanned(samples: Sequence[Sample]) -> str:
    return numbered(unknown(samples), "pair has no number planned", "pairs have no number planned")


def _unsaid(samples: Sequence[Sample]) -> str:
    return numbered(unknown(samples), "session does not say", "sessions do not say")
