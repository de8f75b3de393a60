"""From a request to what happened: `decide` refuses in words, or states an event. It changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.agenda import Topic, ident
from rmsession.core.commands import Command
from rmsession.core.corrections import CORRECTIONS, OFF_RECORD
from rmsession.core.decision import Answer, Decision, Refusal
from rmsession.core.facts import Fact
from rmsession.core.legal import LEGAL
from rmsession.core.looking_back import LOOKING_BACK, waiting
from rmsession.core.pace import MOST_MINUTES, allot
from rmsession.core.session import Phase, Session, TopicState


@dataclass(frozen=True, slots=True)
class Now:
    """The moment at which something is asked."""

    at: float
    """Session seconds."""
    wall: datetime
    """Aware."""


def decide(session: Session, command: Command, now: Now, by: str) -> Answer:
    """What a person's request comes to: an event to be kept, or a refusal that says why."""
    if type(command) not in LEGAL[session.phase]:
        return Refusal(f"Not while the session is {_PHASE_WORDS[session.phase]}.")
    correction = CORRECTIONS.get(type(command))
    if correction:
        return correction(session, command, by)
    return _DECISIONS[type(command)](session, command, now)


def stamp(decision: Decision, session: Session, now: Now, *, by: str, device: str, fact_id: str) -> Fact:
    """The event with its header: who, when, on which device, behind everything seen so far."""
    # A session that has ended has no clock any more, but for the fact that opens its next sitting.
    opens = isinstance(decision.what, happened.SittingOpened)
    live = session.phase is not Phase.ENDED or opens
    return Fact(
        id=fact_id,
        by=by,
        device=device,
        seq=1 + max((fact.seq for fact in session.facts), default=0),
        wall=now.wall,
        at=max(now.at, session.last_at) if live else None,
        audience=decision.audience,
        what=decision.what,
    )


_PHASE_WORDS = {
    Phase.READY: "not started",
    Phase.RUNNING: "running",
    Phase.PAUSED: "paused",
    Phase.CLOSING: "closing",
    Phase.ENDED: "over",
}


def _start(session: Session, command: asked.Start, _: Now) -> Answer:
    agenda = session.record.agenda
    if not agenda.topics:
        return Refusal("This agenda has no topics: add a heading such as “## Check-in (5 min)”.")
    if command.duration_minutes is not None and not 0 < command.duration_minutes <= MOST_MINUTES:
        return Refusal("A session lasts between 1 minute and a day.")
    allotments = allot(agenda, command.duration_minutes)
    return _zoned(command.must_end) or Decision(happened.Started(agenda.topics[0].id, allotments, command.must_end))


def _next(session: Session, _: asked.Next, __: Now) -> Answer:
    if waits := waiting(session):
        return waits
    topic = session.following(session.current)
    return Decision(happened.TopicEntered(topic.id, done=True) if topic else happened.ClosingBegan())


def _back(session: Session, _: asked.Back, __: Now) -> Answer:
    if session.phase is Phase.CLOSING:
        return Decision(happened.ClosingLeft())
    topic = session.preceding(session.current)
    return Decision(happened.TopicEntered(topic.id)) if topic else Refusal("This is the first topic.")


def _jump(session: Session, command: asked.Jump, _: Now) -> Answer:
    if session.topic_by_id(command.topic) is None:
        return Refusal(f"There are {len(session.topics)} topics: type the number of one.")
    if command.topic == session.current and session.phase is not Phase.CLOSING:
        return Refusal("That is the current topic.")
    return Decision(happened.TopicEntered(command.topic))


def _extend(session: Session, command: asked.Extend, _: Now) -> Answer:
    topic = command.topic or session.current
    if topic is None or session.topic_by_id(topic) is None:
        return Refusal("There is no such topic.")
    if not 0 < abs(command.minutes) <= MOST_MINUTES:
        return Refusal("Type the minutes, such as /+5 or /-2.")
    seconds = max(command.minutes * 60, -session.budgets.get(topic, 0.0))
    return (
        Decision(happened.Extended(topic, seconds)) if seconds else Refusal("This topic has no minutes left to take.")
    )


def _park(session: Session, command: asked.Park, _: Now) -> Answer:
    topic = session.topic_by_id(command.topic or session.current)
    if topic is None:
        return Refusal("There is no such topic.")
    if session.state(topic.id) in (TopicState.PARKED, TopicState.DONE):
        return Refusal(f"That topic is {session.state(topic.id).value}.")
    if topic.protected:
        return Refusal("The closing minutes are protected and cannot be parked.")
    if topic.id != session.current:
        return Decision(happened.TopicParked(topic.id))
    return waiting(session) or _park_current(session, topic)


def _park_current(session: Session, topic: Topic) -> Answer:
    then = session.following(topic.id) or session.preceding(topic.id)
    if then is None:
        return Refusal("The only topic cannot be parked: /close goes to the closing.")
    return Decision(happened.TopicParked(topic.id, then.id))


def _unpark(session: Session, command: asked.Unpark, _: Now) -> Answer:
    if command.topic not in session.parked:
        return Refusal("That topic is not parked.")
    return Decision(happened.TopicUnparked(command.topic))


