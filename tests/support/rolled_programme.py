"""Small programmes by chance, in figures: some meet late, some are alone in their wave, some say nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from rmsession.core.agenda import FeedbackKind, ident
from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.curriculum import CURRICULUM
from rmsession.core.feedback import Via, form
from rmsession.core.figures import ActionFigures, FormFigures, GoalScore, PairFigures, SessionFigures, TopicFigures
from rmsession.core.outcomes import Milestone, Step
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.terms import ActionStatus, Phase, Role, TopicState
from rmsession.core.text import UserText

TODAY = date(2026, 8, 1)
AGENDAS = [ident("a", title) for title in list(CURRICULUM)[:2]] + [""]


def rolled_programme(seed: int) -> tuple[Programme, tuple[PairFigures, ...]]:
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
