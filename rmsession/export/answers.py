"""Feedback as far as those who gave it show it."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core.agenda import FeedbackKind
from rmsession.core.facts import FeedbackGiven, FeedbackSkipped, Kind, Role
from rmsession.core.feedback import Answer, Item, Visibility, form
from rmsession.core.session import Session
from rmsession.core.text import UserText
from rmsession.export.literal import inline, opening


def feedback_items(session: Session) -> Iterator[str]:
    """List items: each form's answers, or how many there are where the person chose to show no more."""
    for role in (Role.MENTEE, Role.MENTOR):
        match session.forms.get(role):
            case FeedbackGiven(visibility=Visibility.BOTH, answers=answers):
                yield f"- The {role.value} answered:"
                asked = _asked(session, role)
                yield from (f"  {_answer(answer, asked)}" for answer in answers if _answered(answer))
            case FeedbackGiven(answers=answers):
                yield f"- The {role.value} answered {sum(map(_answered, answers))} of {len(answers)} items."
            case FeedbackSkipped():
                yield f"- The {role.value} chose to give none."
            case None if session.record.agenda.feedback is not FeedbackKind.NONE:
                yield f"- The {role.value} has given none yet."
            case None:
                continue


def _asked(session: Session, role: Role) -> dict[str, Item]:
    agenda = session.record.agenda
    goals = [(each.id, each.content.text) for each in session.standing(Kind.GOAL) if each.shared]
    return {each.id: each for each in form(agenda.feedback, role.value, goals=goals, questions=agenda.questions).items}


def _answered(answer: Answer) -> bool:
    return answer.score is not None or bool(answer.text)


def _answer(answer: Answer, asked: dict[str, Item]) -> str:
    question = asked.get(answer.item)
    # An item of another session's goal, or of a later program's form, is named as the file names it.
    said = [] if answer.score is None else [_score(answer.score, question)]
    said += [inline(answer.text)] if answer.text else []
    # On one line: a second one would stand a level higher, under the person and no longer under the question.
    return f"- {opening(question.text if question else UserText(answer.item))} – {', '.join(said)}"


def _score(score: int, question: Item | None) -> str:
    label = question.label(score) if question else ""
    return f"{score} ({label})" if label else str(score)
