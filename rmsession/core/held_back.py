"""What stays with its writer when a session is shared, in numbers."""

from __future__ import annotations

from rmsession.core.agenda import PromptKind
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Visibility
from rmsession.core.frozen import frozen
from rmsession.core.session import Session
from rmsession.core.terms import Audience, Role


@frozen
class HeldBack:
    """What a copy does not say, in numbers: for whoever shares it, and for nobody else."""

    mentor: int = 0
    """Lines that are the mentor's own."""
    mentee: int = 0
    """Lines that are the mentee's own."""
    topics: int = 0
    """Private topics."""
    prompts: int = 0
    """Private prompts of the other topics."""
    forms: tuple[Role, ...] = ()
    """Whose answers are shown as counts only."""


def held_back(session: Session) -> HeldBack:
    """How much of a session stays here when it is shared."""
    lines = [each.audience for each in session.standing()]
    return HeldBack(
        mentor=lines.count(Audience.MENTOR),
        mentee=lines.count(Audience.MENTEE),
        topics=sum(topic.private for topic in session.topics),
        prompts=sum(
            prompt.kind is PromptKind.PRIVATE
            for topic in session.topics
            if not topic.private
            for prompt in topic.prompts
        ),
        forms=tuple(
            role
            for role, form in session.forms.items()
            if isinstance(form, FeedbackGiven) and form.visibility is not Visibility.BOTH
        ),
    )
