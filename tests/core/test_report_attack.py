"""Whoever has every report of a programme learns, by adding and subtracting, nothing of fewer than five people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.rolled_programme import TODAY, rolled_programme
from support.subtraction import told_on
from support.tally import tally

from rmsession.core.figures import PairFigures
from rmsession.core.programme import Programme
from rmsession.core.report.build import SECTIONS, report
from rmsession.core.report.family import LEAST_PEOPLE, Family
from rmsession.core.report.material import material
from rmsession.core.report.protect import plan
from rmsession.core.report.values import Asked, Figure, Hidden, Missing, Report, Value

MONTHS = [date(2026, month, 1) for month in range(2, 8)]


def every_report(programme: Programme, figures: Sequence[PairFigures]) -> Iterator[tuple[str | None, Report]]:
    """All that can be asked: each wave and all together, from whatever month on."""
    for since in (None, *MONTHS):
        for wave in {each.wave for each in programme.arrangements}:
            yield wave.raw.lower(), report(programme, figures, Asked(wave=wave, since=since), TODAY)
        yield None, report(programme, figures, Asked(pool=True, since=since), TODAY)


def counted(family: Family, wave: str | None, since: date | None, cell: str | None = None) -> set[int]:
    """Which of a family's samples a figure is about; of all together, those of waves too small are not in it."""
    together = plan(family.samples).together
    return {
        place
        for place, each in enumerate(family.samples)
        if (each.wave in together if wave is None else each.wave == wave)
        and (since is None or each.day is None or each.day >= since)
        and (cell is None or each.cell == cell)
    }


def is_shown(value: Value) -> bool:
    return not isinstance(value, Hidden | Missing)


def attack(seed: int) -> int:
    """Put every report of one programme beside every other; how many figures were shown."""
    programme, figures = rolled_programme(seed)
    whole = material(programme, figures, TODAY)
    families = {reading.id: family for *_, of in SECTIONS for family in of(whole) for reading in family.readings}
    sums: dict[int, list[set[int]]] = {}
    for wave, made in every_report(programme, figures):
        for part in made.parts:
            for figure in (figure for section in part.sections for figure in section.figures):
                family = families[figure.id]
                sums.setdefault(id(family), []).extend(_shown(figure, family, wave, made.since))
    for family in {id(each): each for each in families.values()}.values():
        shown = sums.get(id(family), [])
        everybody: dict[Any, str] = {place: each.who for place, each in enumerate(family.samples)}
        known = {place: who for place, who in everybody.items() if family.samples[place].value is not None}
        for people in (everybody, known):
            assert told_on(people, shown, LEAST_PEOPLE) is None, family.readings[0].id
    return sum(map(len, sums.values()))


def _shown(figure: Figure, family: Family, wave: str | None, since: date | None) -> Iterator[set[int]]:
    labels = {label: cell for cell, label in family.order}
    if is_shown(figure.value):
        yield counted(family, wave, since)
    else:
        assert not figure.sources
    if isinstance(figure.value, Hidden):
        assert not figure.note
    for cell in figure.cells:
        if is_shown(cell.value):
            yield counted(family, wave, since, labels[cell.label])
        else:
            assert not cell.sources


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32))
def test_no_reports_put_together_tell_of_fewer_than_five(seed):
    tally("subtraction: figures of all reports of a programme", cases=attack(seed))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_no_answer_is_in_two_families(seed):
    # What one of them hides the other could show: each may part the same answers in its own way.
    assert len(families_of_one_answer(seed)) <= 1


def test_an_answer_that_changes_is_seen():
    assert any(families_of_one_answer(seed) for seed in range(4))


def families_of_one_answer(seed: int) -> set[int]:
    """In which families a figure changes when one person's answer to one item does."""
    programme, figures = rolled_programme(seed)
    answers = [
        (place, met, which, item)
        for place, pair in enumerate(figures)
        for met, session in enumerate(pair.sessions)
        for which, form in enumerate(session.forms)
        for item, _ in form.scores
    ]
    if not answers:
        return set()
    place, met, which, item = Random(seed).choice(answers)
    pair = figures[place]
    session = pair.sessions[met]
    form = session.forms[which]
    scores = tuple((name, score if name != item else score - 1 if score else 1) for name, score in form.scores)
    forms = with_at(session.forms, which, replace(form, scores=scores))
    sessions = with_at(pair.sessions, met, replace(session, forms=forms))
    changed = with_at(figures, place, replace(pair, sessions=sessions))
    whole = material(programme, figures, TODAY)
    family = {reading.id: id(each) for *_, of in SECTIONS for each in of(whole) for reading in each.readings}
    return {
        family[one.id]
        for before, after in zip(values(programme, figures), values(programme, changed), strict=True)
        for one, two in zip(before, after, strict=True)
        if one != two
    }


def values(programme: Programme, figures: tuple[PairFigures, ...]) -> Iterator[list[Figure]]:
    for asked in (Asked(), Asked(pool=True)):
        for part in report(programme, figures, asked, TODAY).parts:
            yield [figure for section in part.sections for figure in section.figures]


def with_at(several: tuple[Any, ...], place: int, one: object) -> tuple[Any, ...]:
    return (*several[:place], one, *several[place + 1 :])


def test_the_attack_has_something_to_work_with():
    assert sum(attack(seed) for seed in range(2)) > 200


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_no_reports_of_many_programmes_tell_of_fewer_than_five(seed):
    attack(seed)
