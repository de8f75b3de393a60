"""Activity and running of a programme of 12 and 38 pairs, against loops over the facts that it is made of."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pytest
from support.fifty import ONE, TODAY, TWO, WAVES, facts_of, fifty, records_of, told

from rmsession.core.between import NextDateSettled
from rmsession.core.facts import (
    ClosingBegan,
    Ended,
    PreparedSet,
    Started,
    TopicEntered,
    TopicParked,
)
from rmsession.core.record import Record
from rmsession.core.report.values import Count, Median, Missing, Pace, Share
from rmsession.core.terms import Fate

each_wave = pytest.mark.parametrize("wave", WAVES)


def pairs_of(wave: str | None) -> list[str]:
    return [pair for pair, its in fifty().wave_of.items() if wave in (None, its)]


def days_of(pair: str) -> list[date]:
    return sorted(each.created.date() for each in fifty().records if each.pair.id == pair)


@each_wave
def test_pairs_and_those_that_met(wave):
    pairs = pairs_of(wave)
    assert told(wave)["activity.pairs"].value == Count(len(pairs))
    met = sum(1 for pair in pairs if any(each.pair.id == pair for each in records_of(wave)))
    assert told(wave)["activity.pairs.active"].value == Share(met, len(pairs))
    assert met == len(pairs) - (wave != ONE)


@each_wave
def test_locations_are_counted_once_however_they_are_spelled(wave):
    places = set()
    for record in records_of(wave):
        for profile in fifty().programme.profiles:
            if profile.person in (record.pair.mentor.id, record.pair.mentee.id):
                places.add(profile.location.raw.strip())
    assert told(wave)["activity.locations"].value == Count(len(places)) == Count(7)


@each_wave
def test_sessions_planned_and_pairs_that_planned_none(wave):
    known = {each.pair: each.sessions for each in fifty().programme.arrangements}
    numbers = [known[pair] for pair in pairs_of(wave)]
    assert told(wave)["activity.sessions.planned"].value == Count(sum(each or 0 for each in numbers))
    missing = {ONE: "1 pair has", TWO: "4 pairs have", None: "5 pairs have"}[wave]
    assert told(wave)["activity.sessions.planned"].note == f"{missing} no number planned"


@each_wave
def test_sessions_held_and_dates_moved_and_cancelled(wave):
    fates = [each.fate for record in records_of(wave) for each in facts_of(record, NextDateSettled)]
    held = sum(len(facts_of(record, Started)) for record in records_of(wave))
    assert told(wave)["activity.sessions.held"].value == Count(held)
    assert told(wave)["activity.sessions.moved"].value == Count(fates.count(Fate.MOVED))
    assert told(wave)["activity.sessions.cancelled"].value == Count(fates.count(Fate.CANCELLED))
    assert min(held, fates.count(Fate.MOVED), fates.count(Fate.CANCELLED), fates.count(Fate.HELD)) > 0


@each_wave
def test_days_between_meetings_and_since_the_last(wave):
    gaps, since = [], []
    ended = {each.pair for each in fifty().programme.arrangements if each.ended}
    for pair in pairs_of(wave):
        days = days_of(pair)
        gaps += [(later - earlier).days for earlier, later in pairwise(days)]
        since += [(TODAY - days[-1]).days] if days and pair not in ended else []
    assert told(wave)["activity.gap"].value == Median(median(gaps), len(gaps), "days")
    assert told(wave)["activity.last"].value == Median(median(since), len(since), "days")


@each_wave
def test_sessions_that_were_prepared_for(wave):
    said = [each.prepared for record in records_of(wave) for each in facts_of(record, PreparedSet)]
    assert told(wave)["activity.prepared"].value == Share(said.count(True), len(said))
    silent = len(records_of(wave)) - len(said)
    assert told(wave)["activity.prepared"].note == f"{silent} sessions do not say"


def times(record: Record) -> dict[str, float]:
    """Seconds that each topic had the floor."""
    spent: dict[str, float] = {}
    current, since = "", 0.0
    for fact in record.facts:
        at = fact.at or 0.0
        match fact.what:
            case Started(topic=topic) | TopicEntered(topic=topic):
                following = topic
            case TopicParked(then=then):
                following = then or ""
            case ClosingBegan() | Ended():
                following = ""
            case _:
                continue
        spent[current] = spent.get(current, 0.0) + at - since
        current, since = following, at
    return spent


def planned(record: Record) -> dict[str, float]:
    (started,) = facts_of(record, Started)
    return {each.topic: each.seconds for each in started.allotments}


def pace(pairs: list[tuple[float, float]]) -> Pace:
    return Pace(median(plan for plan, _ in pairs), median(took for _, took in pairs), len(pairs))


def taken(record: Record) -> float:
    """From the start to the end: closing is part of a session, and of no topic."""
    return max(fact.at or 0.0 for fact in record.facts if isinstance(fact.what, Ended))


@each_wave
def test_time_by_agenda_names_those_of_the_curriculum_alone(wave):
    by_agenda: dict[str, list[tuple[float, float]]] = {}
    for record in records_of(wave):
        title = record.agenda.title.raw
        name = "own agendas" if title in ("Our own agenda", "Nothing asked") else title
        by_agenda.setdefault(name, []).append((sum(planned(record).values()), taken(record)))
    figure = told(wave)["running.time"]
    assert figure.value == pace([each for some in by_agenda.values() for each in some])
    assert {cell.label: cell.value for cell in figure.cells} == {name: pace(some) for name, some in by_agenda.items()}
    assert "own agendas" in by_agenda
    near = [abs(took - plan) <= plan / 10 for some in by_agenda.values() for plan, took in some]
    assert told(wave)["running.near"].value == Share(near.count(True), len(near))
    assert 0 < near.count(True) < len(near)


@each_wave
def test_time_by_topic(wave):
    by_topic: dict[str, list[tuple[float, float]]] = {}
    for record in records_of(wave):
        spent, plan = times(record), planned(record)
        for topic in record.agenda.topics:
            own = record.agenda.title.raw in ("Our own agenda", "Nothing asked")
            name = "topics of one's own" if own else f"{record.agenda.title.raw} · {topic.title.raw}"
            if spent.get(topic.id):
                by_topic.setdefault(name, []).append((plan[topic.id], spent[topic.id]))
    figure = told(wave)["running.topic"]
    assert figure.value == pace([each for some in by_topic.values() for each in some])
    assert {cell.label: cell.value for cell in figure.cells} == {name: pace(some) for name, some in by_topic.items()}


@each_wave
def test_topics_parked(wave):
    parked = sum(len(facts_of(record, TopicParked)) for record in records_of(wave))
    assert told(wave)["running.parked"].value == Count(parked)
    assert parked > 0


def test_nothing_is_known_of_pairs_that_sent_nothing():
    from support.building import PAIR

    from rmsession.core.programme import Programme
    from rmsession.core.report.build import report
    from rmsession.core.report.values import Asked

    one = report(Programme(pairs=(PAIR,)), (), Asked(), TODAY + timedelta(days=1), files=True)
    values = {figure.id: figure.value for section in one.parts[0].sections for figure in section.figures}
    assert values["activity.sessions.held"] == Missing()
    assert values["reaction.response.mentee"] == Missing()
    assert one.reporting == Share(0, 1)
