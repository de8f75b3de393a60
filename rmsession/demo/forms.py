"""What the people of the demo answer on their feedback forms: mostly content, not always, and more so with time."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Item, ItemKind, Via, Visibility, form
from rmsession.core.session import Session
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.demo.talk import one_of

_SECTIONS = {"keep": "keep", "change": "change", "change-made": "change made"}
_PROGRAMME = frozenset({"business", "development"})
_IN_WORDS = 0.55
_LEFT_OUT = 0.03


def filled(session: Session, role: Role, progress: float, lot: Random) -> FeedbackGiven:
    """The form of one side; `progress` is how far the pair is in its round, 0 to 1."""
    agenda = session.record.agenda
    goals = [(each.id, each.content.text) for each in session.standing(Kind.GOAL) if each.shared]
    asked = form(agenda.feedback, role.value, goals=goals, topic=agenda.title, questions=agenda.questions)
    before = lot.choices((1, 2, 3, 4), (20 - 15 * progress, 40, 30, 10 + 10 * progress))[0]
    now = min(before + lot.choices((0, 1, 2), (12, 60, 28))[0], 5)
    sure = {"before": before, "now": now}
    answers = [_answer(item, sure, progress, lot) for item in asked.items]
    seen = lot.choices((Visibility.BOTH, Visibility.COUNTS), (4, 1))[0]
    via = Via.PASTED if role is Role.MENTEE and lot.random() < 0.15 else Via.SCREEN
    return FeedbackGiven(role, tuple(answers), seen, via)


def _answer(item: Item, sure: dict[str, int], progress: float, lot: Random) -> Answer:
    if item.id in sure:
        return Answer(item.id, sure[item.id])
    if lot.random() < _LEFT_OUT:
        return Answer(item.id)
    if item.scores:
        return Answer(item.id, _score(item, progress, lot))
    if item.kind is ItemKind.OPEN:
        return Answer(item.id, text=UserText(one_of(lot, "own")))
    return Answer(item.id, text=UserText(one_of(lot, _SECTIONS[item.id])) if lot.random() < _IN_WORDS else None)


def _score(item: Item, progress: float, lot: Random) -> int:
    """A score by lot, the lower ones less likely later in the round."""
    weights: Sequence[float]
    match item.kind:
        case ItemKind.RECOMMEND:
            weights = [0, 0, 0, 0, 0, 4, 6, 12, 22, 30, 26]
        case ItemKind.GOAL:
            weights = [2, 18 - 10 * progress, 40, 30, 10]
        case ItemKind.CHOICE:
            weights = [88, 12, *[0] * len(item.scores)][: len(item.scores)]
        case _ if item.id in _PROGRAMME:
            weights = [0, 2, 12 - 6 * progress, 48, 34]
        case _:
            weights = [2 * (1 - progress), 6 - 4 * progress, 16 - 8 * progress, 44, 32 + 18 * progress]
    return lot.choices(item.scores, weights)[0]