def _move(session: Session, command: asked.Move, _: Now) -> Answer:
    free = [topic.id for topic in session.topics if session.state(topic.id) is TopicState.TO_COME]
    if command.topic not in free:
        return Refusal("Only a topic that is to come can be moved.")
    place = free.index(command.topic)
    other = place + command.by
    if not 0 <= other < len(free) or other == place:
        return Refusal("It cannot be moved further.")
    moved = [topic for topic in free if topic != command.topic]
    moved.insert(other, command.topic)
    # Only the places of what is to come change hands; everything else stays where it is.
    hands = iter(moved)
    order = tuple(next(hands) if topic.id in free else topic.id for topic in session.topics)
    return Decision(happened.Reordered(order))


def _add_topic(session: Session, command: asked.AddTopic, _: Now) -> Answer:
    if session.off_record:
        return Refusal(OFF_RECORD)
    if not command.title:
        return Refusal("Type a title: /topic Password managers 10")
    if not 0 < command.minutes <= MOST_MINUTES:
        return Refusal("A time-box is between 1 minute and a day.")
    topic = Topic(
        id=ident("t", command.title.raw, session.record.id, str(len(session.facts))),
        title=command.title,
        minutes=command.minutes,
        private=command.private,
    )
    return Decision(happened.TopicAdded(topic, command.minutes * 60, session.current))


def _accept_fit(session: Session, command: asked.AcceptFit, _: Now) -> Answer:
    fit = command.fit
    if not fit.shortened and not fit.parked:
        return Refusal("Nothing needs to shrink: the closing minutes hold.")
    waiting = (TopicState.NOW, TopicState.TO_COME, TopicState.OPEN)
    free = {topic.id for topic in session.topics if not topic.protected and session.state(topic.id) in waiting}
    takes = all(-MOST_MINUTES * 60 <= each.seconds < 0 and each.topic in free for each in fit.shortened)
    if not takes or not free - {session.current} >= set(fit.parked):
        return Refusal("The topics have changed since: ask for /fit again.")
    return Decision(fit)


def _tick(session: Session, command: asked.Tick, _: Now) -> Answer:
    if all(prompt.id != command.prompt for prompt in session.prompts()):
        return Refusal("There is no such prompt.")
    return Decision(happened.Ticked(command.prompt, command.prompt not in session.ticked))


def _pause(session: Session, command: asked.Pause, now: Now) -> Answer:
    if not 0 <= command.minutes_ago <= MOST_MINUTES:
        return Refusal("Type how many minutes ago, such as /pause 6.")
    since = max(now.at - command.minutes_ago * 60, session.sittings[-1].start)
    return Decision(happened.Paused(since))


def _resume(_: Session, __: asked.Resume, ___: Now) -> Answer:
    return Decision(happened.Resumed())


def _settle_gap(_: Session, command: asked.SettleGap, __: Now) -> Answer:
    if not (isfinite(command.seconds) and command.seconds >= 0):
        return Refusal("Time away cannot be negative.")
    return Decision(happened.GapSettled(command.seconds, command.counted, command.reason))


def _open_sitting(_: Session, command: asked.OpenSitting, __: Now) -> Answer:
    return _zoned(command.must_end) or Decision(happened.SittingOpened(command.must_end))


def _off_record(session: Session, command: asked.GoOffRecord, _: Now) -> Answer:
    if command.on == session.off_record:
        return Refusal("Already off the record." if command.on else "Already on the record.")
    return Decision(happened.OffRecordSet(command.on))


def _must_end(_: Session, command: asked.SetMustEnd, now: Now) -> Answer:
    unzoned = _zoned(command.must_end)
    if not unzoned and command.must_end and command.must_end <= now.wall:
        return Refusal("That time has passed already.")
    return unzoned or Decision(happened.MustEndSet(command.must_end))


def _zoned(must_end: datetime | None) -> Refusal | None:
    """A refusal of a time that cannot be compared with the clock."""
    return Refusal("A time to end by needs a time zone.") if must_end and not must_end.tzinfo else None


def _close(session: Session, _: asked.Close, __: Now) -> Answer:
    return waiting(session) or Decision(happened.ClosingBegan())


def _end(_: Session, __: asked.End, ___: Now) -> Answer:
    return Decision(happened.Ended())


_DECISIONS: dict[type[Command], Callable[[Session, Any, Now], Answer]] = {
    asked.Start: _start,
    asked.Next: _next,
    asked.Back: _back,
    asked.Jump: _jump,
    asked.Extend: _extend,
    asked.Park: _park,
    asked.Unpark: _unpark,
    asked.Move: _move,
    asked.AddTopic: _add_topic,
    asked.AcceptFit: _accept_fit,
    asked.Tick: _tick,
    asked.Pause: _pause,
    asked.Resume: _resume,
    asked.SettleGap: _settle_gap,
    asked.OpenSitting: _open_sitting,
    asked.GoOffRecord: _off_record,
    asked.SetMustEnd: _must_end,
    asked.Close: _close,
    asked.End: _end,
    **LOOKING_BACK,
}
