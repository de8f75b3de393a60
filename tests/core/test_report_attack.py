"""Whoever has every report of a programme learns, by adding and subtracting, nothing of fewer than five people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.subtraction import told_on

from rmsession.core.agenda import FeedbackKind, ident
from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.curriculum import CURRICULUM
from rmsession.core.feedback import Via, form
from rmsession.core.figures import ActionFigures, FormFigures, GoalScore, PairFigures, SessionFigures, TopicFigures
from rmsession.core.outcomes import Milestone, Step
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.report.build import SECTIONS, report
from rmsession.core.report.family import LEAST_PEOPLE, Family
from rmsession.core.report.material import material
from rmsession.core.report.values import Asked, Figure, Hidden, Missing, Report, Value
from rmsession.core.terms import ActionStatus, Phase, Role, TopicState
from rmsession.core.text import UserText

TODAY = date(2026, 8, 1)
MONTHS = [date(2026, month, 1) for month in range(2, 8)]
AGENDAS = [ident("a", title) for title in list(CURRICULUM)[:2]] + [""]


def rolled(seed: int) -> tuple[Programme, tuple[PairFigures, ...]]:
    """A small programme in which pairs meet about monthly, some late, some alone in their wave."""
    lot = Random(seed)
    pairs = [_pair(number, lot) for number in range(lot.randint(4, 14))]
    waves = lot.choices(("One", "Two", "Three", ""), (8, 6, 2, 1), k=len(pairs))
    people = {person.id for pair in pairs for person in (pair.mentor, pair.mentee)}
    programme = Programme(
        pairs=tuple(pairs),
        profiles=tuple(Profile(each, location=UserText(lot.choice("ABC"))) for each in sorted(people)),
        arrangements=tuple(
            Arrangement(pair.id, wave=UserText(wave), sessions=lot.choice((None, 4)), starts=date(2025, 6, 1))
            for pair, wave in zip(pairs, waves, strict=True)
        ),
        milestones=tuple(
            Milestone(f"{each} {step.value}", each, step, lot.random() < 0.6, date(2026, 6, lot.randint(1, 28)))
            for each in sorted(people)
            for step in Step
            if lot.random() < 0.7
        ),
    )
    made = datetime(2026, 8, 1, tzinfo=UTC)
    told = (PairFigures(pair.id, pair.mentor.id, pair.mentee.id, made, _sessions(pair, lot)) for pair in pairs)
    return programme, tuple(told)


def _pair(number: int, lot: Random) -> Pair:
    mentor = number if lot.random() < 0.8 else number // 2
    return Pair(f"pair {number}", Person(f"mentor {mentor}", UserText("x")), Person(f"mentee {number}", UserText("y")))


def _sessions(pair: Pair, lot: Random) -> tuple[SessionFigures, ...]:
    number = lot.choice((0, 1, 2, 3, 3, 3))
    return tuple(_session(pair, place, lot) for place in range(number))


def _session(pair: Pair, place: int, lot: Random) -> SessionFigures:
    day = date(2026, 1, 5) + timedelta(days=40 * place + lot.choice((0, 0, 0, 3, 30)))
    far = FeedbackKind.MIDPOINT if place == 1 else FeedbackKind.FINAL
    kind = FeedbackKind.FIRST if place == 0 else far
    status = lot.choice((ActionStatus.OPEN, ActionStatus.DONE))
    settled = day + timedelta(days=9) if status is ActionStatus.DONE else None
    return SessionFigures(
        session=f"{pair.id} session {place}",
        pair=pair.id,
        mentor=pair.mentor.id,
        mentee=pair.mentee.id,
        agenda=AGENDAS[place] if lot.random() < 0.8 else "",
        feedback=kind,
        phase=Phase.ENDED,
        started=day,
        ended=day,
        planned_seconds=3600,
        taken_seconds=lot.choice((3600, 4800)),
        prepared=lot.choice((True, False, None)),
        topics=(TopicFigures("", 600, 700, lot.choice((TopicState.DONE, TopicState.PARKED))),),
        forms=tuple(_form(kind, role, lot) for role in Role if lot.random() < 0.9),
        actions=(ActionFigures(day, day + timedelta(days=lot.randint(1, 20)), settled, status, lot.randint(0, 1)),),
        goals=(GoalScore(f"{pair.id} goal", f"{pair.id} {place}", lot.randint(0, 10)),) if lot.random() < 0.6 else (),
        reviewed=lot.randint(0, 1) if place else None,
        to_review=1 if place else 0,
    )


def _form(kind: FeedbackKind, role: Role, lot: Random) -> FormFigures:
    items = [each for each in form(kind, role.value, goals=(("a", UserText("x")),)).items if each.scores]
    scores = tuple((each.id, lot.choice(each.scores)) for each in items if lot.random() < 0.9)
    return FormFigures(role, True, lot.choice(list(Via)), scores)


def every_report(programme: Programme, figures: Sequence[PairFigures]) -> Iterator[tuple[str | None, Report]]:
    """All that can be asked: each wave and all together, from whatever month on."""
    for since in (None, *MONTHS):
        for wave in {each.wave for each in programme.arrangements}:
            yield wave.raw.lower(), report(programme, figures, Asked(wave=wave, since=since), TODAY)
        yield None, report(programme, figures, Asked(pool=True, since=since), TODAY)


def counted(family: Family, wave: str | None, since: date | None, cell: str | None = None) -> set[int]:
    """Which of a family's samples a figure is about."""
    return {
        place
        for place, each in enumerate(family.samples)
        if (wave is None or each.wave == wave)
        and (since is None or each.day is None or each.day >= since)
        and (cell is None or each.cell == cell)
    }


def is_shown(value: Value) -> bool:
    return not isinstance(value, Hidden | Missing)


def attack(seed: int) -> int:
    """Put every report of one programme beside every other; how many figures were shown."""
    programme, figures = rolled(seed)
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


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32))
def test_no_reports_put_together_tell_of_fewer_than_five(seed):
    attack(seed)


def test_the_attack_has_something_to_work_with():
    assert sum(attack(seed) for seed in range(2)) > 200


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_no_reports_of_many_programmes_tell_of_fewer_than_five(seed):
    attack(seed)
