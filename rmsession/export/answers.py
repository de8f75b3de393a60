"""Feedback as far as those who gave it show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rmsession.core.agenda import FeedbackKind
from rmsession.core.facts import FeedbackGiven, FeedbackSkipped
from rmsession.core.feedback import Answer, Item, Visibility, form
from rmsession.core.frozen import frozen
from rmsession.core.goals import asked_about, of_earlier_sessions
from rmsession.core.session import Session
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.export.literal import inline, opening


@frozen
class Said:
    """What one person gave as feedback."""

    sentence: str
    """Who, and whether; it holds no text of theirs."""
    answers: tuple[Answered, ...] = ()


@frozen
class Answered:
    """One item of a form with its answer."""

    question: UserText
    score: str = ""
    """The number, and what it stands for where the form is known."""
    text: UserText | None = None


def feedback(session: Session) -> Iterator[Said]:
    """Each form's answers, or how many there are where the person chose to show no more."""
    for role in (Role.MENTEE, Role.MENTOR):
        match session.forms.get(role):
            case FeedbackGiven(visibility=Visibility.BOTH, answers=answers):
                asked = _asked(session, role, answers)
                given = tuple(_answered(answer, asked) for answer in answers if _is_answered(answer))
                yield Said(f"The {role.value} answered:", given)
            case FeedbackGiven(answers=()):
                yield Said(f"The {role.value} answered; a copy that was shared does not say what.")
            case FeedbackGiven(answers=answers):
                yield Said(f"The {role.value} answered {sum(map(_is_answered, answers))} of {len(answers)} items.")
            case FeedbackSkipped():
                yield Said(f"The {role.value} chose to give none.")
            case None if session.record.agenda.feedback is not FeedbackKind.NONE:
                yield Said(f"The {role.value} has given none yet.")
            case None:
                continue


def feedback_items(session: Session) -> Iterator[str]:
    """The same as list items in Markdown."""
    for said in feedback(session):
        yield f"- {said.sentence}"
        for answer in said.answers:
            parts = [answer.score] if answer.score else []
            parts += [inline(answer.text)] if answer.text else []
            # On one line: a second one would stand a level higher, under the person and no longer under the question.
            yield f"  - {opening(answer.question)} – {', '.join(parts)}"


def _asked(session: Session, role: Role, answers: Sequence[Answer]) -> dict[str, Item]:
    agenda = session.record.agenda
    goals = [(each.id, each.text) for each in asked_about(session, of_earlier_sessions(session, answers))]
    return {each.id: each for each in form(agenda.feedback, role.value, goals=goals, questions=agenda.questions).items}


def _is_answered(answer: Answer) -> bool:
    return answer.score is not None or bool(answer.text)


def _answered(answer: Answer, asked: dict[str, Item]) -> Answered:
    question = asked.get(answer.item)
    score = "" if answer.score is None else _score(answer.score, question)
    # An item of a goal that is shared no more, or of a later program's form, is named as the file names it.
    return Answered(question.text if question else UserText(answer.item), score, answer.text)


def _score(score: int, question: Item | None) -> str:
    label = question.label(score) if question else ""
    return f"{score} ({label})" if label else str(score)
