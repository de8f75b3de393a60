"""What can happen in and after a session: one frozen value each, in the past tense.

A session is the fold of its facts (`rmsession.core.fold`). A `Fact` is a header (who, when, on which device)
around an `Event` (what). Events name topics, prompts and other facts by id, never by position.

A long file and one thing: the closed list of kinds, a frozen value each without any code, which fold, codec and `LEGAL`
read as a table. Cut in two, one would look for a kind in both. What happens between two sessions is another list, in
`rmsession.core.between`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from rmsession.core.agenda import Topic
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.frozen import frozen
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText


@frozen
class Content:
    """What one captured line says, as understood."""

    text: UserText
    owner: UserText | None = None
    """Who does an action item; without the ``@``."""
    due: str | None = None
    """An ISO date, local to the record's zone."""
    tags: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    """Goals that a ``+goal`` names."""
    score: int | None = None
    """The score of a goal or a rating."""
    confidence: int | None = None
    """How sure the owner of an action item was, when it was written, to get it done: 1 to 5."""
    doubts: tuple[str, ...] = ()
    """What was kept as typed without being understood, to be asked about at the close."""


@frozen
class Event:
    """What happened; the base of every kind."""


@frozen
class Allotment:
    """The seconds that one topic has."""

    topic: str
    seconds: float


# The course of the session.


@frozen
class Started(Event):
    """The session began with its first topic; untimed topics got their share of the duration."""

    topic: str
    allotments: tuple[Allotment, ...]
    must_end: datetime | None = None


@frozen
class TopicEntered(Event):
    """The pair turned to a topic; `done` says that the topic left behind was finished."""

    topic: str
    done: bool = False


@frozen
class Extended(Event):
    """A topic's time-box grew, or shrank where `seconds` is negative."""

    topic: str
    seconds: float


@frozen
class TopicParked(Event):
    """A topic went to the parking lot; `then` is the topic entered instead when it was the current one."""

    topic: str
    then: str | None = None


@frozen
class TopicUnparked(Event):
    """A parked topic came back to what is to come."""

    topic: str


@frozen
class Reordered(Event):
    """The topics were put in this order (ids of all of them)."""

    order: tuple[str, ...]


@frozen
class TopicAdded(Event):
    """A topic was added live, behind the topic `after` (None: in front)."""

    topic: Topic
    seconds: float
    after: str | None


@frozen
class Fitted(Event):
    """A proposal that makes the protected minutes hold was accepted as one step."""

    shortened: tuple[Allotment, ...] = ()
    """Seconds taken from each topic, as negative numbers."""
    parked: tuple[str, ...] = ()


@frozen
class Ticked(Event):
    """A prompt was ticked, or unticked."""

    prompt: str
    done: bool = True


@frozen
class Paused(Event):
    """The clock stopped, `since` session seconds: at most the fact's own `at`."""

    since: float


@frozen
class Resumed(Event):
    """The clock runs again."""


@frozen
class GapSettled(Event):
    """Time away (a sleep, a crash, a stopped program) was counted or left out, as the mentor said."""

    seconds: float
    counted: bool
    reason: str = "away"


@frozen
class SittingOpened(Event):
    """The same session was taken up again on another day or after its end; nothing in between counts."""

    must_end: datetime | None = None


@frozen
class OffRecordSet(Event):
    """From here on nothing is kept, or things are kept again."""

    on: bool


@frozen
class MustEndSet(Event):
    """The time by which the session must be over was changed (None: open end)."""

    must_end: datetime | None


@frozen
class PreparedSet(Event):
    """Whether the mentee came prepared; None takes an answer back."""

    prepared: bool | None


@frozen
class PairCorrected(Event):
    """The session was with somebody else than first said."""

    pair: str
    mentor: str
    mentee: str
    mentor_name: UserText
    mentee_name: UserText


@frozen
class ClosingBegan(Event):
    """The topics are over; read-back, next date and feedback follow.

    They run on the time of the agenda's closing topic unless that is done; where there is none, on that of the topic
    that has the floor.
    """


@frozen
class ClosingLeft(Event):
    """Back from closing to the topics."""


@frozen
class Ended(Event):
    """The session is over; corrections, actions and forms stay open."""


# What was captured, and corrections of it.


@frozen
class Captured(Event):
    """A line was kept; the fact's id is the capture's id."""

    kind: Kind
    topic: str | None
    content: Content


@frozen
class Amended(Event):
    """A capture's content was replaced; `replaces` is the version seen (the capture's or an amendment's id)."""

    target: str
    replaces: str
    content: Content
    settles: tuple[str, ...] = ()
    """Rival versions that the writer saw beside it and let go."""


@frozen
class Reclassified(Event):
    """A capture turned out to be of another kind."""

    target: str
    kind: Kind


@frozen
class MovedTo(Event):
    """A capture belongs to another topic."""

    target: str
    topic: str


@frozen
class AudienceSet(Event):
    """A capture was made private or shared afterwards."""

    target: str
    audience: Audience


@frozen
class Withdrawn(Event):
    """A capture was taken back: it no longer shows or leaves; undo brings it back."""

    target: str


@frozen
class Accepted(Event):
    """An action or a doubtful line was read back and stands as it is."""

    target: str


@frozen
class ActionDone(Event):
    """An action item was done."""

    target: str


@frozen
class ActionReopened(Event):
    """An action item is open again."""

    target: str


@frozen
class ActionDropped(Event):
    """An action item will not be done."""

    target: str
    reason: UserText = field(default_factory=UserText)


@frozen
class Undone(Event):
    """An earlier fact does not count; undoing an `Undone` is redo."""

    target: str


@frozen
class Erased(Event):
    """The tombstone in the place of a fact whose text was erased for good."""

    target: str
    """The capture that was redacted: the fact's own id, the one it amended, or one of an earlier session."""
    was: str
    """The event kind that stood here, as in `rmsession.core.kinds`; of a topic that was made of the line, `Topic`."""
    by: str
    wall: datetime
    kind: Kind | None = None
    topic: str | None = None


# The close.


@frozen
class NextDateSet(Event):
    """When the pair meets next, in local time of the IANA zone; None says that no date was found."""

    when: datetime | None
    zone: str


@frozen
class FeedbackGiven(Event):
    """One person's form, whole or with items skipped."""

    role: Role
    answers: tuple[Answer, ...]
    visibility: Visibility
    via: Via


@frozen
class FeedbackSkipped(Event):
    """One person chose not to fill the form."""

    role: Role


@frozen
class Unknown(Event):
    """A kind that a later program of the same format wrote; kept verbatim, without effect."""

    kind: str
    data: str
    """The event's fields as JSON text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened, with who said so, where and when."""

    id: str
    """A uuid made by the writer."""
    by: str
    """A person's id."""
    device: str
    seq: int
    """Higher than every seq the writer had seen in this record, so causes sort before effects."""
    wall: datetime
    """Aware, in UTC or with an offset."""
    at: float | None
    """Session seconds; None after the end."""
    audience: Audience = Audience.SHARED
    partial: bool = False
    """Whether, in a copy that somebody shared, some of its words stayed behind; the whole fact wins over it."""
    what: Event
