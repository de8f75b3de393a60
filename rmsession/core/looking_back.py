"""What requests about earlier sessions come to while this one runs: their action items, their questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmsession.core import commands_between as asked
from rmsession.core.between import ActionReviewed, LastTimeOpened, QuestionBrought
from rmsession.core.commands import Command
from rmsession.core.decision import Answer, Decision, Refusal
from rmsession.core.facts import Undone
from rmsession.core.session import Session


def waiting(session: Session) -> Refusal | None:
    """A refusal to close the topic under which actions of last time still wait."""
    waits = len(session.unreviewed)
    these = "1 action of last time waits" if waits == 1 else f"{waits} actions of last time wait"
    return Refusal(f"{these}: done, carried, dropped or split? /last shows them.", "last") if waits else None


def _open_last_time(session: Session, command: asked.OpenLastTime, _: object) -> Answer:
    if session.last_time:
        return Refusal("Last time's actions are there already.")
    if not command.actions or session.topic_by_id(command.topic) is None:
        return Refusal("Nothing is left of last time.")
    return Decision(LastTimeOpened(command.topic, command.actions))


def _review(session: Session, command: asked.Review, _: object) -> Answer:
    if session.last_time is None or command.action not in session.last_time.actions:
        return Refusal("That is no action of last time.")
    return Decision(ActionReviewed(command.action, command.outcome))


def _review_again(session: Session, command: asked.ReviewAgain, _: object) -> Answer:
    said = (
        fact
        for fact in reversed(session.facts)
        if fact.id not in session.out and isinstance(fact.what, ActionReviewed) and fact.what.action == command.action
    )
    fact = next(said, None)
    return Decision(Undone(fact.id), fact.audience) if fact else Refusal("It waits already.")


def _bring_question(session: Session, command: asked.BringQuestion, _: object) -> Answer:
    if any(prompt.id == command.prompt.id for prompt in session.prompts()):
        return Refusal("That question is there already.")
    if session.topic_by_id(command.topic) is None:
        return Refusal("There is no such topic.")
    return Decision(QuestionBrought(command.prompt, command.topic))


LOOKING_BACK: dict[type[Command], Callable[[Session, Any, object], Answer]] = {
    asked.OpenLastTime: _open_last_time,
    asked.Review: _review,
    asked.ReviewAgain: _review_again,
    asked.BringQuestion: _bring_question,
}
"""The decision for each of these requests; the last argument, the moment, does not matter to any."""
