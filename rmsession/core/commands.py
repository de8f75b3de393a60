"""What a person may ask of a session; which phase takes it stands in `rmsession.core.legal`."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from rmsession.core.facts import Content, FeedbackGiven, Fitted
from rmsession.core.frozen import frozen
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText


@frozen
class Command:
    """A request; `rmsession.core.decide.decide` answers it with an event or a refusal."""


@frozen
class Start(Command):
    """Begin with the first topic."""

    duration_minutes: float | None = None
    """The whole session's length, shared out among topics without a time-box; None: as the agenda states."""
    must_end: datetime | None = None


@frozen
class Next(Command):
    """Finish this topic and turn to the following one; behind the last one, to the closing."""


@frozen
class Back(Command):
    """Return to the topic before, or from the closing to the topics."""


@frozen
class Jump(Command):
    """Turn to any topic, leaving this one open."""

    topic: str


@frozen
class Extend(Command):
    """Give the current topic (or another) more minutes, or fewer where negative."""

    minutes: float
    topic: str | None = None


@frozen
class Park(Command):
    """Put a topic (the current one unless named) into the parking lot."""

    topic: str | None = None


@frozen
class Unpark(Command):
    """Bring a parked topic back to what is to come."""

    topic: str


@frozen
class Move(Command):
    """Move a topic that is to come by so many places."""

    topic: str
    by: int


@frozen
class AddTopic(Command):
    """Add a topic behind the current one."""

    title: UserText
    minutes: float
    private: bool = False
    """Whether its title and its lines are for the mentor alone."""


@frozen
class AcceptFit(Command):
    """Accept a proposal of `rmsession.core.pace.propose_fit`."""

    fit: Fitted


@frozen
class Tick(Command):
    """Tick a prompt, or untick it."""

    prompt: str


@frozen
class Pause(Command):
    """Stop the clock, now or as of some minutes ago."""

    minutes_ago: float = 0.0


@frozen
class Resume(Command):
    """Let the clock run again."""


@frozen
class SettleGap(Command):
    """Say whether time away counts."""

    seconds: float
    counted: bool
    reason: str = "away"


@frozen
class GoOffRecord(Command):
    """Stop keeping things, or keep them again."""

    on: bool


@frozen
class Close(Command):
    """Go to read-back, next date and feedback."""


@frozen
class End(Command):
    """End the session now; what was not closed stays pending."""


@frozen
class Keep(Command):
    """Keep a line."""

    kind: Kind
    content: Content
    private: bool = False
    topic: str | None = None
    """None: the current topic."""


@frozen
class Amend(Command):
    """Replace what a capture says."""

    target: str
    content: Content
    settles: bool = True
    """Whether it takes the place of rival wordings too; a change of owner or date leaves them to be settled."""


@frozen
class Reclassify(Command):
    """Make a capture another kind."""

    target: str
    kind: Kind


@frozen
class MoveCapture(Command):
    """Put a capture under another topic."""

    target: str
    topic: str


@frozen
class SetAudience(Command):
    """Make a capture private or shared."""

    target: str
    audience: Audience


@frozen
class Withdraw(Command):
    """Take a capture back."""

    target: str


@frozen
class Accept(Command):
    """Let a line stand as it was read back."""

    target: str


@frozen
class Finish(Command):
    """Mark an action item done."""

    target: str


@frozen
class ReopenAction(Command):
    """Make an action item open again."""

    target: str


@frozen
class Drop(Command):
    """Drop an action item."""

    target: str
    reason: UserText = field(default_factory=UserText)


@frozen
class Undo(Command):
    """Take the last step back."""


@frozen
class Redo(Command):
    """Take the last undo back."""


@frozen
class SetNextDate(Command):
    """Agree when to meet next; None: no date was found."""

    when: datetime | None
    zone: str


@frozen
class GiveFeedback(Command):
    """Hand in one person's form."""

    form: FeedbackGiven


@frozen
class SkipFeedback(Command):
    """Leave one person's form out."""

    role: Role
