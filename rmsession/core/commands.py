"""What a person may ask of a session; which phase takes it stands in `rmsession.core.legal`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from rmsession.core.facts import Content, FeedbackGiven, Fitted
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText


@dataclass(frozen=True, slots=True)
class Command:
    """A request; `rmsession.core.decide.decide` answers it with an event or a refusal."""


@dataclass(frozen=True, slots=True)
class Start(Command):
    """Begin with the first topic."""

    duration_minutes: float | None = None
    """The whole session's length, shared out among topics without a time-box; None: as the agenda states."""
    must_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Next(Command):
    """Finish this topic and turn to the following one; behind the last one, to the closing."""


@dataclass(frozen=True, slots=True)
class Back(Command):
    """Return to the topic before, or from the closing to the topics."""


@dataclass(frozen=True, slots=True)
class Jump(Command):
    """Turn to any topic, leaving this one open."""

    topic: str


@dataclass(frozen=True, slots=True)
class Extend(Command):
    """Give the current topic (or another) more minutes, or fewer where negative."""

    minutes: float
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Park(Command):
    """Put a topic (the current one unless named) into the parking lot."""

    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Unpark(Command):
    """Bring a parked topic back to what is to come."""

    topic: str


@dataclass(frozen=True, slots=True)
class Move(Command):
    """Move a topic that is to come by so many places."""

    topic: str
    by: int


@dataclass(frozen=True, slots=True)
class AddTopic(Command):
    """Add a topic behind the current one."""

    title: UserText
    minutes: float
    private: bool = False
    """Whether its title and its lines are for the mentor alone."""


@dataclass(frozen=True, slots=True)
class AcceptFit(Command):
    """Accept a proposal of `rmsession.core.pace.propose_fit`."""

    fit: Fitted


@dataclass(frozen=True, slots=True)
class Tick(Command):
    """Tick a prompt, or untick it."""

    prompt: str


@dataclass(frozen=True, slots=True)
class Pause(Command):
    """Stop the clock, now or as of some minutes ago."""

    minutes_ago: float = 0.0


@dataclass(frozen=True, slots=True)
class Resume(Command):
    """Let the clock run again."""


@dataclass(frozen=True, slots=True)
class SettleGap(Command):
    """Say whether time away counts."""

    seconds: float
    counted: bool
    reason: str = "away"


@dataclass(frozen=True, slots=True)
class OpenSitting(Command):
    """Take the session up again: on another day, or after its end."""

    must_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class GoOffRecord(Command):
    """Stop keeping things, or keep them again."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetMustEnd(Command):
    """Change the time by which the session must be over."""

    must_end: datetime | None


@dataclass(frozen=True, slots=True)
class SetPrepared(Command):
    """Say whether the mentee came prepared."""

    prepared: bool | None


@dataclass(frozen=True, slots=True)
class CorrectPair(Command):
    """Say who the session was really with."""

    pair: str
    mentor: str
    mentee: str
    mentor_name: UserText
    mentee_name: UserText


@dataclass(frozen=True, slots=True)
class Close(Command):
    """Go to read-back, next date and feedback."""


@dataclass(frozen=True, slots=True)
class End(Command):
    """End the session now; what was not closed stays pending."""


@dataclass(frozen=True, slots=True)
class Keep(Command):
    """Keep a line."""

    kind: Kind
    content: Content
    private: bool = False
    topic: str | None = None
    """None: the current topic."""


@dataclass(frozen=True, slots=True)
class Amend(Command):
    """Replace what a capture says."""

    target: str
    content: Content
    settles: bool = True
    """Whether it takes the place of rival wordings too; a change of owner or date leaves them to be settled."""


@dataclass(frozen=True, slots=True)
class Reclassify(Command):
    """Make a capture another kind."""

    target: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class MoveCapture(Command):
    """Put a capture under another topic."""

    target: str
    topic: str


@dataclass(frozen=True, slots=True)
class SetAudience(Command):
    """Make a capture private or shared."""

    target: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """Take a capture back."""

    target: str


@dataclass(frozen=True, slots=True)
class Accept(Command):
    """Let a line stand as it was read back."""

    target: str


@dataclass(frozen=True, slots=True)
class Finish(Command):
    """Mark an action item done."""

    target: str


@dataclass(frozen=True, slots=True)
class ReopenAction(Command):
    """Make an action item open again."""

    target: str


@dataclass(frozen=True, slots=True)
class Drop(Command):
    """Drop an action item."""

    target: str
    reason: UserText = field(default_factory=UserText)


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take the last step back."""


@dataclass(frozen=True, slots=True)
class Redo(Command):
    """Take the last undo back."""


@dataclass(frozen=True, slots=True)
class SetNextDate(Command):
    """Agree when to meet next; None: no date was found."""

    when: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class GiveFeedback(Command):
    """Hand in one person's form."""

    form: FeedbackGiven


@dataclass(frozen=True, slots=True)
class SkipFeedback(Command):
    """Leave one person's form out."""

    role: Role
