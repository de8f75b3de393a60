"""What people do differently: what they took on and kept, and how far they came with their goals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import Item, form
from rmsession.core.figures import ActionFigures
from rmsession.core.report.family import Family, Reading, Sample
from rmsession.core.report.material import Material, OnePair
from rmsession.core.report.measures import mean, share, shift, spread
from rmsession.core.report.reaction import side
from rmsession.core.report.values import Count
from rmsession.core.scored import GOAL, SCORED
from rmsession.core.terms import ActionStatus, Role
from rmsession.core.text import UserText


def behaviour(material: Material) -> Iterator[Family]:
    """The families of this section, in the order in which they are read."""
    pairs, today = material.pairs, material.today
    created = Reading("behaviour.actions", "Actions taken on", _number)
    done = Reading("behaviour.actions.done", "Actions done", share(_is_done))
    carried = Reading("behaviour.actions.carried", "Actions carried to another session", share(_is_carried))
    yield Family(tuple(_actions(pairs, lambda _: True)), (created, done, carried))
    on_time = Reading(
        "behaviour.actions.on-time", "Done by the day due, of those done that had one", share(_is_on_time)
    )
    yield Family(tuple(_actions(pairs, _has_both_days)), (on_time,))
    overdue = Reading(
        "behaviour.actions.overdue",
        "Overdue today, of those still open",
        share(lambda action: action.due is not None and action.due < today),
    )
    yield Family(tuple(_actions(pairs, lambda action: action.status is ActionStatus.OPEN)), (overdue,))
    reviewed = Reading("behaviour.reviewed", "Sessions that came to an outcome for all of last time's actions", share())
    yield Family(tuple(_reviewed(pairs)), (reviewed,))
    goals = Reading(
        "behaviour.goals", "Goals scored at least twice: first and latest score", shift(SCORED[0], SCORED[-1])
    )
    yield Family(tuple(_goals(pairs)), (goals,))
    item = _goal_item()
    for role in (Role.MENTEE, Role.MENTOR):
        name, label = f"behaviour.expected.{role.value}", f"How far each goal was reached, −2 to +2: {side(role)}"
        readings = (
            Reading(f"{name}.mean", f"{label}, mean", mean(item)),
            Reading(f"{name}.spread", f"{label}, each answer", spread(item)),
        )
        yield Family(tuple(_expected(pairs, role)), readings)


def _number(actions: Sequence[ActionFigures]) -> Count:
    return Count(len(actions))


def _actions(pairs: Iterable[OnePair], which: Callable[[ActionFigures], bool]) -> Iterator[Sample]:
    return (
        pair.of_session(session, action)
        for pair in pairs
        for session in pair.sessions
        for action in session.actions
        if which(action)
    )


def _is_done(action: ActionFigures) -> bool:
    return action.status is ActionStatus.DONE


def _is_carried(action: ActionFigures) -> bool:
    return action.carried > 0


def _has_both_days(action: ActionFigures) -> bool:
    return _is_done(action) and action.due is not None and action.settled is not None


def _is_on_time(action: ActionFigures) -> bool:
    return action.due is not None and action.settled is not None and action.settled <= action.due


def _reviewed(pairs: Iterable[OnePair]) -> Iterator[Sample]:
    for pair in pairs:
        for session in pair.ended_sessions:
            if session.to_review:
                yield pair.of_session(session, session.reviewed == session.to_review)


def _goals(pairs: Iterable[OnePair]) -> Iterator[Sample]:
    """The first and the latest score of each goal; its day is the latest score's."""
    for pair in pairs:
        scores: dict[str, list[tuple[int, Sample]]] = {}
        for session in pair.sessions:
            for goal in session.goals:
                if goal.score is not None:
                    scores.setdefault(goal.goal, []).append((goal.score, pair.of_session(session, goal.score)))
        for several in scores.values():
            if len(several) > 1:
                (first, _), (latest, said) = several[0], several[-1]
                yield said._replace(value=(first, latest))


def _expected(pairs: Iterable[OnePair], role: Role) -> Iterator[Sample]:
    """What somebody said last of each goal."""
    for pair in pairs:
        latest: dict[str, Sample] = {}
        for session in pair.ended_sessions:
            told = session.form(role)
            for item, score in told.scores if told and told.given else ():
                if item.startswith(GOAL):
                    latest[item] = pair.of_session(session, score, who=pair.person(role))
        yield from latest.values()


def _goal_item() -> Item:
    """The item that asks how far a goal was reached, whatever the goal."""
    items = form(FeedbackKind.FINAL, Role.MENTEE.value, goals=(("", UserText()),)).items
    return next(each for each in items if each.id == GOAL)
