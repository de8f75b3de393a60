"""No word that anybody wrote stands in a report but a wave's name and the change log, whatever figures come in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from support.fifty import facts_of, fifty
from support.fifty_sessions import TODAY
from support.rolled_programme import rolled_programme

from rmsession.core.curriculum import CURRICULUM
from rmsession.core.facts import Captured
from rmsession.core.report.build import report
from rmsession.core.report.values import Asked, Report

DAYS = (date.min, date(1, 1, 2), date(1970, 1, 1), date(2026, 2, 28), date(9999, 12, 1), date.max)


def strings(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, with the field that holds it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each, name)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name), field.name)


def test_nothing_that_was_written_in_a_session_and_no_name_is_in_a_report():
    whole = fifty()
    made = [report(whole.programme, whole.figures(), Asked(pool=pool), TODAY) for pool in (False, True)]
    told = {text for each in made for name, text in strings(each) if name != "sources"}
    written = {fact.content.text.raw for record in whole.records for fact in facts_of(record, Captured)}
    written |= {each.name.raw for each in whole.programme.people}
    written |= {each.location.raw.strip() for each in whole.programme.profiles}
    agendas = {each.agenda for each in whole.records}
    written |= {each.title.raw for each in agendas if each.title.raw not in CURRICULUM}
    written |= {topic.title.raw for each in agendas if each.title.raw not in CURRICULUM for topic in each.topics}
    assert len(written) > 200
    assert not {text for text in told for word in written if word.lower() in text.lower().split(" · ")}
    assert not {text for text in told if "Mentor 1" in text or "do 0." in text or "Our own" in text}
    # What a report shows can be looked up; what it came from is ids, and those alone.
    known = {each.id for each in (*whole.records, *whole.programme.pairs, *whole.programme.milestones)}
    assert {text for each in made for name, text in strings(each) if name == "sources"} <= known


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_no_days_and_numbers_break_a_report(seed):
    lot = Random(seed)
    programme, figures = rolled_programme(seed)
    programme = replace(
        programme,
        arrangements=tuple(replace(each, starts=lot.choice((None, *DAYS))) for each in programme.arrangements),
        milestones=tuple(replace(each, on=lot.choice(DAYS)) for each in programme.milestones),
    )
    figures = tuple(
        replace(
            told,
            sessions=tuple(
                replace(each, started=lot.choice((None, *DAYS)), taken_seconds=lot.choice((0.0, 1e7)))
                for each in told.sessions
            ),
        )
        for told in figures
    )
    for since in (None, lot.choice(DAYS)):
        asked = Asked(pool=lot.random() < 0.5, since=since)
        assert isinstance(report(programme, figures, asked, lot.choice(DAYS)), Report)
