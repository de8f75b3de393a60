"""Feedback as far as those who gave it show it."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core.agenda import FeedbackKind
from rmsession.core.facts import FeedbackGiven, FeedbackSkipped, Role
from rmsession.core.feedback import Answer, Visibility
from rmsession.core.session import Session
from rmsession.core.text import UserText
from rmsession.export.literal import inline, item


def feedback_items(session: Session) -> Iterator[str]:
    """List items: each form's answers, or how many there are where the person chose to show no more."""
    for role in (Role.MENTEE, Role.MENTOR):
        match session.forms.get(role):
            case FeedbackGiven(visibility=Visibility.BOTH, answers=answers):
                yield f"- The {role.value} answered:"
                yield from (f"  {_answer(answer)}" for answer in answers if _answered(answer))
            case FeedbackGiven(answers=answers):
                yield f"- The {role.value} answered {sum(map(_answered, answers))} of {len(answers)} items."
            case FeedbackSkipped():
                yield f"- The {role.value} chose to give none."
            case None if session.record.agenda.feedback is not FeedbackKind.NONE:
                yield f"- The {role.value} has given none yet."
            case None:
                continue


def _answered(answer: Answer) -> bool:
    return answer.score is not None or bool(answer.text)


def _answer(answer: Answer) -> str:
    said = [] if answer.score is None else [str(answer.score)]
    said += [inline(answer.text)] if answer.text else []
    return f"{item(UserText(answer.item))}: {' · '.join(said)}"
