"""What can happen between two sessions of a pair, or to what one leaves to the next: more kinds of facts.

Where a fact concerns a captured line it stands in that line's own record, however many sessions later it was said.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from rmsession.core.agenda import Prompt
from rmsession.core.facts import Event
from rmsession.core.frozen import frozen
from rmsession.core.terms import Fate, Outcome
from rmsession.core.text import UserText


@frozen
class ActionRef:
    """One action item of an earlier session."""

    session: str
    capture: str


@frozen
class LastTimeOpened(Event):
    """What was open when this session began; `topic` is not closed before each has its outcome."""

    topic: str
    actions: tuple[ActionRef, ...]


@frozen
class ActionReviewed(Event):
    """In this session an earlier one's action item was looked at; what it came to stands in its own record too."""

    action: ActionRef
    outcome: Outcome


@frozen
class ActionCarried(Event):
    """An action item goes on to the session `into`; from the fourth time on with a reason."""

    target: str
    into: str
    reason: UserText = field(default_factory=UserText)


@frozen
class ActionSplit(Event):
    """An action item gave way to smaller ones: the captures `parts` of the session `into`."""

    target: str
    into: str
    parts: tuple[str, ...]


@frozen
class QuestionBrought(Event):
    """A question that no earlier session asked came into this one, under `topic`."""

    prompt: Prompt
    topic: str


@frozen
class LetGo(Event):
    """Something an earlier session left (a topic, a prompt, a parked line, by its id) need not be offered again."""

    origin: str


@frozen
class NextDateSettled(Event):
    """The agreed date came to its end; `when` is the new one of a date that was moved, local to the IANA zone."""

    fate: Fate
    when: datetime | None
    zone: str
