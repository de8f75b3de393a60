"""A session as it stands: the value that facts fold into, and the questions one asks of it.

Nothing here knows what time it is: every question about time is asked with `at`, the session seconds now.
The session's clock runs from the start to the end, pauses included; what counts is found by subtracting them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime

from rmsession.core.agenda import FeedbackKind, Prompt, Topic
from rmsession.core.between import ActionRef, LastTimeOpened
from rmsession.core.facts import Content, Fact, FeedbackGiven, FeedbackSkipped, NextDateSet
from rmsession.core.frozen import frozen
from rmsession.core.lists import Meeting
from rmsession.core.programme import Pair
from rmsession.core.record import Record
from rmsession.core.settled import Carry, Settlement
from rmsession.core.terms import ActionStatus, Audience, Kind, Outcome, Phase, Role, TopicState
from rmsession.core.text import UserText
from rmsession.core.wordings import Wording


@frozen
class Span:
    """A stretch of session seconds; `end` is None while it lasts."""

    start: float
    end: float | None = None
    topic: str = ""

    def until(self, at: float) -> tuple[float, float]:
        """The stretch as two numbers, an open end being `at`."""
        return self.start, max(self.start, at if self.end is None else self.end)


@frozen
class Sitting:
    """One stay at the table: when it began, and the session seconds then."""

    opened: datetime
    start: float
    end: float | None = None


@frozen
class Capture:
    """One captured line as it stands after all corrections."""

    id: str
    kind: Kind
    content: Content
    by: str
    audience: Audience
    at: float | None
    wall: datetime
    topic: str | None
    heads: tuple[str, ...]
    """The versions that no later one replaced, the shown one last; several where two people amended the same text."""
    rivals: tuple[Content, ...] = ()
    """What other heads say that does not go together with `content`, in their order; it did not know them."""
    base: str = ""
    """The version to which several heads added different things, which go together in `content`."""
    wordings: tuple[Wording, ...] = field(default=(), compare=False)
    """What the heads say, and before them: a shared copy knows less of that, and the line is the same."""
    status: ActionStatus = ActionStatus.OPEN
    reason: UserText = field(default_factory=UserText)
    """Why an action was dropped."""
    settled: datetime | None = None
    """When an action was done or dropped."""
    settled_by: str = ""
    unseen: tuple[Settlement, ...] = ()
    """What others had made of the action otherwise; whoever settled it last had not seen that."""
    carries: tuple[Carry, ...] = ()
    """Where an action was taken on to, one for each session."""
    parts: tuple[str, ...] = ()
    """The captures, of a later session, into which an action was split."""
    accepted: bool = False
    withdrawn: bool = False
    erased: bool = False
    withheld: bool = False
    """Whether a shared copy has no words of it: of what was amended it has the later version alone."""

    @property
    def stands(self) -> bool:
        """Whether it shows at all."""
        return not (self.withdrawn or self.erased or self.withheld)

    @property
    def shared(self) -> bool:
        """Whether it may be seen by both and leave the program."""
        return self.stands and self.audience is Audience.SHARED

    @property
    def is_open_action(self) -> bool:
        """Whether somebody still has to do it."""
        return self.stands and self.kind is Kind.ACTION and self.status is ActionStatus.OPEN

    @property
    def is_unread(self) -> bool:
        """Whether the close asks about it: an action not yet accepted, or a line kept without being understood."""
        return self.stands and not self.accepted and (self.is_open_action or bool(self.content.doubts))


@frozen
class Session:
    """A record and what its facts add up to."""

    record: Record
    pair: Pair
    topics: tuple[Topic, ...]
    """In their present order, parked ones too."""
    phase: Phase = Phase.READY
    allotted: Mapping[str, float] = field(default_factory=dict)
    """Seconds given to each topic at the start."""
    budgets: Mapping[str, float] = field(default_factory=dict)
    """Seconds each topic has now."""
    current: str | None = None
    done: frozenset[str] = frozenset()
    parked: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    """Which topic had the floor when; they follow one another without overlap."""
    pauses: tuple[Span, ...] = ()
    last_at: float = 0.0
    sittings: tuple[Sitting, ...] = ()
    started: datetime | None = None
    ended: datetime | None = None
    must_end: datetime | None = None
    prepared: bool | None = None
    off_record: bool = False
    """Nothing is kept now."""
    said_off: bool = False
    """Off the record was said aloud; an off-record topic only adds to it while it has the floor."""
    ticked: frozenset[str] = frozenset()
    captures: Mapping[str, Capture] = field(default_factory=dict)
    next_date: NextDateSet | None = None
    meetings: tuple[Meeting, ...] = ()
    """The dates agreed for the next meeting, one after the other as each was moved or cancelled."""
    last_time: LastTimeOpened | None = None
    reviewed: Mapping[str, Outcome] = field(default_factory=dict)
    """What each of last time's actions came to, by the capture's id."""
    let_go: frozenset[str] = frozenset()
    """Ids of what earlier sessions left and nobody wants to be offered again."""
    forms: Mapping[Role, FeedbackGiven | FeedbackSkipped] = field(default_factory=dict)
    out: frozenset[str] = frozenset()
    """Ids of facts that were undone."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Everything that happened, in fold order."""
        return self.record.facts

    @property
    def unreviewed(self) -> tuple[ActionRef, ...]:
        """Last time's actions that have no outcome yet, while the topic that they belong to has the floor."""
        opened = self.last_time
        if opened is None or opened.topic != self.current:
            return ()
        return tuple(each for each in opened.actions if each.capture not in self.reviewed)

    @property
    def topic(self) -> Topic | None:
        """The topic that has the floor, or had it last."""
        return self.topic_by_id(self.current) if self.current else None

    def topic_by_id(self, topic: str | None) -> Topic | None:
        """The topic of that id."""
        return next((each for each in self.topics if each.id == topic), None)

    def prompts(self) -> Iterator[Prompt]:
        """Every prompt of every topic."""
        for topic in self.topics:
            yield from topic.prompts

    def state(self, topic: str) -> TopicState:
        """Where a topic is."""
        if topic in self.parked:
            return TopicState.PARKED
        if topic == self.current and self.phase is not Phase.ENDED:
            return TopicState.NOW
        if topic in self.done:
            return TopicState.DONE
        return TopicState.OPEN if any(span.topic == topic for span in self.spans) else TopicState.TO_COME

    def spent(self, topic: str, at: float) -> float:
        """Counted seconds of one topic."""
        return self._times((span for span in self.spans if span.topic == topic), at).get(topic, 0.0)

    def times(self, at: float) -> dict[str, float]:
        """Counted seconds of every topic that has had the floor, in one pass."""
        return self._times(self.spans, at)

    def run(self, at: float) -> float:
        """Counted seconds of the whole session: all sittings less all pauses."""
        whole = sum(max((at if sitting.end is None else sitting.end) - sitting.start, 0.0) for sitting in self.sittings)
        return whole - sum(high - low for low, high in (pause.until(at) for pause in self.pauses))

    def remaining(self, topic: str, at: float) -> float:
        """Seconds left of a topic's time-box; an overrun is negative."""
        return self.budgets.get(topic, 0.0) - self.spent(topic, at)

    def following(self, topic: str | None) -> Topic | None:
        """The first topic behind this one that is neither done nor parked."""
        behind = self.topics[self.place(topic) + 1 :]
        return next((each for each in behind if each.id not in self.done | self.parked), None)

    def preceding(self, topic: str | None) -> Topic | None:
        """The nearest topic in front of this one that is not parked."""
        before = self.topics[: max(self.place(topic), 0)]
        return next((each for each in reversed(before) if each.id not in self.parked), None)

    def standing(self, *kinds: Kind) -> Iterator[Capture]:
        """The captures that show, in the order of capture, of these kinds or of all."""
        return (each for each in self.captures.values() if each.stands and (not kinds or each.kind in kinds))

    def name_of(self, person: str) -> UserText:
        """The name of one of the two people; empty for anybody else."""
        return next((each.name for each in (self.pair.mentor, self.pair.mentee) if each.id == person), UserText())

    def role_of(self, person: str) -> Role:
        """Which side a person is on; whoever is not the mentee writes as the mentor."""
        return Role.MENTEE if person == self.pair.mentee.id else Role.MENTOR

    def to_read_back(self) -> Iterator[Capture]:
        """What the close asks about, in the order of capture."""
        return (each for each in self.captures.values() if each.is_unread)

    def pending(self) -> tuple[str, ...]:
        """What an ended session still waits for, in the order in which it is asked."""
        waits = ["read-back"] if any(True for _ in self.to_read_back()) else []
        waits += [] if self.next_date else ["next date"]
        if self.record.agenda.feedback is not FeedbackKind.NONE:
            waits += [f"{role.value} form" for role in (Role.MENTEE, Role.MENTOR) if role not in self.forms]
        return tuple(waits)

    def place(self, topic: str | None) -> int:
        """The 0-based place of a topic in the present order; -1 for none."""
        return next((place for place, each in enumerate(self.topics) if each.id == topic), -1)

    def _times(self, spans: Iterable[Span], at: float) -> dict[str, float]:
        pauses = [pause.until(at) for pause in self.pauses]
        times: dict[str, float] = {}
        for span in spans:
            low, high = span.until(at)
            paused = sum(min(high, end) - max(low, start) for start, end in pauses if start < high and end > low)
            times[span.topic] = times.get(span.topic, 0.0) + high - low - paused
        return times
